internal import SegueCore

/// Sums of numbers that are known by their logarithms, because they themselves may not fit into a Double.
extension Special {
  /// ln(1 + eˣ), for any x.
  package static func softplus(_ x: Double) -> Double {
    x > 0 ? x + Elementary.log1p(Elementary.exp(-x)) : Elementary.log1p(Elementary.exp(x))
  }

  /// 1/(1 + e⁻ˣ), for any x.
  package static func logistic(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + Elementary.exp(-x)) }
    let power = Elementary.exp(x)
    return power / (1 + power)
  }

  /// ln(eᵃ + eᵇ).
  package static func logSum(_ a: Double, _ b: Double) -> Double {
    let (low, high) = a < b ? (a, b) : (b, a)
    if low == -.infinity || high == .infinity { return high }
    return high + Elementary.log1p(Elementary.exp(low - high))
  }

  /// ln Σ eˣ; −∞ without terms.
  package static func logSum(_ terms: some Collection<Double>) -> Double {
    guard let most = terms.max(), most.isFinite else { return terms.max() ?? -.infinity }
    return most + Elementary.log(terms.reduce(0) { $0 + Elementary.exp($1 - most) })
  }

  /// (1 − e⁻ˣ)/x, which is 1 at 0: the mean of e⁻ᵘ for u from 0 to x.
  package static func meanDecay(_ x: Double) -> Double {
    x.magnitude < 1e-5 ? 1 - x * (0.5 - x / 6) : -Elementary.expm1(-x) / x
  }
}
