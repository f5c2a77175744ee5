public import SegueCore

/// The usable rows of all orders files, column by column; row order is file order.
///
/// A row is an order line (or a whole order) or a refund. Lines of one order share an `order` index;
/// rows without an order id are orders of their own.
public struct OrderTable: Sendable {
  /// Index into ``IngestedData/customerIDs``.
  public var customer: [Int32] = []
  /// ``SegueCore/LocalTime`` seconds.
  public var time: [Int64] = []
  /// Money that counts, in ten-thousandths: net of `refund` under `.net`; zero or less on refund rows.
  public var amount: [Int64] = []
  /// Rows that give money back instead of selling something; never count them as orders.
  public var isRefund: [Bool] = []
  /// Index into `orderIDs`.
  public var order: [Int32] = []
  /// Money given back, in ten-thousandths, zero or more: a sale's refund column, a refund row's own value.
  /// `amount + refund` is what was sold.
  public var refund: [Int64] = []
  /// Discount granted, in ten-thousandths, zero or more; empty if no file has such a column.
  public var discount: [Int64] = []
  /// Units, in ten-thousandths; empty if no file has such a column.
  public var quantity: [Int64] = []
  public var product: Labels?
  public var category: Labels?
  public var channel: Labels?
  public var country: Labels?
  /// Order ids as written; "" for orders that have none.
  public var orderIDs = InternedStrings()

  public init() {}

  public var rowCount: Int { customer.count }

  /// Distinct orders with at least one row that is no refund.
  ///
  /// - Complexity: O(rows).
  public var orderCount: Int { distinct(order, orderIDs.count) }

  /// Distinct customers with at least one row that is no refund.
  ///
  /// - Complexity: O(rows).
  public var customerCount: Int { distinct(customer, (customer.max().map(Int.init) ?? -1) + 1) }

  /// The sum of `amount`.
  public var total: Amount { Amount(tenThousandths: amount.reduce(0, &+)) }

  private func distinct(_ indices: [Int32], _ bound: Int) -> Int {
    var seen = [Bool](repeating: false, count: bound)
    var count = 0
    for row in indices.indices where !isRefund[row] && !seen[Int(indices[row])] {
      seen[Int(indices[row])] = true
      count += 1
    }
    return count
  }
}

/// A categorical column: an index per row into texts, -1 where the cell is empty.
public struct Labels: Sendable {
  public var codes: [Int32] = []
  public var texts = InternedStrings()

  public init() {}

  /// The text of a row, nil where the cell is empty.
  public subscript(row: Int) -> String? { codes[row] < 0 ? nil : texts[codes[row]] }
}
