import SegueCore
import SegueFeatures
import SegueTestSupport
import Testing

@Suite("Lifecycle")
struct LifecycleTests {
  private typealias Stage = Lifecycle.Stage

  /// Stages by customer id.
  private func stages(
    _ shop: RandomShop, asOf: CalendarDay, _ options: LifecycleOptions = LifecycleOptions()
  ) throws -> [String: Stage] {
    let table = try history(shop)
    let recency = table.lastDay.map { Double($0.days(until: asOf)) }
    let lifecycle = Lifecycle(table, recencyDays: recency, options)
    #expect(lifecycle.stages.count == table.count)
    return Dictionary(uniqueKeysWithValues: zip(table.customerIDs, lifecycle.stages))
  }

  /// Thirty customers who order every 20 days up to day 400, so that 20 days are usual for everybody, and the one
  /// in question.
  private func stage(_ days: [Int], asOf: Int = 400, _ options: LifecycleOptions = LifecycleOptions()) throws
    -> Stage?
  {
    var orders: [RandomShop.Order] = []
    func order(_ customer: String, _ day: Int) {
      orders.append(
        RandomShop.Order(
          id: "O\(orders.count)", customer: customer, day: RandomShop.firstDay.adding(days: day), cents: 500))
    }
    for customer in 0..<30 { for day in 0...20 { order("N\(customer)", day * 20) } }
    for day in days { order("K", day) }
    return try stages(RandomShop(orders: orders), asOf: RandomShop.firstDay.adding(days: asOf), options)["K"]
  }

  @Test(
    "a customer's order days say where they stand",
    arguments: [
      // One order: new for two usual gaps.
      ([400], .new), ([361], .new), ([360], .oneTime), ([10], .oneTime),
      // Orders of one day are one return less.
      ([361, 361], .new), ([10, 10, 10], .oneTime),
      // A second order within two usual gaps of the first is still a beginning; a third is not.
      ([365, 390], .new), ([360, 390], .active), ([365, 380, 390], .active),
      // In rhythm, late, long overdue.
      ([300, 320, 340, 361], .active), ([300, 320, 340, 360], .lapsing), ([280, 300, 321], .lapsing),
      ([280, 300, 320], .lapsed), ([0, 20], .lapsed),
      // Back after a silence as long as makes lapsed, after one order and after several.
      ([300, 380], .wonBack), ([301, 380], .active), ([200, 220, 240, 320, 340, 380], .active),
      ([240, 260, 280, 361], .wonBack), ([240, 260, 280, 360, 380], .wonBack),
      ([200, 220, 240, 320, 340, 360, 380], .active),
      // Gone once more.
      ([200, 220, 300, 320], .lapsed), ([200, 220, 300, 320, 340], .lapsing),
    ] as [([Int], Lifecycle.Stage)])
  func timelines(days: [Int], expected: Lifecycle.Stage) throws {
    #expect(try stage(days) == expected)
  }

  @Test("who orders weekly is late sooner than who orders twice a year")
  func ownRhythm() throws {
    let weekly = (0...40).map { $0 * 7 }
    let seldom = [0, 90, 180, 270]
    #expect(try stage(weekly, asOf: 400) == .lapsed && stage(weekly, asOf: 290) == .active)
    #expect(try stage(seldom, asOf: 340) == .active)
  }

  @Test("thresholds are settings")
  func thresholds() throws {
    var options = LifecycleOptions()
    (options.new, options.lapsing, options.lapsed) = (1, 3, 10)
    #expect(try stage([375], asOf: 400, options) == .oneTime)
    #expect(try stage([300, 320, 341], asOf: 400, options) == .active)
    #expect(try stage([300, 320, 340], asOf: 400, options) == .lapsing)
    #expect(options.diagnostics.isEmpty)
    options.lapsed = 3
    #expect(options.diagnostics.map(\.code) == ["lifecycle.lapsed"])
  }

  /// 0 in rhythm, then what silence leads to.
  private func rank(_ stage: Lifecycle.Stage) -> Int {
    switch stage {
    case .new, .active, .wonBack: 0
    case .lapsing, .oneTime: 1
    case .lapsed: 2
    }
  }

  @Test("more silence never leads back, and nobody is without a stage", arguments: (0..<12).map { Seed($0) })
  func monotone(seed: Seed) throws {
    let shop = RandomShop(customers: 60, seed: seed)
    let last = try #require(shop.orders.map(\.day).max())
    var before: [String: Lifecycle.Stage] = [:]
    for wait in stride(from: 0, through: 400, by: 5) {
      let now = try stages(shop, asOf: last.adding(days: wait))
      for (customer, stage) in now {
        guard let old = before[customer] else { continue }
        #expect(rank(stage) >= rank(old), "\(customer) after \(wait) days: \(old) to \(stage)")
        #expect(old != .oneTime || stage == .oneTime)
        #expect(stage != .new || old == .new)
      }
      before = now
    }
    #expect(Set(before.values).isSubset(of: [.lapsed, .oneTime]))
  }

