/// The days on which each customer ordered, and what came in on them: what the data of the value models and
/// their hold-out periods are cut from.
public struct OrderHistories: Sendable {
  /// Order days of customer i are `days[starts[i]..<starts[i + 1]]`; one entry more than customers.
  public let starts: [Int]
  /// Days since 1970-01-01, ascending and no day twice for each customer.
  public let days: [Int32]
  /// Total of each of these days; empty if money is not known.
  public let money: [Double]

  /// - Parameters:
  ///   - customer: 0 ..< `count` for each order, in any order.
  ///   - day: of each order, since 1970-01-01.
  ///   - money: of each order; orders of one day are added up.
  /// - Complexity: O(orders + Σ m·log m) over customers with m orders each.
  public init(count: Int, customer: [Int32], day: [Int32], money: [Double]? = nil) {
    precondition(customer.count == day.count && (money == nil || money!.count == day.count))
    var ends = [Int](repeating: 0, count: count + 1)
    for index in customer { ends[Int(index) + 1] += 1 }
    for index in 0..<count { ends[index + 1] += ends[index] }
    var rows = [Int32](repeating: 0, count: day.count)
    var next = ends
    for row in day.indices {
      rows[next[Int(customer[row])]] = Int32(row)
      next[Int(customer[row])] += 1
    }
    var (starts, days, totals) = ([0], [Int32](), [Double]())
    starts.reserveCapacity(count + 1)
    days.reserveCapacity(day.count)
    if money != nil { totals.reserveCapacity(day.count) }
    for index in 0..<count {
      let first = days.count
      // By day, then by place in the data, so that sums of money do not depend on the sort.
      let own = rows[ends[index]..<ends[index + 1]].sorted { (day[Int($0)], $0) < (day[Int($1)], $1) }
      for row in own.lazy.map(Int.init) {
        if days.count == first || days[days.count - 1] != day[row] {
          days.append(day[row])
          if let money { totals.append(money[row]) }
        } else if let money {
          totals[totals.count - 1] += money[row]
        }
      }
      starts.append(days.count)
    }
    (self.starts, self.days, self.money) = (starts, days, totals)
  }

  /// One list of order days per customer.
  public init(_ customers: [[Int32]]) {
    self.init(
      count: customers.count,
      customer: customers.enumerated().flatMap { index, days in days.map { _ in Int32(index) } },
      day: customers.flatMap { $0 })
  }

  public var count: Int { starts.count - 1 }

  /// Nil if nobody ordered.
  public var firstDay: Int32? { days.min() }
  public var lastDay: Int32? { days.max() }

  /// Customers who had ordered by the end of `day`, ascending.
  public func customers(knownOn day: Int32) -> [Int] {
    (0..<count).filter { starts[$0] < starts[$0 + 1] && days[starts[$0]] <= day }
  }

  /// Order days of a customer until the end of `day`.
  func orderDays(_ customer: Int, until day: Int32) -> ArraySlice<Int32> {
    days[starts[customer]..<starts[customer + 1]].prefix { $0 <= day }
  }

  /// How often, until when and for how long: as known at the end of `day`.
  ///
  /// - Parameter customers: all of them known on that day.
  public func purchases(of customers: [Int], until day: Int32, unitDays: Double = 7) -> RepeatPurchases {
    let own = customers.map { orderDays($0, until: day) }
    return RepeatPurchases(
      frequency: own.map { Int32($0.count - 1) },
      btydRecency: own.map { Double($0.last! - $0.first!) / unitDays },
      age: own.map { Double(day - $0.first!) / unitDays },
      unitDays: unitDays)
  }

  /// The same in whole periods, for BG/BB: period k of a customer holds the days from k·`periodDays` on
  /// after the first order, and counts once however many orders fell into it.
  ///
  /// A last period that `day` cuts short is left out, and so are orders of the first one, number 0.
  public func periods(of customers: [Int], until day: Int32, periodDays: Int) -> RepeatPurchases {
    var (frequency, recency, age) = ([Int32](), [Double](), [Double]())
    for customer in customers {
      let own = orderDays(customer, until: day)
      let first = own.first!
      let last = (Int(day - first) + 1) / periodDays - 1
      var (used, latest) = (0, 0)
      for orderDay in own {
        let period = Int(orderDay - first) / periodDays
        if period > latest, period <= last { (used, latest) = (used + 1, period) }
      }
      frequency.append(Int32(used))
      recency.append(Double(latest))
      age.append(Double(max(0, last)))
    }
    return RepeatPurchases(
      frequency: frequency, btydRecency: recency, age: age, unitDays: Double(periodDays))
  }

  /// Mean of the totals of repeat order days until the end of `day`; 0 where there are none.
  public func repeatSpend(of customers: [Int], until day: Int32) -> RepeatSpend {
    RepeatSpend(
      mean: customers.map { customer in
        let repeats = orderDays(customer, until: day).indices.dropFirst()
        return repeats.isEmpty || money.isEmpty ? 0 : money[repeats].reduce(0, +) / Double(repeats.count)
      })
  }
}
