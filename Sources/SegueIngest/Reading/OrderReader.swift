internal import SegueCore

/// Reads one orders file into the table it shares with the others.
struct OrderReader {
  private let source: ResolvedSource
  private let scan: OrderScan
  private let currency: CurrencyCode
  private let options: IngestOptions
  private let columns: OrderColumns
  private let diagnosis: RowDiagnosis
  private var dates: DateReader
  private var status: StatusReading
  private(set) var book: LedgerBook
  private let rejectFile: Int32
  /// Where the table's refund rows of this file stand, should they have to leave again.
  private(set) var refundRows: [RefundRow] = []
  private var rounded = 0
  private var zeroOrders = 0
  /// What refund columns say was given back of sales that count as they were made.
  private var refundsLeftIn: (rows: Int, money: Int64) = (0, 0)
  private var keptDuplicates = 0
  private var continued = 0

  struct RefundRow {
    var tableRow: Int
    var entry: RejectList.Entry
    var money: Int64
  }

  init(
    _ source: ResolvedSource, _ scan: OrderScan, _ currency: CurrencyCode, rejectFile: Int32
  ) throws {
    self.source = source
    self.scan = scan
    self.currency = currency
    self.rejectFile = rejectFile
    options = source.options
    columns = OrderColumns(source)
    diagnosis = RowDiagnosis(source.file)
    dates = try source.dateReader(columns.time)
    status = StatusReading(
      hasRefundColumn: columns.refund != nil, keepsWonOnly: source.recognition.known?.keepsWonOnly ?? false)
    book = LedgerBook(CleaningLedger.File(file: source.file.name, kind: .orders))
  }

  /// What a row's cells say, before anyone judges it.
  private struct Reading {
    var time: Int64 = 0
    var timeIsGood = false
    var money = OrderColumns.Money()
    var quantity: Int64 = 10_000
    var price: Int64?
    var currency = CurrencyCode.none
  }

  /// The row before, whose order-level cells stand for those its later lines leave empty.
  private struct Previous {
    var order: [UInt8] = []
    var reason: SetAsideReason?
    var time: Int64 = 0
    var customer: Int32 = -1
    var isRefund = false
  }

  mutating func read(
    into table: inout OrderTable, _ labels: inout OrderLabels, _ data: inout IngestedData,
    _ gatherer: inout DiagnosticGatherer, _ monitor: Monitor
  ) throws {
    let width = source.file.headers.count
    var row = -1
    var previous = Previous()
    let mayContinue = scan.repeatsTotals || columns.mayContinue(source)
    let file = source.file
    try file.scan.forEachBatch(monitor, "reading") { batch, bytes in
      for record in batch.records {
        row += 1
        guard record.fieldCount == width else {
          book.comesIn(0)
          if options.onBadRow == .fail { gatherer.add(diagnosis.ragged(batch, record)) }
          setAside(.unreadable, 0, batch, record, &data.rejects)
          previous.order = []
          continue
        }
        if mayContinue, continues(previous, batch, record, bytes) {
          book.comesIn(0)
          takeContinuation(previous, batch, record, bytes, &table, &labels, &data.rejects)
          continue
        }
        let reading = read(batch, record, bytes, &gatherer)
        book.comesIn(money(reading))
        var customer: Int32 = -1
        let reason = judge(row, reading, batch, record, bytes)
        if let reason {
          setAside(reason, money(reading), batch, record, &data.rejects)
        } else {
          customer = append(reading, batch, record, bytes, &table, &labels, &data.customerIDs)
        }
        if mayContinue {
          previous = Previous(
            order: columns.orderBytes(batch, record, bytes), reason: reason, time: reading.time,
            customer: customer,
            isRefund: reason == nil && table.isRefund[table.rowCount - 1])
        }
      }
    }
    addRemarks()
  }

  /// What the row adds to the account: nothing if it is in another currency.
  private func money(_ reading: Reading) -> Int64 {
    reading.currency == currency || reading.currency.isNone ? reading.money.amount : 0
  }

  private mutating func setAside(
    _ reason: SetAsideReason, _ money: Int64, _ batch: RecordBatch, _ record: RecordBatch.Record,
    _ rejects: inout RejectList
  ) {
    book.isSetAside(reason, money)
    rejects.append(.init(file: rejectFile, reason: reason, line: record.line, bytes: batch.place(record)))
  }

  // MARK: Reading cells

  private mutating func read(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>,
    _ gatherer: inout DiagnosticGatherer
  ) -> Reading {
    var reading = Reading()
    if let time = batch.trimmed(record, columns.time, in: bytes, { dates.read($0) }) {
      reading.time = time
      reading.timeIsGood = true
    } else if options.onBadRow == .fail {
      gatherer.add(
        diagnosis.date(
          batch, record, bytes, columns.time, source.dateFormat(columns.time) ?? Setting("dates", .default)))
    }
    reading.money = columns.money(batch, record, bytes)
    reading.currency = columns.currency(batch, record, bytes) ?? reading.money.currency
    if let bad = reading.money.badColumn, options.onBadRow == .fail {
      gatherer.add(
        diagnosis.amount(
          batch, record, bytes, bad, source.decimalMark(bad), outOfRange: reading.money.isOutOfRange))
    }
    return reading
  }

  // MARK: Judging

