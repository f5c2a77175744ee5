package import SegueCore

/// A table whose rows are read by columns that somebody else has chosen, in blocks, as they come: what is held does not
/// grow with the file.
package struct RowTable: Sendable {
  /// How a chosen column is read. Every cell becomes one number, NaN where it is missing.
  package enum Reading: Sendable {
    case number
    /// Days from the cell's day to this one, counted since 1970-01-01; a plain number is taken for an age.
    case age(to: Int32)
    /// The position of the cell's text among these, or ``RowTable/unknownLevel``.
    case level([[UInt8]])
  }

  /// A text that is none of those it was looked for among.
  package static let unknownLevel = -1.0

  package struct Column: Sendable {
    /// Nil for a column that the table does not have: every row is without a value.
    package var place: Int?
    package var reading: Reading

    package init(_ place: Int?, _ reading: Reading) { (self.place, self.reading) = (place, reading) }
  }

  package var headers: [String] { source.file.headers }
  package var name: String { source.file.name }
  package var kind: TableKind { source.kind }
  /// Of the kind; 0 where a column it needs is not there.
  package var confidence: Double { source.recognition.missing.isEmpty ? source.recognition.confidence : 0 }
  let source: ResolvedSource

  /// Looks at parts of the table only, so that rows are read once.
  ///
  /// - Throws: those of reading a file; `ingest.header-only`, `ingest.header`.
  package init(_ input: Input, _ options: IngestOptions, _ monitor: Monitor) throws {
    source = try ResolvedSource(input, options, monitor, isSample: true)
    if let problem = source.emptiness ?? source.missingHeader { throw SegueError.data(problem) }
  }

  /// The column taken for the customer's id, and whether the options say so.
  package var customer: (place: Int, isGiven: Bool)? {
    guard let place = source.column(.customer) else { return nil }
    let isGiven = source.options.columns.contains { key, header in
      (key == "customer" || key.hasSuffix(":customer")) && header == headers[place]
    }
    guard isGiven || source.recognition.assignment.confidence[place] >= 0.5 else { return nil }
    return (place, isGiven)
  }

  /// Feeds every readable row to a part and every part to `merge`, in order of the table.
  ///
  /// - Parameters:
  ///   - columns: what to read of each row, in the order of a block's values.
  ///   - id: the column that names rows.
  ///   - read: takes a block of rows; on any thread.
  ///   - merge: on the calling thread.
  /// - Returns: rows that were set aside because they cannot be read.
  /// - Throws: ``SegueError`` `csv.ragged`, `csv.number`, `csv.date` for rows that cannot be read, unless they are to be
  ///   skipped; what `read` and `merge` throw; `CancellationError`.
  /// - Complexity: one pass over the table; memory of some megabytes.
  package func forEachPart<Part: Sendable>(
    _ columns: [Column], id: Int?, _ monitor: Monitor, make: @escaping @Sendable () -> Part,
    read: @escaping @Sendable (inout Part, RowBlock) throws -> Void, merge: (consuming Part) throws -> Void
  ) throws -> Int {
    let reader = try RowBlockReader(columns, id: id, source)
    let file = source.file
    var bad = 0
    try file.scan.forEachPart(monitor, "placing") {
      (part: make(), reader: reader)
    } read: { worker, batch, bytes in
      worker.reader.fill(batch, bytes)
      if worker.reader.block.count > 0 { try read(&worker.part, worker.reader.block) }
    } merge: { worker in
      bad += worker.reader.badCount
      try worker.reader.throwIfBad(file)
      try merge(worker.part)
    }
    return bad
  }
}

/// Some rows of a ``RowTable``.
package struct RowBlock: Sendable {
  package fileprivate(set) var count = 0
  /// `count` × columns, row after row.
  package fileprivate(set) var values: [Double] = []
  /// Ids one after the other, without their blanks; none where no column names rows.
  package fileprivate(set) var idBytes: [UInt8] = []
  /// Where each id ends.
  package fileprivate(set) var idEnds: [Int] = []
  /// Of each row in the file, from 1.
  package fileprivate(set) var lines: [Int] = []

  /// Where the id of a row stands in `idBytes`.
  package func id(_ row: Int) -> Range<Int> { (row == 0 ? 0 : idEnds[row - 1])..<idEnds[row] }

  fileprivate mutating func removeAll() {
    count = 0
    values.removeAll(keepingCapacity: true)
    idBytes.removeAll(keepingCapacity: true)
    idEnds.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
  }
}

/// Fills blocks with the cells of chosen columns.
private struct RowBlockReader: Sendable {
  private(set) var block = RowBlock()
  private(set) var badCount = 0
  private let columns: [RowTable.Column]
  private let id: Int?
  private let width: Int
  private let numbers: [NumberReader]
  private var dates: [DateReader]
  private let hasDates: [Bool]
  private let reports: Bool
  private var issues: [Issue] = []
  private var furtherIssues = 0

  private struct Issue {
    var place: Range<Int>
    var line: Int
    /// Nil if it is the number of fields.
    var column: Int?
    var isDate = false
  }

