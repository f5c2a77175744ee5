internal import SegueCore

/// Reads one events file into the table it shares with the others.
enum EventReader {
  /// - Returns: the file's account.
  static func read(
    _ source: ResolvedSource, rejectFile: Int32, into table: inout EventTable, _ data: inout IngestedData,
    _ gatherer: inout DiagnosticGatherer, _ monitor: Monitor
  ) throws -> CleaningLedger.File {
    var rows = try TimedRows(source)
    var book = LedgerBook(CleaningLedger.File(file: source.file.name, kind: .events))
    let event = source.column(.event)!
    let channel = source.column(.channel)
    let campaign = source.column(.campaign)
    let value = source.column(.amount)
    let reader = NumberReader(decimal: value.map { source.decimalMark($0).value } ?? 0x2E)
    if campaign != nil, table.campaign == nil { table.campaign = Labels(missing: table.rowCount) }
    if value != nil, table.value == nil { table.value = [Int64](repeating: 0, count: table.rowCount) }
    var unreadableValues = 0
    try source.file.scan.forEachBatch(monitor, "reading") { batch, bytes in
      for record in batch.records {
        book.comesIn(0)
        let (time, verdict) = rows.judge(batch, record, bytes, &gatherer)
        var reason = verdict
        if reason == nil, batch.trimmed(record, event, in: bytes, { $0.isEmpty }) { reason = .missingEvent }
        if let reason {
          book.isSetAside(reason, 0)
          data.rejects.append(
            .init(file: rejectFile, reason: reason, line: record.line, bytes: batch.place(record)))
          continue
        }
        book.isUsed(0)
        table.customer.append(rows.customerID(batch, record, bytes, &data.customerIDs))
        table.time.append(time)
        table.event.append(event, batch, record, bytes)
        table.channel.append(channel, batch, record, bytes)
        table.campaign?.append(campaign, batch, record, bytes)
        if table.value != nil {
          let money =
            value.map { EventReader.money(batch, record, $0, bytes, reader) } ?? .value(0, rounded: false)
          if case .value(let amount, _) = money {
            table.value?.append(amount)
          } else {
            table.value?.append(0)
            unreadableValues += 1
          }
        }
      }
    }
    book.remark("exact duplicates kept, because nothing proves them copies", rows: rows.keptDuplicates)
    book.remark("values that are no amounts taken as 0", rows: unreadableValues)
    return book.closed()
  }

  private static func money(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ column: Int, _ bytes: Span<UInt8>,
    _ reader: NumberReader
  ) -> NumberReader.Reading {
    var ignored = CurrencyCode.none
    return batch.trimmed(record, column, in: bytes) {
      $0.isEmpty ? .value(0, rounded: false) : reader.read($0, currency: &ignored)
    }
  }
}

extension Labels {
  /// A column of empty cells.
  init(missing count: Int) { codes = [Int32](repeating: -1, count: count) }
}
