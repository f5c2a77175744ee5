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
  let quantity: Int?
  let discount: Int?
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
    /// The sign beside the amount.
    var currency = CurrencyCode.none
    /// The first column that cannot be read; out of range, no amount at all, rounded.
    var marks: RowMarks = []

    var isGood: Bool { marks.isDisjoint(with: .badMoney) }

    /// Of several columns that cannot be read the first counts.
    mutating func fail(_ column: RowMarks) {
      if isGood { marks.formUnion(column) }
    }
  }

  @inline(__always)
  func money(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> Money {
    var money = Money()
    var price: Int64 = 0
    let reading = batch.trimmed(record, amount, in: bytes) { text in
      if text.isEmpty { money.marks.insert(.noAmount) }
      return amountReader.read(text, currency: &money.currency)
    }
    switch reading {
    case .value(let value, let rounded):
      price = value
      if rounded { money.marks.insert(.rounded) }
    case .notANumber: money.fail(.badAmount)
    case .outOfRange: money.fail([.badAmount, .outOfRange])
    }
    if let quantity { readQuantity(quantity, batch, record, bytes, &money) }
    if isTotal {
      money.amount = price
    } else if money.isGood {
      if let product = Amount(tenThousandths: price).multiplied(by: Amount(tenThousandths: money.quantity)),
        product.tenThousandths.magnitude < UInt64(Int64.max) / 2
      {
        money.amount = product.tenThousandths
      } else {
        money.fail([.badAmount, .outOfRange])
      }
    }
    if let refund { money.refund = side(refund, .badRefund, refundReader, batch, record, bytes, &money) }
    if let discount {
      money.discount = side(discount, .badDiscount, discountReader, batch, record, bytes, &money)
    }
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
    case .notANumber: money.fail(.badQuantity)
    case .outOfRange: money.fail([.badQuantity, .outOfRange])
    }
  }

  /// Money beside the amount, without its sign; an empty cell is zero.
  private func side(
    _ column: Int, _ bad: RowMarks, _ reader: NumberReader, _ batch: RecordBatch,
    _ record: RecordBatch.Record, _ bytes: Span<UInt8>, _ money: inout Money
  ) -> Int64 {
    var ignored = CurrencyCode.none
    let reading: NumberReader.Reading = batch.trimmed(record, column, in: bytes) {
      $0.isEmpty ? .value(0, rounded: false) : reader.read($0, currency: &ignored)
    }
    if case .value(let value, _) = reading { return abs(value) }
    money.fail(bad)
    return 0
  }

  /// What the currency column says; nil if there is none or the cell is empty.
  func currency(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> CurrencyCode? {
    guard let currency else { return nil }
    return batch.trimmed(record, currency, in: bytes) { CurrencyCode.cell($0) }
  }

  /// The column of a row's bad cell.
  func badColumn(_ marks: RowMarks) -> Int? {
    if marks.contains(.badAmount) { return amount }
    if marks.contains(.badQuantity) { return quantity }
    if marks.contains(.badRefund) { return refund }
    return marks.contains(.badDiscount) ? discount : nil
  }

  /// A `C` and digits in the place of the order id.
  @inline(__always)
  func isCancellation(_ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>) -> Bool {
    guard let orderID else { return false }
    return batch.trimmed(record, orderID, in: bytes) { id in
      guard id.count > 1, id[0] == 0x43 else { return false }
      return ByteText.isDigit(id[1]) && ByteText.isDigit(id[id.count - 1])
    }
  }

  /// Some rows may have an order id and no amount: lines after the first of their order.
  func mayContinue(_ source: ResolvedSource) -> Bool {
    orderID != nil && isTotal && source.file.surveys[amount].empty > 0
  }
}
