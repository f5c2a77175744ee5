internal import SegueCore

/// Reads one feedback file into the table it shares with the others.
enum FeedbackReader {
  /// - Returns: the file's account.
  static func read(
    _ source: ResolvedSource, rejectFile: Int32, into table: inout FeedbackTable, _ data: inout IngestedData,
    _ gatherer: inout DiagnosticGatherer, _ monitor: Monitor
  ) throws -> CleaningLedger.File {
    let score = source.column(.score)!
    let rows = try SourceRows(
      source, FeedbackCells(source), comparesRows: TimedRows.comparesRows(source), monitor)
    var timed = TimedRows(source, rejectFile: rejectFile)
    try timed.sort(rows, &gatherer, value: { $0.score($1, score) })
    let used = timed.sorter.used
    let cells = rows.cells
    table.customer.append(contentsOf: rows.customer.codes(of: used, in: &data.customerIDs))
    table.time.append(rows.time, rows: used)
    table.score.append(cells.score, rows: used)
    table.scale.append(cells.scale, rows: used)
    table.stage.append(cells.stage, rows: used)
    table.channel.append(cells.channel, rows: used)
    table.hasText.append(cells.hasText, rows: used)
    if cells.metric.column == nil {
      let metric = FeedbackTable.Metric(header: source.file.headers[score])
      table.metric.append(contentsOf: repeatElement(metric, count: used.count))
    } else {
      let metrics = cells.metric.texts.strings.map(FeedbackTable.Metric.init(header:))
      table.metric += used.map { row in
        let code = Int(cells.metric.codes[Int(row)])
        return code < 0 ? .unknown : metrics[code]
      }
    }
    data.rejects.append(timed.sorter.rejects)
    return timed.sorter.book.closed()
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

/// The columns of a feedback file.
private struct FeedbackCells: CellColumns {
  var score: [Double] = []
  /// NaN where unknown.
  var scale: [Double] = []
  var hasText: [Bool] = []
  var metric: TextColumn
  var stage: TextColumn
  var channel: TextColumn
  private let scoreColumn: Int
  private let scaleColumn: Int?
  private let textColumn: Int?
  private let reader: NumberReader

  init(_ source: ResolvedSource) {
    scoreColumn = source.column(.score)!
    scaleColumn = source.column(.scale)
    textColumn = source.column(.text)
    metric = TextColumn(source.column(.metric))
    stage = TextColumn(source.column(.stage))
    channel = TextColumn(source.column(.channel))
    reader = NumberReader(decimal: source.decimalMark(scoreColumn).value)
  }

  mutating func append(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) -> RowMarks {
    let number = batch.trimmed(record, scoreColumn, in: bytes) { reader.double($0) }
    score.append(number ?? 0)
    scale.append(
      scaleColumn.flatMap { column in batch.trimmed(record, column, in: bytes) { reader.double($0) } } ?? .nan
    )
    hasText.append(
      textColumn.map { column in batch.trimmed(record, column, in: bytes) { !$0.isEmpty } } ?? false)
    metric.append(batch, record, bytes)
    stage.append(batch, record, bytes)
    channel.append(batch, record, bytes)
    return number == nil ? .badAmount : []
  }

  mutating func appendNothing() {
    score.append(0)
    scale.append(.nan)
    hasText.append(false)
    metric.appendNothing()
    stage.appendNothing()
    channel.appendNothing()
  }

  mutating func append(_ part: FeedbackCells) {
    score += part.score
    scale += part.scale
    hasText += part.hasText
    metric.append(part.metric)
    stage.append(part.stage)
    channel.append(part.channel)
  }

  mutating func reserve(_ rows: Int) {
    score.reserveCapacity(rows)
    scale.reserveCapacity(rows)
    hasText.reserveCapacity(rows)
    metric.reserve(rows)
    stage.reserve(rows)
    channel.reserve(rows)
  }
}
