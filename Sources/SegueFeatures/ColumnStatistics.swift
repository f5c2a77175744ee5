import SegueCore
import SegueNumerics

/// Where a column's values lie and how far they spread, the same in whatever order they come.
struct ColumnStatistics {
  var minimum = 0.0
  var maximum = 0.0
  var mean = 0.0
  /// Of the population.
  var deviation = 0.0
  var skewness = 0.0
  /// At 5, 25, 50, 75 and 95 percent.
  var quantiles = [0.0, 0, 0, 0, 0]
  /// The value most frequent, the lowest of several, and how often it stands.
  var mode = (value: 0.0, count: 0)

  var median: Double { quantiles[2] }

  /// - Parameter sorted: ascending, finite.
  /// - Complexity: O(n).
  init(sorted: [Double]) {
    guard let first = sorted.first, let last = sorted.last else { return }
    (minimum, maximum) = (first, last)
    quantiles = [0.05, 0.25, 0.5, 0.75, 0.95].map { Quantiles.quantile($0, ofSorted: sorted)! }
    mode = ColumnStatistics.mode(sorted)
    guard first < last else {
      // The mean of equal values is off by rounding, which would pass for spread.
      mean = first
      return
    }
    // Squares of values beyond these would leave the range of Double.
    let largest = max(first.magnitude, last.magnitude)
    let isOrdinary = (1e-100...1e100).contains(largest)
    let unit = isOrdinary ? 1 : Double(sign: .plus, exponent: largest.exponent, significand: 1)
    let n = Double(sorted.count)
    let scaledMean = sorted.reduce(0) { $0 + $1 / unit } / n
    var (second, third) = (0.0, 0.0)
    for value in sorted {
      let difference = value / unit - scaledMean
      second += difference * difference
      third += difference * difference * difference
    }
    (second, third) = (second / n, third / n)
    mean = scaledMean * unit
    deviation = second.squareRoot() * unit
    skewness = second > 0 ? third / (second * second.squareRoot()) : 0
  }

  private static func mode(_ sorted: [Double]) -> (value: Double, count: Int) {
    var best = (value: 0.0, count: 0)
    var start = 0
    for index in sorted.indices where index + 1 == sorted.count || sorted[index + 1] != sorted[index] {
      if index + 1 - start > best.count { best = (sorted[index], index + 1 - start) }
      start = index + 1
    }
    return best
  }

  /// The interquartile range; where it is nothing beside the spread of the middle nine tenths, what that would
  /// make it in a normal distribution, and at last what the standard deviation would.
  ///
  /// Half of the customers of one shop have bought once: their quartiles alone say that nothing differs.
  var robustRange: Double {
    let (quartiles, wide) = (quantiles[3] - quantiles[1], (quantiles[4] - quantiles[0]) / 2.4387)
    let range = quartiles < wide / 100 ? wide : quartiles
    // Quartiles near both limits of Double are further apart than it can say.
    guard range.isFinite else { return .greatestFiniteMagnitude }
    return range > deviation * 1e-6 ? range : 1.3490 * deviation
  }

  /// What differs by no more than rounding is the same.
  var isConstant: Bool {
    maximum - minimum <= 1e-13 * max(minimum.magnitude, maximum.magnitude)
  }
}
