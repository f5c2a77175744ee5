public import SegueCore

/// What every customer of one orders file bought: count, money, first and last day.
///
/// Rows become totals as they are read, so memory grows with customers and not with rows.
public struct CustomerTotals: Sendable {
  private let tables: [TotalsTable]
  let tally: TotalsTally
  public let inspection: SourceInspection

  public var rowCount: Int { tally.rows }
  /// What all customers spent, refunds taken off.
  public var spent: Amount { Amount(tenThousandths: tally.moneyUsed) }
  public var count: Int { tables.reduce(0) { $0 + $1.count } }

  init(_ tables: [TotalsTable], _ tally: TotalsTally, _ inspection: SourceInspection) {
    self.tables = tables
    self.tally = tally
    self.inspection = inspection
  }

  /// Columns of equal length, in order of the ids' bytes.
  public struct Columns: Sendable {
    public var customerIDs: [String] = []
    public var orders: [Int32] = []
    /// Ten-thousandths, refunds taken off.
    public var spent: [Int64] = []
    public var firstDay: [CalendarDay] = []
    public var lastDay: [CalendarDay] = []
    /// The last day with an order before the very last; nil if all orders are of one day.
    public var dayBefore: CalendarDay?
  }

  /// - Complexity: O(c log c) for c customers.
  public func columns() -> Columns {
    var ids: [UInt8] = []
    var places: [SortedPlace] = []
    var entries: [TotalsEntry] = []
    places.reserveCapacity(count)
    entries.reserveCapacity(count)
    for table in tables {
      table.forEach { entry in
        let start = ids.count
        table.appendID(entry, to: &ids)
        places.append(SortedPlace(ids, start..<ids.count, entry: entries.count))
        entries.append(entry)
      }
    }
    places.sort { $0.precedes($1, in: ids) }
    var columns = Columns()
    if tally.dayBefore > .min { columns.dayBefore = CalendarDay(daysSinceEpoch: tally.dayBefore) }
    columns.customerIDs = places.map { String(decoding: ids[$0.range], as: UTF8.self) }
    columns.orders = places.map { entries[$0.entry].orders }
    columns.spent = places.map { entries[$0.entry].spent }
    columns.firstDay = places.map { CalendarDay(daysSinceEpoch: entries[$0.entry].firstDay) }
    columns.lastDay = places.map { CalendarDay(daysSinceEpoch: entries[$0.entry].lastDay) }
    return columns
  }

  /// An id on its way to its place among all ids: the first eight bytes settle most comparisons.
  private struct SortedPlace {
    var head: UInt64 = 0
    var range: Range<Int>
    var entry: Int

    init(_ ids: [UInt8], _ range: Range<Int>, entry: Int) {
      self.range = range
      self.entry = entry
      for place in 0..<8 {
        head = head << 8 | (place < range.count ? UInt64(ids[range.lowerBound + place]) : 0)
      }
    }

    func precedes(_ other: SortedPlace, in ids: [UInt8]) -> Bool {
      head == other.head ? ids[range].lexicographicallyPrecedes(ids[other.range]) : head < other.head
    }
  }

  /// The account of the rows.
  public var ledger: CleaningLedger {
    var book = LedgerBook(CleaningLedger.File(file: inspection.path, kind: .orders))
    book.file.rowsIn = tally.rows
    book.file.moneyIn = Amount(tenThousandths: tally.moneyIn)
    book.file.rowsUsed = tally.used
    book.file.moneyUsed = Amount(tenThousandths: tally.moneyUsed)
    book.file.refundRowsNetted = tally.refundRows
    book.file.refundMoneyNetted = Amount(tenThousandths: tally.refundMoney)
    book.remark("orders of zero kept", rows: tally.zeroOrders)
    book.remark("amounts of more than four decimals rounded", rows: tally.rounded)
    var file = book.closed()
    if tally.anonymousRows > 0 {
      file.setAside.append(
        .init(
          reason: .missingCustomer, rows: tally.anonymousRows,
          money: Amount(tenThousandths: tally.anonymousMoney)))
    }
    var ledger = CleaningLedger()
    ledger.files = [file]
    return ledger
  }

  /// No customer only ever gave something back, and no id could be another spelling of one in the same file.
  var areFinal: Bool {
    parallelMap(tables.count) { partition in
      var isFinal = true
      tables[partition].forEach { entry in
        if entry.orders == 0 || !tables[partition].hasPlainID(entry) { isFinal = false }
      }
      return isFinal && !tables[partition].overflows
    }.allSatisfy { $0 }
  }
}

/// The totals of an orders file in one pass, nil where its rows take more to judge than the totals keep:
/// order lines, refund columns, several currencies, unreadable rows, ids out of order. ``ingest(_:_:monitor:)``
/// then has the answer, or the diagnostics.
///
/// Kind and columns are settled on a sample of the file. That no order stands on two rows is proven by ids that
/// only rise, or only fall, through the whole file.
///
/// - Throws: ``SegueCore/SegueError`` for inputs that cannot be opened; `CancellationError`.
/// - Complexity: one look at every byte on all cores; some 60 bytes a customer and 80 MB more.
public func customerTotals(
  _ input: Input, _ options: IngestOptions = IngestOptions(), monitor: Monitor = .silent
) throws -> CustomerTotals? {
  guard let source = try? ResolvedSource(input, options, monitor, isSample: true),
    let plan = try TotalsPlan(source)
  else { return nil }
  let workers = (0..<Threads.count).map { _ in TotalsWorker(plan) }
  let tables = (0..<TotalsRecords.partitions).map { _ in TotalsTable() }
  var tally = TotalsTally()
  var waiting = 0
  do {
    var scan = source.file.scan
    // Small enough for what was read to be still in the cache when it is parsed.
    scan.roundSize = 1 << 22
    scan.pieceSize = 1 << 18
    try scan.forEachRound(monitor, "adding up") { round in
      let parts = parallelMap(round.pieces.count, workers: workers.count) { worker, number in
        workers[worker].parse(round, number)
      }
      for part in parts {
        tally.merge(part.tally)
        waiting += part.tally.used
      }
      if tally.isBeyond || tally.overflows { throw Beyond() }
      let known = tables.reduce(0) { $0 + $1.count }
      if round.isLast || waiting >= max(1 << 20, 4 * known) {
        for worker in workers { worker.records.settle() }
        _ = parallelMap(tables.count) { partition in
          for worker in workers { tables[partition].add(worker.records, partition: partition) }
        }
        for worker in workers { worker.records.removeAll() }
        waiting = 0
      }
      return RoundPosition(position: parts[parts.count - 1].end, line: 1)
    }
  } catch is Beyond {
    return nil
  } catch let error as SegueError where error.kind == .data && error.diagnostics[0].code == "csv.longRecord" {
    // The thorough way knows the line.
    return nil
  }
  let inspection = SourceInspection(source, grain: .order, findings: [])
  let totals = CustomerTotals(tables, tally, inspection)
  return totals.areFinal ? totals : nil
}

/// The rows take more than totals keep.
private struct Beyond: Error {}
