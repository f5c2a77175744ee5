import SegueCore
import SegueFeatures
import SegueValue

/// A purchase history as the value models take it: order days, and what is known of each customer at the end.
///
/// Under BG/BB days give way to calendar periods. Each gets the same number of days, so that the days of a
/// month or a year count as one, however long it is, and a period is a period for everybody.
struct ValueHistories {
  /// Rows as in the purchase history. Days are those of the calendar, or under BG/BB of even periods.
  let histories: OrderHistories
  let purchases: RepeatPurchases
  let spend: RepeatSpend
  /// Days that the models' unit of time stands for.
  let unitDays: Double
  /// Orders up to it are known: the as-of day, or under BG/BB the last day of the last period that is over.
  let end: Int32
  /// Customers whose first order lies in a period that is not over; 0 but for BG/BB.
  let tooNew: Int
  private let period: OrderPeriod?

  /// - Parameter period: nil counts in weeks.
  /// - Complexity: O(orders).
  init(_ history: PurchaseHistory, asOf: CalendarDay, period: OrderPeriod?) {
    let list = history.orderList
    self.period = period
    let own: [Int32]
    if let period {
      let length = Int32(period.evenDays)
      own = list.times.map { Int32(period.index(of: $0.day)) * length }
      end = (Int32(period.lastComplete(on: asOf)) + 1) * length - 1
      unitDays = Double(period.evenDays)
    } else {
      own = list.times.map(\.day.daysSinceEpoch)
      end = asOf.daysSinceEpoch
      unitDays = 7
    }
    let histories = OrderHistories(
      count: history.count, customer: list.customers, day: own, money: history.netOrderValues())
    self.histories = histories
    let (end, unitDays) = (end, unitDays)
    let known = histories.customers(knownOn: end)
    tooNew = history.count - known.count
    let some =
      period.map {
        histories.periods(of: known, until: end, periodDays: $0.evenDays)
      } ?? histories.purchases(of: known, until: end, unitDays: unitDays)
    let means = histories.repeatSpend(of: known, until: end).mean
    guard tooNew > 0 else {
      (purchases, spend) = (some, RepeatSpend(mean: means))
      return
    }
    // Whoever came too late to be known has had no opportunity yet.
    var all = RepeatPurchases(
      frequency: [Int32](repeating: 0, count: history.count),
      btydRecency: [Double](repeating: 0, count: history.count),
      age: [Double](repeating: 0, count: history.count), unitDays: some.unitDays)
    var spent = [Double](repeating: 0, count: history.count)
    for (index, row) in known.enumerated() {
      all.frequency[row] = some.frequency[index]
      all.btydRecency[row] = some.btydRecency[index]
      all.age[row] = some.age[index]
      spent[row] = means[index]
    }
    (purchases, spend) = (all, RepeatSpend(mean: spent))
  }

  /// The last day before `day`, in days of `histories`; under BG/BB that of the last period over by then.
  func lastDay(before day: CalendarDay) -> Int32 {
    let last = day.adding(days: -1)
    guard let period else { return last.daysSinceEpoch }
    return (Int32(period.lastComplete(on: last)) + 1) * Int32(period.evenDays) - 1
  }

  /// The end of the period that holds a day of `histories`; the day itself where there are no periods.
  func periodEnd(_ day: Int32) -> Int32 {
    guard let length = period.map({ Int32($0.evenDays) }) else { return day }
    let within = ((day % length) + length) % length
    return within == length - 1 ? day : day - within - 1
  }

  /// A day of `histories` on the calendar.
  func calendarDay(_ day: Int32) -> CalendarDay {
    guard let period else { return CalendarDay(daysSinceEpoch: day) }
    let index = Int((Double(day) / Double(period.evenDays)).rounded(.down))
    return period.lastDay(of: index)
  }
}
