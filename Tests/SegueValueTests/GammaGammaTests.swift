import SegueCore
import SegueTestSupport
import SegueValue
import Testing

@Suite("Gamma–Gamma")
struct GammaGammaTests {
  struct Fixed: Decodable {
    struct Model: Decodable {
      struct Row: Decodable { var x: Int, mean_spend, value: Double }

      var params_p_q_v: [Double]
      var expected_mean_value: [Row]
    }

    var gamma_gamma: Model
    static let file = "reference/btyd_functions_fixed_params.json"
  }

  struct Recomputed: Decodable {
    struct Fit: Decodable { var params, standard_errors: [String: Double], ll: Double }
    struct Models: Decodable { var gamma_gamma: Fit }
    struct Customer: Decodable { var expected_mean_spend: Double }

    var mle_exact_log, mle_rounded_summary: Models
    var customers_rounded_summary_lifetimes: [String: Customer]
    static let file = "reference/btyd_recomputed.json"
  }

  @Test("conditional means agree with 40-digit arithmetic", .enabled(if: SharedFolder.has(Fixed.file)))
  func fixedParameters() throws {
    let reference = try SharedFolder.json(Fixed.file, as: Fixed.self).gamma_gamma
    let given = reference.params_p_q_v
    let model = GammaGamma(p: given[0], q: given[1], v: given[2])
    for row in reference.expected_mean_value {
      let value = try #require(model.expectedMean(x: row.x, mean: row.mean_spend))
      #expect(isClose(value, row.value, relative: 1e-12))
    }
  }

  @Test(
    "CDNOW: parameters, errors and likelihood as recomputed and published, from the log and from the summary",
    .enabled(if: SharedFolder.has(Recomputed.file)), arguments: [true, false])
  func cdnow(fromLog: Bool) throws {
    let reference = try SharedFolder.json(Recomputed.file, as: Recomputed.self)
    let expected = (fromLog ? reference.mle_exact_log : reference.mle_rounded_summary).gamma_gamma
    let (purchases, spend) = try fromLog ? CDNowLog.calibration() : CDNowSummary.calibration()
    let fitted = try GammaGammaFit(purchases, spend)
    #expect(fitted.fit.isConverged)
    #expect(fitted.fit.customers == 946)
    #expect(fitted.fit.remarks.isEmpty)
    #expect(abs(fitted.fit.logLikelihood - expected.ll) < 1e-6)
    for parameter in fitted.fit.parameters {
      #expect(isClose(parameter.value, expected.params[parameter.name]!, relative: 1e-5))
      let error = try #require(parameter.standardError)
      #expect(isClose(error, expected.standard_errors[parameter.name]!, relative: 1e-4))
    }
    // Fader & Hardie 2013.
    for (name, value) in [("p", 6.25), ("q", 3.74), ("v", 15.44)] {
      #expect(abs(fitted.fit[name]! - value) < 0.011)
    }
  }

