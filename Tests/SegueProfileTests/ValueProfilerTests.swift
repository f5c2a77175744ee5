import Foundation
import SegueCore
import SegueProfile
import SegueValue
import Testing

@Suite("Value by segment")
struct ValueProfilerTests {
  /// Customers who order at rates of their own and stop at some time, watched for 20 to 60 weeks.
  private static func customers(_ count: Int, seed: Seed) -> (RepeatPurchases, RepeatSpend) {
    var generator = seed.generator(for: .testData)
    func wait(_ rate: Double) -> Double { -Elementary.log(1 - generator.unit()) / rate }
    var purchases = RepeatPurchases(frequency: [], btydRecency: [], age: [])
    var means: [Double] = []
    for _ in 0..<count {
      let (age, rate) = (20 + 40 * generator.unit(), 0.2 * wait(1))
      let end = wait(0.04 * wait(1))
      var (time, last, x) = (0.0, 0.0, 0)
      while true {
        time += wait(rate)
        if time > min(age, end) { break }
        (last, x) = (time, x + 1)
      }
      purchases.frequency.append(Int32(x))
      purchases.btydRecency.append(last)
      purchases.age.append(age)
      means.append(x > 0 ? spend(Double(x), &generator) : .nan)
    }
    return (purchases, RepeatSpend(mean: means))
  }

  /// Customers who use each of 6 to 15 periods by a chance of their own, and may leave before any.
  private static func periods(_ count: Int, seed: Seed) -> (RepeatPurchases, RepeatSpend) {
    var generator = seed.generator(for: .testData)
    var purchases = RepeatPurchases(frequency: [], btydRecency: [], age: [], unitDays: 30)
    var means: [Double] = []
    for _ in 0..<count {
      let (n, chance) = (6 + generator.index(below: 10), 0.8 * generator.unit())
      let leaving = 0.5 * generator.unit() * generator.unit()
      var (x, last) = (0, 0)
      for period in 1...n {
        if generator.unit() < leaving { break }
        if generator.unit() < chance { (x, last) = (x + 1, period) }
      }
      purchases.frequency.append(Int32(x))
      purchases.btydRecency.append(Double(last))
      purchases.age.append(Double(n))
      means.append(x > 0 ? spend(Double(x), &generator) : .nan)
    }
    return (purchases, RepeatSpend(mean: means))
  }

  /// The mean of x order days of a customer with a level of their own.
  private static func spend(_ x: Double, _ generator: inout RandomGenerator) -> Double {
    let level = 30 * Elementary.exp(0.5 * generator.normal())
    return level * max(0.2, 1 + 0.3 * generator.normal() / x.squareRoot())
  }

  /// Nothing but segments of these sizes.
  private static func profile(_ sizes: [Int]) throws -> StudyProfile {
    let segments = sizes.enumerated().map { index, size in
      """
      {"segment": {"id": \(index + 1), "name": "S", "tagline": "", "kind": "regular", "color": 0, "isNamedByUser": false, "customers": \(size)},
      "customerShare": 0, "customerShareInterval": [0, 1], "centroid": [], "traits": [], "figures": [],
      "isDescribed": \(size >= 10)}
      """
    }
    let json =
      "{\"customers\": \(sizes.reduce(0, +)), \"comparisons\": 0, \"segments\": [\(segments.joined(separator: ","))]}"
    return try JSONDecoder().decode(StudyProfile.self, from: Data(json.utf8))
  }

  private func close(_ a: Interval?, _ low: Double?, _ high: Double?) -> Bool {
    guard let a, let low, let high else { return false }
    return (a.low / low - 1).magnitude < 1e-4 && (a.high / high - 1).magnitude < 1e-4
  }

