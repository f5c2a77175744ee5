import SegueCore
import SegueNumerics

/// From values to cut points.
struct RFMBinning: Sendable {
  let bins: Int
  let own: RFMOptions.OwnCuts
  private let binning: RFMOptions.Binning

  init(_ options: RFMOptions) {
    bins = options.bins
    own = options.cuts
    binning = options.binning
  }

  /// `bins` − 1 cut points, ascending; none for no values.
  func cuts(_ values: [Double], _ dimension: RFMOptions.Dimension) -> [Double] {
    if let own = own[dimension] { return own }
    switch binning {
    case .quantile, .nested: return quantiles(values)
    case .rfmPackage: return quantiles(values).map { $0 + 1 }
    case .natural: return breaks(values, isSkewed: dimension != .recency)
    }
  }

  /// Cut points of each group of values; groups without values are cut as all values are.
  ///
  /// - Parameter groups: one per value, in 0 ..< `count`.
  func cuts(
    _ values: [Double], _ dimension: RFMOptions.Dimension, within groups: [Int], _ count: Int,
    otherwise: [Double]
  ) -> [[Double]] {
    var lists = [[Double]](repeating: [], count: count)
    for (row, group) in groups.enumerated() { lists[group].append(values[row]) }
    let members = lists
    return parallelMap(count) { members[$0].isEmpty ? otherwise : cuts(members[$0], dimension) }
  }

  /// Type 7 (Hyndman & Fan 1996), the bits that sorting all values gives.
  private func quantiles(_ values: [Double]) -> [Double] {
    guard !values.isEmpty else { return [] }
    let places = (1..<bins).map { Quantiles.place(Double($0) / Double(bins), of: values.count) }
    let ranks = places.flatMap { [$0.below, $0.above] }.sorted()
    let found = OrderStatistics.values(at: ranks, of: values)
    func value(_ rank: Int) -> Double { found[ranks.firstIndex(of: rank)!] }
    return places.map { Quantiles.between(value($0.below), value($0.above), $0.fraction) }
  }

  /// Halfway between the classes of natural breaks.
  ///
  /// Counts of orders and sums of money have a long tail: on their own scale the breaks would set a few large
  /// customers apart and leave all others in one class. They are broken on a scale that is that of the values
  /// below the median of the positive ones, of their logarithms above, and as far below zero as above: asinh(x / m).
  ///
  /// Fewer distinct values than scores are spread from the lowest score to the highest.
  private func breaks(_ values: [Double], isSkewed: Bool) -> [Double] {
    let distinct = DistinctValues(values)
    let known = distinct.values
    guard let first = known.first else { return [] }
    guard known.count > bins else {
      guard known.count > 1 else { return [Double](repeating: first, count: bins - 1) }
      let scores = known.indices.map {
        Int((Double($0) * Double(bins - 1) / Double(known.count - 1)).rounded())
      }
      return known.indices.dropLast().flatMap { place in
        [Double](
          repeating: RFMBinning.halfway(known[place], known[place + 1]),
          count: scores[place + 1] - scores[place])
      }
    }
    var points = known
    if isSkewed, let middle = distinct.medianOfPositives {
      points = known.map { RFMBinning.asinh($0 / middle) }
    }
    let classes = NaturalBreaks(points, weights: distinct.counts, classes: bins)
    return classes.starts.map { RFMBinning.halfway(known[$0 - 1], known[$0]) }
  }

  /// At least the lower, below the higher.
  private static func halfway(_ low: Double, _ high: Double) -> Double {
    let middle = low / 2 + high / 2
    return middle < high ? max(low, middle) : low
  }

  private static func asinh(_ x: Double) -> Double {
    let size = x.magnitude
    let result = Elementary.log1p(size + size * (size / (1 + Elementary.sqrt(1 + size * size))))
    return x < 0 ? -result : result
  }
}
