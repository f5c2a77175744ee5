import SegueNumerics

/// Bounds between the bins of a histogram that people can read: whole numbers where there are few of them, else
/// multiples of 1, 2, 2.5 or 5 times a power of ten, or 1, 2, 5, 10, 20, 50 … where values range over decades.
struct HistogramBounds {
  /// Ascending; one bin lies below the first and one from the last on.
  let bounds: [Double]

  private static let most = 8

  /// - Parameters:
  ///   - values: ascending, at least one.
  ///   - smallest: bins of fewer are joined with the next.
  init(sorted values: [Double], smallest: Int) {
    let low = Quantiles.quantile(0.02, ofSorted: values)!
    let high = Quantiles.quantile(0.98, ofSorted: values)!
    var bounds: [Double]
    let distinct = HistogramBounds.distinct(values, most: HistogramBounds.most)
    if let distinct {
      bounds = Array(distinct.dropFirst())
    } else if low >= 0, let decades = HistogramBounds.decades(values, low, high) {
      bounds = decades
    } else {
      bounds = HistogramBounds.steps(from: low, to: high)
    }
    // Few customers in a bin are no group to tell of.
    var kept: [Double] = []
    var start = 0
    for bound in bounds {
      let end = HistogramBounds.count(below: bound, in: values)
      guard end - start >= smallest, values.count - end >= smallest else { continue }
      kept.append(bound)
      start = end
    }
    self.bounds = kept
  }

  /// Of the values, by bin.
  static func shares(ofSorted values: [Double], _ bounds: [Double]) -> [Double] {
    let ends = bounds.map { count(below: $0, in: values) } + [values.count]
    return zip([0] + ends, ends).map { Double($1 - $0) / Double(max(1, values.count)) }
  }

  private static func distinct(_ values: [Double], most: Int) -> [Double]? {
    var found: [Double] = []
    for value in values where value != found.last {
      guard found.count < most, value == value.rounded() else { return nil }
      found.append(value)
    }
    return found
  }

  /// Nil where an even step does as well.
  private static func decades(_ values: [Double], _ low: Double, _ high: Double) -> [Double]? {
    let middle = Quantiles.quantile(0.5, ofSorted: values)!
    let least = low > 0 ? low : middle / 10
    guard least > 0, high >= 5 * max(middle, least), high / least >= 20 else { return nil }
    for grid in [[1.0, 2, 5], [1, 3], [1]] {
      var bounds: [Double] = []
      var power = 1.0
      while power > least { power /= 10 }
      while power * 10 <= least { power *= 10 }
      while power <= high {
        bounds += grid.map { multiple($0, of: power) }.filter { $0 > least && $0 <= high }
        power *= 10
      }
      if bounds.count < most + 1 { return bounds }
    }
    return nil
  }

  private static func steps(from low: Double, to high: Double) -> [Double] {
    let span = high - low
    guard span > 0, span.isFinite else { return [] }
    let raw = span / Double(most - 1)
    var power = 1.0
    while power > raw { power /= 10 }
    while power * 10 <= raw { power *= 10 }
    let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= raw * (1 - 1e-9) } ?? 10 * power
    let first = (low / step).rounded(.down) + 1
    return (0...most).map { multiple(first + Double($0), of: step) }.filter { $0 > low && $0 <= high }
  }

  /// Divides where the unit is a fraction, which leaves no stray last digits: 0.3, not 0.30000000000000004.
  private static func multiple(_ count: Double, of unit: Double) -> Double {
    unit < 1 ? count / (1 / unit).rounded() : count * unit
  }

  private static func count(below bound: Double, in values: [Double]) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
