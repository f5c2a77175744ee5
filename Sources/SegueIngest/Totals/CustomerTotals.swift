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
    public var customerIDs = CustomerIDs()
    public var orders: [Int32] = []
    /// Ten-thousandths, refunds taken off.
    public var spent: [Int64] = []
    public var firstDay: [CalendarDay] = []
    public var lastDay: [CalendarDay] = []
    /// The last day with an order before the very last; nil if all orders are of one day.
    public var dayBefore: CalendarDay?

    public init() {}
  }

  /// - Complexity: O(c log c) for c customers.
  public func columns() -> Columns {
    let unsorted = Columns(parallelMap(tables.count) { Columns(tables[$0]) })
    let order = unsorted.customerIDs.order
    let size = 1 << 14
    var columns = Columns(
      parallelMap((order.count + size - 1) / size) { part in
        Columns(unsorted, rows: order[part * size..<min(order.count, (part + 1) * size)])
      })
    if tally.dayBefore > .min { columns.dayBefore = CalendarDay(daysSinceEpoch: tally.dayBefore) }
    return columns
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

extension CustomerTotals.Columns {
  /// The customers of a table, in its order.
  fileprivate init(_ table: TotalsTable) {
    reserveCapacity(table.count, bytes: table.count * 16)
    var id: [UInt8] = []
    table.forEach { entry in
      id.removeAll(keepingCapacity: true)
      table.appendID(entry, to: &id)
      customerIDs.append(id.span)
      orders.append(entry.orders)
      spent.append(entry.spent)
      firstDay.append(CalendarDay(daysSinceEpoch: entry.firstDay))
      lastDay.append(CalendarDay(daysSinceEpoch: entry.lastDay))
    }
  }

  /// Some rows of others, in a new order.
  fileprivate init(_ other: CustomerTotals.Columns, rows: ArraySlice<Int32>) {
    reserveCapacity(rows.count, bytes: rows.count * 16)
    let bytes = other.customerIDs.bytes.span
    for row in rows { customerIDs.append(bytes.extracting(other.customerIDs.range(Int(row)))) }
    orders = rows.map { other.orders[Int($0)] }
    spent = rows.map { other.spent[Int($0)] }
    firstDay = rows.map { other.firstDay[Int($0)] }
    lastDay = rows.map { other.lastDay[Int($0)] }
  }

  /// Parts one behind the other.
  fileprivate init(_ parts: [CustomerTotals.Columns]) {
    reserveCapacity(
      parts.reduce(0) { $0 + $1.orders.count }, bytes: parts.reduce(0) { $0 + $1.customerIDs.bytes.count })
    for part in parts {
      customerIDs.append(part.customerIDs)
      orders += part.orders
      spent += part.spent
      firstDay += part.firstDay
      lastDay += part.lastDay
    }
  }

  private mutating func reserveCapacity(_ count: Int, bytes: Int) {
    customerIDs.reserveCapacity(count, bytes: bytes)
    orders.reserveCapacity(count)
    spent.reserveCapacity(count)
    firstDay.reserveCapacity(count)
    lastDay.reserveCapacity(count)
  }
}
