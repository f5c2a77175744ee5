internal import SegueCore
internal import SegueNumerics

/// What customers who still buy will do within a horizon.
struct Outlook: Sendable {
  /// What is looked for.
  struct Question: Sendable {
    /// In the unit of the fit.
    var horizon: Double
    /// Of continuous discounting per unit.
    var rate: Double
    /// Tails are computed down to this probability; 1 for none.
    var leastTail: Double
  }

  var expected = 0.0
  var discounted = 0.0
  /// Derivatives with respect to the four parameters of the customers.
  var expectedSlopes = SIMD4<Double>.zero
  var discountedSlopes = SIMD4<Double>.zero
  /// Probability of more than 0, 1, 2, … orders.
  var tails: [Double] = []

  /// How many orders are exceeded with no more than the given probability, by a customer alive with probability
  /// `pAlive`.
  func orders(exceededBy probability: Double, pAlive: Double) -> Int32 {
    var (low, high) = (0, tails.count)
    while low < high {
      let middle = (low + high) / 2
      if pAlive * tails[middle] <= probability { high = middle } else { low = middle + 1 }
    }
    return Int32(clamping: low)
  }
}

/// A logarithm of odds and its derivatives with respect to the logarithms of a model's four parameters.
struct LogOdds: Sendable {
  var value: Double
  var slopes: SIMD4<Double>
}

extension SIMD16<Double> {
  static func each(_ value: (Int) -> Double) -> Self {
    var all = Self.zero
    for lane in 0..<16 { all[lane] = value(lane) }
    return all
  }
}
