internal import SegueCore
internal import SegueNumerics

/// Orders as a Poisson process that may end after each repeat order (Fader, Hardie & Lee 2005,
/// doi:10.1287/mksc.1040.0098).
///
/// Rates are spread over customers as Gamma(r, alpha), the chance to stop after an order as Beta(a, b). A
/// history is the count x of repeat order days, the age t_x at the last of them and the age T, in the unit
/// of the fit. Given that a customer still buys, the rest is a new customer of r + x, alpha + T, a, b + x:
/// all forecasts follow from that.
public struct BGNBD: Sendable, Hashable {
  public var r: Double
  public var alpha: Double
  public var a: Double
  public var b: Double

  /// - Parameters: all positive.
  public init(r: Double, alpha: Double, a: Double, b: Double) {
    (self.r, self.alpha, self.a, self.b) = (r, alpha, a, b)
  }

  /// The model that was fitted; nil if it is another one.
  public init?(_ fit: ModelFit) {
    guard let r = fit["r"], let alpha = fit["alpha"], let a = fit["a"], let b = fit["b"] else { return nil }
    self.init(r: r, alpha: alpha, a: a, b: b)
  }

  /// ln of the likelihood of one history.
  public func logLikelihood(_ x: Int, btydRecency: Double, age: Double) -> Double {
    let n = Double(x)
    let purchases =
      Special.logRising(r, n) - n * Elementary.log(alpha) - (r + n) * Elementary.log1p(age / alpha)
    let survival = Special.logRising(b, n) - Special.logRising(a + b, n)
    return purchases + survival + Special.softplus(-logOdds(x, btydRecency: btydRecency, age: age))
  }

  /// Probability that the customer still buys; 1 without a repeat order, after which alone one may stop.
  public func pAlive(_ x: Int, btydRecency: Double, age: Double) -> Double {
    Special.logistic(logOdds(x, btydRecency: btydRecency, age: age))
  }

  /// ln of P(alive) over its complement; infinite without a repeat order.
  func logOdds(_ x: Int, btydRecency: Double, age: Double) -> Double {
    logOddsSlopes(Double(x), btydRecency, age).value
  }

  /// Orders expected within `time` after the end of observation.
  public func expectedOrders(within time: Double, _ x: Int, btydRecency: Double, age: Double) -> Double {
    pAlive(x, btydRecency: btydRecency, age: age)
      * ahead(Double(x), age: age).expectedOrders(within: time)
  }

  /// What customers who still buy are from here on.
  package func ahead(_ x: Double, age: Double) -> BGNBD {
    BGNBD(r: r + x, alpha: alpha + age, a: a, b: b + x)
  }

  /// As ``logOdds(_:btydRecency:age:)``, with derivatives with respect to the logarithms of r, alpha, a, b.
  package func logOddsSlopes(_ x: Double, _ btydRecency: Double, _ age: Double) -> LogOdds {
    guard x > 0 else { return LogOdds(value: .infinity, slopes: .zero) }
    let silence = Elementary.log1p((age - btydRecency) / (alpha + btydRecency))
    let share = (age - btydRecency) / ((alpha + age) * (alpha + btydRecency))
    return LogOdds(
      value: Elementary.log((b + x - 1) / a) - (r + x) * silence,
      slopes: SIMD4(-r * silence, (r + x) * alpha * share, -1, b / (b + x - 1)))
  }
}
