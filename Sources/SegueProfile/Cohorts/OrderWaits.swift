import SegueCore
import SegueFeatures

/// Days that customers let pass from one order day to the next, counted by length.
struct OrderWaits {
  /// Of all customers, every gap.
  private(set) var gaps: [Int]
  private(set) var customersWithGaps = 0
  /// For the second, third and fourth order day: waits that ended with it, and those cut off by the end of
  /// the data.
  private var events: [[Int]]
  private var censored: [[Int]]
  /// The same for the second alone, of customers in the first cohort.
  private var oldEvents: [Int]
  private var oldCensored: [Int]

  private static let mostOrders = 4

  /// - Complexity: O(orders + days).
  init(_ history: PurchaseHistory, _ calendar: CohortCalendar) {
    let orders = history.orderList
    let first = orders.times.lazy.map(\.day).min() ?? calendar.through
    let none = [Int](repeating: 0, count: first.days(until: calendar.through) + 1)
    gaps = none
    oldEvents = none
    oldCensored = none
    events = [[Int]](repeating: none, count: OrderWaits.mostOrders - 1)
    censored = events
    var position = 0
    while position < orders.count {
      let customer = orders.customers[position]
      var day = orders.times[position].day
      let isOld = calendar.place(day) == 0
      var days = 1
      while position < orders.count, orders.customers[position] == customer {
        let next = orders.times[position].day
        position += 1
        guard next != day else { continue }
        let wait = day.days(until: next)
        gaps[wait] += 1
        if days < OrderWaits.mostOrders { events[days - 1][wait] += 1 }
        if isOld, days == 1 { oldEvents[wait] += 1 }
        days += 1
        day = next
      }
      if days > 1 { customersWithGaps += 1 }
      guard days < OrderWaits.mostOrders else { continue }
      let wait = day.days(until: calendar.through)
      censored[days - 1][wait] += 1
      if isOld, days == 1 { oldCensored[wait] += 1 }
    }
  }

  /// As far as there are enough customers.
  var curves: [RepeatCurve] {
    var curves: [RepeatCurve] = []
    for index in events.indices {
      guard let curve = RepeatCurve(order: index + 2, events: events[index], censored: censored[index])
      else { break }
      curves.append(curve)
    }
    return curves
  }

  /// The second order of customers who are not in the first cohort.
  var curveOfNewcomers: RepeatCurve? {
    RepeatCurve(
      order: 2, events: zip(events[0], oldEvents).map(-), censored: zip(censored[0], oldCensored).map(-))
  }
}
