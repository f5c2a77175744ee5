internal import SegueCore

/// Up to 20 diagnostics in full; of the rest only the number.
struct DiagnosticGatherer {
  static let limit = 20

  private(set) var diagnostics: [Diagnostic] = []
  private(set) var further = 0

  var isEmpty: Bool { diagnostics.isEmpty }
  var isFull: Bool { diagnostics.count >= DiagnosticGatherer.limit }

  mutating func add(_ diagnostic: @autoclosure () -> Diagnostic) {
    if isFull { further += 1 } else { diagnostics.append(diagnostic()) }
  }

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

  func amount(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>, _ column: Int,
    _ mark: Setting<UInt8>,
    outOfRange: Bool = false
  ) -> Diagnostic {
    let text = sample(batch, record, bytes, column)
    let sign = String(Unicode.Scalar(mark.value))
    let other = mark.value == 0x2E ? "," : "."
    let message =
      outOfRange
      ? "\"\(text)\" is out of range: amounts go up to 461 trillion" : "\"\(text)\" is not an amount"
    return field(
      batch, record, bytes, column, "csv.amount", message,
      "decimal mark \"\(sign)\" (\(mark.origin.rawValue))",
      "if the file writes amounts another way, say so: --decimal \"\(other)\"; " + RowDiagnosis.skipHint)
  }

  func date(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>, _ column: Int,
    _ format: Setting<String>
  ) -> Diagnostic {
    field(
      batch, record, bytes, column, "csv.date", "\"\(sample(batch, record, bytes, column))\" is not a date",
      "dates read as \(format.value) (\(format.origin.rawValue))",
      "if day and month stand in another order, say so: --date-order; " + RowDiagnosis.skipHint)
  }

  func score(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>, _ column: Int)
    -> Diagnostic
  {
    field(
      batch, record, bytes, column, "csv.score", "\"\(sample(batch, record, bytes, column))\" is not a score",
      nil,
      RowDiagnosis.skipHint)
  }

  func number(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>, _ column: Int)
    -> Diagnostic
  {
    let text = sample(batch, record, bytes, column)
    return field(
      batch, record, bytes, column, "csv.number",
      text.isEmpty ? "this cell is empty" : "\"\(text)\" is not a number", nil,
      "fill it in, or leave the column out with --features; " + RowDiagnosis.skipHint)
  }

  private func field(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>, _ column: Int, _ code: String,
    _ message: String,
    _ settings: String?, _ hint: String
  ) -> Diagnostic {
    let range = place(batch, record, column)
    let line = excerpts.line(
      of: range.lowerBound, recordStart: batch.place(record).lowerBound, recordLine: record.line)
    let position = "column \"\(file.headers[column])\" (\(ordinal(column + 1)) of \(file.headers.count))"
    let context = settings.map { position + "; " + $0 } ?? position
    return excerpts.diagnostic(code, message, at: range, line: line, context: context, hint: hint)
  }

  /// Where a field stands in the file; for fields with escapes, their whole record.
  private func place(_ batch: RecordBatch, _ record: RecordBatch.Record, _ column: Int) -> Range<Int> {
    let field = batch.fields[record.firstField + column]
    return field.inArena
      ? batch.place(record) : (batch.base + field.start)..<(batch.base + field.end)
  }

  private func sample(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>, _ column: Int)
    -> String
  {
    batch.trimmed(record, column, in: bytes) { ByteText.sample($0) }
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
