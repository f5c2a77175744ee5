internal import SegueCore
internal import SegueNumerics

/// What customers who still buy will do within a horizon.
package struct Outlook: Sendable {
  /// What is looked for.
  package struct Question: Sendable {
    /// In the unit of the fit.
    package var horizon: Double
    /// Of continuous discounting per unit.
    package var rate: Double
    /// Tails are computed down to this probability; 1 for none.
    package var leastTail: Double

    package init(horizon: Double, rate: Double, leastTail: Double) {
      (self.horizon, self.rate, self.leastTail) = (horizon, rate, leastTail)
    }
  }

  package var expected = 0.0
  package var discounted = 0.0
  /// Derivatives with respect to the four parameters of the customers.
  package var expectedSlopes = SIMD4<Double>.zero
  package var discountedSlopes = SIMD4<Double>.zero
  /// Probability of more than 0, 1, 2, … orders.
  package var tails: [Double] = []

  package init() {}

  /// How many orders are exceeded with no more than the given probability, by a customer alive with
  /// probability `pAlive`.
  package func orders(exceededBy probability: Double, pAlive: Double) -> Int32 {
    var (low, high) = (0, tails.count)
    while low < high {
      let middle = (low + high) / 2
      if pAlive * tails[middle] <= probability { high = middle } else { low = middle + 1 }
    }
    return Int32(clamping: low)
  }
}

/// A logarithm of odds and its derivatives with respect to the logarithms of a model's four parameters.
package struct LogOdds: Sendable {
  package var value: Double
  package var slopes: SIMD4<Double>
}

extension SIMD16<Double> {
  static func each(_ value: (Int) -> Double) -> Self {
    var all = Self.zero
    for lane in 0..<16 { all[lane] = value(lane) }
    return all
  }
}
