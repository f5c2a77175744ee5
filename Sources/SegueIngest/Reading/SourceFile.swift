internal import SegueCore
internal import Synchronization

/// A file that was loaded, decoded and surveyed: all that is known of it before anyone says what it is.
struct SourceFile {
  /// As the user named it.
  var path: String
  var name: String
  /// UTF-8.
  var store: ByteStore
  var encoding: TextEncoding
  var dialect: CSVDialect
  var headers: [String]
  /// Line of the header; counts from 1.
  var headerLine: Int
  /// Where the first row starts.
  var dataStart: Int
  var dataLine: Int
  var surveys: [ColumnSurvey] = []
  var rowCount = 0
  var raggedCount = 0
  var findings: [String] = []
  private let passesOpenQuotes: Bool

  /// Titles, header and the first rows are looked for in this many bytes.
  private static let headSize = 1 << 22
  /// A table of more columns is none.
  private static let mostColumns = 20_000

  /// - Parameter isSample: look at parts of a large file only; rows and empty cells are then those of the sample.
  /// - Throws: ``SegueCore/SegueError`` `ingest.empty`, `ingest.binary`, `ingest.wide`, `csv.quote` and those of
  ///   ``Input/opened()``.
  init(
    _ input: Input, _ options: IngestOptions, _ monitor: Monitor, isSample: Bool = false
  ) throws {
    path = input.path
    name = input.displayName
    passesOpenQuotes = options.onBadRow == .skip
    let decoded = try DecodedText(try input.opened(), isChecked: !isSample)
    store = decoded.store
    encoding = decoded.encoding
    let head = try store.bytes(decoded.start..<(decoded.start + SourceFile.headSize))
    let isWhole =
      try store.available(upTo: decoded.start + head.count + 1).count == decoded.start + head.count
    let dialect = DialectSniffer.sniff(head.span, options.delimiter)
    self.dialect = dialect

    var parser = dialect.parser
    var batch = RecordBatch()
    batch.base = decoded.start
    let wanted = dialect.titleRecords + 1
    let end = parser.read(head.span, from: 0, isEnd: isWhole, limit: wanted, into: &batch)
    guard batch.records.count == wanted else {
      if !isWhole { throw SourceFile.tooLong(name) }
      throw SegueError.data(
        Diagnostic(
          "ingest.empty", "the file is empty", at: .init(file: name),
          hint: "export it again, with a header line"))
    }
    let header = batch.records[wanted - 1]
    headerLine = header.line
    dataStart = decoded.start + end
    dataLine = parser.line
    guard header.fieldCount <= SourceFile.mostColumns else {
      throw SourceFile.tooWide(name, header.line, header.fieldCount)
    }
    headers = batch.strings(header, in: head.span).map(SourceFile.trimmed)
    if let open = batch.unterminatedQuote {
      throw scan.openQuote(decoded.start + open.offset, open.line)
    }
    if decoded.repairedCount > 0 {
      let count = NumberText.count(decoded.repairedCount, "byte")
      findings.append("read as Windows-1252: \(count) of the file, which is UTF-8 otherwise")
    }
    for column in headers.indices where headers[column].isEmpty { headers[column] = "column \(column + 1)" }
    if dialect.titleRecords > 0 {
      findings.append("\(dialect.titleRecords) title line(s) above the header passed over")
    }
    findings += SourceFile.repeatedHeaders(headers)
    if isSample { try surveySample() } else { try survey(monitor) }
  }

  /// The rows below the header.
  var scan: TableScan {
    var scan = TableScan(store: store, dialect: dialect, start: dataStart, line: dataLine)
    scan.passesOpenQuotes = passesOpenQuotes
    if let sizes = ScanSizes.chosen { (scan.roundSize, scan.pieceSize) = sizes }
    return scan
  }

  /// What one look at some rows finds out.
  private struct Survey: Sendable {
    var columns: [ColumnSurvey]
    var rows = 0
    var ragged = 0

