package import SegueCore

extension RFMOptions {
  /// The table that names segments; nil where there is none for so many scores, see `diagnostics`.
  public var segmentTable: SegmentTable? {
    if segments == SegmentTable.none {
      return (2...9).contains(bins) ? SegmentTable.scoresOnly(bins: bins) : nil
    }
    let table = ownSegments ?? SegmentTable.named(segments)
    return table?.bins == bins ? table : nil
  }

  /// Why the table cannot be used.
  var segmentDiagnostics: [Diagnostic] {
    if segments == SegmentTable.none { return [] }
    guard let table = ownSegments ?? SegmentTable.named(segments) else {
      return [SegmentTable.unknown(segments)]
    }
    if table.bins != bins {
      let fitting = SegmentTable.all.filter { $0.bins == bins }.map(\.id) + [SegmentTable.none]
      return [
        Diagnostic(
          "rfm.segments", "the table \"\(segments)\" names scores 1 to \(table.bins), not 1 to \(bins)",
          hint: "say --bins \(table.bins), or --segments \(fitting.joined(separator: " or "))")
      ]
    }
    return ownSegments?.lint().diagnostics ?? []
  }
}

extension SegmentTable {
  /// What to say of a name that is no table's.
  package static func unknown(_ name: String) -> Diagnostic {
    Diagnostic(
      "rfm.segments", "there is no segment table \"\(name)\"",
      hint: "choose one of \(ids.joined(separator: ", ")), or a file such as segments.yaml")
  }
}
