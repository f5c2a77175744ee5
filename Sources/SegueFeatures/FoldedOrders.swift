import SegueCore
import SegueIngest

/// Order lines folded into orders: one entry per order id and customer, by customer and time.
///
/// An order's time is its earliest line, its money the sum of its lines.
struct FoldedOrders {
  private(set) var customers: [Int32] = []
  private(set) var times: [LocalTime] = []
  private var amounts: [Int64] = []
  private var refunds: [Int64] = []
  private var discounts: [Int64] = []

  var count: Int { customers.count }

  /// - Parameter rowOf: the customer row of each customer index; −1 leaves the line out.
  init(_ table: OrderTable, rowOf: [Int32]) {
    var slotOf = [Int32](repeating: -1, count: table.orderIDs.count)
    // Ids that restart per shop or year give one id to several customers: those are several orders.
    var shared: [UInt64: Int32] = [:]
    for row in table.customer.indices where !table.isRefund[row] {
      let customer = rowOf[Int(table.customer[row])]
      guard customer >= 0 else { continue }
      let order = Int(table.order[row])
      var slot = slotOf[order]
      if slot >= 0, customers[Int(slot)] != customer {
        slot = shared[FoldedOrders.key(order, customer)] ?? -1
      }
      if slot < 0 {
        slot = Int32(customers.count)
        if slotOf[order] < 0 {
          slotOf[order] = slot
        } else {
          shared[FoldedOrders.key(order, customer)] = slot
        }
        customers.append(customer)
        times.append(LocalTime(seconds: table.time[row]))
        amounts.append(0)
        refunds.append(0)
        discounts.append(0)
      }
      let index = Int(slot)
      times[index] = min(times[index], LocalTime(seconds: table.time[row]))
      amounts[index] = FoldedOrders.sum(amounts[index], table.amount[row])
      refunds[index] = FoldedOrders.sum(refunds[index], table.refund[row])
      if !table.discount.isEmpty {
        discounts[index] = FoldedOrders.sum(discounts[index], table.discount[row])
      }
    }
    sort()
  }

  func list(hasDiscounts: Bool) -> PurchaseHistory.OrderList {
    var list = PurchaseHistory.OrderList()
    list.customers = customers
    list.times = times
    list.amounts = amounts
    list.isRefunded = refunds.map { $0 > 0 ? 1 : 0 }
    if hasDiscounts { list.isDiscounted = discounts.map { $0 > 0 ? 1 : 0 } }
    return list
  }

  /// Equal times of one customer go by amount, so that the order of rows never shows.
  private mutating func sort() {
    let order = customers.indices.sorted {
      (customers[$0], times[$0], amounts[$0], $0) < (customers[$1], times[$1], amounts[$1], $1)
    }
    customers = order.map { customers[$0] }
    times = order.map { times[$0] }
    amounts = order.map { amounts[$0] }
    refunds = order.map { refunds[$0] }
    discounts = order.map { discounts[$0] }
  }

  private static func key(_ order: Int, _ customer: Int32) -> UInt64 {
    UInt64(order) << 32 | UInt64(UInt32(bitPattern: customer))
  }

  private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    (Amount(tenThousandths: a) + Amount(tenThousandths: b)).tenThousandths
  }
}