    mutating func take(_ batch: RecordBatch, _ bytes: Span<UInt8>) {
      rows += batch.records.count
      let raggedHere = batch.records.count { $0.fieldCount != columns.count }
      ragged += raggedHere
      let even =
        raggedHere == 0 ? batch.records : batch.records.filter { $0.fieldCount == columns.count }
      // by columns, whose counts then stay close at hand
      for column in columns.indices {
        var verdict = CellVerdict([UInt8]().span)
        var previous: RecordBatch.Record?
        for record in even {
          if let previous, batch.repeats(previous, record, column, in: bytes) {
            columns[column].take(again: verdict)
          } else {
            verdict = batch.trimmed(record, column, in: bytes) { columns[column].take($0) }
          }
          previous = record
        }
      }
    }

    mutating func merge(_ later: Survey) {
      rows += later.rows
      ragged += later.ragged
      for column in columns.indices { columns[column].merge(later.columns[column]) }
    }
  }

  private func emptySurvey() -> Survey {
    Survey(columns: [ColumnSurvey](repeating: ColumnSurvey(), count: headers.count))
  }

  private mutating func survey(_ monitor: Monitor) throws {
    var whole = emptySurvey()
    let next = Mutex(whole)
    try scan.forEachPart(monitor, "looking at", make: { next.withLock { $0 } }) { part, batch, bytes in
      part.take(batch, bytes)
    } merge: { part in
      whole.merge(part)
      let later = Survey(columns: whole.columns.map(\.forLater))
      next.withLock { $0 = later }
    }
    finish(whole)
  }

  /// Surveys rows from the file's start and from eight places spread over the rest, half a megabyte in all.
  private mutating func surveySample() throws {
    let (head, window, windows) = (1 << 18, 1 << 15, 8)
    // Of a file that still comes in, what is there soon.
    let visible = try store.expectedCount ?? store.available(upTo: dataStart + (1 << 22)).count
    let rest = visible - dataStart - head
    guard rest > 2 * windows * window else { return try survey(.silent) }
    var whole = emptySurvey()
    var batch = RecordBatch()
    let places = [dataStart] + (1...windows).map { dataStart + head + rest / windows * $0 - window }
    for place in places {
      let text = try store.bytes(place..<(place + (place == dataStart ? head : window)))
      let start = place == dataStart ? 0 : (text.firstIndex(of: dialect.newline) ?? text.count - 1) + 1
      var parser = dialect.parser
      batch.removeAll()
      // The last row is in part somewhere else, as the first may be: then it has another number of fields.
      _ = parser.read(text.span, from: start, isEnd: false, into: &batch)
      whole.take(batch, text.span)
    }
    finish(whole)
  }

  private mutating func finish(_ survey: Survey) {
    surveys = survey.columns
    rowCount = survey.rows
    raggedCount = survey.ragged
  }

  private static func tooLong(_ name: String) -> SegueError {
    SegueError.data(
      Diagnostic(
        "csv.longRecord", "the first row is longer than \(headSize >> 20) MiB",
        at: .init(file: name, line: 1),
        hint: "look for a quote that never closes, or export the file again with line ends"))
  }

  private static func tooWide(_ name: String, _ line: Int, _ columns: Int) -> SegueError {
    SegueError.data(
      Diagnostic(
        "ingest.wide",
        "the header has \(NumberText.integer(columns)) columns; up to \(NumberText.integer(mostColumns)) can be read",
        at: .init(file: name, line: line),
        hint:
          "export the table with a row per customer or order and its columns only, or say which byte separates fields: --delimiter"
      ))
  }

  private static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[ByteText.trim(bytes.span)], as: UTF8.self)
  }

  private static func repeatedHeaders(_ headers: [String]) -> [String] {
    var seen = Set<String>()
    var repeated: [String] = []
    for header in headers where !seen.insert(header).inserted && !repeated.contains(header) {
      repeated.append(header)
    }
    return repeated.prefix(5).map { "several columns are called \"\($0)\"; the first that fits is used" }
  }
}
