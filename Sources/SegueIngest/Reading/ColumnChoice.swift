internal import SegueCore

/// Which columns of any table are read for clustering, as what, and why others are not.
struct ColumnChoice {
  enum Reading: Sendable {
    case number
    case category
    case flag
  }

  private(set) var chosen: [(column: Int, reading: Reading)] = []
  private(set) var unread: [ColumnTable.UnreadColumn] = []
  /// Of each column, no two the same.
  let names: [String]
  /// Of each column: how it would be read, or why not by itself.
  private let verdicts: [Verdict]

  private enum Verdict {
    case use(Reading)
    case leave(ColumnTable.UnreadColumn.Reason)
  }

  init(_ source: ResolvedSource) {
    verdicts = source.file.headers.indices.map { ColumnChoice.verdict($0, source) }
    var taken = Set(source.file.headers)
    var seen: Set<String> = []
    names = source.file.headers.enumerated().map { column, header in
      if !header.isEmpty, seen.insert(header).inserted { return header }
      var name = header.isEmpty ? "column \(column + 1)" : "\(header) (column \(column + 1))"
      while !taken.insert(name).inserted { name += "'" }
      return name
    }
  }

  /// - Throws: ``SegueError`` `table.column`, `table.date`, `table.noColumns`.
  mutating func choose(_ wanted: [String], _ source: ResolvedSource) throws {
    if !wanted.isEmpty, wanted != [ColumnTable.all] {
      for name in wanted {
        guard let column = names.firstIndex(of: name) else {
          throw SegueError.usage(
            Diagnostic(
              "table.column", "no column is called \"\(name)\"",
              at: .init(file: source.file.name, line: source.file.headerLine),
              hint: "choose from \(names.joined(separator: ", "))"))
        }
        if !chosen.contains(where: { $0.column == column }) {
          chosen.append((column, try reading(column, source)))
        }
      }
      return
    }
    var isNumeric = false
    for verdict in verdicts { if case .use(.number) = verdict { isNumeric = true } }
    let takesAll = !wanted.isEmpty || !isNumeric
    for (column, verdict) in verdicts.enumerated() {
      switch verdict {
      case .use(let reading) where reading == .number || takesAll: chosen.append((column, reading))
      case .use(.flag): leave(names[column], .flag)
      case .use: leave(names[column], isCode(column, source) ? .code : .category)
      case .leave(let reason): leave(names[column], reason)
      }
    }
    if chosen.isEmpty { throw nothing(source) }
  }

  private mutating func leave(_ name: String, _ reason: ColumnTable.UnreadColumn.Reason) {
    unread.append(.init(name: name, reason: reason))
  }

  func nothing(_ source: ResolvedSource) -> SegueError {
    let file = source.file
    return SegueError.data(
      Diagnostic(
        "table.noColumns", "no column holds numbers or categories to cluster on",
        at: .init(file: file.name, line: file.headerLine),
        hint: "name the columns: --features A,B; ids, dates, free text and personal data are not taken by "
          + "themselves"))
  }

  // MARK: What a column is

  private static func verdict(_ column: Int, _ source: ResolvedSource) -> Verdict {
    let (header, survey) = (source.file.headers[column], source.file.surveys[column])
    let role = source.recognition.assignment.roles[column]
    let type = AttributeTyping.type(header, survey, role: role)
    let isNumber = isNumber(column, source)
    if survey.filled == survey.nulls { return .leave(.empty) }
    switch type {
    case .pii: return .leave(.personal)
    case .number: return role == .customer ? .leave(.identifier) : .use(.number)
    // What is measured is no id, whatever its name ends in: acid, humid, paid.
    case .identifier where isNumber && role != .customer && !isWhole(column, source): return .use(.number)
    case .identifier: return .leave(.identifier)
    case .date: return .leave(.date)
    case .flag: return .use(.flag)
    case .category, .text:
      if role == .customer { return .leave(.identifier) }
      if isNumber, survey.numberShare < 0.95 { return .use(.number) }
      return type == .text ? .leave(.text) : .use(.category)
    }
  }

  private static func isWhole(_ column: Int, _ source: ResolvedSource) -> Bool {
    let survey = source.file.surveys[column]
    // The survey takes no note of how large 1.5e-3 is.
    if survey.samples.contains(where: { $0.contains("e") || $0.contains("E") }) { return false }
    return survey.numbers.spread(decimalMark: source.decimalMark(column).value).isWhole
  }

  /// Numbers but for words for "missing", in scientific notation too, as far as the survey tells.
  private static func isNumber(_ column: Int, _ source: ResolvedSource) -> Bool {
    let survey = source.file.surveys[column]
    let (numbers, present) = (survey.numbers.count, survey.filled - survey.nulls)
    if numbers > 0, Double(numbers) >= 0.95 * Double(present) { return true }
    let reader = NumberReader(decimal: source.decimalMark(column).value)
    func isRead(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return reader.double(bytes.span)?.isFinite == true
    }
    func isMissing(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return MissingWord.isNumber(bytes.span)
    }
    let texts = survey.samples + (survey.textExample.map { [$0] } ?? [])
    return texts.contains(where: isRead) && texts.allSatisfy { isRead($0) || isMissing($0) }
  }

  private func isCode(_ column: Int, _ source: ResolvedSource) -> Bool {
    source.file.surveys[column].numberShare >= 0.95
  }

  /// How a column is read that was asked for by name.
  private func reading(_ column: Int, _ source: ResolvedSource) throws -> Reading {
    if case .use(let reading) = verdicts[column] { return reading }
    if case .leave(.date) = verdicts[column] {
      throw SegueError.usage(
        Diagnostic(
          "table.date", "\"\(source.file.headers[column])\" holds dates, which cannot be clustered on",
          at: .init(file: source.file.name, line: source.file.headerLine),
          hint: "turn them into a number, such as days since; segue run does for customers"))
    }
    return ColumnChoice.isNumber(column, source) ? .number : .category
  }
}

/// Words for "missing".
enum MissingWord {
  private static let ofNumbers: Set<[UInt8]> = Set(
    ["na", "#n/a", "?", "-", "--", ".", "none", "missing", "unknown", "nil", "<na>"].map { Array($0.utf8) })

  /// In a column of numbers.
  @inline(__always)
  static func isNumber(_ cell: Span<UInt8>) -> Bool {
    if cell.isEmpty || CustomerKey.isNull(cell) { return true }
    if cell.count > 7 { return false }
    var lower: [UInt8] = []
    for index in cell.indices {
      lower.append((65...90).contains(cell[index]) ? cell[index] | 0x20 : cell[index])
    }
    return ofNumbers.contains(lower)
  }

  /// In a column of categories, where `NA` may be Namibia.
  @inline(__always)
  static func isLevel(_ cell: Span<UInt8>) -> Bool {
    cell.isEmpty || CustomerKey.isNull(cell) || (cell.count == 1 && cell[0] == 0x3F)
  }
}
