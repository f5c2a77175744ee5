import SegueCore
import SegueTestSupport
import SegueValue
import Testing

@Suite("Value of customers that do not lend themselves to it")
struct BadValueInputTests {
  /// What cannot be modelled at all, with the code and words it ends in.
  @Test("what no model can be fitted to is refused in words")
  func refused() {
    let one = RepeatPurchases(frequency: [3], btydRecency: [9], age: [20])
    let once = RepeatPurchases(
      frequency: [Int32](repeating: 0, count: 50), btydRecency: [Double](repeating: 0, count: 50),
      age: [Double](repeating: 20, count: 50))
    let few = RepeatPurchases(
      frequency: (0..<50).map { $0 < 9 ? 1 : 0 }, btydRecency: (0..<50).map { $0 < 9 ? 3 : 0 },
      age: [Double](repeating: 20, count: 50))
    let late = RepeatPurchases(frequency: [1], btydRecency: [21], age: [20])
    let notANumber = RepeatPurchases(frequency: [1], btydRecency: [.nan], age: [20])
    let negative = RepeatPurchases(frequency: [-1], btydRecency: [0], age: [20])
    let cases: [(RepeatPurchases, String, String)] = [
      (RepeatPurchases(frequency: [], btydRecency: [], age: []), "value.tooFew", "no customers"),
      (one, "value.tooFew", "one customer"), (once, "value.tooFew", "none of 50 customers ordered again"),
      (few, "value.tooFew", "only 9 of 50 customers ordered again"), (late, "value.history", "customer 1"),
      (notANumber, "value.history", "customer 1"), (negative, "value.history", "customer 1"),
    ]
    for (purchases, code, words) in cases {
      let error = #expect(throws: SegueError.self) {
        try CustomerValue(
          purchases, spend: RepeatSpend(mean: purchases.age.map { _ in 10 }), ValueOptions())
      }
      #expect(error?.diagnostics.map(\.code) == [code])
      #expect(error?.diagnostics.first?.message.contains(words) == true)
      #expect(error?.kind == .data)
    }
  }

  @Test("settings that cannot be used are told together")
  func settings() {
    var options = ValueOptions()
    (options.horizonDays, options.discount, options.margin) = (0, -0.1, .nan)
    let shop = SimulatedShop(customers: 40, seed: 1)
    let error = #expect(throws: SegueError.self) {
      try CustomerValue(shop.purchases, spend: shop.spend, options)
    }
    #expect(error?.kind == .usage)
    #expect(error?.diagnostics.map(\.code) == ["value.horizon", "value.discount", "value.margin"])
  }

  @Test("BG/BB is refused where there are no whole periods, and where the horizon holds none")
  func periods() {
    let shop = SimulatedShop(customers: 100, seed: 1)
    var options = ValueOptions()
    options.model = .bgbb
    let error = #expect(throws: SegueError.self) {
      try CustomerValue(shop.purchases, spend: shop.spend, options)
    }
    #expect(error?.diagnostics.map(\.code) == ["value.periods"])
    let periods = shop.histories.periods(
      of: shop.histories.customers(knownOn: 420), until: 420, periodDays: 60)
    options.horizonDays = 59
    let short = #expect(throws: SegueError.self) {
      try CustomerValue(periods, spend: RepeatSpend(mean: periods.age.map { _ in 10 }), options)
    }
    #expect(short?.diagnostics.map(\.code) == ["value.horizon"])
  }

  /// Spend that cannot be modelled, and a piece of the remark that says so.
  static let spends: [(name: String, spend: @Sendable (Int) -> Double, words: String)] = [
    ("zero", { _ in 0 }, "repeat orders of positive value are known of 0 customers"),
    ("negative", { _ in -5 }, "repeat orders of positive value are known of 0 customers"),
    ("not a number", { _ in .nan }, "repeat orders of positive value are known of 0 customers"),
    ("a few", { $0 < 15 ? 20 + Double($0) : 0 }, "a model of what an order is worth takes 10"),
    ("beyond reckoning", { $0 % 2 == 0 ? 1e-300 : 1e300 }, "the likelihood of Gamma–Gamma has no value"),
    ("wild", { row in Elementary.exp(Double((row * 7_919) % 41) - 20) }, "no finite mean"),
  ]

  @Test(
    "where only spend cannot be modelled, expected orders are given and the reason with them",
    arguments: spends.map(\.name))
  func spend(name: String) throws {
    let (_, spend, words) = Self.spends.first { $0.name == name }!
    let shop = SimulatedShop(customers: 300, seed: 2)
    let value = try CustomerValue(
      shop.purchases, spend: RepeatSpend(mean: (0..<shop.purchases.count).map(spend)), ValueOptions())
    #expect(value.clv?.values == nil)
    #expect(value.meanOrderValue?.values == nil)
    #expect(value.remarks.contains { $0.contains(words) })
    #expect(value.remarks.contains { $0.lowercased().contains("expected orders stand") })
    expectSound(value)
  }

  @Test("customers whose repeat orders come to nothing are left out of the spend model and counted")
  func leftOut() throws {
    let shop = SimulatedShop(customers: 300, seed: 2)
    var mean = shop.spend.mean
    let repeaters = mean.indices.filter { shop.purchases.frequency[$0] > 0 }
    for (row, worthless) in zip(repeaters, [0, -3, .nan]) { mean[row] = worthless }
    let value = try CustomerValue(shop.purchases, spend: RepeatSpend(mean: mean), ValueOptions())
    #expect(
      value.remarks.contains { $0.hasPrefix("3 customers whose repeat orders come to nothing or less") })
    #expect(value.spendFit?.customers == repeaters.count - 3)
    let means = try #require(value.meanOrderValue).values
    let once = try #require(shop.purchases.frequency.firstIndex(of: 0))
    for row in repeaters.prefix(3) { #expect(means[row] == means[once]) }
    expectSound(value)
  }

  @Test("spend that rises with frequency is remarked on")
  func dependence() throws {
    let shop = SimulatedShop(customers: 400, seed: 3)
    let mean = shop.spend.mean.indices.map { row in
      shop.spend.mean[row] * Double(shop.purchases.frequency[row])
    }
    let value = try CustomerValue(shop.purchases, spend: RepeatSpend(mean: mean), ValueOptions())
    #expect(try #require(value.spendCorrelation) > 0.3)
    #expect(value.remarks.contains { $0.hasPrefix("Customers who order more often spend more per order") })
    let plain = try CustomerValue(shop.purchases, spend: shop.spend, ValueOptions())
    #expect(try #require(plain.spendCorrelation).magnitude < 0.3)
    #expect(!plain.remarks.contains { $0.hasPrefix("Customers who order more often") })
  }

  @Test(
    "customers who never leave, and customers alike, are forecast, with words for what is not known",
    arguments: [ValueOptions.Model.auto, .bgnbd, .paretonbd])
  func unidentified(model: ValueOptions.Model) throws {
    var options = ValueOptions()
    options.model = model
    let loyal = SimulatedShop(customers: 500, seed: 6, dropout: false)
    expectSound(try CustomerValue(loyal.purchases, spend: loyal.spend, options))
    let alike = RepeatPurchases(
      frequency: [Int32](repeating: 4, count: 40), btydRecency: [Double](repeating: 18, count: 40),
      age: [Double](repeating: 20, count: 40))
    let value = try CustomerValue(
      alike, spend: RepeatSpend(mean: (0..<40).map { 10 + Double($0) }), options)
    #expect(!value.fit.isConverged)
    #expect(!value.fit.remarks.isEmpty)
    #expect(value.remarks.starts(with: value.fit.remarks))
    expectSound(value)
  }

  @Test("a horizon beyond what was watched is called an extrapolation")
  func longHorizon() throws {
    let shop = SimulatedShop(customers: 300, weeks: 30, seed: 2)
    var options = ValueOptions()
    options.horizonDays = 3_650
    let value = try CustomerValue(shop.purchases, spend: shop.spend, options)
    #expect(value.remarks.contains { $0.contains("extrapolates") })
    expectSound(value)
    options.horizonDays = 30
    let near = try CustomerValue(shop.purchases, spend: shop.spend, options)
    #expect(!near.remarks.contains { $0.contains("extrapolates") })
  }

  /// Whatever is given is a number, in order and within its bounds.
  private func expectSound(_ value: CustomerValue) {
    let forecast = value.forecast
    for figure in [
      forecast.pAlive, forecast.expectedOrders, forecast.discountedOrders, value.meanOrderValue, value.clv,
    ].compactMap({ $0 }) {
      #expect(figure.values.allSatisfy { $0.isFinite && $0 >= 0 })
      #expect((figure.low == nil) == (figure.high == nil))
      guard let low = figure.low, let high = figure.high else { continue }
      #expect(figure.values.indices.allSatisfy { low[$0] >= 0 && low[$0] <= figure.values[$0] * (1 + 1e-9) })
      #expect(
        figure.values.indices.allSatisfy { high[$0].isFinite && figure.values[$0] <= high[$0] * (1 + 1e-9) })
    }
    #expect(forecast.pAlive.values.allSatisfy { $0 <= 1 })
    #expect(zip(forecast.fewestOrders, forecast.mostOrders).allSatisfy { 0 <= $0 && $0 <= $1 })
    #expect(value.remarks.allSatisfy { !$0.contains("nan") && $0.hasSuffix(".") })
  }
}
