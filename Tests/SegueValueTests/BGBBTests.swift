import SegueCore
import SegueTestSupport
import SegueValue
import Testing

/// Donors by repeat donations and year of the last one, 1996 to 2001.
enum Donations {
  static let file = "data/donations.csv"

  static func counts() throws -> OpportunityCounts {
    let rows = try SharedFolder.table(file).map { $0.map { Int32($0)! } }
    return OpportunityCounts(
      frequency: rows.map { $0[0] }, recency: rows.map { $0[1] }, opportunities: rows.map { $0[2] },
      customers: rows.map { Double($0[3]) })
  }
}

func isClose(_ value: Double, _ expected: Double, relative: Double) -> Bool {
  abs(value - expected) <= relative * abs(expected)
}

@Suite("BG/BB at given parameters")
struct BGBBTests {
  struct Reference: Decodable {
    struct Model: Decodable {
      struct Row: Decodable {
        var x, t_x, n: Int
        var loglik, p_alive_n_plus_1, expected_next_5: Double
      }

      var params_alpha_beta_gamma_delta: [Double]
      var rows: [Row]
      var expected_new_customer: [String: Double]
    }

    var bgbb: Model
    static let file = "reference/btyd_functions_fixed_params.json"
  }

  let published = BGBB(alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783)

  @Test(
    "likelihood, P(alive) and expected purchases agree with 40-digit arithmetic",
    .enabled(if: SharedFolder.has(Reference.file)))
  func fixedParameters() throws {
    let reference = try SharedFolder.json(Reference.file, as: Reference.self).bgbb
    let given = reference.params_alpha_beta_gamma_delta
    let model = BGBB(alpha: given[0], beta: given[1], gamma: given[2], delta: given[3])
    for row in reference.rows {
      let (x, t, n) = (row.x, row.t_x, row.n)
      #expect(isClose(model.logLikelihood(x: x, t: t, n: n), row.loglik, relative: 1e-11))
      #expect(isClose(model.probabilityAlive(x: x, t: t, n: n), row.p_alive_n_plus_1, relative: 1e-11))
      let expected = model.expectedPurchases(x: x, t: t, n: n, next: 5)
      #expect(isClose(expected, row.expected_next_5, relative: 1e-11))
    }
    for (next, value) in reference.expected_new_customer {
      #expect(isClose(model.expectedPurchases(next: Int(next)!), value, relative: 1e-11))
    }
  }

  @Test("who bought at the last opportunity is active at it, and less likely so at each one after")
  func alive() {
    #expect(abs(published.probabilityAlive(x: 3, t: 6, n: 6, ahead: 0) - 1) < 1e-14)
    for (x, t) in [(0, 0), (2, 4), (6, 6)] {
      let chances = (0...10).map { published.probabilityAlive(x: x, t: t, n: 6, ahead: $0) }
      for (sooner, later) in zip(chances, chances.dropFirst()) { #expect(later < sooner) }
    }
  }

  @Test("the distribution of purchases sums to one and has the expected number as its mean")
  func distribution() {
    for (x, t, n, next) in [(0, 0, 0, 6), (0, 0, 6, 5), (2, 4, 6, 10), (6, 6, 6, 1), (40, 90, 120, 52)] {
      let chances = published.distribution(x: x, t: t, n: n, next: next)
      #expect(chances.count == next + 1)
      #expect(abs(chances.reduce(0, +) - 1) < 1e-12)
      let mean = chances.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
      let expected = published.expectedPurchases(x: x, t: t, n: n, next: next)
      #expect(isClose(mean, expected, relative: 1e-10))
    }
  }

  @Test("the likelihoods of all histories of a length sum to one")
  func likelihoodsSumToOne() {
    // A history (x, t) stands for the orders in which x − 1 earlier purchases fall before the last one.
    func choose(_ n: Int, _ k: Int) -> Double {
      (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    var total = Double.zero
    let n = 9
    for t in 0...n {
      for x in (t == 0 ? 0 : 1)...max(t, 0) {
        let logs = published.logLikelihood(x: x, t: t, n: n)
        total += (t == 0 ? 1 : choose(t - 1, x - 1)) * Elementary.exp(logs)
      }
    }
    #expect(abs(total - 1) < 1e-12)
  }

  @Test("γ = 1, where the published formula divides by zero, continues its neighbours")
  func gammaOne() {
    let values = [1 - 1e-7, 1, 1 + 1e-7].map {
      BGBB(alpha: 1.2, beta: 0.75, gamma: $0, delta: 2.8).expectedPurchases(x: 2, t: 4, n: 6, next: 5)
    }
    #expect(abs(values[1] - (values[0] + values[2]) / 2) < 1e-10)
  }

  @Test("a discount lowers the expectation, and one opportunity is discounted once")
  func discount() {
    let plain = published.expectedPurchases(x: 2, t: 4, n: 6, next: 1)
    #expect(
      isClose(
        published.expectedPurchases(x: 2, t: 4, n: 6, next: 1, discount: 0.1), plain / 1.1, relative: 1e-12))
    let rates = [0, 0.01, 0.1, 0.5].map {
      published.expectedPurchases(x: 2, t: 4, n: 6, next: 12, discount: $0)
    }
    for (lower, higher) in zip(rates, rates.dropFirst()) { #expect(higher < lower) }
  }

  @Test("long histories neither overflow nor underflow", arguments: [1e-6, 1, 1e6])
  func extremes(scale: Double) {
    let model = BGBB(alpha: 0.5 * scale, beta: 2 * scale, gamma: 0.3 * scale, delta: 5 * scale)
    for (x, t, n) in [(0, 0, 5_000), (1, 1, 5_000), (5_000, 5_000, 5_000), (2_000, 4_000, 5_000)] {
      #expect(model.logLikelihood(x: x, t: t, n: n).isFinite)
      #expect((0...1).contains(model.probabilityAlive(x: x, t: t, n: n)))
      let expected = model.expectedPurchases(x: x, t: t, n: n, next: 10)
      #expect((0...10).contains(expected))
    }
  }
}
