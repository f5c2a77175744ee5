import SegueCore
import SegueFeatures

/// When the customers of a segment order, by day of the week and hour.
public struct WeekHours: Sendable, Codable, Hashable {
  public var orders: Int
  /// Of these orders: Monday first, each day by hour from midnight.
  public var shares: [[Double]]

  /// As many as there are cells; fewer orders leave a pattern to chance.
  package static let fewestOrders = 7 * 24

  public init(orders: Int, shares: [[Double]]) {
    (self.orders, self.shares) = (orders, shares)
  }
}

/// The single orders of a segment, summed up.
struct SegmentOrders {
  /// What each was worth.
  private(set) var values: [Double] = []
  private(set) var discounted = ClusteredRatio()
  /// Of the money.
  private(set) var discountedMoney = ClusteredRatio()
  private var hours: [Int]
  private var hasHours: Bool

  init(hasHours: Bool) {
    self.hasHours = hasHours
    hours = [Int](repeating: 0, count: 7 * 24)
  }

  /// - Parameter own: the orders of one customer.
  mutating func add(_ own: Range<Int>, of orders: PurchaseHistory.OrderList) {
    var (discounts, money, ofDiscounts) = (0.0, 0.0, 0.0)
    for index in own {
      let value = Amount(tenThousandths: orders.amounts[index]).units
      values.append(value)
      money += max(0, value)
      if let flags = orders.isDiscounted, flags[index] == 1 {
        discounts += 1
        ofDiscounts += max(0, value)
      }
      if hasHours { hours[orders.times[index].day.weekday * 24 + orders.times[index].hour] += 1 }
    }
    guard orders.isDiscounted != nil else { return }
    discounted.add(hits: discounts, of: Double(own.count))
    discountedMoney.add(hits: ofDiscounts, of: money)
  }

  var weekHours: WeekHours? {
    let count = hours.reduce(0, +)
    guard hasHours, count >= WeekHours.fewestOrders else { return nil }
    return WeekHours(
      orders: count,
      shares: (0..<7).map { day in
        (0..<24).map { (Double(hours[day * 24 + $0]) / Double(count) * 1e4).rounded() / 1e4 }
      })
  }
}

extension Profiler {
  /// By segment. O(orders).
  func segmentOrders(_ labels: [Int32], _ count: Int) -> [SegmentOrders] {
    guard let orders = purchases?.history.orderList else {
      return [SegmentOrders](repeating: SegmentOrders(hasHours: false), count: count)
    }
    // Dates without a time all say midnight.
    let hasHours = orders.times.contains { $0.seconds % 86_400 != 0 }
    var result = [SegmentOrders](repeating: SegmentOrders(hasHours: hasHours), count: count)
    var start = 0
    while start < orders.count {
      var end = start
      while end < orders.count, orders.customers[end] == orders.customers[start] { end += 1 }
      result[Int(labels[Int(orders.customers[start])])].add(start..<end, of: orders)
      start = end
    }
    return result
  }
}
