internal import SegueCore

extension OrderTable {
  /// An empty table with those columns that at least one of the files has.
  init(of sources: [ResolvedSource]) {
    func labels(_ role: ColumnRole) -> Labels? {
      sources.contains { $0.column(role) != nil } ? Labels() : nil
    }
    product = labels(.product)
    category = labels(.category)
    channel = labels(.channel)
    country = labels(.country)
  }

  /// Appends the judged rows of a file that are in use.
  ///
  /// - Complexity: O(rows).
  mutating func append(
    _ rows: consuming SourceRows<OrderCells>, _ used: [Int32], _ customers: inout InternedStrings
  ) {
    let rowCountBefore = rowCount
    customer.append(contentsOf: rows.customer.codes(of: used, in: &customers))
    order.append(contentsOf: rows.cells.order.codes(of: used, in: &orderIDs, namesEach: true))
    product?.append(rows.cells.product, rows: used)
    category?.append(rows.cells.category, rows: used)
    channel?.append(rows.cells.channel, rows: used)
    country?.append(rows.cells.country, rows: used)
    time.append(rows.time, rows: used)
    amount.append(rows.cells.amount, rows: used)
    refund.append(rows.cells.refund, rows: used)
    isRefund.append(contentsOf: used.map { rows.marks[Int($0)].contains(.refund) })
    OrderTable.append(rows.cells.discount, used, to: &discount, rowCountBefore, otherwise: 0)
    OrderTable.append(rows.cells.quantity, used, to: &quantity, rowCountBefore, otherwise: Amount.scale)
  }

  /// Columns that a file has are as long as the table, though no row of it is in use.
  mutating func complete(of sources: [ResolvedSource]) {
    func missing(_ role: ColumnRole, _ column: [Int64]) -> Int {
      column.isEmpty && sources.contains { $0.column(role) != nil } ? rowCount : 0
    }
    discount += [Int64](repeating: 0, count: missing(.discount, discount))
    quantity += [Int64](repeating: Amount.scale, count: missing(.quantity, quantity))
  }

  /// Keeps some rows, in their order.
  package mutating func keep(_ rows: [Int32]) {
    customer = customer.picked(rows)
    time = time.picked(rows)
    amount = amount.picked(rows)
    isRefund = isRefund.picked(rows)
    order = order.picked(rows)
    refund = refund.picked(rows)
    if !discount.isEmpty { discount = discount.picked(rows) }
    if !quantity.isEmpty { quantity = quantity.picked(rows) }
    if let codes = product?.codes { product?.codes = codes.picked(rows) }
    if let codes = category?.codes { category?.codes = codes.picked(rows) }
    if let codes = channel?.codes { channel?.codes = codes.picked(rows) }
    if let codes = country?.codes { country?.codes = codes.picked(rows) }
  }

  /// Fills a column that only some files have; it stays empty until the first of them.
  private static func append(
    _ values: [Int64], _ used: [Int32], to column: inout [Int64], _ before: Int, otherwise: Int64
  ) {
    if values.isEmpty {
      if !column.isEmpty { column += [Int64](repeating: otherwise, count: used.count) }
      return
    }
    if column.isEmpty { column = [Int64](repeating: otherwise, count: before) }
    column.append(values, rows: used)
  }
}
