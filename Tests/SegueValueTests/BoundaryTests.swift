import SegueCore
import SegueTestSupport
import SegueValue
import Testing

/// Data that models of repeat buying cannot be fitted to, or hardly.
@Suite("Where there is little to fit")
struct BoundaryTests {
  private static func purchases(_ rows: [(Int32, Double, Double)]) -> RepeatPurchases {
    RepeatPurchases(frequency: rows.map(\.0), btydRecency: rows.map(\.1), age: rows.map(\.2))
  }

  static let impossible: [(rows: [(Int32, Double, Double)], code: String, words: String)] = [
    ([], "value.tooFew", "there are no customers"),
    ([(3, 5, 9)], "value.tooFew", "there is one customer"),
    ([(0, 0, 9), (0, 0, 30), (0, 0, 0)], "value.tooFew", "nobody ordered on a second day"),
    ([(0, 0, 0), (0, 0, 0)], "value.tooFew", "all customers ordered first on the last day of observation"),
    ([(0, 0, 9), (-1, 0, 9)], "value.history", "customer 2 has -1 repeat orders"),
    ([(1, 10, 9), (0, 0, 9)], "value.history", "customer 1 ordered last after the end of observation"),
    ([(0, 0, -1), (0, 0, 9)], "value.history", "customer 1 ordered first after the end of observation"),
    (
      [(0, 2, 9), (0, 0, 9)], "value.history",
      "customer 1 has no repeat order, yet a last order after the first"
    ),
    (
      [(0, 0, 9), (2, 0, 9)], "value.history",
      "customer 2 has repeat orders, all of them at the time of the first"
    ),
    ([(0, 0, .nan), (2, 3, 9)], "value.history", "customer 1 has a time that is not a number"),
    ([(1, .nan, 9), (2, 3, .infinity)], "value.history", "customer 1 has a time that is not a number"),
  ]

  @Test("what cannot be fitted is refused in words", arguments: OrderModel.continuous)
  func refusals(model: OrderModel) {
    for (rows, code, words) in Self.impossible {
      let error = #expect(throws: SegueError.self) { try model.fit(Self.purchases(rows)) }
      #expect(error?.diagnostics.map(\.code) == [code] && error?.exitCode == 65)
      #expect(error?.diagnostics[0].message.contains(words) == true, "\(error?.description ?? "")")
      #expect(error?.diagnostics[0].hint?.isEmpty == false)
    }
  }

