import SegueCore
import SegueFeatures
import SegueIngest

/// The day that parts what methods may know from what they are tested on, and both sides of it.
///
/// The earlier side holds exactly what was known at the end of the cut: orders and refunds up to it. Refunds of a
/// later day lower later revenue, whenever the order was; so earlier and later money add up to all of it.
struct BacktestPeriods {
  let cut: CalendarDay
  /// The first and the last day with an order.
  let firstDay: CalendarDay
  let lastDay: CalendarDay
  /// What was known at the cut, of orders only: columns of customers files may hold what became known later.
  let known: IngestedData

  private let orders: OrderTable
  private let history: PurchaseHistory

  /// The least that a test takes.
  static let fewestDays = 56
  static let fewestCustomers = 20
  static let fewestOrders = 10
  private static let mostTestDays = 90

  /// - Parameter data: rows up to the study's as-of day.
  /// - Throws: ``SegueError`` `backtest.cut` in words where one side would hold too little.
  init(_ data: IngestedData, _ options: StudyOptions) throws {
    let place = data.sources.first.map { Diagnostic.Location(file: $0.path) }
    guard let orders = data.orders, orders.isRefund.contains(false) else {
      throw BacktestPeriods.refusal(
        "none of the files holds orders, and only orders tell what came next", place)
    }
    self.orders = orders
    history = PurchaseHistory(orders, ids: data.customerIDs)
    firstDay = history.firstDay.min()!
    lastDay = history.lastDay.max()!
    cut = try BacktestPeriods.cut(options.backtest.cut, firstDay, lastDay, place)
    var earlier = data
    (earlier.customers, earlier.events, earlier.feedback) = (nil, nil, nil)
    let window = ObservationWindow(
      firstDay: options.rfm.window.map { [cut] in cut.adding(days: -$0) }, lastDay: cut)
    known = try window.applied(to: earlier)
  }

  private static func cut(
    _ wanted: BacktestOptions.Cut, _ first: CalendarDay, _ last: CalendarDay, _ place: Diagnostic.Location?
  ) throws -> CalendarDay {
    let span = first.days(until: last)
    switch wanted {
    case .auto:
      guard span >= fewestDays else {
        throw refusal(
          "orders span \(NumberText.count(span, "day")), and a test against the past takes \(fewestDays)",
          place)
      }
      return last.adding(days: -min(mostTestDays, span / 4))
    case .day(let day):
      guard day >= first else {
        throw refusal("nobody had ordered by \(day); the first order is of \(first)", place)
      }
      guard day < last else {
        throw refusal(
          "nobody ordered after \(day), so there is nothing to test on; the last order is of \(last)", place)
      }
      return day
    case .off: throw refusal("the test against the past is switched off", place)
    }
  }

  private static func refusal(_ message: String, _ place: Diagnostic.Location?) -> SegueError {
    SegueError.data(
      Diagnostic(
        "backtest.cut", message, at: place,
        hint: "say which day methods may know at the latest: --cut YYYY-MM-DD, or give more orders"))
  }

  /// What the customers in `earlier` did after the cut.
  ///
  /// - Parameter earlier: the history up to the cut.
  /// - Throws: ``SegueError`` `backtest.cut` for fewer customers or orders than can tell anything.
  /// - Complexity: O(rows).
  func later(
    than earlier: PurchaseHistory
  ) throws -> (later: LaterPurchases, newcomers: (customers: Int, revenue: Amount)) {
    let rowOf = earlier.rows(idCount: Int((history.customers.max() ?? 0)) + 1)
    func row(_ customer: Int32) -> Int { Int(customer) < rowOf.count ? Int(rowOf[Int(customer)]) : -1 }
    var later = LaterPurchases(
      orders: [Int32](repeating: 0, count: earlier.count),
      revenue: [Int64](repeating: 0, count: earlier.count))
    let list = history.orderList
    for index in 0..<list.count where list.times[index].day > cut {
      let known = row(history.customers[Int(list.customers[index])])
      if known >= 0 { later.orders[known] += 1 }
    }
    let end = LocalTime(cut.adding(days: 1)).seconds
    for index in orders.time.indices where orders.time[index] >= end {
      let known = row(orders.customer[index])
      guard known >= 0 else { continue }
      later.revenue[known] =
        (Amount(tenThousandths: later.revenue[known]) + Amount(tenThousandths: orders.amount[index]))
        .tenThousandths
    }
    let count = later.orderCount
    guard earlier.count >= BacktestPeriods.fewestCustomers, count >= BacktestPeriods.fewestOrders else {
      throw BacktestPeriods.refusal(
        "by \(cut) there were \(NumberText.count(earlier.count, "customer")), who placed "
          + "\(NumberText.count(count, "order")) after it; a test takes \(BacktestPeriods.fewestCustomers) customers and "
          + "\(BacktestPeriods.fewestOrders) later orders", nil)
    }
    var newcomers = (customers: 0, revenue: Amount.zero)
    for index in 0..<history.count where history.firstDay[index] > cut {
      newcomers.customers += 1
      newcomers.revenue += Amount(tenThousandths: history.spent[index])
    }
    return (later, newcomers)
  }

  /// What may look like knowledge of the cut and is not, in sentences.
  func remarks(_ options: StudyOptions) -> [String] {
    var found: [String] = []
    let start = LocalTime(cut.adding(days: 1)).seconds
    let refunded = orders.refund.indices.count {
      orders.refund[$0] > 0 && !orders.isRefund[$0] && orders.time[$0] < start
    }
    if refunded > 0, options.ingest.refunds == .net {
      found.append(
        "\(NumberText.count(refunded, "order row")) up to the cut have money given back in a column without a day. It "
          + "lowers the order's own money, though it may have become known after the cut.")
    }
    return found
  }
}
