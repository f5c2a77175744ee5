internal import SegueCore

/// Judges the rows of one orders file and hands those in use to the table it shares with the others.
struct OrderReader {
  private let source: ResolvedSource
  private let scan: OrderScan
  private let currency: CurrencyCode
  private let options: IngestOptions
  private let columns: OrderColumns
  private let mayContinue: Bool
  private(set) var sorter: RowSorter
  /// Where the table's refund rows of this file stand, should they have to leave again.
  private(set) var refundRows: [RefundRow] = []
  private var rounded = 0
  private var zeroOrders = 0
  /// What refund columns say was given back of sales that count as they were made.
  private var refundsLeftIn: (rows: Int, money: Int64) = (0, 0)
  private var keptDuplicates = 0
  private var continued = 0
  private var withoutCurrency = 0

  var book: LedgerBook { sorter.book }

  struct RefundRow {
    var tableRow: Int
    var entry: RejectList.Entry
    var money: Int64
  }

  init(_ source: ResolvedSource, _ scan: OrderScan, _ currency: CurrencyCode, rejectFile: Int32) {
    self.source = source
    self.scan = scan
    self.currency = currency
    options = source.options
    columns = OrderColumns(source)
    mayContinue = scan.repeatsTotals || columns.mayContinue(source)
    sorter = RowSorter(source.file, .orders, rejectFile)
  }

  /// The row before, whose order-level cells stand for those its later lines leave empty.
  private struct Previous {
    var row = 0
    var order: Int32 = -1
    var reason: SetAsideReason?
  }

  /// - Complexity: O(rows).
  mutating func read(
    _ rows: consuming SourceRows<OrderCells>, into table: inout OrderTable, _ data: inout IngestedData,
    _ gatherer: inout DiagnosticGatherer
  ) throws {
    let cancelled = StatusReading(
      hasRefundColumn: columns.refund != nil, keepsWonOnly: source.recognition.known?.keepsWonOnly ?? false
    ).verdicts(rows.cells.status.texts)
    // What is given back stands in a column of its own even where the file has none.
    if rows.cells.refund.isEmpty { rows.cells.refund = [Int64](repeating: 0, count: rows.indices.count) }
    var previous = Previous()
    for row in rows.indices {
      if rows.marks[row].contains(.ragged) {
        try report(rows, row, &gatherer)
        sorter.setAside(row, .unreadable, of: rows)
        previous.order = -1
        continue
      }
      if mayContinue, continues(previous, rows, row) {
        takeContinuation(previous, &rows, row, table.rowCount)
        continue
      }
      try report(rows, row, &gatherer)
      // Money in another currency could not be added.
      let code = rows.cells.currency[row]
      let money = code == currency || code.isNone ? rows.cells.amount[row] : 0
      let reason = judge(rows, row, cancelled)
      if let reason {
        sorter.setAside(row, reason, of: rows, money: money)
      } else {
        use(&rows, row, money, table.rowCount)
      }
      if mayContinue { previous = Previous(row: row, order: rows.cells.order.codes[row], reason: reason) }
    }
    addRemarks()
    data.rejects.append(sorter.rejects)
    rows.forgetPlaces()
    table.append(rows, sorter.used, &data.customerIDs)
  }

  /// Says what cannot be read in a row, unless such rows are passed over.
  private func report(
    _ rows: SourceRows<OrderCells>, _ row: Int, _ gatherer: inout DiagnosticGatherer
  ) throws {
    let marks = rows.marks[row]
    guard options.onBadRow == .fail, !marks.isDisjoint(with: [.ragged, .badTime, .badMoney]) else { return }
    if marks.contains(.ragged) { return try gatherer.add(sorter.diagnosis.ragged(reread(rows, row))) }
    if marks.contains(.badTime) {
      let format = source.dateFormat(columns.time) ?? Setting("dates", .default)
      try gatherer.add(sorter.diagnosis.date(reread(rows, row), columns.time, format))
    }
    if let bad = columns.badColumn(marks) {
      try gatherer.add(
        sorter.diagnosis.amount(
          reread(rows, row), bad, source.decimalMark(bad), outOfRange: marks.contains(.outOfRange)))
    }
  }

  private func reread(_ rows: SourceRows<OrderCells>, _ row: Int) throws -> RereadRow {
    try RereadRow(source.file, rows.place(row), line: rows.line(row))
  }

  // MARK: Judging

