internal import SegueCore
internal import SegueNumerics

/// Orders as a Poisson process that may end at any time (Schmittlein, Morrison & Colombo 1987,
/// doi:10.1287/mnsc.33.1.1; Fader & Hardie 2005, brucehardie.com/notes/009).
///
/// Rates are spread over customers as Gamma(r, alpha), rates of dropout as Gamma(s, beta). A history is the
/// count x of repeat order days, the age t_x at the last of them and the age T, in the unit of the fit.
/// Given that a customer still buys, the rest is a new customer of r + x, alpha + T, s, beta + T.
public struct ParetoNBD: Sendable, Hashable {
  public var r: Double
  public var alpha: Double
  public var s: Double
  public var beta: Double

  /// - Parameters: all positive.
  public init(r: Double, alpha: Double, s: Double, beta: Double) {
    (self.r, self.alpha, self.s, self.beta) = (r, alpha, s, beta)
  }

  /// The model that was fitted; nil if it is another one.
  public init?(_ fit: ModelFit) {
    guard let r = fit["r"], let alpha = fit["alpha"], let s = fit["s"], let beta = fit["beta"] else {
      return nil
    }
    self.init(r: r, alpha: alpha, s: s, beta: beta)
  }

  /// ln of the likelihood of one history.
  public func logLikelihood(_ x: Int, btydRecency: Double, age: Double) -> Double {
    let n = Double(x)
    return Special.logRising(r, n) - n * Elementary.log(alpha) - (r + n) * Elementary.log1p(age / alpha)
      - s * Elementary.log1p(age / beta)
      + Special.softplus(-logOdds(x, btydRecency: btydRecency, age: age))
  }

  /// Probability that the customer still buys.
  public func pAlive(_ x: Int, btydRecency: Double, age: Double) -> Double {
    Special.logistic(logOdds(x, btydRecency: btydRecency, age: age))
  }

  /// ln of P(alive) over its complement; infinite where the last order lies at the end of observation.
  func logOdds(_ x: Int, btydRecency: Double, age: Double) -> Double {
    var dropout = ParetoDropout(self, Double(x))
    return -dropout.logOdds(dropout.tail(btydRecency), dropout.tail(age), btydRecency, age).value
  }

  /// Orders expected within `time` after the end of observation.
  public func expectedOrders(within time: Double, _ x: Int, btydRecency: Double, age: Double) -> Double {
    pAlive(x, btydRecency: btydRecency, age: age)
      * ahead(Double(x), age: age).expectedOrders(within: time)
  }

  /// Orders expected ever after, each discounted to the end of observation (DERT; Fader, Hardie & Lee 2005,
  /// doi:10.1509/jmkr.2005.42.4.415).
  ///
  /// - Parameter rate: of continuous discounting per unit of time, positive.
  public func discountedOrders(
    atRate rate: Double, _ x: Int, btydRecency: Double, age: Double
  ) -> Double {
    pAlive(x, btydRecency: btydRecency, age: age) * ahead(Double(x), age: age).discountedOrders(atRate: rate)
  }

  /// What customers who still buy are from here on.
  package func ahead(_ x: Double, age: Double) -> ParetoNBD {
    ParetoNBD(r: r + x, alpha: alpha + age, s: s, beta: beta + age)
  }
}
