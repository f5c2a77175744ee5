internal import SegueCore

/// What was known on the day of the split, and what came after.
struct HoldoutCut {
  let first, split, end: Int32
  /// Those known at the split, ascending; the columns below have a row for each.
  let customers: [Int]
  let newcomers: Int
  let purchases: RepeatPurchases
  /// Days on which something to be foretold happened, ascending: repeat order days, or the last days of
  /// periods with an order.
  private let happened: [[Int32]]
  private let firstDays: [Int32]
  /// Happenings in the holdout period.
  let actual: [Double]
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
    firstDays = customers.map { histories.orderDays($0, until: end).first! }
    let known: RepeatPurchases
    if model == .bgbb {
      let period = Int(unitDays)
      periodDays = period
      known = histories.periods(of: customers, until: split, periodDays: period)
      let atEnd = histories.periods(of: customers, until: end, periodDays: period)
      lengths = customers.indices.map { atEnd.age[$0] - known.age[$0] }
      happened = customers.map { histories.periodEnds($0, until: end, periodDays: period) }
    } else {
      periodDays = nil
      known = histories.purchases(of: customers, until: split, unitDays: unitDays)
      lengths = customers.map { _ in Double(end - split) / unitDays }
      happened = customers.map { Array(histories.orderDays($0, until: end).dropFirst()) }
    }
    purchases = known
    actual = happened.map { days in Double(days.count { $0 > split }) }
  }

  /// Cumulative happenings, and what the model expects of customers who start when these did.
  func track(_ orders: FittedOrders) -> (points: [Holdout.Track], split: Int) {
    let step = Int32(periodDays ?? 7)
    var days: [Int32] = []
    var day = split - (split - first) / step * step
    while day <= end {
      days.append(day)
      day += step
    }
    if days.last! < end { days.append(end) }
    var (starts, counts) = (
      [Int](repeating: 0, count: Int(end - first) + 1), [Int](repeating: 0, count: Int(end - first) + 1)
    )
    for day in firstDays { starts[Int(day - first)] += 1 }
    for day in happened.joined() { counts[Int(day - first)] += 1 }
    // By days since the first order, so that each is computed once however many customers it serves.
    let ages = Set(
      days.flatMap { day in
        starts.indices.lazy.filter { starts[$0] > 0 && first + Int32($0) <= day }
          .map { day - first - Int32($0) }
      }
    ).sorted()
    var expected = [Double](repeating: 0, count: Int(end - first) + 1)
    for age in ages {
      let units = periodDays.map { Double(max(0, (Int(age) + 1) / $0 - 1)) } ?? Double(age) / unitDays
      expected[Int(age)] = orders.expectedOrders(ofNewCustomerIn: units)
    }
    var (sum, counted) = (0, 0)
    let points = days.map { day in
      let reach = Int(day - first)
      while counted <= reach {
        sum += counts[counted]
        counted += 1
      }
      let total = (0...reach).reduce(0.0) { $0 + Double(starts[$1]) * expected[reach - $1] }
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
