internal import SegueCore

/// Reads one feedback file into the table it shares with the others.
enum FeedbackReader {
  /// - Returns: the file's account.
  static func read(
    _ source: ResolvedSource, rejectFile: Int32, into table: inout FeedbackTable, _ data: inout IngestedData,
    _ gatherer: inout DiagnosticGatherer, _ monitor: Monitor
  ) throws -> CleaningLedger.File {
    var rows = try TimedRows(source)
    var book = LedgerBook(CleaningLedger.File(file: source.file.name, kind: .feedback))
    let score = source.column(.score)!
    let metric = source.column(.metric)
    let scale = source.column(.scale)
    let text = source.column(.text)
    let (stage, channel) = (source.column(.stage), source.column(.channel))
    let reader = NumberReader(decimal: source.decimalMark(score).value)
    let fileMetric = FeedbackTable.Metric(header: source.file.headers[score])
    var metrics = MetricReading()
    try source.file.scan.forEachBatch(monitor, "reading") { batch, bytes in
      for record in batch.records {
        book.comesIn(0)
        let (time, verdict) = rows.judge(batch, record, bytes, &gatherer)
        var reason = verdict
        var value = 0.0
        if reason != .unreadable {
          if let number = batch.trimmed(record, score, in: bytes, { reader.double($0) }) {
            value = number
          } else {
            if rows.reportsBadRows { gatherer.add(rows.diagnosis.score(batch, record, bytes, score)) }
            reason = .unreadable
          }
        }
        if let reason {
          book.isSetAside(reason, 0)
          data.rejects.append(
            .init(file: rejectFile, reason: reason, line: record.line, bytes: batch.place(record)))
          continue
        }
        book.isUsed(0)
        table.customer.append(rows.customerID(batch, record, bytes, &data.customerIDs))
        table.time.append(time)
        table.score.append(value)
        table.metric.append(
          metric.map { column in
            batch.trimmed(record, column, in: bytes) { metrics.read($0) }
          } ?? fileMetric)
        table.scale.append(
          scale.flatMap { column in
            batch.trimmed(record, column, in: bytes) { reader.double($0) }
          } ?? .nan)
        table.stage.append(stage, batch, record, bytes)
        table.channel.append(channel, batch, record, bytes)
        table.hasText.append(
          text.map { column in
            batch.trimmed(record, column, in: bytes) { !$0.isEmpty }
          } ?? false)
      }
    }
    book.remark("exact duplicates kept, because nothing proves them copies", rows: rows.keptDuplicates)
    return book.closed()
  }
}

extension FeedbackTable.Metric {
  /// What a header or a cell says is measured: `NPS`, `csat_score`, `Customer Effort Score`.
  init(header: String) {
    let word = HeaderSynonyms.normalise(header)
    if word.contains("nps") || word.contains("promoter") || word.contains("recommend") {
      self = .nps
    } else if word.contains("csat") || word.contains("satisfaction") {
      self = .csat
    } else if word.contains("ces") || word.contains("effort") {
      self = .ces
    } else {
      self = .unknown
    }
  }
}

/// Metrics by cell, each wording judged once.
private struct MetricReading {
  private var texts = InternedStrings()
  private var metrics: [FeedbackTable.Metric] = []

  mutating func read(_ cell: Span<UInt8>) -> FeedbackTable.Metric {
    let code = Int(texts.intern(cell))
    if code == metrics.count { metrics.append(FeedbackTable.Metric(header: texts[Int32(code)])) }
    return metrics[code]
  }
}
