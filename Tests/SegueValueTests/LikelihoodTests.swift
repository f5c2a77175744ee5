import SegueCore
import SegueTestSupport
import SegueValue
import Testing

@Suite("Likelihoods over groups")
struct LikelihoodTests {
  /// Customers of mixed histories; times in days, so that many share one.
  static func customers(_ count: Int, _ random: inout RandomGenerator) -> RepeatPurchases {
    var purchases = RepeatPurchases(frequency: [], btydRecency: [], age: [])
    for _ in 0..<count {
      let days = random.index(below: 60)
      let x = days == 0 ? 0 : random.index(below: random.index(below: 5) == 0 ? 200 : 4)
      purchases.frequency.append(Int32(x))
      purchases.btydRecency.append(x == 0 ? 0 : Double(1 + random.index(below: days)) / 7)
      purchases.age.append(Double(days) / 7)
    }
    return purchases
  }

  static func theta(_ random: inout RandomGenerator) -> [Double] {
    (0..<4).map { _ in 1.5 * random.normal() }
  }

  typealias Function = ([Double]) -> (value: Double, gradient: [Double])

  private static func functions(_ states: PurchaseStates) -> [(name: String, count: Int, function: Function)]
  {
    [
      ("BG/NBD", 4, BGNBDLikelihood(states).callAsFunction),
      ("Pareto/NBD", 4, ParetoNBDLikelihood(states).callAsFunction),
      ("NBD", 2, NBDLikelihood(states).callAsFunction),
    ]
  }

  @Test("a group counts as its customers one by one", arguments: (0..<10).map { Seed($0) })
  func grouped(seed: Seed) throws {
    var random = seed.generator(for: .testData)
    let purchases = Self.customers(3000, &random)
    let states = try PurchaseStates(purchases)
    #expect(states.states.count < 2500)
    #expect(states.states.reduce(0) { $0 + $1.weight } == 3000)
    let areThemselves = (0..<purchases.count).allSatisfy { index in
      let state = states.states[Int(states.ofCustomer[index])]
      return states.frequencies[Int(state.frequency)] == Double(purchases.frequency[index])
        && states.recencies[Int(state.recency)] == purchases.btydRecency[index]
        && states.ages[Int(state.age)] == purchases.age[index]
        && states.pairs[Int(state.pair)].states.contains(states.ofCustomer[index])
    }
    #expect(areThemselves)
    let theta = Self.theta(&random)
    let bgnbd = BGNBD(theta)
    let paretonbd = ParetoNBD(theta)
    var (one, other) = (0.0, 0.0)
    for index in 0..<purchases.count {
      let (x, last, age) = (
        Int(purchases.frequency[index]), purchases.btydRecency[index], purchases.age[index]
      )
      one += bgnbd.logLikelihood(x, btydRecency: last, age: age)
      other += paretonbd.logLikelihood(x, btydRecency: last, age: age)
    }
    #expect(isNear(BGNBDLikelihood(states)(theta).value, one, 1e-12))
    #expect(isNear(ParetoNBDLikelihood(states)(theta).value, other, 1e-12))
  }

  @Test("gradients are the slopes of values", arguments: (0..<30).map { Seed($0) })
  func gradients(seed: Seed) throws {
    var random = seed.generator(for: .testData)
    let states = try PurchaseStates(Self.customers(60, &random))
    for (name, count, function) in Self.functions(states) {
      let theta = Array(Self.theta(&random).prefix(count))
      let gradient = function(theta).gradient
      let scale = gradient.reduce(1) { max($0, $1.magnitude) }
      for place in 0..<count {
        let slope = difference(theta, place) { function($0).value }
        #expect((gradient[place] - slope).magnitude <= 2e-8 * scale, "\(name), parameter \(place), \(theta)")
      }
    }
  }

  @Test("slopes of P(alive) and of orders ahead are those of values", arguments: (0..<30).map { Seed($0) })
  func slopes(seed: Seed) throws {
    var random = seed.generator(for: .testData)
    let theta = Self.theta(&random)
    let x = Double(1 + random.index(below: 40))
    let last = 0.1 + 50 * random.unit()
    let age = last + 30 * random.unit() * random.unit()
    let question = Outlook.Question(horizon: 60 * random.unit(), rate: 0.01, leastTail: 1)
    func odds(_ theta: [Double]) -> [LogOdds] {
      var dropout = ParetoDropout(ParetoNBD(theta), x)
      return [
        BGNBD(theta).logOddsSlopes(x, last, age),
        dropout.logOdds(dropout.tail(last), dropout.tail(age), last, age),
      ]
    }
    func outlooks(_ theta: [Double]) -> [Outlook] {
      [
        BGNBD(theta).ahead(x, age: age).outlook(question),
        ParetoNBD(theta).ahead(x, age: age).outlook(question),
      ]
    }
    for model in 0..<2 {
      for place in 0..<4 {
        let value = Elementary.exp(theta[place])
        let pairs = [
          (odds(theta)[model].slopes[place], difference(theta, place) { odds($0)[model].value }),
          (
            outlooks(theta)[model].expectedSlopes[place] * value,
            difference(theta, place) { outlooks($0)[model].expected }
          ),
          (
            outlooks(theta)[model].discountedSlopes[place] * value,
            difference(theta, place) { outlooks($0)[model].discounted }
          ),
        ]
        for (what, pair) in pairs.enumerated() {
          let scale = max(1, outlooks(theta)[model].expected, pair.0.magnitude)
          #expect(
            (pair.0 - pair.1).magnitude <= 1e-7 * scale, "\(model), \(what), parameter \(place), \(theta)")
        }
      }
    }
  }

  private func difference(_ theta: [Double], _ place: Int, _ function: ([Double]) -> Double) -> Double {
    let width = 1e-3
    return [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)].reduce(0) { sum, point in
      var moved = theta
      moved[place] += point.0 * width
      return sum + point.1 / (12 * width) * function(moved)
    }
  }

  @Test("nothing overflows or turns NaN, however far parameters go", arguments: (0..<40).map { Seed($0) })
  func extremes(seed: Seed) throws {
    var random = seed.generator(for: .testData)
    let states = try PurchaseStates(
      RepeatPurchases(
        frequency: [0, 0, 1, 3, 500, 2, 100_000], btydRecency: [0, 0, 0.01, 5, 103.9, 1e-6, 700],
        age: [0, 104, 200, 5, 104, 5000, 728]))
    for (name, count, function) in Self.functions(states) {
      var theta = (0..<count).map { _ in 30 * random.unit() - 15 }
      if name == "Pareto/NBD" { theta[3] = theta[1] + 24 * random.unit() - 12 }
      let (value, gradient) = function(theta)
      #expect(value.isFinite && gradient.allSatisfy(\.isFinite), "\(name), \(theta)")
    }
  }

  @Test("where Pareto/NBD takes too long to compute it has no value")
  func farApart() throws {
    let states = try PurchaseStates(
      RepeatPurchases(frequency: [0, 2], btydRecency: [0, 3], age: [9, 9]))
    #expect(ParetoNBDLikelihood(states)([0, -7, 0, 7]).value.isNaN)
    #expect(ParetoNBDLikelihood(states)([0, -5, 0, 6]).value.isFinite)
  }
}
