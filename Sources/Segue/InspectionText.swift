import SegueCore
public import SegueIngest

/// What `inspect` found, for people and for scripts.
public struct InspectionText: Sendable {
  private let found: [SourceInspection]

  public init(_ found: [SourceInspection]) { self.found = found }

  /// A block per file: kind, dialect, a line per column, findings, and the flag that would change the guess.
  public func table() -> String { found.map(block).joined(separator: "\n") }

  public static func json(_ found: [SourceInspection]) throws -> [UInt8] { try StudyResult.json(found) }

  /// The guesses as an options file.
  public func options(_ options: StudyOptions) -> String {
    var understood = options
    for file in found {
      understood.ingest.kinds[file.path] = file.kind
      for column in file.columns where column.role != .attribute && column.role != .ignored {
        understood.ingest.columns["\(file.path):\(column.role.rawValue)"] = column.header
      }
    }
    return ResolvedOptions.template(understood)
  }

  private func block(_ file: SourceInspection) -> String {
    let dialect = file.dialect
    let name = file.path == "-" ? "standard input" : file.path
    var text = "\(name): \(file.kind.rawValue) (\(NumberText.percent(file.confidence)) sure)"
    if let grain = file.grain { text += ", \(grain.wording)" }
    text +=
      "\n  \(NumberText.integer(file.rowCount)) rows; \(dialect.encoding.value), delimiter \(quoted(dialect.delimiter.value))"
    text += ", decimal mark \(quoted(dialect.decimalMark.value))"
    if let format = dialect.dateFormat { text += ", dates \(format.value)" }
    text += "\n\n"
    let rows = [["column", "role", "sure", "type", "empty", "distinct", "sample"]] + file.columns.map(cells)
    let widths = rows[0].indices.map { column in min(32, rows.map { $0[column].count }.max() ?? 0) }
    for row in rows {
      let padded = zip(row, widths).map { cell, width in
        let shown = cell.count > width ? cell.prefix(width - 1) + "…" : cell[...]
        return shown + String(repeating: " ", count: width - shown.count)
      }
      text += "  " + padded.joined(separator: "  ").trimmingEnd + "\n"
    }
    if !file.findings.isEmpty { text += "\n" }
    for finding in file.findings { text += "  - \(finding)\n" }
    text += "\n  to change it: \(file.flag)\n"
    return text
  }

  private func quoted(_ mark: String) -> String { mark.allSatisfy(\.isLetter) ? mark : "\"\(mark)\"" }

  private func cells(_ column: SourceInspection.Column) -> [String] {
    let capped = column.distinctCount >= SourceInspection.Column.distinctCap
    return [
      column.header, column.role.rawValue,
      column.role == .attribute || column.role == .ignored ? "" : NumberText.percent(column.confidence),
      column.type.rawValue + (column.isPersonal ? " (personal)" : ""),
      column.emptyCount == 0 ? "" : NumberText.integer(column.emptyCount),
      NumberText.integer(column.distinctCount) + (capped ? "+" : ""),
      column.isPersonal ? "•••" : column.sample,
    ]
  }
}

extension OrderGrain {
  fileprivate var wording: String { self == .order ? "one row per order" : "one row per order line" }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
