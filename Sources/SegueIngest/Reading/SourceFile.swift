internal import SegueCore

/// A file that was loaded, decoded and surveyed: all that is known of it before anyone says what it is.
struct SourceFile {
  /// As the user named it.
  var path: String
  var name: String
  /// UTF-8, without byte order mark.
  var bytes: [UInt8]
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

  /// - Throws: ``SegueCore/SegueError`` `ingest.empty`, `ingest.binary`, `csv.quote` and those of ``Input/opened()``.
  init(_ input: Input, _ options: IngestOptions, _ monitor: Monitor) throws {
    path = input.path
    name = input.displayName
    let store = try input.opened().store!
    let raw = try store.bytes(0..<store.count)
    if let problem = TextDecoding.binaryDiagnostic(raw, file: name) { throw SegueError.data(problem) }
    let decoded = TextDecoding.decode(raw)
    let text = decoded.bytes
    bytes = text
    encoding = decoded.encoding
    let dialect = DialectSniffer.sniff(text.span, options.delimiter)
    self.dialect = dialect

    var parser = dialect.parser
    var batch = RecordBatch()
    let wanted = dialect.titleRecords + 1
    dataStart = parser.read(text.span, from: 0, limit: wanted, into: &batch)
    guard batch.records.count == wanted else {
      throw SegueError.data(
        Diagnostic(
          "ingest.empty", "the file is empty", at: .init(file: name),
          hint: "export it again, with a header line"))
    }
    let header = batch.records[wanted - 1]
    headerLine = header.line
    dataLine = parser.line
    headers = batch.strings(header, in: text.span).map(SourceFile.trimmed)
    try failOnOpenQuote(batch)
    for column in headers.indices where headers[column].isEmpty { headers[column] = "column \(column + 1)" }
    if dialect.titleRecords > 0 {
      findings.append("\(dialect.titleRecords) title line(s) above the header passed over")
    }
    findings += SourceFile.repeatedHeaders(headers)
    try survey(monitor)
  }

  /// Calls `body` for every batch of rows, in order.
  @inline(__always)
  func forEachBatch(
    _ monitor: Monitor, _ stage: String, _ body: (RecordBatch, Span<UInt8>) throws -> Void
  ) throws {
    var parser = dialect.parser
    parser.line = dataLine
    var batch = RecordBatch()
    var position = dataStart
    let total = max(1, bytes.count)
    // a batch is some thousand rows, fewer of wide ones
    let limit = max(16, min(1_024, 131_072 / max(1, headers.count)))
    var count = 0
    while position < bytes.count {
      if count % 32 == 0 { try monitor.checkpoint(stage + " " + name, Double(position) / Double(total)) }
      count += 1
      batch.removeAll()
      position = parser.read(bytes.span, from: position, limit: limit, into: &batch)
      try failOnOpenQuote(batch)
      try body(batch, bytes.span)
    }
  }

  private mutating func survey(_ monitor: Monitor) throws {
    let width = headers.count
    var surveys = [ColumnSurvey](repeating: ColumnSurvey(), count: width)
    var (rows, ragged) = (0, 0)
    try forEachBatch(monitor, "looking at") { batch, bytes in
      for record in batch.records {
        rows += 1
        guard record.fieldCount == width else {
          ragged += 1
          continue
        }
        for column in 0..<width {
          batch.trimmed(record, column, in: bytes) { surveys[column].take($0) }
        }
      }
    }
    self.surveys = surveys
    rowCount = rows
    raggedCount = ragged
  }

  private func failOnOpenQuote(_ batch: RecordBatch) throws {
    guard let open = batch.unterminatedQuote else { return }
    let place = Excerpts(bytes, name: name)
    throw SegueError.data(
      place.diagnostic(
        "csv.quote", "a quote opens here and never closes", at: open.offset..<(open.offset + 1),
        line: open.line,
        hint: "close it, or double quotes that belong to the text: \"\""))
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
