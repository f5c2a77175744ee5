public import SegueCore

/// What each customer known at the cut did after it. Rows are those of the history up to the cut.
public struct LaterPurchases: Sendable {
  /// 0 for those who fell silent.
  public var orders: [Int32]
  /// Net of whatever was refunded after the cut, in ten-thousandths; may be negative.
  public var revenue: [Int64]

  public init(orders: [Int32], revenue: [Int64]) {
    precondition(orders.count == revenue.count, "orders and revenue are of the same customers")
    self.orders = orders
    self.revenue = revenue
  }

  public var count: Int { orders.count }
  public var orderCount: Int { orders.reduce(0) { $0 + Int($1) } }
  /// Customers with at least one order.
  public var buyers: Int { orders.count { $0 > 0 } }
  public var total: Amount { revenue.reduce(.zero) { $0 + Amount(tenThousandths: $1) } }
}
