internal import SegueCore

/// Where an orders file keeps what, and how its cells are read.
struct OrderColumns {
  let customer: Int
  let time: Int
  let orderID: Int?
  let status: Int?
  let refund: Int?
  let product: Int?
  let category: Int?
  let channel: Int?
  let country: Int?
  /// The amount is a total, not quantity times price.
  let isTotal: Bool
  private let amount: Int
  private let quantity: Int?
  private let discount: Int?
  private let currency: Int?
  private let amountReader: NumberReader
  private let quantityReader: NumberReader
  private let refundReader: NumberReader
  private let discountReader: NumberReader

  /// - Precondition: nothing needed is missing from the source.
  init(_ source: ResolvedSource) {
    func reader(_ column: Int?) -> NumberReader {
      NumberReader(decimal: column.map { source.decimalMark($0).value } ?? 0x2E)
    }
    customer = source.column(.customer)!
    time = source.column(.time)!
    isTotal = source.column(.amount) != nil
    amount = source.column(.amount) ?? source.column(.unitPrice)!
    quantity = source.column(.quantity)
    refund = source.column(.refund)
    discount = source.column(.discount)
    currency = source.column(.currency)
    orderID = source.column(.orderID)
    status = source.column(.status)
    product = source.column(.product)
    category = source.column(.category)
    channel = source.column(.channel)
    country = source.column(.country)
    amountReader = reader(amount)
    quantityReader = reader(quantity)
    refundReader = reader(refund)
    discountReader = reader(discount)
  }

  /// All in ten-thousandths.
  struct Money {
    /// As the row states it, refunds not taken off.
    var amount: Int64 = 0
    var quantity: Int64 = 10_000
    var refund: Int64 = 0
    var discount: Int64 = 0
    var isRounded = false
    /// The sign beside the amount.
    var currency = CurrencyCode.none
    /// The first column that cannot be read.
    var badColumn: Int?
    var isOutOfRange = false
  }

