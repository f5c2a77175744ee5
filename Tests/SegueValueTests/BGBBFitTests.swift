import SegueCore
import SegueTestSupport
import SegueValue
import Testing

@Suite("BG/BB fitted", .enabled(if: SharedFolder.has(Donations.file)))
struct BGBBFitTests {
  struct Reference: Decodable {
    struct Model: Decodable {
      struct Row: Decodable { var p_alive_n_plus_1, expected_next_5: Double }

      var params, standard_errors: [String: Double]
      var ll, sum_over_donors_expected_next_5: Double
      var rows_lifetimes: [Row]
      var expected: [Double]

      enum CodingKeys: String, CodingKey {
        case params, standard_errors, ll, sum_over_donors_expected_next_5, rows_lifetimes
        case expected = "expected_donors_by_frequency_0..6"
      }
    }

    var bgbb: Model
    static let file = "reference/btyd_recomputed.json"
  }

  @Test("donors: parameters, errors, likelihood and every row as recomputed and published")
  func donations() throws {
    let counts = try Donations.counts()
    let reference = try SharedFolder.json(Reference.file, as: Reference.self).bgbb
    let fitted = try BGBBFit(counts)
    #expect(fitted.fit.isConverged)
    #expect(fitted.fit.customers == 11_104)
    #expect(fitted.fit.remarks.isEmpty)
    for (name, value) in reference.params {
      #expect(isClose(fitted.fit[name]!, value, relative: 1e-5))
    }
    for parameter in fitted.fit.parameters {
      let error = try #require(parameter.standardError)
      #expect(isClose(error, reference.standard_errors[parameter.name]!, relative: 1e-4))
    }
    #expect(abs(fitted.fit.logLikelihood - reference.ll) < 1e-6)
    // Fader, Hardie & Shang 2010.
    for (name, value) in [("alpha", 1.204), ("beta", 0.75), ("gamma", 0.657), ("delta", 2.783)] {
      #expect(abs(fitted.fit[name]! - value) < 0.0006)
    }
    let forecast = fitted.forecast(counts, next: 5, discount: 0)
    for (index, row) in reference.rows_lifetimes.enumerated() {
      #expect(isClose(forecast.pAlive.values[index], row.p_alive_n_plus_1, relative: 1e-4))
      #expect(isClose(forecast.expectedOrders.values[index], row.expected_next_5, relative: 1e-4))
    }
    let total = zip(forecast.expectedOrders.values, counts.customers).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(isClose(total, reference.sum_over_donors_expected_next_5, relative: 1e-5))
    #expect(abs(total - 12_884.2) < 0.1)
    let inSample = fitted.inSample(counts)
    for (index, value) in reference.expected.enumerated() {
      #expect(isClose(inSample.expected[index], value, relative: 1e-4))
    }
    #expect(inSample.actual == [3_464, 1_823, 1_430, 1_085, 1_036, 1_063, 1_203])
    #expect(abs(inSample.expected[0] - 3_454.9) < 0.1)
    #expect(abs(inSample.expected[6] - 1_253.1) < 0.1)
  }

  @Test("donors: expected donations by frequency as in the vignette of BTYD")
  func byFrequency() throws {
    let counts = try Donations.counts()
    let forecast = try BGBBFit(counts).forecast(counts, next: 5, discount: 0)
    let published = [0.07286318, 0.3248841, 0.7089417, 1.333666, 2.031203, 2.784482, 3.7525]
    for (x, expected) in published.enumerated() {
      let rows = counts.frequency.indices.filter { counts.frequency[$0] == Int32(x) }
      let donors = rows.reduce(0) { $0 + counts.customers[$1] }
      let total = rows.reduce(0) { $0 + counts.customers[$1] * forecast.expectedOrders.values[$1] }
      #expect(isClose(total / donors, expected, relative: 1e-4))
    }
    let model = try BGBBFit(counts).model
    #expect(isClose(model.expectedPurchases(next: 10), 3.179805, relative: 2e-4))
    #expect(isClose(model.expectedPurchases(x: 0, t: 0, n: 6, next: 10), 0.1302169, relative: 2e-4))
    #expect(isClose(model.expectedPurchases(x: 4, t: 5, n: 6, next: 10), 3.627858, relative: 2e-4))
    #expect(abs(model.probabilityAlive(x: 2, t: 4, n: 6) - 0.59) < 0.005)
  }