  /// The first reason to leave the row out, nil if it is used.
  private mutating func judge(
    _ rows: SourceRows<OrderCells>, _ row: Int, _ cancelled: [Bool]
  ) -> SetAsideReason? {
    let marks = rows.marks[row]
    let amount = rows.cells.amount[row]
    if !marks.isDisjoint(with: [.badTime, .badMoney]) { return .unreadable }
    let code = rows.cells.currency[row]
    if !code.isNone, code != currency { return .otherCurrency }
    if rows.customer.codes[row] < 0 { return .missingCustomer }
    if marks.contains(.copy) {
      switch options.duplicates {
      case .drop: return .duplicate
      case .auto where scan.grain == .order && columns.orderID != nil && rows.cells.order.codes[row] >= 0:
        return .duplicate
      case .auto, .keep: keptDuplicates += 1
      }
    }
    if columns.status != nil {
      let status = Int(rows.cells.status.codes[row])
      if cancelled[status < 0 ? cancelled.count - 1 : status] { return .cancelled }
    }
    let isCancellation = scan.hasCancellationIDs && marks.contains(.cancellation)
    if isCancellation, amount > 0 { return .cancelled }
    let isGivenBack = columns.quantity != nil && rows.cells.quantity[row] < 0
    if isCancellation || isGivenBack || (columns.isTotal && amount < 0) {
      // two minus signs give no money back
      if amount > 0 { return .negativePrice }
      return options.refunds == .exclude ? .refund : nil
    }
    if amount < 0 { return .negativePrice }
    if amount == 0 {
      if scan.grain == .orderLine { return .zeroPrice }
      zeroOrders += 1
    }
    return nil
  }

  // MARK: Using rows

  /// Makes the row's amount what counts, and its refund what was given back.
  private mutating func use(
    _ rows: inout SourceRows<OrderCells>, _ row: Int, _ money: Int64, _ tableStart: Int
  ) {
    let amount = rows.cells.amount[row]
    let isRefund =
      amount < 0 || (columns.quantity != nil && rows.cells.quantity[row] < 0)
      || (scan.hasCancellationIDs && rows.marks[row].contains(.cancellation))
    let refund = rows.cells.refund[row]
    var net = amount
    var givenBack = isRefund ? -amount : 0
    if !isRefund, options.refunds == .net, refund != 0 {
      givenBack = refund
      net -= refund
      sorter.book.isRefunded(refund)
    }
    if !isRefund, options.refunds == .exclude, refund != 0 {
      refundsLeftIn.rows += 1
      refundsLeftIn.money &+= refund
    }
    if rows.marks[row].contains(.rounded) { rounded += 1 }
    if rows.cells.currency[row].isNone { withoutCurrency += 1 }
    if isRefund { noteRefund(amount, rows, row, tableStart) }
    sorter.use(row, money: money, net: net)
    rows.cells.amount[row] = net
    rows.cells.refund[row] = givenBack
    if isRefund { rows.marks[row].insert(.refund) }
  }

  private mutating func noteRefund(
    _ money: Int64, _ rows: SourceRows<OrderCells>, _ row: Int, _ tableStart: Int
  ) {
    sorter.book.file.refundRowsNetted += 1
    sorter.book.file.refundMoneyNetted.tenThousandths &+= money
    refundRows.append(
      RefundRow(
        tableRow: tableStart + sorter.used.count, entry: sorter.entry(row, .onlyRefunds, of: rows),
        money: money))
  }

  // MARK: Lines after an order's first

  /// Same order id as the row before, and no amount of its own or that of its order once more.
  private func continues(
    _ previous: Previous, _ rows: SourceRows<OrderCells>, _ row: Int
  ) -> Bool {
    guard previous.order >= 0, scan.repeatsTotals || rows.marks[row].contains(.noAmount) else { return false }
    return rows.cells.order.codes[row] == previous.order
  }

  /// Shares the fate, moment and customer of the order's first line and adds no money.
  private mutating func takeContinuation(
    _ previous: Previous, _ rows: inout SourceRows<OrderCells>, _ row: Int, _ tableStart: Int
  ) {
    if let reason = previous.reason { return sorter.setAside(row, reason, of: rows) }
    continued += 1
    rows.time[row] = rows.time[previous.row]
    rows.customer.copy(row, from: previous.row)
    rows.cells.amount[row] = 0
    rows.cells.refund[row] = 0
    if columns.discount != nil { rows.cells.discount[row] = 0 }
    if rows.marks[previous.row].contains(.refund) {
      rows.marks[row].insert(.refund)
      noteRefund(0, rows, row, tableStart)
    }
    sorter.use(row)
  }

  private mutating func addRemarks() {
    sorter.book.remark("exact duplicates kept, because nothing proves them copies", rows: keptDuplicates)
    sorter.book.remark("orders of zero kept", rows: zeroOrders)
    sorter.book.remark(
      "orders count in full although money was given back on them", rows: refundsLeftIn.rows,
      money: refundsLeftIn.money)
    sorter.book.remark("further lines of an order whose amount stands on its first line", rows: continued)
    sorter.book.remark("amounts of more than four decimals rounded", rows: rounded)
    // A file that never speaks of currencies lacks nothing.
    if !currency.isNone, source.column(.currency) != nil || !scan.currencies.isEmpty {
      sorter.book.remark(
        "rows name no currency and are taken for \(currency.text)", rows: withoutCurrency)
    }
    sorter.book.remark(
      "order ids on several differing rows, counted as one order", rows: scan.repeatedOrderCount)
  }

  /// Takes back refund rows whose customers bought nothing.
  mutating func withdraw(_ row: RefundRow) {
    sorter.book.file.rowsUsed -= 1
    sorter.book.file.moneyUsed.tenThousandths &-= row.money
    sorter.book.file.refundRowsNetted -= 1
    sorter.book.file.refundMoneyNetted.tenThousandths &-= row.money
    sorter.book.isSetAside(.onlyRefunds, row.money)
  }
}
