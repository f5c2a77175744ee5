public import SegueCore
public import SegueIngest

/// What every customer bought, one row a customer, in the order of their ids.
///
/// Line items are folded into orders first; refunds lower what was spent and are never orders.
/// The rows' order in the files makes no difference.
public struct PurchaseHistory: Sendable {
  /// Index into the study's customer ids.
  public private(set) var customers: [Int32] = []
  public private(set) var customerIDs: [String] = []
  public private(set) var orders: [Int32] = []
  /// Distinct days with an order.
  public private(set) var orderDays: [Int32] = []
  public private(set) var firstDay: [CalendarDay] = []
  public private(set) var lastDay: [CalendarDay] = []
  /// Money that counts, in ten-thousandths: refunds are off it where the options net them.
  public private(set) var spent: [Int64] = []
  public private(set) var refunded: [Int64] = []
  /// Median days between consecutive order days; NaN for customers with one.
  public private(set) var gapDays: [Double] = []
  public private(set) var lineCount = 0
  /// Orders that share id and customer with an earlier one, more than a week apart.
  public private(set) var reusedOrderIDs = 0
  public private(set) var orderList = OrderList()
  public private(set) var refundRows = RefundRows()

  /// One entry per order, by customer row and then time.
  public struct OrderList: Sendable {
    /// Row of the customer.
    public var customers: [Int32] = []
    public var times: [LocalTime] = []
    /// Net of refund columns, in ten-thousandths.
    public var amounts: [Int64] = []
    /// 1 or 0; nil where no file has a discount column.
    public var isDiscounted: [Int32]?
    /// 1 or 0: money of this order was given back.
    public var isRefunded: [Int32] = []
    public var category: Mix?
    public var product: Mix?
    public var channel: Mix?
    public var country: Mix?

    public var count: Int { customers.count }
  }

  /// Rows that give money back, of customers with an order. With the orders' amounts they add up to `spent`.
  public struct RefundRows: Sendable {
    /// Row of the customer.
    public var customers: [Int32] = []
    public var times: [LocalTime] = []
    /// In ten-thousandths, zero or less.
    public var amounts: [Int64] = []
  }

  /// A label per order line, with its customer's row: what a customer's orders consist of.
  public struct Mix: Sendable {
    public var customers: [Int32]
    public var levels: [Int32]
    /// In alphabetical order, so that codes do not depend on the order of rows.
    public var names: [String]
  }

  /// - Parameter ids: the study's customer ids, which `table.customer` indexes.
  /// - Complexity: O(rows + c log c) for c customers.
  public init(_ table: OrderTable, ids: InternedStrings) {
    lineCount = table.isRefund.reduce(0) { $0 + ($1 ? 0 : 1) }
    let rowOf = placeCustomers(table, ids)
    let folded = FoldedOrders(table, rowOf: rowOf)
    reusedOrderIDs = folded.reusedIDs
    let count = customers.count
    orders = [Int32](repeating: 0, count: count)
    orderDays = orders
    spent = [Int64](repeating: 0, count: count)
    refunded = spent
    gapDays = [Double](repeating: .nan, count: count)
    firstDay = [CalendarDay](repeating: CalendarDay(daysSinceEpoch: 0), count: count)
    lastDay = firstDay
    for row in table.customer.indices {
      let place = Int(rowOf[Int(table.customer[row])])
      guard place >= 0 else { continue }
      spent[place] =
        (Amount(tenThousandths: spent[place]) + Amount(tenThousandths: table.amount[row])).tenThousandths
      if table.isRefund[row] {
        refundRows.customers.append(Int32(place))
        refundRows.times.append(LocalTime(seconds: table.time[row]))
        refundRows.amounts.append(table.amount[row])
      }
      guard table.refund[row] != 0 else { continue }
      refunded[place] =
        (Amount(tenThousandths: refunded[place]) + Amount(tenThousandths: table.refund[row])).tenThousandths
    }
    summarize(folded)
    orderList = folded.list(hasDiscounts: !table.discount.isEmpty)
    let labels = [table.category, table.product, table.channel, table.country]
    let lines = lineCount
    let mixes = parallelMap(labels.count) { PurchaseHistory.mix(labels[$0], table, rowOf, lines) }
    orderList.category = mixes[0]
    orderList.product = mixes[1]
    orderList.channel = mixes[2]
    orderList.country = mixes[3]
  }

  public var count: Int { customers.count }

  /// The row of each of the study's customer ids; −1 for customers without an order.
  public func rows(idCount: Int) -> [Int32] {
    var result = [Int32](repeating: -1, count: idCount)
    for (row, customer) in customers.enumerated() { result[Int(customer)] = Int32(row) }
    return result
  }

  /// Numbers the customers that have an order by the bytes of their ids.
  private mutating func placeCustomers(_ table: OrderTable, _ ids: InternedStrings) -> [Int32] {
    var hasOrder = [Bool](repeating: false, count: ids.count)
    for row in table.customer.indices where !table.isRefund[row] { hasOrder[Int(table.customer[row])] = true }
    let sorted = ids.sorted((0..<Int32(ids.count)).filter { hasOrder[Int($0)] })
    customers = sorted.map(\.index)
    customerIDs = sorted.map(\.text)
    return rows(idCount: ids.count)
  }

  /// Days, counts and gaps from orders that lie by customer and time.
  private mutating func summarize(_ folded: FoldedOrders) {
    var position = 0
    var gaps: [Double] = []
    while position < folded.count {
      let row = Int(folded.customers[position])
      firstDay[row] = folded.times[position].day
      var previous = firstDay[row]
      orderDays[row] = 1
      gaps.removeAll(keepingCapacity: true)
      while position < folded.count, Int(folded.customers[position]) == row {
        let day = folded.times[position].day
        if day != previous {
          gaps.append(Double(previous.days(until: day)))
          orderDays[row] += 1
          previous = day
        }
        orders[row] += 1
        position += 1
      }
      lastDay[row] = previous
      if !gaps.isEmpty {
        gaps.sort()
        let middle = gaps.count / 2
        gapDays[row] = gaps.count % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2
      }
    }
  }

  private static func mix(
    _ labels: Labels?, _ table: OrderTable, _ rowOf: [Int32], _ lineCount: Int
  ) -> Mix? {
    guard let labels, labels.texts.count > 0 else { return nil }
    let (names, rankOf) = labels.alphabet
    var mix = Mix(customers: [], levels: [], names: names)
    mix.customers.reserveCapacity(lineCount)
    mix.levels.reserveCapacity(lineCount)
    for row in table.customer.indices where !table.isRefund[row] && labels.codes[row] >= 0 {
      let place = rowOf[Int(table.customer[row])]
      guard place >= 0 else { continue }
      mix.customers.append(place)
      mix.levels.append(rankOf[Int(labels.codes[row])])
    }
    return mix
  }
}
