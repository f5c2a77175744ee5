internal import SegueCore

/// Reads one events file into the table it shares with the others.
enum EventReader {
  /// - Returns: the file's account.
  static func read(
    _ source: ResolvedSource, rejectFile: Int32, into table: inout EventTable, _ data: inout IngestedData,
    _ gatherer: inout DiagnosticGatherer, _ monitor: Monitor
  ) throws -> CleaningLedger.File {
    let rows = try SourceRows(
      source, EventCells(source), comparesRows: TimedRows.comparesRows(source), monitor)
    var timed = TimedRows(source, rejectFile: rejectFile)
    try timed.sort(rows, &gatherer, further: { rows.cells.event.codes[$0] < 0 ? .missingEvent : nil })
    let used = timed.sorter.used
    timed.remark(
      "values that are no amounts taken as 0", rows: used.count { rows.marks[Int($0)].contains(.badAmount) })
    let cells = rows.cells
    if cells.campaign.column != nil, table.campaign == nil {
      table.campaign = Labels(missing: table.rowCount)
    }
    if cells.valueColumn != nil, table.value == nil {
      table.value = [Int64](repeating: 0, count: table.rowCount)
    }
    table.customer.append(contentsOf: rows.customer.codes(of: used, in: &data.customerIDs))
    table.time.append(rows.time, rows: used)
    table.event.append(cells.event, rows: used)
    table.channel.append(cells.channel, rows: used)
    table.campaign?.append(cells.campaign, rows: used)
    if cells.valueColumn != nil {
      table.value?.append(cells.value, rows: used)
    } else {
      table.value?.append(contentsOf: repeatElement(0, count: used.count))
    }
    data.rejects.append(timed.sorter.rejects)
    return timed.sorter.book.closed()
  }
}

/// The columns of an events file.
private struct EventCells: CellColumns {
  var event: TextColumn
  var channel: TextColumn
  var campaign: TextColumn
  /// In ten-thousandths, 0 where there is none; empty if the file has no such column.
  var value: [Int64] = []
  let valueColumn: Int?
  private let reader: NumberReader

  init(_ source: ResolvedSource) {
    event = TextColumn(source.column(.event))
    channel = TextColumn(source.column(.channel))
    campaign = TextColumn(source.column(.campaign))
    valueColumn = source.column(.amount)
    reader = NumberReader(decimal: valueColumn.map { source.decimalMark($0).value } ?? 0x2E)
  }

  mutating func append(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) -> RowMarks {
    event.append(batch, record, bytes)
    channel.append(batch, record, bytes)
    campaign.append(batch, record, bytes)
    guard let valueColumn else { return [] }
    var ignored = CurrencyCode.none
    let money: NumberReader.Reading = batch.trimmed(record, valueColumn, in: bytes) {
      $0.isEmpty ? .value(0, rounded: false) : reader.read($0, currency: &ignored)
    }
    guard case .value(let amount, _) = money else {
      value.append(0)
      return .badAmount
    }
    value.append(amount)
    return []
  }

  mutating func appendNothing() {
    event.appendNothing()
    channel.appendNothing()
    campaign.appendNothing()
    if valueColumn != nil { value.append(0) }
  }

  mutating func append(_ part: EventCells) {
    event.append(part.event)
    channel.append(part.channel)
    campaign.append(part.campaign)
    value += part.value
  }

  mutating func reserve(_ rows: Int) {
    event.reserve(rows)
    channel.reserve(rows)
    campaign.reserve(rows)
    if valueColumn != nil { value.reserveCapacity(rows) }
  }
}
