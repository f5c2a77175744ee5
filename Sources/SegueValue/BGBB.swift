internal import SegueCore

/// Buying or not at each of a row of opportunities, until the customer quietly leaves (BG/BB).
///
/// While active, a customer uses each opportunity with a probability that is beta-distributed over
/// customers (α, β); before each opportunity the customer leaves for good with a probability that is
/// beta-distributed too (γ, δ). Fader, Hardie & Shang 2010, doi:10.1287/mksc.1100.0580.
public struct BGBB: Sendable {
  public let alpha: Double
  public let beta: Double
  public let gamma: Double
  public let delta: Double

  /// - Precondition: all four are positive and finite.
  public init(alpha: Double, beta: Double, gamma: Double, delta: Double) {
    precondition(
      [alpha, beta, gamma, delta].allSatisfy { $0 > 0 && $0.isFinite }, "parameters of BG/BB are positive")
    self.alpha = alpha
    self.beta = beta
    self.gamma = gamma
    self.delta = delta
  }

  /// Log-likelihood of one customer's history: x purchases, the last at opportunity `t`, out of `n`.
  public func logLikelihood(x: Int, t: Int, n: Int) -> Double {
    BGBBTerms(self, upTo: n).logLikelihood(x: x, t: t, n: n).value
  }

  /// Probability that a customer with this history is still active at opportunity n + `ahead`.
  ///
  /// The paper and most tools give it for the next opportunity, `ahead` 1.
  public func probabilityAlive(x: Int, t: Int, n: Int, ahead: Int = 1) -> Double {
    BGBBTerms(self, upTo: n + ahead).alive(x: x, t: t, n: n, ahead: ahead).probability
  }

  /// Purchases expected of a customer with this history in the next `next` opportunities.
  ///
  /// - Parameter discount: rate per opportunity: a purchase k opportunities on counts (1 + discount)⁻ᵏ.
  /// - Complexity: O(n + next).
  public func expectedPurchases(x: Int, t: Int, n: Int, next: Int, discount: Double = 0) -> Double {
    let terms = BGBBTerms(self, upTo: n + next)
    return terms.expected(x: x, t: t, n: n, terms.survival(n: n, next: next, discount: discount)).value
  }

  /// Purchases expected of a new customer in the first `next` opportunities.
  public func expectedPurchases(next: Int) -> Double {
    expectedPurchases(x: 0, t: 0, n: 0, next: next)
  }

  /// Probabilities that a new customer uses 0, 1, …, `n` of the first `n` opportunities.
  public func distribution(n: Int) -> [Double] {
    BGBBTerms(self, upTo: n).distribution(x: 0, t: 0, n: 0, next: n)
  }

  /// Probabilities that a customer with this history uses 0, 1, …, `next` of the next opportunities.
  ///
  /// - Complexity: O(n + next²).
  public func distribution(x: Int, t: Int, n: Int, next: Int) -> [Double] {
    BGBBTerms(self, upTo: n + next).distribution(x: x, t: t, n: n, next: next)
  }
}
