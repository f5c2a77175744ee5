internal import SegueCore
internal import SegueNumerics

/// What customers spend per order, where orders scatter around a mean of each customer's own (Gamma–Gamma).
///
/// The value of an order is gamma-distributed with shape p around a scale of the customer's own, which is
/// inverse-gamma-distributed over customers with shape q and scale v, whatever the number of orders.
/// Fader & Hardie 2013, "The Gamma-Gamma model of monetary value" (note 025).
public struct GammaGamma: Sendable, Hashable {
  public let p: Double
  public let q: Double
  /// In units of money.
  public let v: Double

  /// - Precondition: all three are positive and finite.
  public init(p: Double, q: Double, v: Double) {
    precondition([p, q, v].allSatisfy { $0 > 0 && $0.isFinite }, "parameters of Gamma–Gamma are positive")
    self.p = p
    self.q = q
    self.v = v
  }

  /// Mean value of an order over all customers, p·v/(q − 1); nil where q ≤ 1, when it is not finite.
  public var populationMean: Double? { q > 1 ? p * v / (q - 1) : nil }

  /// Log-likelihood of one customer's mean over `x` orders (equation 1a of the note).
  public func logLikelihood(x: Int, mean: Double) -> Double {
    let (x, total) = (Double(x), Double(x) * mean)
    return Special.logRising(p * x, q) - Special.logGamma(q) - Elementary.log(mean)
      - p * x * Elementary.log1p(v / total) - q * Elementary.log1p(total / v)
  }

  /// Mean value expected of the orders of a customer whose `x` orders had this mean (equation 5 of the note).
  ///
  /// A weighted mean of the customer's own and the population's; without orders, the population's.
  /// - Returns: nil where it is not finite.
  public func expectedMean(x: Int, mean: Double) -> Double? {
    let shape = p * Double(x) + q - 1
    return shape > 0 ? p * (v + Double(x) * mean) / shape : nil
  }

  /// Derivatives of the logarithm of ``expectedMean(x:mean:)`` by ln p, ln q, ln v.
  func slopes(x: Int, mean: Double) -> [Double] {
    let shape = p * Double(x) + q - 1
    return [1 - p * Double(x) / shape, -q / shape, v / (v + Double(x) * mean)]
  }
}
