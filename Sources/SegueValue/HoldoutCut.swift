internal import SegueCore

/// What was known on the day of the split, and what came after.
struct HoldoutCut {
  let first, split, end: Int32
  /// Those known at the split, ascending; the columns below have a row for each.
  let customers: [Int]
  let newcomers: Int
  let purchases: RepeatPurchases
  /// Customers who ordered first on each day since the first of all.
  private var starts: [Int]
  /// Repeat order days on each of these days; for BG/BB, periods with an order that ended on it.
  private var counts: [Int]
  /// The same of each customer, in the holdout period.
  private(set) var actual: [Double]
  /// Length of the holdout period in units; for BG/BB in whole periods of each customer's own.
  let lengths: [Double]
  private let periodDays: Int?
  private let unitDays: Double

  init(
    _ histories: OrderHistories, _ model: ValueOptions.Model, _ splitDay: Int32?, _ endDay: Int32?,
    _ unitDays: Double
  ) throws {
    guard unitDays > 0, unitDays.isFinite, model != .bgbb || unitDays == unitDays.rounded() else {
      throw SegueError.usage(
        Diagnostic("value.unit", "a unit of \(unitDays) days is none", hint: "choose a whole number of days"))
    }
    guard let first = histories.firstDay, let last = histories.lastDay else {
      throw SegueError.data(Diagnostic("holdout.split", "there are no orders to hold any out"))
    }
    let end = endDay ?? last
    func text(_ day: Int32) -> String { CalendarDay(daysSinceEpoch: day).description }
    guard let split = splitDay ?? Holdout.defaultSplit(first: first, last: end) else {
      throw SegueError.data(
        Diagnostic(
          "holdout.split",
          "the data spans \(NumberText.count(Int(end) - Int(first), "day")): its last third, which would be held "
            + "out, is shorter than \(Holdout.fewestDays) days",
          hint: "use a longer period"))
    }
    guard split >= first, Int(end) - Int(split) >= Holdout.fewestDays else {
      throw SegueError.usage(
        Diagnostic(
          "holdout.split",
          "a split on \(text(split)) does not leave \(Holdout.fewestDays) days until \(text(end)) and orders "
            + "since \(text(first)) before it",
          hint: "choose a day in between"))
    }
    let customers = histories.customers(knownOn: split)
    newcomers = histories.customers(knownOn: end).count - customers.count
    (self.first, self.split, self.end, self.customers, self.unitDays) = (
      first, split, end, customers, unitDays
    )
    let span = Int(end - first) + 1
    (starts, counts) = ([Int](repeating: 0, count: span), [Int](repeating: 0, count: span))
    actual = [Double](repeating: 0, count: customers.count)
    if model == .bgbb {
      let period = Int(unitDays)
      let known = histories.periods(of: customers, until: split, periodDays: period)
      let atEnd = histories.periods(of: customers, until: end, periodDays: period)
      (periodDays, purchases) = (period, known)
      lengths = customers.indices.map { atEnd.age[$0] - known.age[$0] }
    } else {
      periodDays = nil
      purchases = histories.purchases(of: customers, until: split, unitDays: unitDays)
      lengths = [Double](repeating: Double(end - split) / unitDays, count: customers.count)
    }
    for (row, customer) in customers.enumerated() {
      let days = histories.orderDays(customer, until: end)
      starts[Int(days.first! - first)] += 1
      let repeats =
        periodDays.map { histories.periodEnds(customer, until: end, periodDays: $0)[...] } ?? days.dropFirst()
      for day in repeats {
        counts[Int(day - first)] += 1
        if day > split { actual[row] += 1 }
      }
    }
  }

  /// Cumulative repeat order days, and what the model expects of customers who start when these did.
  func track(_ orders: FittedOrders) -> (points: [Holdout.Track], split: Int) {
    let step = Int32(periodDays ?? 7)
    var days: [Int32] = []
    var day = split - (split - first) / step * step
    while day <= end {
      days.append(day)
      day += step
    }
    if days.last! < end { days.append(end) }
    let started = starts.indices.filter { starts[$0] > 0 }
    // By days since the first order, so that each is computed once however many customers it serves.
    var expected = [Double?](repeating: nil, count: starts.count)
    func expectedOrders(after days: Int) -> Double {
      if let known = expected[days] { return known }
      let units = periodDays.map { Double(max(0, (days + 1) / $0 - 1)) } ?? Double(days) / unitDays
      let orders = orders.expectedOrders(ofNewCustomerIn: units)
      expected[days] = orders
      return orders
    }
    var (sum, counted) = (0, 0)
    let points = days.map { day in
      let reach = Int(day - first)
      while counted <= reach {
        sum += counts[counted]
        counted += 1
      }
      let total = started.prefix { $0 <= reach }.reduce(0.0) { sum, start in
        sum + Double(starts[start]) * expectedOrders(after: reach - start)
      }
      return Holdout.Track(time: Double(reach) / unitDays, actual: Double(sum), expected: total)
    }
    return (points, days.lastIndex { $0 <= split }!)
  }
}

extension OrderHistories {
  /// Last days of the finished periods with an order, but for the first one.
  func periodEnds(_ customer: Int, until day: Int32, periodDays: Int) -> [Int32] {
    let own = orderDays(customer, until: day)
    var ends: [Int32] = []
    for orderDay in own.dropFirst() {
      let period = Int(orderDay - own.first!) / periodDays
      let end = Int(own.first!) + (period + 1) * periodDays - 1
      if period > 0, end <= Int(day), ends.last != Int32(end) { ends.append(Int32(end)) }
    }
    return ends
  }
}
