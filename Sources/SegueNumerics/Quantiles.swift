/// Sample quantiles of type 7, the default of R, NumPy and spreadsheets.
///
/// With n ascending values x₀ … xₙ₋₁ the quantile at p lies at position h = (n − 1)·p, linear
/// between its neighbours (Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566).
package enum Quantiles {
  /// - Parameter values: any order, finite.
  /// - Returns: nil if there are no values.
  /// - Complexity: O(n log n).
  package static func quantile(_ probability: Double, of values: [Double]) -> Double? {
    quantile(probability, ofSorted: values.sorted())
  }

  /// Several quantiles for one sort; empty if there are no values.
  package static func quantiles(_ probabilities: [Double], of values: [Double]) -> [Double] {
    let sorted = values.sorted()
    return probabilities.compactMap { quantile($0, ofSorted: sorted) }
  }

  /// - Parameters:
  ///   - probability: in 0…1.
  ///   - sorted: ascending.
  /// - Returns: nil if there are no values.
  package static func quantile(_ probability: Double, ofSorted sorted: [Double]) -> Double? {
    precondition((0...1).contains(probability), "a quantile lies between 0 and 1")
    guard let last = sorted.indices.last else { return nil }
    let place = place(probability, of: last + 1)
    return between(sorted[place.below], sorted[place.above], place.fraction)
  }

  /// Between which places of the ascending order a quantile lies, and how far from the lower.
  ///
  /// - Parameter count: at least 1.
  package static func place(
    _ probability: Double, of count: Int
  ) -> (below: Int, above: Int, fraction: Double) {
    let last = count - 1
    let position = Double(last) * probability
    let below = min(last, Int(position))
    return (below, min(last, below + 1), position - Double(below))
  }

  package static func between(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
    // Equal neighbours give themselves, whatever the fraction rounds to.
    if fraction == 0 || low == high { return low }
    let step = high - low
    // Neighbours near both limits of Double are further apart than it can say.
    guard step.isFinite else { return (1 - fraction) * low + fraction * high }
    return low + fraction * step
  }

  package static func median(of values: [Double]) -> Double? { quantile(0.5, of: values) }
}
