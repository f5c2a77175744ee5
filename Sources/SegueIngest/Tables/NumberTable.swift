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
  /// - Complexity: two passes over the bytes.
  public init(
    _ input: Input, columns wanted: [String] = [], _ options: IngestOptions = IngestOptions(),
    monitor: Monitor = .silent
  ) throws {
    let source = try ResolvedSource(input, options, monitor)
    let file = source.file
    if let problem = source.emptiness { throw SegueError.data(problem) }
    let (chosen, leftOut) = try NumberTable.choose(wanted, source)
    headers = file.headers
    self.leftOut = leftOut
    text = file.store
    delimiter = file.dialect.delimiter
    var rows: [Range<Int>] = []
    var book = LedgerBook(CleaningLedger.File(file: file.name, kind: .customers))
    var gatherer = DiagnosticGatherer()
    let diagnosis = RowDiagnosis(file)
    let readers = chosen.map { NumberReader(decimal: source.decimalMark($0).value) }
    var values = [[Double]](repeating: [], count: chosen.count)
    var row = [Double](repeating: 0, count: chosen.count)
    try file.scan.forEachBatch(monitor, "reading") { batch, bytes in
      for record in batch.records {
        book.comesIn(0)
        var isReadable = record.fieldCount == file.headers.count
        if !isReadable, options.onBadRow == .fail { gatherer.add(diagnosis.ragged(batch, record)) }
        if isReadable {
          for (index, column) in chosen.enumerated() {
            let value = batch.trimmed(record, column, in: bytes) { readers[index].double($0) } ?? .nan
            if !value.isFinite {
              isReadable = false
              if options.onBadRow == .fail { gatherer.add(diagnosis.number(batch, record, bytes, column)) }
            }
            row[index] = value
          }
        }
        guard isReadable else {
          book.isSetAside(.unreadable, 0)
          continue
        }
        book.isUsed(0)
        for index in chosen.indices { values[index].append(row[index]) }
        rows.append(batch.place(record))
      }
    }
    try gatherer.throwIfAny()
    ledger = book.closed()
    self.rows = rows
    columns = zip(chosen, values).map { Column(name: file.headers[$0], values: $1) }
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