  @Test("counts of equal histories and the histories themselves give the same fit")
  func countsAreDuplicates() throws {
    let once = OpportunityCounts(
      frequency: [0, 1, 2, 3, 1], recency: [0, 2, 4, 6, 6], opportunities: [6, 6, 6, 6, 6],
      customers: [30, 8, 5, 4, 6])
    let rows = once.customers.indices.flatMap { [Int](repeating: $0, count: Int(once.customers[$0])) }
    let each = OpportunityCounts(
      frequency: rows.map { once.frequency[$0] }.reversed(),
      recency: rows.map { once.recency[$0] }.reversed(),
      opportunities: rows.map { once.opportunities[$0] })
    #expect(try BGBBFit(once).fit == BGBBFit(each).fit)
  }

  @Test("intervals hold the figure, and prediction limits hold most of the distribution")
  func intervals() throws {
    let counts = try Donations.counts()
    let fitted = try BGBBFit(counts)
    let forecast = fitted.forecast(counts, next: 5, discount: 0.1)
    for index in 0..<counts.count {
      for figure in [forecast.pAlive, forecast.expectedOrders, forecast.discountedOrders] {
        #expect(figure.low![index] < figure.values[index])
        #expect(figure.values[index] < figure.high![index])
      }
      #expect(forecast.pAlive.high![index] < 1)
      #expect(forecast.discountedOrders.values[index] < forecast.expectedOrders.values[index])
      let chances = fitted.model.distribution(
        x: Int(counts.frequency[index]), t: Int(counts.recency[index]), n: 6, next: 5)
      let (few, most) = (Int(forecast.fewestOrders[index]), Int(forecast.mostOrders[index]))
      #expect(chances[few...most].reduce(0, +) >= 0.95)
      #expect(chances[..<few].reduce(0, +) < 0.025)
      #expect(chances[(most + 1)...].reduce(0, +) <= 0.025)
    }
  }

  @Test("histories that cannot be are refused in words")
  func impossible() {
    let cases: [(OpportunityCounts, String)] = [
      (.init(frequency: [3], recency: [2], opportunities: [6]), "value.history"),
      (.init(frequency: [1], recency: [7], opportunities: [6]), "value.history"),
      (.init(frequency: [0], recency: [2], opportunities: [6]), "value.history"),
      (.init(frequency: [1], recency: [1], opportunities: [6], customers: [-1]), "value.history"),
      (.init(frequency: [0, 0], recency: [0, 0], opportunities: [6, 5]), "value.tooFew"),
      (.init(frequency: [], recency: [], opportunities: []), "value.tooFew"),
    ]
    for (counts, code) in cases {
      let error = #expect(throws: SegueError.self) { try BGBBFit(counts) }
      #expect(error?.diagnostics.map(\.code) == [code])
    }
  }
}

@Suite("BG/BB on simulated customers")
struct BGBBSimulationTests {
  @Test(
    "simulated purchases give back their parameters within their errors",
    arguments: (1...10).map { UInt64($0) })
  func recovers(seed: UInt64) throws {
    let fitted = try BGBBFit(SimulatedDonors(customers: 3_000, periods: 11, seed: seed).counts)
    #expect(fitted.fit.isConverged)
    for (parameter, truth) in zip(fitted.fit.parameters, SimulatedDonors.truth) {
      let error = try #require(parameter.standardError)
      // Errors hold for logarithms, which are what is nearly normal.
      #expect(abs(Elementary.log(parameter.value / truth)) < 4 * error / parameter.value)
    }
  }

  @Test("customers who never leave have no peak, and say so")
  func noDropout() throws {
    var generator = Seed(1).generator(for: .testData)
    var (frequency, recency) = ([Int32](), [Int32]())
    for _ in 0..<300 {
      let p = generator.beta(2, 2)
      let used = (1...12).filter { _ in generator.unit() < p }
      frequency.append(Int32(used.count))
      recency.append(Int32(used.last ?? 0))
    }
    let counts = OpportunityCounts(
      frequency: frequency, recency: recency, opportunities: frequency.map { _ in 12 })
    let fitted = try BGBBFit(counts)
    let forecast = fitted.forecast(counts, next: 6, discount: 0)
    #expect(fitted.fit.logLikelihood.isFinite)
    #expect(forecast.expectedOrders.values.allSatisfy { (0...6).contains($0) })
    if !fitted.fit.isConverged {
      #expect(!fitted.fit.remarks.isEmpty)
      #expect(forecast.expectedOrders.low == nil)
    }
    #expect(fitted.fit.isConverged == (forecast.expectedOrders.low != nil))
  }
}
