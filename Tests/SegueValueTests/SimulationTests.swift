import SegueCore
import SegueNumerics
import SegueValue
import Testing

/// Models fitted to customers whose parameters are known.
@Suite("Fits to simulated customers")
struct SimulationTests {
  static let bgnbd = BGNBD(r: 0.6, alpha: 6, a: 0.9, b: 2.2)
  static let paretonbd = ParetoNBD(r: 0.8, alpha: 7, s: 0.9, beta: 16)
  static let ages = (10...104).map { Double($0) }
  static let horizon = 40.0

  private static func customers(_ model: OrderModel, _ count: Int, _ seed: Int) -> SimulatedCustomers {
    var random = Seed(UInt64(seed)).generator(for: .testData)
    return model == .bgnbd
      ? SimulatedCustomers(count, of: bgnbd, ages: ages, horizon: horizon, &random)
      : SimulatedCustomers(count, of: paretonbd, ages: ages, horizon: horizon, &random)
  }

  private static func truth(_ model: OrderModel) -> ModelFit {
    let parameters: [ModelFit.Parameter] =
      model == .bgnbd
      ? [.init("r", bgnbd.r), .init("alpha", bgnbd.alpha), .init("a", bgnbd.a), .init("b", bgnbd.b)]
      : [
        .init("r", paretonbd.r), .init("alpha", paretonbd.alpha), .init("s", paretonbd.s),
        .init("beta", paretonbd.beta),
      ]
    return ModelFit(
      parameters: parameters, logLikelihood: 0, customers: 0, isConverged: true, iterations: 0, gradient: 0,
      covariance: [])
  }

