internal import SegueCore

/// Up to 20 diagnostics in full; of the rest only the number.
struct DiagnosticGatherer {
  static let limit = 20

  private(set) var diagnostics: [Diagnostic] = []
  private(set) var further = 0

  var isEmpty: Bool { diagnostics.isEmpty }
  var isFull: Bool { diagnostics.count >= DiagnosticGatherer.limit }

  mutating func add(_ diagnostic: @autoclosure () throws -> Diagnostic) rethrows {
    if isFull { further += 1 } else { diagnostics.append(try diagnostic()) }
  }

  mutating func addFurther(_ count: Int) { further += count }

  func throwIfAny() throws {
    guard !diagnostics.isEmpty else { return }
    guard further > 0 else { throw SegueError(.data, diagnostics) }
    let rest = Diagnostic(
      "ingest.more", "\(NumberText.integer(further)) more rows cannot be read",
      hint: "to leave such rows out and count them: --on-bad-row skip")
    throw SegueError(.data, diagnostics + [rest])
  }
}

/// Words for what is wrong with a row, with the place and the settings it was read with.
struct RowDiagnosis {
  let file: SourceFile
  private let excerpts: Excerpts
  private static let skipHint = "to leave such rows out: --on-bad-row skip"

  init(_ file: SourceFile) {
    self.file = file
    excerpts = Excerpts(file.store)
  }

  func ragged(_ batch: RecordBatch, _ record: RecordBatch.Record) -> Diagnostic {
    excerpts.diagnostic(
      "csv.ragged", "this row has \(fields(record.fieldCount)), the header has \(fields(file.headers.count))",
      at: batch.place(record), line: record.line,
      context: "delimiter \(file.dialect.delimiterName) (\(file.dialect.delimiterOrigin.rawValue))",
      hint: "quote cells that hold the delimiter, or say which it is: --delimiter; " + RowDiagnosis.skipHint)
  }

  func ragged(_ row: RereadRow) -> Diagnostic { ragged(row.batch, row.record) }

  func amount(_ row: RereadRow, _ column: Int, _ mark: Setting<UInt8>, outOfRange: Bool = false) -> Diagnostic
  {
    let text = row.sample(column)
    let sign = String(Unicode.Scalar(mark.value))
    let other = mark.value == 0x2E ? "," : "."
    let message =
      outOfRange
      ? "\"\(text)\" is out of range: amounts go up to 461 trillion" : "\"\(text)\" is not an amount"
    return field(
      row, column, "csv.amount", message, "decimal mark \"\(sign)\" (\(mark.origin.rawValue))",
      "if the file writes amounts another way, say so: --decimal \"\(other)\"; " + RowDiagnosis.skipHint)
  }

  func date(_ row: RereadRow, _ column: Int, _ format: Setting<String>) -> Diagnostic {
    field(
      row, column, "csv.date", "\"\(row.sample(column))\" is not a date",
      "dates read as \(format.value) (\(format.origin.rawValue))",
      "if day and month stand in another order, say so: --date-order; " + RowDiagnosis.skipHint)
  }

  func score(_ row: RereadRow, _ column: Int) -> Diagnostic {
    field(
      row, column, "csv.score", "\"\(row.sample(column))\" is not a score", nil, RowDiagnosis.skipHint)
  }

  func number(_ row: RereadRow, _ column: Int) -> Diagnostic {
    let text = row.sample(column)
    return field(
      row, column, "csv.number", "\"\(text)\" is not a number", nil,
      "empty the cell if the value is missing, or leave the column out with --features; "
        + RowDiagnosis.skipHint)
  }

  private func field(
    _ row: RereadRow, _ column: Int, _ code: String, _ message: String, _ settings: String?, _ hint: String
  ) -> Diagnostic {
    let range = row.place(column)
    let line = excerpts.line(
      of: range.lowerBound, recordStart: row.batch.place(row.record).lowerBound, recordLine: row.record.line)
    let position = "column \"\(file.headers[column])\" (\(ordinal(column + 1)) of \(file.headers.count))"
    let context = settings.map { position + "; " + $0 } ?? position
    return excerpts.diagnostic(code, message, at: range, line: line, context: context, hint: hint)
  }

  private func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  private func ordinal(_ number: Int) -> String {
    switch (number % 10, number % 100) {
    case (_, 11...13): "\(number)th"
    case (1, _): "\(number)st"
    case (2, _): "\(number)nd"
    case (3, _): "\(number)rd"
    default: "\(number)th"
    }
  }
}

/// One row of a file read again, to say what is wrong with it.
struct RereadRow {
  let batch: RecordBatch
  let record: RecordBatch.Record
  private let bytes: [UInt8]

  /// - Throws: ``SegueCore/SegueError`` `ingest.unreadable` if the file has changed meanwhile.
  init(_ file: SourceFile, _ place: Range<Int>, line: Int) throws {
    // With the line end: it tells carriage returns that belong to it from others.
    let bytes = try file.store.bytes(place.lowerBound..<(place.upperBound + 2))
    var batch = RecordBatch()
    batch.base = place.lowerBound
    var parser = file.dialect.parser
    parser.line = line
    _ = parser.read(bytes.span, from: 0, limit: 1, into: &batch)
    guard let record = batch.records.first else {
      throw SegueError(
        .noInput,
        [
          Diagnostic(
            "ingest.unreadable", "the file changed while it was read", at: .init(file: file.name, line: line),
            hint: "let whoever writes the file finish, then run again")
        ])
    }
    self.bytes = bytes
    self.batch = batch
    self.record = record
  }

  /// Where a field stands in the file; for fields with escapes, their whole record.
  func place(_ column: Int) -> Range<Int> {
    guard column < record.fieldCount else { return batch.place(record) }
    let field = batch.fields[record.firstField + column]
    return field.inArena ? batch.place(record) : (batch.base + field.start)..<(batch.base + field.end)
  }

  func sample(_ column: Int) -> String {
    guard column < record.fieldCount else { return "" }
    return batch.trimmed(record, column, in: bytes.span) { ByteText.sample($0) }
  }
}
