internal import SegueCore

/// Functions of mathematics that models of counts and lifetimes are written in.
///
/// Pure functions without tables that change: the same argument gives the same bits on any thread.
package enum Special {
  /// ln Γ(x), to about 1e-15 relative, also beside its zeros at 1 and 2.
  ///
  /// A power series around 2 whose coefficients are (ζ(k) − 1)/k, reached by the recurrence
  /// from 0 to 10, and Stirling's series above (DLMF 5.7.3 and 5.11.1).
  ///
  /// - Parameter x: positive; NaN for anything else but 0, where it is infinite.
  package static func logGamma(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? .infinity : .nan }
    if x >= 10 {
      guard x.isFinite else { return x }
      return (x - 0.5) * Elementary.log(x) - x + halfLogTwoPi + stirlingRest(x)
    }
    if x < 0.5 { return aroundTwo(x) - Elementary.log1p(x) - Elementary.log(x) }
    if x < 1.5 { return aroundTwo(x - 1) - Elementary.log1p(x - 1) }
    var (product, rest) = (1.0, x)
    while rest > 2.5 {
      rest -= 1
      product *= rest
    }
    return product == 1 ? aroundTwo(rest - 2) : aroundTwo(rest - 2) + Elementary.log(product)
  }

  /// ψ(x) = d ln Γ(x)/dx (DLMF 5.11.2).
  ///
  /// - Parameter x: positive; NaN for anything else but 0, where it is −∞.
  package static func digamma(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    var (rest, sum) = (x, 0.0)
    while rest < 10 {
      sum += 1 / rest
      rest += 1
    }
    return Elementary.log(rest) - digammaRest(rest) - sum
  }

  /// ψ′(x) (DLMF 5.15.8).
  ///
  /// - Parameter x: positive; NaN for anything else but 0, where it is infinite.
  package static func trigamma(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? .infinity : .nan }
    var (rest, sum) = (x, 0.0)
    while rest < 10 {
      sum += 1 / (rest * rest)
      rest += 1
    }
    let inverse = 1 / rest
    return sum + inverse + 0.5 * inverse * inverse
      + inverse * series(bernoulli, inverse * inverse)
  }

  /// ln Γ(x + n) − ln Γ(x), the logarithm of x (x + 1) … (x + n − 1), for n ≥ 0, whole or not.
  ///
  /// The difference of two logarithms of Γ would lose all its digits where x is large and n is not.
  package static func logRising(_ x: Double, _ n: Double) -> Double {
    if n == 0 { return 0 }
    if n <= 16, n == n.rounded(), x < 1e15 {
      var (product, factor) = (1.0, x)
      for _ in 0..<Int(n) {
        product *= factor
        factor += 1
      }
      if product > 0x1p-1000, product < 0x1p1000 { return Elementary.log(product) }
    }
    guard x >= 10 else { return logGamma(x + n) - logGamma(x) }
    let sum = x + n
    return (x - 0.5) * Elementary.log1p(n / x) + n * (Elementary.log(sum) - 1)
      + (stirlingRest(sum) - stirlingRest(x))
  }

  /// ψ(x + n) − ψ(x), which is Σ 1/(x + j) for j below n, for n ≥ 0, whole or not.
  package static func digammaRise(_ x: Double, _ n: Double) -> Double {
    if n <= 16, n == n.rounded() {
      var sum = 0.0
      for j in 0..<Int(n) { sum += 1 / (x + Double(j)) }
      return sum
    }
    guard x >= 10 else { return digamma(x + n) - digamma(x) }
    return Elementary.log1p(n / x) - (digammaRest(x + n) - digammaRest(x))
  }

  /// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), without cancellation where a or b is large
  /// (Didonato & Morris 1992, doi:10.1145/131766.131776).
  package static func logBeta(_ a: Double, _ b: Double) -> Double {
    let (low, high) = a <= b ? (a, b) : (b, a)
    guard low > 0 else { return low == 0 ? .infinity : .nan }
    if low < 10 { return logGamma(low) - logRising(high, low) }
    let ratio = low / high
    let rest = stirlingRest(low) + stirlingRest(high) - stirlingRest(low + high)
    return halfLogTwoPi - 0.5 * Elementary.log(high) + rest
      + (low - 0.5) * Elementary.log(ratio / (1 + ratio)) - high * Elementary.log1p(ratio)
  }

  // MARK: Series

  private static let halfLogTwoPi = 0.918938533204672741780329736405617640

  /// ln Γ(2 + z) for |z| ≤ 0.5.
  private static func aroundTwo(_ z: Double) -> Double { z * series(zeta, z) }

  /// ln Γ(x) less (x − ½) ln x − x + ½ ln 2π, for x ≥ 10.
  private static func stirlingRest(_ x: Double) -> Double { series(stirling, 1 / (x * x)) / x }

  /// ln x − ψ(x), for x ≥ 10.
  private static func digammaRest(_ x: Double) -> Double {
    let inverse = 1 / x
    return 0.5 * inverse + inverse * inverse * series(digammaSeries, inverse * inverse)
  }

  private static func series(_ coefficients: [Double], _ x: Double) -> Double {
    var sum = 0.0
    for coefficient in coefficients.reversed() { sum = sum * x + coefficient }
    return sum
  }

  /// 1 − γ, then (−1)ᵏ (ζ(k) − 1)/k for k = 2, 3, …
  private static let zeta: [Double] = [
    0.42278433509846713939, 0.32246703342411321824, -0.067352301053198095133, 0.020580808427784547879,
    -0.0073855510286739852663, 0.0028905103307415232858, -0.0011927539117032609771,
    0.00050966952474304242234, -0.00022315475845357937976, 0.000099457512781808533715,
    -0.0000449262367381331417, 0.000020507212775670691553, -9.439488275268395904e-6,
    4.3748667899074878042e-6, -2.0392157538013662368e-6, 9.5514121304074198329e-7,
    -4.4924691987645660433e-7, 2.1207184805554665869e-7, -1.0043224823968099609e-7,
    4.7698101693639805658e-8, -2.271109460894316491e-8, 1.0838659214896954091e-8,
    -5.1834750419700466551e-9, 2.4836745438024783172e-9, -1.1921401405860912074e-9,
    5.7313672416788620133e-10, -2.7595228851242331452e-10, 1.3304764374244489481e-10,
    -6.4229645638381000221e-11, 3.1044247747322272762e-11,
  ]

  /// B₂ₖ for k = 0 (left out of what uses them), 1, 2, …
  private static let bernoulli: [Double] = [
    0, 1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
  ]

  /// B₂ₖ / (2k (2k − 1)).
  private static let stirling: [Double] = (1..<bernoulli.count).map { k in
    bernoulli[k] / Double(2 * k * (2 * k - 1))
  }

  /// B₂ₖ / 2k.
  private static let digammaSeries: [Double] = (1..<bernoulli.count).map { k in bernoulli[k] / Double(2 * k) }
}