  /// The first reason to leave the row out, nil if it is used.
  private mutating func judge(
    _ row: Int, _ reading: Reading, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) -> SetAsideReason? {
    let money = reading.money
    if !reading.timeIsGood || money.badColumn != nil { return .unreadable }
    if !reading.currency.isNone, reading.currency != currency { return .otherCurrency }
    let isAnonymous = batch.trimmed(record, columns.customer, in: bytes) { CustomerKey.range($0).isEmpty }
    if isAnonymous { return .missingCustomer }
    if !scan.isDuplicate.isEmpty, scan.isDuplicate[row] {
      switch options.duplicates {
      case .drop: return .duplicate
      case .auto where scan.grain == .order && columns.hasOrder(batch, record, bytes): return .duplicate
      case .auto, .keep: keptDuplicates += 1
      }
    }
    if let column = columns.status {
      let isCancelled = batch.trimmed(record, column, in: bytes) { status.isCancelled($0) }
      if isCancelled { return .cancelled }
    }
    let isCancellation = scan.hasCancellationIDs && columns.isCancellation(batch, record, bytes)
    if isCancellation, money.amount > 0 { return .cancelled }
    if isCancellation || money.quantity < 0 || (columns.isTotal && money.amount < 0) {
      // two minus signs give no money back
      if money.amount > 0 { return .negativePrice }
      return options.refunds == .exclude ? .refund : nil
    }
    if money.amount < 0 { return .negativePrice }
    if money.amount == 0 {
      if scan.grain == .orderLine { return .zeroPrice }
      zeroOrders += 1
    }
    return nil
  }

  // MARK: Using rows

  /// Appends a used row and returns its customer.
  private mutating func append(
    _ reading: Reading, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>,
    _ table: inout OrderTable, _ labels: inout OrderLabels, _ customers: inout InternedStrings
  ) -> Int32 {
    let money = reading.money
    let customer = batch.trimmed(record, columns.customer, in: bytes) {
      customers.intern($0.extracting(CustomerKey.range($0)))
    }
    let isRefund =
      money.amount < 0 || money.quantity < 0
      || (scan.hasCancellationIDs && columns.isCancellation(batch, record, bytes))
    var net = money.amount
    var givenBack = isRefund ? -money.amount : 0
    if !isRefund, options.refunds == .net, money.refund != 0 {
      givenBack = money.refund
      net -= money.refund
      book.isRefunded(money.refund)
    }
    if !isRefund, options.refunds == .exclude, money.refund != 0 {
      refundsLeftIn.rows += 1
      refundsLeftIn.money &+= money.refund
    }
    if money.isRounded { rounded += 1 }
    book.isUsed(net)
    if isRefund { noteRefund(money.amount, batch, record, table.rowCount) }
    table.customer.append(customer)
    table.time.append(reading.time)
    table.amount.append(net)
    table.isRefund.append(isRefund)
    table.refund.append(givenBack)
    table.discount.append(money.discount)
    table.quantity.append(money.quantity)
    table.order.append(columns.order(batch, record, bytes, &table.orderIDs))
    labels.append(columns, batch, record, bytes)
    return customer
  }

  private mutating func noteRefund(
    _ money: Int64, _ batch: RecordBatch, _ record: RecordBatch.Record, _ tableRow: Int
  ) {
    book.file.refundRowsNetted += 1
    book.file.refundMoneyNetted.tenThousandths &+= money
    let entry = RejectList.Entry(
      file: rejectFile, reason: .onlyRefunds, line: record.line, bytes: batch.place(record))
    refundRows.append(RefundRow(tableRow: tableRow, entry: entry, money: money))
  }

  // MARK: Lines after an order's first

  /// Same order id as the row before, and no amount of its own or that of its order once more.
  private func continues(
    _ previous: Previous, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) -> Bool {
    guard !previous.order.isEmpty else { return false }
    guard scan.repeatsTotals || columns.amountIsEmpty(batch, record, bytes) else { return false }
    return columns.orderEquals(previous.order, batch, record, bytes)
  }

  /// Shares the fate, moment and customer of the order's first line and adds no money.
  private mutating func takeContinuation(
    _ previous: Previous, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>,
    _ table: inout OrderTable, _ labels: inout OrderLabels, _ rejects: inout RejectList
  ) {
    if let reason = previous.reason {
      setAside(reason, 0, batch, record, &rejects)
      return
    }
    continued += 1
    book.isUsed(0)
    if previous.isRefund { noteRefund(0, batch, record, table.rowCount) }
    table.customer.append(previous.customer)
    table.time.append(previous.time)
    table.amount.append(0)
    table.isRefund.append(previous.isRefund)
    table.refund.append(0)
    table.discount.append(0)
    table.quantity.append(columns.quantityOnly(batch, record, bytes))
    table.order.append(columns.order(batch, record, bytes, &table.orderIDs))
    labels.append(columns, batch, record, bytes)
  }

  private mutating func addRemarks() {
    book.remark("exact duplicates kept, because nothing proves them copies", rows: keptDuplicates)
    book.remark("orders of zero kept", rows: zeroOrders)
    book.remark(
      "orders count in full although money was given back on them", rows: refundsLeftIn.rows,
      money: refundsLeftIn.money)
    book.remark("further lines of an order whose amount stands on its first line", rows: continued)
    book.remark("amounts of more than four decimals rounded", rows: rounded)
    book.remark("order ids on several differing rows, counted as one order", rows: scan.repeatedOrderCount)
  }

  /// Takes back refund rows whose customers bought nothing.
  mutating func withdraw(_ row: RefundRow) {
    book.file.rowsUsed -= 1
    book.file.moneyUsed.tenThousandths &-= row.money
    book.file.refundRowsNetted -= 1
    book.file.refundMoneyNetted.tenThousandths &-= row.money
    book.isSetAside(.onlyRefunds, row.money)
  }
}
