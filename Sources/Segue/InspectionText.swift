public import SegueCore
public import SegueIngest

/// What `inspect` found, for people and for scripts.
public struct InspectionText: Sendable {
  private let found: [SourceInspection]

  public init(_ found: [SourceInspection]) { self.found = found }

  /// A block per file, no wider than 100 columns where headers allow.
  public func table() -> String { found.map { Block($0).text }.joined(separator: "\n") }

  public static func json(_ found: [SourceInspection]) throws -> [UInt8] { try StudyResult.json(found) }

  /// What strict reading refuses: open questions, then guesses.
  public var refusals: [Diagnostic] {
    found.flatMap { file in
      let place = Diagnostic.Location(file: file.path == "-" ? "standard input" : file.path)
      return file.questions.map { Diagnostic($0.code, $0.message, at: place, hint: $0.hint) } + file.refusals
    }
  }

  /// The guesses as an options file.
  public func options(_ options: StudyOptions) -> String {
    var understood = options
    for file in found {
      understood.ingest.kinds[file.path] = file.kind
      for (index, column) in file.columns.enumerated() where column.isPlayed && !column.role.isPersonal {
        let isFirst = file.columns.firstIndex { $0.header == column.header } == index
        understood.ingest.columns["\(file.path):\(column.role.rawValue)"] =
          isFirst ? column.header : "#\(column.position)"
      }
    }
    return ResolvedOptions.template(understood)
  }
}

extension SourceInspection.Column {
  fileprivate var isPlayed: Bool { role != .attribute && role != .ignored }
}

/// What is said of one file: what it is, a line per column, what is wrong, and what to say to change it.
private struct Block {
  let file: SourceInspection

  init(_ file: SourceInspection) { self.file = file }

  var text: String {
    var parts = [heading]
    parts.append(list("Must be answered before it can be read", file.questions.map(question)))
    parts.append(columns)
    parts.append(list("How it is read", file.findings))
    parts.append(list("Quality of the data", quality))
    parts.append(guesses)
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var heading: String {
    let name = file.path == "-" ? "standard input" : file.path
    let (dialect, sure) = (file.dialect, file.certainty == .certain ? "" : " \(percent(file.confidence))")
    let grain = file.grain.map { $0 == .order ? ", one row per order" : ", one row per order line" } ?? ""
    var facts = [
      NumberText.count(file.rowCount, "row"), NumberText.count(file.columns.count, "column"),
      dialect.encoding.value, "delimiter \(mark(dialect.delimiter.value))",
      "decimal mark \(mark(dialect.decimalMark.value))",
    ]
    if let format = dialect.dateFormat { facts.append("dates \(format.value)") }
    if let days = file.column(.time)?.days { facts.append("\(days.first) to \(days.last)") }
    let unknown = file.questions.contains { $0.code == "ingest.kind" || $0.code == "ingest.header" }
    let title =
      unknown
      ? "\(name): not recognised"
      : "\(name): \(file.kind.rawValue)\(grain) (\(file.certainty.rawValue)\(sure): \(file.reasons.joined(separator: "; ")))"
    return wrapped(title, indent: "  ") + wrapped("  " + facts.joined(separator: ", "), indent: "  ")
  }

  private func question(_ question: SourceInspection.Question) -> String {
    question.message + (question.hint.map { ". " + $0.prefix(1).uppercased() + $0.dropFirst() } ?? "")
  }

  private var quality: [String] {
    let rule =
      "Far out: more than three times the spread of the middle half beyond it, on plain and on ratio scale."
    return file.quality.map(\.message) + (file.quality.contains { $0.kind == .outliers } ? [rule] : [])
  }

  private var guesses: String {
    let kind = file.certainty == .certain ? [] : ["another kind: \(file.flag)"]
    let columns = file.columns.compactMap { column in
      column.flag.map { flag in
        let rivals = column.rivals.isEmpty ? "" : " (or \(column.rivals.joined(separator: ", ")))"
        return "\(column.role.rawValue) is \(column.header)\(rivals): \(flag)"
      }
    }
    guard file.questions.isEmpty else { return "" }
    let list = list("To change a guess", kind + columns)
    return list.isEmpty
      ? list : list + "  likely: the header often means it; guess: a vague header, or values alone\n"
  }

  private func list(_ title: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    return "  \(title)\n" + items.map { wrapped("  - \($0)", indent: "    ") }.joined()
  }

  // MARK: Columns

  private var columns: String {
    let rows = [["column", "role", "sure", "type", "empty", "distinct", "sample"]] + file.columns.map(cells)
    var widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    widths[0] = min(widths[0], 34)
    let used = 2 + widths.dropLast().reduce(0, +) + 2 * (widths.count - 1)
    widths[widths.count - 1] = min(widths[widths.count - 1], max(12, 100 - used))
    return rows.map { row in
      let padded = zip(row, widths).enumerated().map { index, cell in
        let (text, width) = cell
        let shown = text.count > width ? text.prefix(width - 1) + "…" : text[...]
        let blanks = String(repeating: " ", count: width - shown.count)
        return index == 4 || index == 5 ? "\(blanks)\(shown)" : "\(shown)\(blanks)"
      }
      return "  " + padded.joined(separator: "  ").trimmingEnd + "\n"
    }.joined()
  }

  private func cells(_ column: SourceInspection.Column) -> [String] {
    let capped = column.distinctCount >= SourceInspection.Column.distinctCap
    let share = Double(column.emptyCount) / Double(max(1, file.rowCount))
    return [
      column.header.map { $0.isNewline ? " " : String($0) }.joined(),
      column.role == .ignored ? "–" : column.role.rawValue,
      column.certainty?.rawValue ?? "",
      column.isPersonal ? "personal" : column.type.rawValue,
      column.emptyCount == 0 ? "" : column.emptyCount == file.rowCount ? "all" : percent(share),
      NumberText.integer(column.distinctCount) + (capped ? "+" : ""), column.sample,
    ]
  }

  /// Never 0 % or 100 % of what is not none or all.
  private func percent(_ share: Double) -> String {
    if share > 0, share < 0.001 { return "<0.1%" }
    if share < 1, share > 0.99 { return ">99%" }
    return NumberText.percent(share)
  }

  private func mark(_ mark: String) -> String { mark.allSatisfy(\.isLetter) ? mark : "\"\(mark)\"" }

  /// Lines of at most 100 characters, broken at blanks.
  private func wrapped(_ text: String, indent: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    var lines: [String] = []
    var line = String(words[0])
    for word in words.dropFirst() {
      if line.count + 1 + word.count > 100 {
        lines.append(line)
        line = indent + word
      } else {
        line += " " + word
      }
    }
    lines.append(line)
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
