public import SegueCore

/// Any table with numbers in it, for clustering things that are no customers.
public struct NumberTable: Sendable {
  public struct Column: Sendable {
    public var name: String
    /// One per row, finite.
    public var values: [Double]
  }

  public var columns: [Column]
  public var headers: [String]
  public var rowCount: Int { rows.count }
  /// The rows used, as ranges of the table's text, without their line ends.
  package var rows: [Range<Int>]
  /// The table in UTF-8.
  package var text: ByteStore
  package var delimiter: UInt8
  public var ledger: CleaningLedger.File
  /// Columns that are no numbers, or numbers that name something, with the reason.
  public var leftOut: [String]
}

extension NumberTable {
  /// - Parameter columns: those to read, by header; empty reads every numeric column that is no id.
  /// - Throws: ``SegueError`` `table.column` for a header that is not there, `csv.number` for a cell that is
  ///   no finite number (unless such rows are skipped), and those of reading a file.
  /// - Complexity: two passes over the bytes, on all cores.
  public init(
    _ input: Input, columns wanted: [String] = [], _ options: IngestOptions = IngestOptions(),
    monitor: Monitor = .silent
  ) throws {
    let source = try ResolvedSource(input, options, monitor)
    let file = source.file
    if let problem = source.emptiness ?? source.missingHeader { throw SegueError.data(problem) }
    let (chosen, leftOut) = try NumberTable.choose(wanted, source)
    headers = file.headers
    self.leftOut = leftOut
    text = file.store
    delimiter = file.dialect.delimiter
    let part = NumberRows(source, chosen)
    var whole = part
    try file.scan.forEachPart(monitor, "reading") {
      part
    } read: { part, batch, bytes in
      for record in batch.records { part.take(batch, record, bytes) }
    } merge: {
      whole.append($0)
    }
    try whole.throwIfBad(file)
    ledger = CleaningLedger.File(file: file.name, kind: .customers)
    ledger.rowsIn = whole.places.count + whole.badCount
    ledger.rowsUsed = whole.places.count
    if whole.badCount > 0 {
      ledger.setAside = [.init(reason: .unreadable, rows: whole.badCount, money: .zero)]
    }
    rows = whole.places
    columns = zip(chosen, whole.values).map { Column(name: file.headers[$0], values: $1) }
  }

  private static func choose(_ wanted: [String], _ source: ResolvedSource) throws -> ([Int], [String]) {
    let file = source.file
    guard wanted.isEmpty else {
      return (
        try wanted.map { name in
          guard let column = file.headers.firstIndex(of: name) else {
            throw SegueError.usage(
              Diagnostic(
                "table.column", "no column is called \"\(name)\"",
                at: .init(file: file.name, line: file.headerLine),
                hint: "choose from \(file.headers.joined(separator: ", "))"))
          }
          return column
        }, []
      )
    }
    var chosen: [Int] = []
    var leftOut: [String] = []
    for column in file.headers.indices {
      let role = source.recognition.assignment.roles[column]
      switch AttributeTyping.type(file.headers[column], file.surveys[column], role: role) {
      case .number where role != .customer: chosen.append(column)
      case .number, .identifier: leftOut.append("\(file.headers[column]) (an id)")
      case .pii: leftOut.append("\(file.headers[column]) (personal)")
      case .category where file.surveys[column].numberShare >= 0.95:
        leftOut.append("\(file.headers[column]) (a code by its name)")
      default: leftOut.append("\(file.headers[column]) (no number)")
      }
    }
    guard !chosen.isEmpty else {
      throw SegueError.data(
        Diagnostic(
          "table.noNumbers", "no column holds numbers to cluster on",
          at: .init(file: file.name, line: file.headerLine), hint: "name the columns: --features A,B"))
    }
    return (chosen, leftOut)
  }
}

/// Some rows of a table whose chosen columns all hold numbers.
private struct NumberRows: Sendable {
  private(set) var values: [[Double]]
  private(set) var places: [Range<Int>] = []
  private(set) var badCount = 0
  private let width: Int
  private let columns: [Int]
  private let readers: [NumberReader]
  private let reports: Bool
  /// What keeps rows from being read: the first cells, or rows of another width, and the number of the others.
  private var issues: [Issue] = []
  private var furtherIssues = 0
  private var row: [Double]

  private struct Issue {
    var place: Range<Int>
    var line: Int
    /// Nil if it is the number of fields.
    var column: Int?
  }

  init(_ source: ResolvedSource, _ columns: [Int]) {
    self.columns = columns
    width = source.file.headers.count
    readers = columns.map { NumberReader(decimal: source.decimalMark($0).value) }
    reports = source.options.onBadRow == .fail
    values = [[Double]](repeating: [], count: columns.count)
    row = [Double](repeating: 0, count: columns.count)
  }

  mutating func take(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) {
    var isReadable = record.fieldCount == width
    if isReadable {
      for (index, column) in columns.enumerated() {
        row[index] = batch.trimmed(record, column, in: bytes) { readers[index].double($0) } ?? .nan
        if !row[index].isFinite {
          isReadable = false
          note(Issue(place: batch.place(record), line: record.line, column: column))
        }
      }
    } else {
      note(Issue(place: batch.place(record), line: record.line))
    }
    guard isReadable else {
      badCount += 1
      return
    }
    for index in row.indices { values[index].append(row[index]) }
    places.append(batch.place(record))
  }

  private mutating func note(_ issue: Issue) {
    if issues.count < DiagnosticGatherer.limit { issues.append(issue) } else { furtherIssues += 1 }
  }

  mutating func append(_ part: NumberRows) {
    for index in values.indices { values[index] += part.values[index] }
    places += part.places
    badCount += part.badCount
    for issue in part.issues { note(issue) }
    furtherIssues += part.furtherIssues
  }

  func throwIfBad(_ file: SourceFile) throws {
    guard reports else { return }
    var gatherer = DiagnosticGatherer()
    let diagnosis = RowDiagnosis(file)
    for issue in issues {
      let row = try RereadRow(file, issue.place, line: issue.line)
      gatherer.add(issue.column.map { diagnosis.number(row, $0) } ?? diagnosis.ragged(row))
    }
    gatherer.addFurther(furtherIssues)
    try gatherer.throwIfAny()
  }
}