  @Test("nineteen of twenty intervals hold the true value", arguments: OrderModel.continuous)
  func calibration(model: OrderModel) throws {
    let truth = Self.truth(model)
    var (parameters, within) = (0, 0)
    var shares = [0.0, 0.0, 0.0]
    let runs = 30
    for seed in 0..<runs {
      let purchases = Self.customers(model, 3000, seed).purchases
      let fit = try model.fit(purchases)
      #expect(fit.isConverged && fit.remarks.isEmpty)
      for parameter in fit.parameters {
        // The logarithm is what is nearly normal.
        let gap = Elementary.log(parameter.value / truth[parameter.name]!)
        let error = try #require(parameter.standardError) / parameter.value
        #expect(gap.magnitude < 5 * error, "seed \(seed), \(parameter.name)")
        parameters += 1
        within += gap.magnitude <= 1.96 * error ? 1 : 0
      }
      let found = try OrderForecast(
        model: model, fit: fit, purchases: purchases, horizon: 40, discount: 0.1)
      let known = try OrderForecast(
        model: model, fit: truth, purchases: purchases, horizon: 40, discount: 0.1)
      for (place, (estimates, values)) in [
        (found.pAlive, known.pAlive.values), (found.expectedOrders, known.expectedOrders.values),
        (found.discountedOrders, known.discountedOrders.values),
      ].enumerated() {
        let (low, high) = (try #require(estimates.low), try #require(estimates.high))
        let hits = values.indices.count { low[$0] <= values[$0] && values[$0] <= high[$0] }
        shares[place] += Double(hits) / Double(values.count) / Double(runs)
      }
      #expect(known.pAlive.low == nil && known.expectedOrders.high == nil)
    }
    #expect((0.89...0.99).contains(Double(within) / Double(parameters)), "\(within) of \(parameters)")
    for share in shares { #expect((0.88...0.995).contains(share), "\(shares)") }
  }

  @Test("orders and survival come as foretold", arguments: OrderModel.continuous)
  func coverage(model: OrderModel) throws {
    let customers = Self.customers(model, 30_000, 99)
    let forecast = try OrderForecast(
      model: model, fit: model.fit(customers.purchases), purchases: customers.purchases,
      horizon: Self.horizon, discount: 0.1)
    let count = Double(customers.later.count)
    // All together, and by how many orders were expected.
    for range in [0..<1000.0, 0..<0.05, 0.05..<0.5, 0.5..<2, 2..<1000] {
      let members = customers.later.indices.filter { range.contains(forecast.expectedOrders.values[$0]) }
      let gaps = members.map { Double(customers.later[$0]) - forecast.expectedOrders.values[$0] }
      let spread = gaps.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(members.count > 500 && gaps.reduce(0, +).magnitude < 4 * spread, "\(range)")
    }
    for range in [0..<0.2, 0.2..<0.5, 0.5..<0.8, 0.8..<1.0] {
      let members = customers.later.indices.filter { range.contains(forecast.pAlive.values[$0]) }
      let gaps = members.map { (customers.isAlive[$0] ? 1 : 0) - forecast.pAlive.values[$0] }
      let spread = gaps.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(members.count > 100 && gaps.reduce(0, +).magnitude < 4 * spread, "\(range)")
    }
    // Orders are whole numbers: each end leaves out at most the 2.5 % it promises, and the next number
    // inwards would leave out more.
    func share(_ condition: (_ later: Int32, _ fewest: Int32, _ most: Int32) -> Bool) -> Double {
      let hits = customers.later.indices.count {
        condition(Int32(customers.later[$0]), forecast.fewestOrders[$0], forecast.mostOrders[$0])
      }
      return Double(hits) / count
    }
    let chance = 4 * (0.025 / count).squareRoot()
    #expect(share { later, _, most in later > most } < 0.025 + chance)
    #expect(share { later, fewest, _ in later < fewest } < 0.025 + chance)
    #expect(share { later, fewest, _ in later <= fewest } > 0.025 - chance)
    let some = Double(forecast.mostOrders.count { $0 > 0 }) / count
    #expect(some > 0.3 && share { later, _, most in most > 0 && later >= most } > some * 0.025 - chance)
  }

  @Test("probabilities of orders sum to one, their mean is the expectation", arguments: OrderModel.continuous)
  func distribution(model: OrderModel) {
    for within in [0.5, 12, 200] {
      let probabilities = (0..<4000).map { count in
        model == .bgnbd
          ? Self.bgnbd.probability(of: count, within: within)
          : Self.paretonbd.probability(of: count, within: within)
      }
      let mean = probabilities.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
      let expected =
        model == .bgnbd
        ? Self.bgnbd.expectedOrders(within: within) : Self.paretonbd.expectedOrders(within: within)
      #expect((probabilities.reduce(0, +) - 1).magnitude < 1e-9)
      #expect(isNear(mean, expected, 1e-8))
      let question = Outlook.Question(horizon: within, rate: 0.01, leastTail: 1e-3)
      let outlook =
        model == .bgnbd ? Self.bgnbd.outlook(question) : Self.paretonbd.outlook(question)
      var rest = 1.0
      for (count, tail) in outlook.tails.enumerated() {
        rest -= probabilities[count]
        #expect((tail - rest).magnitude < 1e-9)
      }
      #expect(outlook.tails.last! <= 1e-3 && isNear(outlook.expected, expected, 1e-12))
      #expect(
        outlook.discounted < outlook.expected
          && outlook.discounted > outlook.expected * Elementary.exp(-0.01 * within))
    }
  }

  @Test("discounting is that of summing over short stretches", arguments: [0.002, 0.02])
  func discounting(rate: Double) {
    let rule = GaussLegendre(8)
    for (alpha, horizon) in [(4.4, 52.0), (40, 52), (0.5, 52), (4.4, 520)] {
      let bgnbd = BGNBD(r: 0.9, alpha: alpha, a: 0.8, b: 2.4)
      let paretonbd = ParetoNBD(r: 0.9, alpha: alpha, s: 0.6, beta: 2 * alpha)
      for (outlook, expected) in [
        (bgnbd.outlook, bgnbd.expectedOrders(within:)),
        (paretonbd.outlook, paretonbd.expectedOrders(within:)),
      ] {
        let found = outlook(Outlook.Question(horizon: horizon, rate: rate, leastTail: 1))
        // By parts, over stretches that double.
        var sum = Elementary.exp(-rate * horizon) * expected(horizon)
        var (start, length) = (0.0, alpha / 8)
        while start < horizon {
          let end = min(horizon, start + length)
          for (node, weight) in zip(rule.nodes, rule.weights) {
            let time = start + node * (end - start)
            sum += rate * (end - start) * weight * Elementary.exp(-rate * time) * expected(time)
          }
          (start, length) = (end, 1.5 * length)
        }
        #expect(isNear(found.discounted, sum, 1e-9), "\(alpha), \(horizon): \(found.discounted / sum - 1)")
        #expect(isNear(found.expected, expected(horizon), 1e-12))
      }
    }
  }
}
