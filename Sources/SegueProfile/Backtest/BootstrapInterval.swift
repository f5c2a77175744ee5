import SegueCore
import SegueNumerics

/// 95 % intervals from the values a figure takes in resamples.
enum BootstrapInterval {
  /// From the 2.5 % to the 97.5 % point; nil where more than one in twenty resamples gives no figure.
  static func percentile(_ replicates: [Double]) -> Interval? {
    interval(replicates) { $0 }
  }

  /// Corrected for bias and for a spread that grows with the figure: means of skewed money need it
  /// (BCa, Efron 1987, doi:10.1080/01621459.1987.10478410).
  ///
  /// - Parameter skew: the acceleration; of a mean, Σd³ / 6(Σd²)^1.5 over deviations d from it.
  static func accelerated(_ replicates: [Double], of value: Double, skew: Double) -> Interval? {
    let known = replicates.filter(\.isFinite)
    let below = known.reduce(0.0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
    let share = below / Double(max(1, known.count))
    guard share > 0, share < 1 else { return percentile(replicates) }
    let bias = normalQuantile(share)
    return interval(replicates) { point in
      let z = bias + normalQuantile(point)
      return normalShare(bias + z / max(1e-9, 1 - skew * z))
    }
  }

  private static func interval(_ replicates: [Double], _ point: (Double) -> Double) -> Interval? {
    let sorted = replicates.filter(\.isFinite).sorted()
    guard !sorted.isEmpty, 20 * sorted.count >= 19 * replicates.count,
      let low = Quantiles.quantile(point(0.025), ofSorted: sorted),
      let high = Quantiles.quantile(point(0.975), ofSorted: sorted)
    else { return nil }
    return Interval(low, high)
  }

  /// The share of a standard normal below z.
  static func normalShare(_ z: Double) -> Double { Elementary.erfc(-z / 2.0.squareRoot()) / 2 }

  /// By halving: exact to the last digits, and called a few hundred times only.
  static func normalQuantile(_ share: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if normalShare(middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