  @Test(
    "a group of equal customers has their interval, times as many",
    arguments: [ValueOptions.Model.bgnbd, .paretonbd, .bgbb])
  func equalCustomers(model: ValueOptions.Model) throws {
    let (purchases, spend) =
      model == .bgbb
      ? ValueProfilerTests.periods(600, seed: Seed(3)) : ValueProfilerTests.customers(600, seed: Seed(3))
    var options = ValueOptions()
    options.model = model
    options.margin = 0.4
    let value = try CustomerValue(purchases, spend: spend, options)
    for row in [0, 5, 17, 111] {
      // Twelve of the same customer, and all of them again.
      func twelve<Element>(_ all: [Element]) -> [Element] { [Element](repeating: all[row], count: 12) }
      var own = purchases
      (own.frequency, own.btydRecency, own.age) = (
        twelve(purchases.frequency), twelve(purchases.btydRecency), twelve(purchases.age)
      )
      var copy = value
      copy.forecast.pAlive.values = twelve(value.forecast.pAlive.values)
      copy.forecast.expectedOrders.values = twelve(value.forecast.expectedOrders.values)
      copy.forecast.discountedOrders.values = twelve(value.forecast.discountedOrders.values)
      copy.meanOrderValue?.values = twelve(try #require(value.meanOrderValue).values)
      copy.clv?.values = twelve(try #require(value.clv).values)
      var profile = try ValueProfilerTests.profile([12])
      try ValueProfiler(
        copy, own, RepeatSpend(mean: twelve(spend.mean)), options, holdout: nil, remarks: []
      ).add(to: &profile, labels: [Int32](repeating: 0, count: 12))
      let found = try #require(profile.segments[0].value)
      let (orders, clv) = (value.forecast.expectedOrders, try #require(value.clv))
      #expect((found.expectedOrders.mean / orders.values[row] - 1).magnitude < 1e-9)
      #expect(close(found.expectedOrders.meanInterval, orders.low?[row], orders.high?[row]))
      #expect(close(found.clv?.meanInterval, clv.low?[row], clv.high?[row]))
      let (all, each) = (found.clv?.totalInterval, found.clv?.meanInterval)
      #expect(close(all, each.map { 12 * $0.low }, each.map { 12 * $0.high }))
      #expect(found.clvShare == 1)
    }
  }

  @Test("segments add up to everybody, and the interval of all is no wider than the sum of limits")
  func sums() throws {
    let (purchases, spend) = ValueProfilerTests.customers(800, seed: Seed(8))
    let options = ValueOptions()
    let value = try CustomerValue(purchases, spend: spend, options)
    let labels = (0..<800).map { Int32($0 < 5 ? 2 : $0 % 2) }
    var profile = try ValueProfilerTests.profile([398, 397, 5])
    try ValueProfiler(value, purchases, spend, options, holdout: nil, remarks: ["r"]).add(
      to: &profile, labels: labels)
    let all = try #require(profile.value)
    let parts = profile.segments.map(\.value)
    // Too few to describe.
    #expect(parts[2] == nil)
    let rest = (0..<5).reduce(0.0) { $0 + value.forecast.expectedOrders.values[$1] }
    let orders = parts.compactMap { $0?.expectedOrders.total }.reduce(rest, +)
    #expect((orders / all.totals.expectedOrders.total - 1).magnitude < 1e-12)
    let clv = try #require(value.clv)
    #expect((try #require(all.totals.clv).total / clv.values.reduce(0, +) - 1).magnitude < 1e-12)
    let interval = try #require(all.totals.clv?.totalInterval)
    let limits = (try #require(clv.low).reduce(0, +), try #require(clv.high).reduce(0, +))
    #expect(interval.low >= limits.0 && interval.high <= limits.1)
    #expect(interval.low < clv.values.reduce(0, +) && clv.values.reduce(0, +) < interval.high)
    let returning = purchases.frequency.count { $0 > 0 }
    #expect(all.totals.returning == returning)
    #expect(try #require(all.totals.pAliveOfReturning) <= all.totals.pAlive || value.model != .bgnbd)
    #expect(try #require(all.customersForEightyPercent) < 0.8)
    #expect(all.remarks == ["r"])
  }

  @Test("a fit without errors gives totals without intervals")
  func noErrors() throws {
    let (purchases, spend) = ValueProfilerTests.customers(300, seed: Seed(2))
    var value = try CustomerValue(purchases, spend: spend, ValueOptions())
    value.fit.covariance = []
    var profile = try ValueProfilerTests.profile([300])
    try ValueProfiler(value, purchases, spend, ValueOptions(), holdout: nil, remarks: []).add(
      to: &profile, labels: [Int32](repeating: 0, count: 300))
    let found = try #require(profile.value?.totals)
    #expect(found.expectedOrders.totalInterval == nil && found.clv?.totalInterval == nil)
    #expect(found.expectedOrders.total > 0)
  }
}
