/// The columns of an orders file, all money and quantities in ten-thousandths.
struct OrderCells: CellColumns {
  let columns: OrderColumns
  /// As the rows state it, refunds not taken off; judging makes it what counts.
  var amount: [Int64] = []
  /// Given back, zero or more; empty if the file has no such column, as the next two.
  var refund: [Int64] = []
  var discount: [Int64] = []
  var quantity: [Int64] = []
  /// Of the currency column, else of the sign beside the amount.
  var currency: [CurrencyCode] = []
  var order: TextColumn
  var status: TextColumn
  var product: TextColumn
  var category: TextColumn
  var channel: TextColumn
  var country: TextColumn

  init(_ columns: OrderColumns) {
    self.columns = columns
    order = TextColumn(columns.orderID, isKey: true)
    status = TextColumn(columns.status)
    product = TextColumn(columns.product)
    category = TextColumn(columns.category)
    channel = TextColumn(columns.channel)
    country = TextColumn(columns.country)
  }

  @inline(__always)
  mutating func append(
    _ batch: RecordBatch, _ record: RecordBatch.Record, _ bytes: Span<UInt8>
  ) -> RowMarks {
    let money = columns.money(batch, record, bytes)
    append(money, columns.currency(batch, record, bytes) ?? money.currency)
    order.append(batch, record, bytes)
    status.append(batch, record, bytes)
    product.append(batch, record, bytes)
    category.append(batch, record, bytes)
    channel.append(batch, record, bytes)
    country.append(batch, record, bytes)
    return columns.isCancellation(batch, record, bytes) ? money.marks.union(.cancellation) : money.marks
  }

  mutating func appendNothing() {
    append(OrderColumns.Money(), .none)
    order.appendNothing()
    status.appendNothing()
    product.appendNothing()
    category.appendNothing()
    channel.appendNothing()
    country.appendNothing()
  }

  @inline(__always)
  private mutating func append(_ money: OrderColumns.Money, _ code: CurrencyCode) {
    amount.append(money.amount)
    currency.append(code)
    if columns.refund != nil { refund.append(money.refund) }
    if columns.discount != nil { discount.append(money.discount) }
    if columns.quantity != nil { quantity.append(money.quantity) }
  }

  mutating func append(_ part: OrderCells) {
    amount += part.amount
    refund += part.refund
    discount += part.discount
    quantity += part.quantity
    currency += part.currency
    status.append(part.status)
    product.append(part.product)
    category.append(part.category)
    channel.append(part.channel)
    country.append(part.country)
  }

  /// The order ids.
  var key: TextColumn? {
    get { order }
    set { order = newValue ?? TextColumn(nil) }
  }

  mutating func reserve(_ rows: Int) {
    amount.reserveCapacity(rows)
    currency.reserveCapacity(rows)
    if columns.refund != nil { refund.reserveCapacity(rows) }
    if columns.discount != nil { discount.reserveCapacity(rows) }
    if columns.quantity != nil { quantity.reserveCapacity(rows) }
    order.reserve(rows)
    status.reserve(rows)
    product.reserve(rows)
    category.reserve(rows)
    channel.reserve(rows)
    country.reserve(rows)
  }
}
