import Foundation
import SegueCore
import SegueFeatures
import SegueIngest
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Laws of cohorts")
struct CohortLawTests {
  private static let seeds = (0..<12).map { Seed($0) }

  /// Orders over a good year, some of them given back, also before the customer's first order and after all.
  private static func shop(_ seed: Seed, customers: Int = 900) -> RandomShop {
    var generator = seed.generator(for: .testData, index: 7)
    var shop = RandomShop(orders: [])
    for customer in 0..<customers {
      let start = generator.index(below: 380)
      for _ in 0..<(1 + generator.index(below: 5)) {
        shop.orders.append(
          RandomShop.Order(
            id: "O\(shop.orders.count)", customer: "K\(customer)",
            day: RandomShop.firstDay.adding(days: min(380, start + generator.index(below: 150))),
            cents: 501 + generator.index(below: 9_000)))
      }
      if customer.isMultiple(of: 4) {
        shop.orders.append(
          RandomShop.Order(
            id: "R\(shop.orders.count)", customer: "K\(customer)",
            day: RandomShop.firstDay.adding(days: generator.index(below: 420)),
            cents: -(1 + generator.index(below: 3_000))))
      }
    }
    return shop
  }

  private static func history(_ shop: RandomShop) throws -> PurchaseHistory {
    let data = try ingest([Input(path: "o.csv", bytes: shop.csv())])
    return PurchaseHistory(try #require(data.orders), ids: data.customerIDs)
  }

  private static func asOf(_ history: PurchaseHistory) -> CalendarDay {
    history.lastDay.max()!.adding(days: 1)
  }

  private static func cohorts(_ history: PurchaseHistory) throws -> Cohorts {
    try #require(Cohorts(history, asOf: asOf(history)))
  }

  private static func json(_ cohorts: Cohorts) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(cohorts)
  }

  @Test("the order of rows never shows", arguments: seeds)
  func rowOrder(_ seed: Seed) throws {
    let shop = CohortLawTests.shop(seed)
    let one = try CohortLawTests.json(CohortLawTests.cohorts(CohortLawTests.history(shop)))
    let other = try CohortLawTests.json(
      CohortLawTests.cohorts(CohortLawTests.history(shop.shuffled(Seed(seed.value + 1)))))
    #expect(one == other)
  }

  @Test("the triangle holds all revenue, to the ten-thousandth", arguments: seeds)
  func revenue(_ seed: Seed) throws {
    let history = try CohortLawTests.history(CohortLawTests.shop(seed))
    let spent = history.spent.reduce(Amount.zero) { $0 + Amount(tenThousandths: $1) }
    #expect(history.refundRows.customers.count == 225)
    let calendar = CohortCalendar(from: history.firstDay.min()!, through: history.lastDay.max()!)
    let tally = CohortTally(history, calendar)
    #expect(tally.revenue == spent)
    let cohorts = try CohortLawTests.cohorts(history)
    #expect(cohorts.cohorts.allSatisfy { !$0.cells.isEmpty })
    let cells = cohorts.cohorts.flatMap(\.cells)
    #expect(cells.reduce(Amount.zero) { $0 + $1.revenue } == spent)
    for cohort in cohorts.cohorts {
      let sum = cohort.cells.reduce(Amount.zero) { $0 + $1.revenue }
      let last = try #require(cohort.cells.last)
      #expect((last.cumulativePerCustomer * Double(cohort.customers) - sum.units).magnitude < 1e-6)
    }
  }

  @Test("everybody is in one cohort, and orders in the first period of it", arguments: seeds)
  func sizes(_ seed: Seed) throws {
    let history = try CohortLawTests.history(CohortLawTests.shop(seed))
    let cohorts = try CohortLawTests.cohorts(history)
    #expect(cohorts.period == .month)
    #expect(cohorts.cohorts.reduce(0) { $0 + $1.customers } == history.count)
    for cohort in cohorts.cohorts {
      #expect(cohort.cells.map(\.age) == Array(0..<cohort.cells.count))
      #expect(cohort.cells[0].retention == 1 && cohort.cells[0].active == cohort.customers)
      for cell in cohort.cells {
        #expect(cell.retention == Double(cell.active) / Double(cohort.customers))
        #expect(cell.interval.low <= cell.retention + 1e-12 && cell.retention <= cell.interval.high + 1e-12)
      }
    }
  }