  init(_ columns: [RowTable.Column], id: Int?, _ source: ResolvedSource) throws {
    self.columns = columns
    self.id = id
    width = source.file.headers.count
    numbers = columns.map { column in
      NumberReader(decimal: column.place.map { source.decimalMark($0).value } ?? 0x2E)
    }
    dates = try columns.map { try source.dateReader($0.place ?? 0) }
    hasDates = columns.map { column in
      column.place.map { source.file.surveys[$0].dates.count > 0 || source.file.surveys[$0].isSerial }
        ?? false
    }
    reports = source.options.onBadRow == .fail
  }

  mutating func fill(_ batch: RecordBatch, _ bytes: Span<UInt8>) {
    block.removeAll()
    for record in batch.records { take(batch, record, bytes) }
  }

  @inline(__always)
  private mutating func take(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) {
    guard record.fieldCount == width else {
      badCount += 1
      return note(Issue(place: batch.place(record), line: record.line))
    }
    let start = block.values.count
    for index in columns.indices {
      guard let place = columns[index].place else {
        block.values.append(.nan)
        continue
      }
      guard let value = batch.trimmed(record, place, in: bytes, { value($0, index) }) else {
        badCount += 1
        block.values.removeLast(block.values.count - start)
        let isDate = if case .age = columns[index].reading { true } else { false }
        return note(Issue(place: batch.place(record), line: record.line, column: place, isDate: isDate))
      }
      block.values.append(value)
    }
    if let id {
      batch.trimmed(record, id, in: bytes) { cell in
        for index in CustomerKey.range(cell) { block.idBytes.append(cell[index]) }
      }
      block.idEnds.append(block.idBytes.count)
    }
    block.lines.append(record.line)
    block.count += 1
  }

  /// Nil for what cannot be read.
  @inline(__always)
  private mutating func value(_ cell: Span<UInt8>, _ index: Int) -> Double? {
    switch columns[index].reading {
    case .number: return number(cell, index)
    case .age(let day):
      if hasDates[index] {
        if let seconds = dates[index].read(cell) {
          return Double(day) - Double(LocalTime(seconds: seconds).day.daysSinceEpoch)
        }
        return MissingWord.isNumber(cell) ? .nan : nil
      }
      return number(cell, index)
    case .level(let known):
      if cell.isEmpty || CustomerKey.isNull(cell) { return .nan }
      if let level = RowBlockReader.level(cell, known) { return Double(level) }
      // CSV that spreadsheets cannot take for formulas has an apostrophe there.
      if cell.count > 1, cell[0] == 0x27,
        let level = RowBlockReader.level(cell.extracting(1..<cell.count), known)
      {
        return Double(level)
      }
      return RowTable.unknownLevel
    }
  }

  @inline(__always)
  private func number(_ cell: Span<UInt8>, _ index: Int) -> Double? {
    if let value = exactDecimal(cell, decimal: numbers[index].decimal) { return value }
    if let value = numbers[index].double(cell) { return value }
    return MissingWord.isNumber(cell) ? .nan : nil
  }

  private static func level(_ cell: Span<UInt8>, _ known: [[UInt8]]) -> Int? {
    known.firstIndex { $0.count == cell.count && $0.span.hasSameBytes(as: cell) }
  }

  private mutating func note(_ issue: Issue) {
    if issues.count < DiagnosticGatherer.limit { issues.append(issue) } else { furtherIssues += 1 }
  }

  func throwIfBad(_ file: SourceFile) throws {
    guard reports, !issues.isEmpty else { return }
    var gatherer = DiagnosticGatherer()
    let diagnosis = RowDiagnosis(file)
    for issue in issues {
      let row = try RereadRow(file, issue.place, line: issue.line)
      gatherer.add(
        issue.column.map { column in
          issue.isDate
            ? diagnosis.date(row, column, Setting("YYYY-MM-DD", .detected)) : diagnosis.number(row, column)
        } ?? diagnosis.ragged(row))
    }
    gatherer.addFurther(furtherIssues)
    try gatherer.throwIfAny()
  }
}

/// A plain number of at most 15 digits, correctly rounded: mantissa and power of ten are exact, so one division rounds
/// once (Clinger 1990). Nil for whatever else.
@inline(__always)
private func exactDecimal(_ text: Span<UInt8>, decimal: UInt8) -> Double? {
  let count = text.count
  guard count > 0, count <= 17 else { return nil }
  let start = text[0] == 0x2D ? 1 : 0
  guard start < count, ByteText.isDigit(text[start]), ByteText.isDigit(text[count - 1]) else { return nil }
  var (mantissa, digits, mark): (UInt64, Int, Int) = (0, 0, count - 1)
  for index in start..<count {
    let byte = text[index]
    if ByteText.isDigit(byte) {
      mantissa = mantissa &* 10 &+ UInt64(byte &- 48)
      digits += 1
    } else {
      guard byte == decimal, mark == count - 1 else { return nil }
      mark = index
    }
  }
  guard digits <= 15 else { return nil }
  var power = 1.0
  for _ in 0..<(count - 1 - mark) { power *= 10 }
  let value = Double(mantissa) / power
  return start == 1 ? -value : value
}