  @inline(__always)
  func money(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> Money {
    var money = Money()
    var sign = CurrencyCode.none
    var price: Int64 = 0
    switch batch.trimmed(record, amount, in: bytes, { amountReader.read($0, currency: &sign) }) {
    case .value(let value, let rounded):
      price = value
      money.isRounded = rounded
      money.currency = sign
    case .notANumber: money.badColumn = amount
    case .outOfRange:
      money.badColumn = amount
      money.isOutOfRange = true
    }
    if let quantity { readQuantity(quantity, batch, record, bytes, &money) }
    if isTotal {
      money.amount = price
    } else if money.badColumn == nil {
      if let product = Amount(tenThousandths: price).multiplied(by: Amount(tenThousandths: money.quantity)),
        product.tenThousandths.magnitude < UInt64(Int64.max) / 2
      {
        money.amount = product.tenThousandths
      } else {
        money.badColumn = amount
        money.isOutOfRange = true
      }
    }
    if let refund { money.refund = side(refund, refundReader, batch, record, bytes, &money) }
    if let discount { money.discount = side(discount, discountReader, batch, record, bytes, &money) }
    return money
  }

  /// Beside a total, a quantity that cannot be read is one; otherwise the row has no amount.
  @inline(__always)
  private func readQuantity(
    _ column: Int, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>,
    _ money: inout Money
  ) {
    var ignored = CurrencyCode.none
    switch batch.trimmed(record, column, in: bytes, { quantityReader.read($0, currency: &ignored) }) {
    case .value(let value, _): money.quantity = value
    case .notANumber where isTotal, .outOfRange where isTotal: break
    case .notANumber: money.badColumn = money.badColumn ?? column
    case .outOfRange:
      if money.badColumn == nil { money.isOutOfRange = true }
      money.badColumn = money.badColumn ?? column
    }
  }

  /// Money beside the amount, without its sign; an empty cell is zero.
  private func side(
    _ column: Int, _ reader: NumberReader, _ batch: RecordBatch, _ record: RecordBatch.Record,
    _ bytes: Span<UInt8>,
    _ money: inout Money
  ) -> Int64 {
    var ignored = CurrencyCode.none
    let reading: NumberReader.Reading = batch.trimmed(record, column, in: bytes) {
      $0.isEmpty ? .value(0, rounded: false) : reader.read($0, currency: &ignored)
    }
    if case .value(let value, _) = reading { return abs(value) }
    money.badColumn = money.badColumn ?? column
    return 0
  }

  /// What the currency column says; nil if there is none or the cell is empty.
  func currency(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> CurrencyCode? {
    guard let currency else { return nil }
    return batch.trimmed(record, currency, in: bytes) { CurrencyCode.cell($0) }
  }

  // MARK: Order ids

  func hasOrder(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> Bool {
    guard let orderID else { return false }
    return batch.trimmed(record, orderID, in: bytes) { !$0.isEmpty }
  }

  /// A `C` and digits.
  func isCancellation(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> Bool {
    guard let orderID else { return false }
    return batch.trimmed(record, orderID, in: bytes) { id in
      guard id.count > 1, id[0] == 0x43 else { return false }
      return ByteText.isDigit(id[1]) && ByteText.isDigit(id[id.count - 1])
    }
  }

  /// Index of the row's order; a row without an id is an order of its own.
  @inline(__always)
  func order(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>, _ ids: inout InternedStrings
  ) -> Int32 {
    guard let orderID else { return ids.addUnnamed() }
    return batch.trimmed(record, orderID, in: bytes) { $0.isEmpty ? ids.addUnnamed() : ids.intern($0) }
  }

  func orderBytes(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> [UInt8] {
    guard let orderID else { return [] }
    return batch.trimmed(record, orderID, in: bytes) { ByteText.bytes($0) }
  }

  func orderEquals(
    _ order: [UInt8], _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) -> Bool {
    guard let orderID else { return false }
    return batch.trimmed(record, orderID, in: bytes) { ByteText.equal($0, order.span) }
  }

  // MARK: Lines without an amount

  /// Some rows have an order id and no amount: lines after the first of their order.
  func mayContinue(_ source: ResolvedSource) -> Bool {
    orderID != nil && isTotal && source.file.surveys[amount].empty > 0
  }

  func amountIsEmpty(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> Bool {
    batch.trimmed(record, amount, in: bytes) { $0.isEmpty }
  }

  func quantityOnly(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> Int64 {
    var money = Money()
    if let quantity { readQuantity(quantity, batch, record, bytes, &money) }
    return money.quantity
  }
}

/// The categorical columns of the orders table while it is filled.
struct OrderLabels {
  private var product = Labels()
  private var category = Labels()
  private var channel = Labels()
  private var country = Labels()
  private var kept: Set<ColumnRole> = []

  /// Notes which of its columns a file has.
  mutating func expect(_ columns: OrderColumns) {
    if columns.product != nil { kept.insert(.product) }
    if columns.category != nil { kept.insert(.category) }
    if columns.channel != nil { kept.insert(.channel) }
    if columns.country != nil { kept.insert(.country) }
  }

  @inline(__always)
  mutating func append(
    _ columns: OrderColumns, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) {
    product.append(columns.product, batch, record, bytes)
    category.append(columns.category, batch, record, bytes)
    channel.append(columns.channel, batch, record, bytes)
    country.append(columns.country, batch, record, bytes)
  }

  /// Hands over the columns that at least one file has.
  func finish(_ table: inout OrderTable) {
    if kept.contains(.product) { table.product = product }
    if kept.contains(.category) { table.category = category }
    if kept.contains(.channel) { table.channel = channel }
    if kept.contains(.country) { table.country = country }
  }
}

extension Labels {
  /// Appends a cell, -1 if there is no such column or the cell is empty.
  @inline(__always)
  mutating func append(
    _ column: Int?, _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) {
    guard let column else {
      codes.append(-1)
      return
    }
    let code = batch.trimmed(record, column, in: bytes) { $0.isEmpty ? -1 : texts.intern($0) }
    codes.append(code)
  }
}
