import SegueCore

extension RFMOptions {
  /// The table that names segments; nil where there is none for so many scores, see `diagnostics`.
  public var segmentTable: SegmentTable? { SegmentTable.named(segments, bins: bins) }

  /// Why the table cannot be used.
  var segmentDiagnostics: [Diagnostic] {
    if segments == SegmentTable.none { return [] }
    guard let table = SegmentTable.named(segments) else {
      return [
        Diagnostic(
          "rfm.segments", "there is no segment table \"\(segments)\"",
          hint: "choose one of \(SegmentTable.ids.joined(separator: ", "))")
      ]
    }
    guard table.bins != bins else { return [] }
    let fitting = SegmentTable.all.filter { $0.bins == bins }.map(\.id) + [SegmentTable.none]
    return [
      Diagnostic(
        "rfm.segments", "the table \"\(segments)\" names scores 1 to \(table.bins), not 1 to \(bins)",
        hint: "say --bins \(table.bins), or --segments \(fitting.joined(separator: " or "))")
    ]
  }
}
