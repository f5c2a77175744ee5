import SegueCore

/// The power transformation of Yeo & Johnson (2000, doi:10.1093/biomet/87.4.954), for values of any sign.
///
/// ((1 + x)^λ − 1)/λ from 0 up and −((1 − x)^(2 − λ) − 1)/(2 − λ) below, with their limits, logarithms, at
/// λ = 0 and λ = 2. Strictly increasing in x.
public struct YeoJohnson: Sendable, Hashable {
  public var lambda: Double

  public init(lambda: Double) { self.lambda = lambda }

  public func apply(_ value: Double) -> Double {
    value < 0
      ? -YeoJohnson.power(Elementary.log1p(-value), 2 - lambda)
      : YeoJohnson.power(Elementary.log1p(value), lambda)
  }

  public func invert(_ reshaped: Double) -> Double {
    reshaped < 0
      ? -YeoJohnson.root(-reshaped, 2 - lambda) : YeoJohnson.root(reshaped, lambda)
  }

  /// (e^(λ·l) − 1)/λ for l = ln(1 + |x|).
  private static func power(_ logarithm: Double, _ exponent: Double) -> Double {
    exponent == 0 ? logarithm : Elementary.expm1(exponent * logarithm) / exponent
  }

  private static func root(_ value: Double, _ exponent: Double) -> Double {
    exponent == 0
      ? Elementary.expm1(value) : Elementary.expm1(Elementary.log1p(exponent * value) / exponent)
  }
}

// MARK: Fitting

extension YeoJohnson {
  /// More values are represented by that many, evenly spaced by rank.
  static let mostFitted = 50_000
  private static let powers = -5.0...5.0
  /// Beyond these a power overflows, or loses the digits that its inverse would need.
  private static let (largestExponent, smallestExponent) = (100.0, -11.5)

  /// The λ of largest likelihood, were the reshaped values normal, to 1e-7 or so.
  ///
  /// - Parameter sorted: ascending, finite.
  /// - Returns: nil where no λ between −5 and 5 can be computed with and undone: for fewer than two distinct
  ///   values, and for values of both signs near the limits of `Double`.
  /// - Complexity: O(n), some fifty passes over at most 50,000 values.
  public init?(fitting sorted: [Double]) {
    guard let first = sorted.first, let last = sorted.last, first < last else { return nil }
    let (low, high) = YeoJohnson.bounds(first, last)
    guard low < high else { return nil }
    let likelihood = Likelihood(sorted)
    lambda = YeoJohnson.maximum(low, high) { likelihood.perValue($0) }
  }

  private static func bounds(_ first: Double, _ last: Double) -> (Double, Double) {
    var (low, high) = (powers.lowerBound, powers.upperBound)
    if last > 0 {
      let logarithm = Elementary.log1p(last)
      low = max(low, smallestExponent / logarithm)
      high = min(high, largestExponent / logarithm)
    }
    if first < 0 {
      let logarithm = Elementary.log1p(-first)
      low = max(low, 2 - largestExponent / logarithm)
      high = min(high, 2 - smallestExponent / logarithm)
    }
    return (low, high)
  }

  /// Golden section: the likelihood is concave in λ.
  private static func maximum(_ low: Double, _ high: Double, of height: (Double) -> Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (low, high)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (leftHeight, rightHeight) = (height(left), height(right))
    while high - low > 1e-8 {
      if leftHeight >= rightHeight {
        (high, right, rightHeight) = (right, left, leftHeight)
        left = high - ratio * (high - low)
        leftHeight = height(left)
      } else {
        (low, left, leftHeight) = (left, right, rightHeight)
        right = low + ratio * (high - low)
        rightHeight = height(right)
      }
    }
    return (low + high) / 2
  }

  /// The log-likelihood of λ with mean and variance at their best, but for a constant.
  private struct Likelihood {
    private var logarithms: [Double] = []
    /// Of those, how many belong to negative values; they come first.
    private var negatives = 0
    private var jacobian = 0.0

    init(_ sorted: [Double]) {
      let count = min(sorted.count, mostFitted)
      logarithms.reserveCapacity(count)
      for index in 0..<count {
        // The first and the last are among them.
        let value = sorted[count == sorted.count ? index : index * (sorted.count - 1) / (count - 1)]
        let logarithm = Elementary.log1p(value.magnitude)
        logarithms.append(logarithm)
        if value < 0 { negatives += 1 }
        jacobian += value < 0 ? -logarithm : logarithm
      }
      jacobian /= Double(count)
    }

    func perValue(_ lambda: Double) -> Double {
      let count = Double(logarithms.count)
      let reshaped = logarithms.indices.map { index in
        index < negatives ? -power(logarithms[index], 2 - lambda) : power(logarithms[index], lambda)
      }
      let mean = reshaped.reduce(0, +) / count
      let variance = reshaped.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      guard variance > 0 else { return -.infinity }
      return (lambda - 1) * jacobian - Elementary.log(variance) / 2
    }
  }
}
