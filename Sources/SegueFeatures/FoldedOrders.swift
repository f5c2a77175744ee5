import SegueCore
import SegueIngest

/// Order lines folded into orders, by customer and time.
///
/// An order is the lines of one order id and customer that lie within a week of each other: ids that restart
/// per shop, till or year name several orders. Its time is its earliest line, its money the sum of its lines.
struct FoldedOrders {
  private(set) var customers: [Int32] = []
  private(set) var times: [LocalTime] = []
  private var isRefunded: [Int32] = []
  private var isDiscounted: [Int32] = []
  private var amounts: [Int64] = []
  /// Orders that share their id and customer with an earlier one.
  private(set) var reusedIDs = 0

  /// Between two lines of one order; a restarted number comes back later than that.
  private static let longestPause: Int64 = 7 * 86_400

  var count: Int { customers.count }

  /// - Parameter rowOf: the customer row of each customer index; −1 leaves the line out.
  /// - Complexity: O(n), on all cores, and what it takes to sort the lines of each customer.
  init(_ table: OrderTable, rowOf: [Int32]) {
    let groups = CustomerLines(table, rowOf: rowOf)
    let parts = parallelMap(groups.count) { FoldedOrders(groups.lines($0, of: table, rowOf)) }
    let count = parts.reduce(0) { $0 + $1.count }
    customers.reserveCapacity(count)
    times.reserveCapacity(count)
    amounts.reserveCapacity(count)
    isRefunded.reserveCapacity(count)
    isDiscounted.reserveCapacity(count)
    for part in parts {
      customers += part.customers
      times += part.times
      amounts += part.amounts
      isRefunded += part.isRefunded
      isDiscounted += part.isDiscounted
      reusedIDs += part.reusedIDs
    }
  }

  /// - Parameter lines: by customer.
  private init(_ lines: [OrderLine]) {
    customers.reserveCapacity(lines.count)
    times.reserveCapacity(lines.count)
    amounts.reserveCapacity(lines.count)
    isRefunded.reserveCapacity(lines.count)
    isDiscounted.reserveCapacity(lines.count)
    var own: [OrderLine] = []
    var orders: [Order] = []
    var position = 0
    while position < lines.count {
      let customer = lines[position].customer
      own.removeAll(keepingCapacity: true)
      while position < lines.count, lines[position].customer == customer {
        own.append(lines[position])
        position += 1
      }
      fold(&own, into: &orders)
      for order in orders {
        customers.append(customer)
        times.append(LocalTime(seconds: order.time))
        amounts.append(order.amount)
        isRefunded.append(order.refund > 0 ? 1 : 0)
        isDiscounted.append(order.discount > 0 ? 1 : 0)
      }
    }
  }

  private struct Order {
    var time: Int64
    var amount: Int64 = 0
    var refund: Int64 = 0
    var discount: Int64 = 0

    mutating func add(_ line: OrderLine) {
      amount = Order.sum(amount, line.amount)
      refund = Order.sum(refund, line.refund)
      discount = Order.sum(discount, line.discount)
    }

    /// Equal times of one customer go by amount, so that the order of rows never shows.
    func precedes(_ other: Order) -> Bool {
      time == other.time ? amount < other.amount : time < other.time
    }

    private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
      (Amount(tenThousandths: a) + Amount(tenThousandths: b)).tenThousandths
    }
  }

  /// The orders of one customer's lines, by time.
  private mutating func fold(_ lines: inout [OrderLine], into orders: inout [Order]) {
    orders.removeAll(keepingCapacity: true)
    FoldedOrders.sort(&lines) { $0.precedes($1) }
    var previous = lines[0]
    for (index, line) in lines.enumerated() {
      var isNew = true
      if index > 0, previous.order == line.order {
        isNew = line.time - previous.time > FoldedOrders.longestPause
        if isNew { reusedIDs += 1 }
      }
      if isNew { orders.append(Order(time: line.time)) }
      orders[orders.count - 1].add(line)
      previous = line
    }
    FoldedOrders.sort(&orders) { $0.precedes($1) }
  }

  /// Sorts, and keeps the order of equals; most lists are short or in order.
  @inline(__always)
  private static func sort<Element>(_ list: inout [Element], by precedes: (Element, Element) -> Bool) {
    for index in list.indices.dropFirst() where precedes(list[index], list[index - 1]) {
      return list.sort(by: precedes)
    }
  }

  func list(hasDiscounts: Bool) -> PurchaseHistory.OrderList {
    var list = PurchaseHistory.OrderList()
    list.customers = customers
    list.times = times
    list.amounts = amounts
    list.isRefunded = isRefunded
    if hasDiscounts { list.isDiscounted = isDiscounted }
    return list
  }
}
