internal import SegueCore

/// What rows of events and feedback files share: a customer, a moment, copies of each other.
struct TimedRows {
  let source: ResolvedSource
  let diagnosis: RowDiagnosis
  let customer: Int
  private let time: Int
  private let options: IngestOptions
  private var dates: DateReader
  private var rows = RowSet()
  private(set) var keptDuplicates = 0

  /// - Precondition: the source has columns for customer and time.
  init(_ source: ResolvedSource) throws {
    self.source = source
    diagnosis = RowDiagnosis(source.file)
    customer = source.column(.customer)!
    time = source.column(.time)!
    options = source.options
    dates = try source.dateReader(time)
  }

  var reportsBadRows: Bool { options.onBadRow == .fail }

  /// The moment of a row, or the first reason to leave it out.
  mutating func judge(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>,
    _ gatherer: inout DiagnosticGatherer
  ) -> (time: Int64, reason: SetAsideReason?) {
    guard record.fieldCount == source.file.headers.count else {
      if reportsBadRows { gatherer.add(diagnosis.ragged(batch, record)) }
      return (0, .unreadable)
    }
    guard let moment = batch.trimmed(record, time, in: bytes, { dates.read($0) }) else {
      if reportsBadRows {
        gatherer.add(
          diagnosis.date(batch, record, bytes, time, source.dateFormat(time) ?? Setting("dates", .default)))
      }
      return (0, .unreadable)
    }
    let isAnonymous = batch.trimmed(record, customer, in: bytes) { CustomerKey.range($0).isEmpty }
    if isAnonymous { return (moment, .missingCustomer) }
    if options.duplicates != .keep, !rows.insert(record.bytes, in: bytes) {
      if options.duplicates == .drop { return (moment, .duplicate) }
      keptDuplicates += 1
    }
    return (moment, nil)
  }

  func customerID(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>, _ ids: inout InternedStrings
  ) -> Int32 {
    batch.trimmed(record, customer, in: bytes) { ids.intern($0.extracting(CustomerKey.range($0))) }
  }
}
