import SegueCore
import SegueIngest

/// Order lines folded into orders, by customer and time.
///
/// An order is the lines of one order id and customer that lie within a week of each other: ids that restart
/// per shop, till or year name several orders. Its time is its earliest line, its money the sum of its lines.
struct FoldedOrders {
  private(set) var customers: [Int32] = []
  private(set) var times: [LocalTime] = []
  private var amounts: [Int64] = []
  private var refunds: [Int64] = []
  private var discounts: [Int64] = []
  /// Orders that share their id and customer with an earlier one.
  private(set) var reusedIDs = 0

  /// Between two lines of one order; a restarted number comes back later than that.
  private static let longestPause: Int64 = 7 * 86_400

  var count: Int { customers.count }

  /// - Parameter rowOf: the customer row of each customer index; −1 leaves the line out.
  /// - Complexity: O(n log n).
  init(_ table: OrderTable, rowOf: [Int32]) {
    let lines = table.customer.indices.filter { !table.isRefund[$0] && rowOf[Int(table.customer[$0])] >= 0 }
      .sorted {
        (rowOf[Int(table.customer[$0])], table.order[$0], table.time[$0], $0)
          < (rowOf[Int(table.customer[$1])], table.order[$1], table.time[$1], $1)
      }
    var previous: Int?
    for line in lines {
      let customer = rowOf[Int(table.customer[line])]
      var isNew = true
      if let previous, customers.last == customer, table.order[previous] == table.order[line] {
        isNew = table.time[line] - table.time[previous] > FoldedOrders.longestPause
        if isNew { reusedIDs += 1 }
      }
      if isNew {
        customers.append(customer)
        times.append(LocalTime(seconds: table.time[line]))
        amounts.append(0)
        refunds.append(0)
        discounts.append(0)
      }
      let index = count - 1
      amounts[index] = FoldedOrders.sum(amounts[index], table.amount[line])
      refunds[index] = FoldedOrders.sum(refunds[index], table.refund[line])
      if !table.discount.isEmpty {
        discounts[index] = FoldedOrders.sum(discounts[index], table.discount[line])
      }
      previous = line
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

  private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    (Amount(tenThousandths: a) + Amount(tenThousandths: b)).tenThousandths
  }
}