  @Test("active customers of a month sum to those counted without cohorts", arguments: seeds)
  func active(_ seed: Seed) throws {
    let shop = CohortLawTests.shop(seed)
    let cohorts = try CohortLawTests.cohorts(CohortLawTests.history(shop))
    var found: [String: Int] = [:]
    for cohort in cohorts.cohorts {
      var start = cohort.start
      for cell in cohort.cells {
        found["\(start)".prefix(7).description, default: 0] += cell.active
        start = CohortPeriod.month.next(after: start)
      }
    }
    var expected: [String: Set<String>] = [:]
    for order in shop.orders where order.cents > 0 {
      expected["\(order.day)".prefix(7).description, default: []].insert(order.customer)
    }
    #expect(found.filter { $0.value > 0 } == expected.mapValues(\.count))
  }

  @Test("a period is marked exactly when the as-of day cuts it, and stays out of the average")
  func incomplete() throws {
    let history = try CohortLawTests.history(CohortLawTests.shop(Seed(3)))
    let last = history.lastDay.max()!
    for days in 0..<80 {
      let asOf = last.adding(days: days)
      let cohorts = try #require(Cohorts(history, asOf: asOf))
      // With nothing ordered on the as-of day, the day before is the last that is known of.
      let through = days == 0 ? last : asOf.adding(days: -1)
      let isCut = through.adding(days: 1).civil.day != 1
      #expect(cohorts.through == through && cohorts.isLastIncomplete == isCut)
      let periods = try #require(cohorts.cohorts.first).cells.count
      for (index, cohort) in cohorts.cohorts.enumerated() {
        #expect(cohort.isIncomplete == (isCut && cohort.start == CohortPeriod.month.start(of: through)))
        for cell in cohort.cells { #expect(cell.isIncomplete == (isCut && index + cell.age == periods - 1)) }
      }
      for average in cohorts.average {
        let whole = cohorts.cohorts.filter { cohort in
          cohort.cells.contains { $0.age == average.age && !$0.isIncomplete }
        }
        #expect(average.cohorts == whole.count)
        #expect(average.customers == whole.reduce(0) { $0 + $1.customers })
        #expect(average.active == whole.reduce(0) { $0 + $1.cells[average.age].active })
      }
    }
  }

  @Test("cohorts under ten customers keep their size and nothing else", arguments: seeds)
  func small(_ seed: Seed) throws {
    let cohorts = try CohortLawTests.cohorts(
      CohortLawTests.history(CohortLawTests.shop(seed, customers: 100)))
    for cohort in cohorts.cohorts { #expect(cohort.cells.isEmpty == (cohort.customers < 10)) }
    #expect(cohorts.cohorts.contains { $0.customers < 10 } && cohorts.cohorts.contains { $0.customers >= 10 })
    #expect(cohorts.average.allSatisfy { $0.customers >= 10 })
    let few = try CohortLawTests.cohorts(
      CohortLawTests.history(CohortLawTests.shop(seed, customers: 8)))
    #expect(few.cohorts.allSatisfy(\.cells.isEmpty) && few.average.isEmpty)
    #expect(few.repeats.isEmpty && few.gaps == nil)
  }

  @Test(
    "gaps of the histogram are all gaps, and its quantiles those of the plain list", arguments: seeds,
    [30, 300])
  func gaps(_ seed: Seed, _ customers: Int) throws {
    let shop = CohortLawTests.shop(seed, customers: customers)
    let gaps = try #require(CohortLawTests.cohorts(CohortLawTests.history(shop)).gaps)
    var days: [String: Set<CalendarDay>] = [:]
    for order in shop.orders where order.cents > 0 { days[order.customer, default: []].insert(order.day) }
    let plain = days.values.flatMap { days -> [Double] in
      let sorted = days.sorted()
      return zip(sorted, sorted.dropFirst()).map { Double($0.days(until: $1)) }
    }
    #expect(gaps.customers == days.values.count { $0.count > 1 })
    let expected = try #require(NumberSummary(plain))
    #expect(gaps.days.n == expected.n && gaps.days.median == expected.median)
    #expect(gaps.days.p05 == expected.p05 && gaps.days.p95 == expected.p95)
    #expect((gaps.days.mean - expected.mean).magnitude < 1e-9)
    #expect(gaps.bins.reduce(0) { $0 + $1.gaps } == plain.count)
    for bin in gaps.bins {
      #expect(bin.gaps == plain.count { $0 > Double(bin.over) && $0 <= Double(bin.through ?? .max) })
    }
    #expect((2...28).contains(gaps.bins.count))
  }

  @Test("the curves rise, stay within their limits, and start with everybody", arguments: seeds)
  func curves(_ seed: Seed) throws {
    let history = try CohortLawTests.history(CohortLawTests.shop(seed))
    let repeats = try CohortLawTests.cohorts(history).repeats
    #expect(repeats.map(\.order) == [2, 3, 4])
    for (index, curve) in repeats.enumerated() {
      #expect(curve.customers == history.orderDays.count { $0 > index })
      #expect(curve.orderedAgain == history.orderDays.count { $0 > index + 1 })
      #expect(curve.points[0].atRisk == curve.customers && curve.points.count <= 122)
      #expect(curve.end.atRisk >= 10)
      for (before, after) in zip(curve.points, curve.points.dropFirst()) {
        #expect(before.day < after.day && before.share <= after.share && before.atRisk >= after.atRisk)
      }
      for point in curve.points + curve.horizons {
        #expect(point.interval.low <= point.share + 1e-12 && point.share <= point.interval.high + 1e-12)
      }
      if let median = curve.medianDays {
        #expect(curve.points.allSatisfy { $0.day < median ? $0.share < 0.5 : $0.share >= 0.5 - 1e-12 })
      }
    }
  }

  @Test("a first cohort twice the usual size is doubted and kept out of averages, a usual one is not")
  func oldCustomers() throws {
    func shop(_ first: Int) -> RandomShop {
      var orders: [RandomShop.Order] = []
      for month in 0..<6 {
        for customer in 0..<(month == 0 ? first : 20) {
          orders.append(
            RandomShop.Order(
              id: "O\(orders.count)", customer: "K\(month)-\(customer)",
              day: CalendarDay(year: 2024, month: month + 1, day: 3)!, cents: 100))
        }
      }
      // Those who were there before come back at once.
      for customer in 0..<first {
        orders.append(
          RandomShop.Order(
            id: "B\(customer)", customer: "K0-\(customer)", day: CalendarDay(iso: "2024-02-03")!, cents: 100))
      }
      return RandomShop(orders: orders)
    }
    let usual = try CohortLawTests.cohorts(CohortLawTests.history(shop(39)))
    #expect(usual.oldCustomers == nil && usual.repeatOfNewcomers == nil)
    #expect(usual.average[1].active == 39)
    let doubted = try CohortLawTests.cohorts(CohortLawTests.history(shop(40)))
    let old = try #require(doubted.oldCustomers)
    #expect(old.customers == 40 && old.usual == 20 && old.label == "Jan 2024")
    #expect(doubted.average[1].active == 0 && doubted.average[1].customers == 60)
    let newcomers = try #require(doubted.repeatOfNewcomers)
    #expect(newcomers.customers == 100 && newcomers.orderedAgain == 0)
    #expect(doubted.repeats[0].customers == 140 && doubted.repeats[0].orderedAgain == 40)
  }

  @Test("what is written reads back the same")
  func coding() throws {
    let cohorts = try CohortLawTests.cohorts(CohortLawTests.history(CohortLawTests.shop(Seed(1))))
    let data = try CohortLawTests.json(cohorts)
    let again = try JSONDecoder().decode(Cohorts.self, from: data)
    #expect(try CohortLawTests.json(again) == data)
  }
}