  @Test(
    "the order of rows and the date make no difference, nor does the unit of time",
    arguments: (0..<12).map { Seed($0) })
  func invariant(seed: Seed) throws {
    let shop = RandomShop(customers: 60, seed: seed)
    let asOf = RandomShop.firstDay.adding(days: 230)
    let found = try stages(shop, asOf: asOf)
    #expect(found.count == Set(shop.orders.map(\.customer)).count)
    let shuffled = try stages(shop.shuffled(seed), asOf: asOf)
    #expect(shuffled == found)
    func moved(_ day: (Int) -> Int) -> RandomShop {
      RandomShop(
        orders: shop.orders.map {
          RandomShop.Order(
            id: $0.id, customer: $0.customer,
            day: RandomShop.firstDay.adding(days: day(RandomShop.firstDay.days(until: $0.day))),
            cents: $0.cents)
        })
    }
    let later = try stages(moved { $0 + 777 }, asOf: asOf.adding(days: 777))
    #expect(later == found)
    let slower = try stages(moved { $0 * 2 }, asOf: RandomShop.firstDay.adding(days: 460))
    #expect(slower == found)
  }

  @Test("all stages occur in a shop of chance")
  func reachable() throws {
    let shop = RandomShop(customers: 500, seed: Seed(1))
    let found = try stages(shop, asOf: RandomShop.firstDay.adding(days: 260))
    #expect(Set(found.values) == Set(Lifecycle.Stage.allCases))
  }

  @Test("where nobody came back all are one-time, and why is said")
  func unknown() throws {
    for customers in [1, 2, 30] {
      let day = RandomShop.firstDay
      let table = try history(
        RandomShop(
          orders: (0..<customers * 2).map {
            RandomShop.Order(id: "\($0)", customer: "K\($0 / 2)", day: day, cents: 1_000)
          }))
      let found = Lifecycle(table, recencyDays: table.lastDay.map { _ in 1 }, LifecycleOptions())
      #expect(Set(found.stages) == [.oneTime] && found.stages.count == customers)
      #expect(found.remarks.count == 1 && found.remarks[0].hasPrefix("Nobody ordered on a second day"))
    }
    let few = try history(RandomShop(customers: 4, seed: Seed(1)))
    let found = Lifecycle(few, recencyDays: few.lastDay.map { _ in 1 }, LifecycleOptions())
    #expect(found.remarks.count == 1 && found.remarks[0].contains("alone"))
  }
}

@Suite("Groups by lifecycle")
struct LifecycleGroupsTests {
  private func groups(_ current: Int, _ lapsed: Int, _ oneTime: Int, most: Int = 3) -> LifecycleGroups {
    let current = (0..<current).map { [Lifecycle.Stage.new, .active, .wonBack, .lapsing][$0 % 4] }
    let gone = [Lifecycle.Stage](repeating: .lapsed, count: lapsed)
    return LifecycleGroups(
      (current + gone + [Lifecycle.Stage](repeating: .oneTime, count: oneTime)).shuffled(Seed(1)), most: most)
  }

  @Test(
    "groups too small to describe join the nearest, larger ones stand alone",
    arguments: [
      (50, 10, 10, 3, ["current 50", "lapsed 10", "oneTime 10"]),
      (50, 9, 10, 3, ["current 50", "oneTime 19"]),
      (50, 10, 9, 3, ["current 50", "lapsed 19"]), (50, 5, 5, 3, ["current 50", "lapsed 10"]),
      (50, 4, 5, 3, ["current 59"]), (50, 0, 3, 3, ["current 53"]),
      (9, 20, 30, 3, ["lapsed 29", "oneTime 30"]),
      (9, 0, 30, 3, ["oneTime 39"]), (3, 3, 3, 3, ["lapsed 9"]), (0, 0, 4, 3, ["oneTime 4"]),
      (20, 20, 30, 2, ["current 20", "oneTime 50"]), (20, 20, 0, 2, ["current 20", "lapsed 20"]),
      (20, 20, 30, 1, ["oneTime 70"]), (0, 0, 0, 3, []),
    ] as [(Int, Int, Int, Int, [String])])
  func joining(current: Int, lapsed: Int, oneTime: Int, most: Int, expected: [String]) {
    let found = groups(current, lapsed, oneTime, most: most)
    #expect(found.parts.map { "\($0.group) \($0.rows.count)" } == expected)
    let all = current + lapsed + oneTime
    #expect(found.parts.flatMap(\.rows).sorted() == Array(0..<all))
    #expect(found.parts.allSatisfy { $0.rows == $0.rows.sorted() })
    let kinds = [current, lapsed, oneTime].filter { $0 > 0 }.count
    #expect(found.remarks.count == kinds - expected.count)
  }

  @Test("who joined whom is said")
  func remarks() {
    #expect(
      groups(50, 1, 12).remarks == [
        "One lapsed customer is grouped with the one-time buyers: fewer than 10 customers make no segment of their own."
      ])
    #expect(
      groups(20, 20, 30, most: 2).remarks == [
        "20 lapsed customers are grouped with the one-time buyers: there are more groups than segments asked for."
      ])
  }
}