  @Test("horizons and rates that mean nothing are refused")
  func questions() throws {
    let cdnow = try BTYDReference.cdnow()
    let fit = try OrderModel.bgnbd.fit(cdnow)
    for (horizon, discount, code) in [
      (0.0, 0.1, "value.horizon"), (.nan, 0.1, "value.horizon"), (-3, 0.1, "value.horizon"),
      (.infinity, 0.1, "value.horizon"), (52, -1, "value.discount"), (52, .nan, "value.discount"),
    ] {
      let error = #expect(throws: SegueError.self) {
        try OrderForecast(model: .bgnbd, fit: fit, purchases: cdnow, horizon: horizon, discount: discount)
      }
      #expect(error?.diagnostics.map(\.code) == [code] && error?.exitCode == 64)
    }
    #expect(throws: SegueError.self) {
      try OrderForecast(model: .paretonbd, fit: fit, purchases: cdnow, horizon: 52, discount: 0.1)
    }
  }

  /// Whatever is said, no figure is NaN or infinite.
  private static func expectFigures(_ model: OrderModel, _ fit: ModelFit, _ purchases: RepeatPurchases) throws
  {
    #expect(fit.logLikelihood.isFinite && fit.gradient.isFinite)
    #expect(
      fit.parameters.allSatisfy { $0.value.isFinite && $0.value > 0 && $0.standardError?.isFinite ?? true })
    #expect(fit.covariance.allSatisfy(\.isFinite) && [0, 16].contains(fit.covariance.count))
    #expect(fit.isConverged || !fit.remarks.isEmpty)
    let forecast = try OrderForecast(model: model, fit: fit, purchases: purchases, horizon: 52, discount: 0.1)
    for estimates in [forecast.pAlive, forecast.expectedOrders, forecast.discountedOrders] {
      #expect(
        (estimates.low == nil) == fit.covariance.isEmpty && (estimates.high == nil) == fit.covariance.isEmpty)
      for column in [estimates.values, estimates.low ?? [], estimates.high ?? []] {
        #expect(column.allSatisfy { $0.isFinite && $0 >= 0 })
      }
    }
  }

  @Test(
    "customers who never stop leave dropout unknown, and the fit says so", arguments: OrderModel.continuous)
  func noDropout(model: OrderModel) throws {
    var random = Seed(8).generator(for: .testData)
    // Rates differ, everybody stays.
    let loyal = SimulatedCustomers(
      4000, of: ParetoNBD(r: 2, alpha: 4, s: 1, beta: 1e9), ages: (10...60).map { Double($0) }, &random
    ).purchases
    let fit = try model.fit(loyal)
    try Self.expectFigures(model, fit, loyal)
    let remark = try #require(fit.remarks.first)
    #expect(remark.contains("dropout in these orders"), "\(remark)")
    for (parameter, truth) in zip(fit.parameters, [2.0, 4]) {
      let error = try #require(parameter.standardError)
      #expect((parameter.value - truth).magnitude < 4 * error)
    }
    // The peak of the model without dropout, whose pace is known as well as ever.
    #expect(fit.isConverged && fit.covariance.count == 16)
    let isSeen = fit.parameters[2].standardError != nil
    if !isSeen { #expect(fit.covariance[10] == 0 && fit.covariance[15] == 0) }
    let forecast = try OrderForecast(model: model, fit: fit, purchases: loyal, horizon: 10, discount: 0)
    let (low, high) = (try #require(forecast.expectedOrders.low), try #require(forecast.expectedOrders.high))
    for row in 0..<loyal.count {
      // Without dropout customers order at the mean of their rate's distribution.
      let expected = 10 * (2 + Double(loyal.frequency[row])) / (4 + loyal.age[row])
      let value = forecast.expectedOrders.values[row]
      #expect(low[row] < value && value < high[row])
      #expect(expected > low[row] * 0.97 && expected < high[row] * 1.03)
    }
  }

  @Test(
    "customers of one pace let r and alpha run off, and the fit says so", arguments: OrderModel.continuous)
  func samePace(model: OrderModel) throws {
    var random = Seed(9).generator(for: .testData)
    // Every rate is 1/4; the evenly spread counts below it are even less varied than chance makes them.
    var rows: [(Int32, Double, Double)] = []
    for _ in 0..<3000 {
      let stays = random.unit() < 0.7
      rows.append(stays ? (10, 39 + random.unit(), 40) : (3, 11 + random.unit(), 40))
      rows.append((5, 19 + random.unit(), 20))
    }
    let purchases = Self.purchases(rows)
    let fit = try model.fit(purchases)
    try Self.expectFigures(model, fit, purchases)
    #expect(!fit.isConverged && fit.covariance.isEmpty)
    #expect(fit.remarks.contains { $0.contains("do not differ in their pace") }, "\(fit.remarks)")
    let pace = try #require(fit["r"]) / (try #require(fit["alpha"]))
    #expect((0.2...0.3).contains(pace))
  }

  @Test("a handful of customers gives figures or words, never NaN", arguments: (0..<60).map { Seed($0) })
  func handfuls(seed: Seed) throws {
    var random = seed.generator(for: .testData)
    var rows: [(Int32, Double, Double)] = []
    for _ in 0..<2 + random.index(below: 6) {
      let age = random.index(below: 40)
      let x = age == 0 ? 0 : random.index(below: min(age, 6))
      rows.append((Int32(x), x == 0 ? 0 : Double(x + random.index(below: age - x + 1)), Double(age)))
    }
    let purchases = Self.purchases(rows)
    for model in OrderModel.continuous {
      do {
        let fit = try model.fit(purchases)
        try Self.expectFigures(model, fit, purchases)
      } catch let error as SegueError {
        #expect(error.diagnostics.map(\.code) == ["value.tooFew"])
      }
    }
  }

  @Test(
    "a shop whose customers hardly ever leave is told as it is",
    .enabled(if: BTYDReference.isThere && SharedFolder.has("data/online_retail.csv.gz")))
  func onlineRetail() throws {
    let purchases = try OnlineRetail.purchases()
    #expect(purchases.count == 4338 && purchases.frequency.reduce(0) { $0 + Int($1) } == 12425)
    let reference = try BTYDReference.fits().onlineRetail
    let bgnbd = try OrderModel.bgnbd.fit(purchases)
    #expect((bgnbd.logLikelihood - reference.bgnbd.ll).magnitude < 1e-4)
    #expect(isNear(try #require(bgnbd["r"]), 0.8265419234704228, 1e-4))
    #expect(isNear(try #require(bgnbd["alpha"]), 9.843588995907888, 1e-4))
    #expect(bgnbd.isConverged && bgnbd.remarks.count == 1 && bgnbd.remarks[0].contains("hardly sees dropout"))
    for (parameter, error) in zip(bgnbd.parameters, try #require(reference.bgnbd.se_delta)) {
      #expect(isNear(try #require(parameter.standardError), try #require(error), 1e-3))
    }
    try Self.expectFigures(.bgnbd, bgnbd, purchases)

    let paretonbd = try OrderModel.paretonbd.fit(purchases)
    #expect(paretonbd.logLikelihood > reference.pnbd.ll - 1e-4)
    #expect(paretonbd.isConverged && paretonbd.covariance.count == 16)
    #expect(paretonbd.remarks.count == 1 && paretonbd.remarks[0].contains("sees no dropout"))
    let errors = paretonbd.parameters.map(\.standardError)
    #expect(isNear(try #require(errors[0]), 0.026742131672617138, 1e-3))
    #expect(isNear(try #require(errors[1]), 0.3700006557116967, 1e-3))
    #expect(errors[2] == nil && errors[3] == nil)
    try Self.expectFigures(.paretonbd, paretonbd, purchases)
  }
}