  @Test(
    "CDNOW: expected mean spend of single customers and of all",
    .enabled(if: SharedFolder.has(Recomputed.file)))
  func cdnowCustomers() throws {
    let reference = try SharedFolder.json(Recomputed.file, as: Recomputed.self)
    let (purchases, spend) = try CDNowSummary.calibration()
    let fitted = try GammaGammaFit(purchases, spend)
    let means = try #require(fitted.expectedMeans(purchases, spend))
    for (id, customer) in reference.customers_rounded_summary_lifetimes {
      #expect(isClose(means.values[Int(id)! - 1], customer.expected_mean_spend, relative: 1e-6))
    }
    // Hardie's note, and the documentation of lifetimes.
    let first = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    for (value, published) in zip(means.values, first) { #expect(abs(value - published) < 0.01) }
    #expect(abs(means.values.reduce(0, +) / 2_357 - 35.2529588256) < 1e-5)
    #expect(abs(try #require(fitted.correlation) - 0.113884) < 1e-6)
    for index in 0..<2_357 {
      #expect(means.low![index] < means.values[index] && means.values[index] < means.high![index])
    }
  }

  @Test("the interval of a mean is that of a resampled fit")
  func intervalAgainstBootstrap() throws {
    let (purchases, spend) = try CDNowLog.calibration()
    let fitted = try GammaGammaFit(purchases, spend)
    let means = try #require(fitted.expectedMeans(purchases, spend))
    var generator = Seed(20).generator(for: .testData)
    var logs: [[Double]] = [[], [], []]
    let watched = [0, 2, 1_515]  // two repeat orders, none, 26
    for _ in 0..<60 {
      var weights = [Double](repeating: 0, count: purchases.count)
      for _ in weights.indices { weights[generator.index(below: weights.count)] += 1 }
      let model = try GammaGammaFit(purchases, spend, customers: weights).model
      for (place, index) in watched.enumerated() {
        let x = Int(purchases.frequency[index])
        logs[place].append(Elementary.log(model.expectedMean(x: x, mean: spend.mean[index])!))
      }
    }
    for (place, index) in watched.enumerated() {
      let mean = logs[place].reduce(0, +) / 60
      let variance = logs[place].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59
      let width = Elementary.log(means.high![index] / means.low![index]) / (2 * 1.96)
      #expect((0.6...1.6).contains(width / variance.squareRoot()))
    }
  }

  @Test("customers given as weights and customers repeated give the same model")
  func weightsAreDuplicates() throws {
    let (purchases, spend) = SimulatedSpend(customers: 60, seed: 3).data
    let weights = (0..<60).map { Double($0 % 4) }
    let rows = (0..<60).flatMap { [Int](repeating: $0, count: $0 % 4) }
    let weighted = try GammaGammaFit(purchases, spend, customers: weights)
    let repeated = try GammaGammaFit(
      RepeatPurchases(
        frequency: rows.map { purchases.frequency[$0] }, btydRecency: rows.map { _ in 1 },
        age: rows.map { _ in 2 }), RepeatSpend(mean: rows.map { spend.mean[$0] }))
    #expect(abs(weighted.fit.logLikelihood - repeated.fit.logLikelihood) < 1e-8)
    for (a, b) in zip(weighted.fit.parameters, repeated.fit.parameters) {
      #expect(isClose(a.value, b.value, relative: 1e-5))
    }
  }

  @Test("simulated spend gives back its parameters within their errors", arguments: (1...12).map { Seed($0) })
  func recovers(seed: Seed) throws {
    let simulated = SimulatedSpend(customers: 1_500, seed: seed.value)
    let fitted = try GammaGammaFit(simulated.data.purchases, simulated.data.spend)
    #expect(fitted.fit.isConverged)
    for (parameter, truth) in zip(
      fitted.fit.parameters, [SimulatedSpend.p, SimulatedSpend.q, SimulatedSpend.v])
    {
      let error = try #require(parameter.standardError)
      #expect(abs(parameter.value - truth) < 4 * error)
    }
  }

  @Test(
    "in another currency v and all means are that much larger and p and q the same",
    arguments: [1e-4, 0.37, 1e6])
  func currency(factor: Double) throws {
    let (purchases, spend) = SimulatedSpend(customers: 300, seed: 5).data
    let other = RepeatSpend(mean: spend.mean.map { $0 * factor })
    let (a, b) = (try GammaGammaFit(purchases, spend), try GammaGammaFit(purchases, other))
    #expect(isClose(b.model.p, a.model.p, relative: 1e-6))
    #expect(isClose(b.model.q, a.model.q, relative: 1e-6))
    #expect(isClose(b.model.v, a.model.v * factor, relative: 1e-6))
    let (means, others) = (a.expectedMeans(purchases, spend)!, b.expectedMeans(purchases, other)!)
    for index in 0..<300 {
      #expect(isClose(others.values[index], means.values[index] * factor, relative: 1e-6))
      #expect(isClose(others.high![index], means.high![index] * factor, relative: 1e-5))
    }
  }
}

/// Customers whose spend follows Gamma–Gamma.
struct SimulatedSpend {
  static let (p, q, v) = (4.0, 3.5, 20.0)
  let data: (purchases: RepeatPurchases, spend: RepeatSpend)

  init(customers: Int, seed: UInt64) {
    var generator = Seed(seed).generator(for: .testData)
    var (frequency, mean) = ([Int32](), [Double]())
    for _ in 0..<customers {
      let x = 1 + generator.index(below: 6)
      let scale = generator.gamma(shape: Self.q) / Self.v
      frequency.append(Int32(x))
      mean.append(generator.gamma(shape: Self.p * Double(x)) / (scale * Double(x)))
    }
    data = (
      RepeatPurchases(
        frequency: frequency, btydRecency: frequency.map { _ in 10 }, age: frequency.map { _ in 20 }),
      RepeatSpend(mean: mean)
    )
  }
}

extension RandomGenerator {
  /// Gamma of scale 1 (Marsaglia & Tsang 2000, doi:10.1145/358407.358414).
  mutating func gamma(shape: Double) -> Double {
    if shape < 1 {
      let power = Elementary.exp(Elementary.log(1 - unit()) / shape)
      return gamma(shape: shape + 1) * power
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if Elementary.log(1 - unit()) < 0.5 * x * x + d - d * v + d * Elementary.log(v) { return d * v }
    }
  }

  mutating func beta(_ a: Double, _ b: Double) -> Double {
    let (x, y) = (gamma(shape: a), gamma(shape: b))
    return x / (x + y)
  }
}
