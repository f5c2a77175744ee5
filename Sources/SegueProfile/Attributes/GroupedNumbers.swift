import SegueCore

/// The known values of an attribute in ascending order, with the group of each.
struct GroupedNumbers: Sendable {
  /// Ascending.
  let values: [Double]
  /// Of each value.
  let groups: [Int32]
  /// Known values by group.
  let sizes: [Int]
  /// Sums of values, and of squared deviations from the group's mean.
  let sums: [Double]
  let squares: [Double]

  /// - Parameters:
  ///   - values: one per customer; NaN is missing and left out.
  ///   - labels: the group of each customer, `0..<count`; negative is left out.
  ///   - smallest: groups with fewer known values are left out, because a total less the other groups would tell
  ///     theirs.
  /// - Complexity: O(n log n).
  init(_ values: [Double], labels: [Int32], groups count: Int, smallest: Int = 0) {
    var known = [Int](repeating: 0, count: count)
    for (index, value) in values.enumerated() where !value.isNaN && labels[index] >= 0 {
      known[Int(labels[index])] += 1
    }
    var pairs: [(value: Double, group: Int32)] = []
    pairs.reserveCapacity(values.count)
    for (index, value) in values.enumerated() where !value.isNaN && labels[index] >= 0 {
      if known[Int(labels[index])] >= smallest { pairs.append((value, labels[index])) }
    }
    // Ties may come in any order: nothing below tells them apart.
    pairs.sort { $0.value < $1.value }
    self.values = pairs.map(\.value)
    groups = pairs.map(\.group)
    sizes = known.map { $0 >= smallest ? $0 : 0 }
    var sums = [Double](repeating: 0, count: count)
    for pair in pairs { sums[Int(pair.group)] += pair.value }
    let means = zip(sums, sizes).map { $1 > 0 ? $0 / Double($1) : 0 }
    var squares = [Double](repeating: 0, count: count)
    for pair in pairs {
      let deviation = pair.value - means[Int(pair.group)]
      squares[Int(pair.group)] += deviation * deviation
    }
    (self.sums, self.squares) = (sums, squares)
  }

  var groupCount: Int { sizes.count }

  /// Values of a group, ascending.
  func values(of group: Int) -> [Double] {
    var own: [Double] = []
    own.reserveCapacity(sizes[group])
    for (index, value) in values.enumerated() where groups[index] == Int32(group) { own.append(value) }
    return own
  }

  /// Median of a group, or of everybody else.
  func median(of group: Int, isOthers: Bool) -> Double {
    let count = isOthers ? values.count - sizes[group] : sizes[group]
    guard count > 0 else { return .nan }
    let (lower, upper) = ((count - 1) / 2, count / 2)
    var (rank, low) = (0, 0.0)
    for (index, value) in values.enumerated() where (groups[index] == Int32(group)) != isOthers {
      if rank == lower { low = value }
      if rank == upper { return low + (value - low) / 2 }
      rank += 1
    }
    return .nan
  }

  /// Known values, their mean and the squared deviations from it, of everybody else.
  func others(of group: Int) -> (n: Int, mean: Double, squares: Double) {
    let rest = sizes.indices.filter { $0 != group && sizes[$0] > 0 }
    let n = rest.reduce(0) { $0 + sizes[$1] }
    guard n > 0 else { return (0, .nan, 0) }
    let mean = rest.reduce(0.0) { $0 + sums[$1] } / Double(n)
    let spread = rest.reduce(0.0) { sum, other in
      let shift = sums[other] / Double(sizes[other]) - mean
      return sum + squares[other] + Double(sizes[other]) * shift * shift
    }
    return (n, mean, spread)
  }

  /// Difference of means in pooled standard deviations, corrected for small samples, with its interval
  /// (Hedges 1981, doi:10.3102/10769986006002107); nil where nothing varies.
  func hedges(_ group: Int) -> Estimate? {
    let (n2, mean, squares) = others(of: group)
    let n1 = sizes[group]
    guard n1 > 1, n2 > 1 else { return nil }
    let freedom = Double(n1 + n2 - 2)
    let deviation = ((self.squares[group] + squares) / freedom).squareRoot()
    guard deviation > 0, deviation.isFinite else { return nil }
    let g = (1 - 3 / (4 * freedom - 1)) * (sums[group] / Double(n1) - mean) / deviation
    let (a, b) = (Double(n1), Double(n2))
    let half = Statistics.z975 * ((a + b) / (a * b) + g * g / (2 * (a + b))).squareRoot()
    return Estimate(g, Interval(g - half, g + half))
  }
}

/// A figure with its 95 % interval.
public struct Estimate: Hashable, Sendable, Codable {
  public var value: Double
  public var interval: Interval

  public init(_ value: Double, _ interval: Interval) {
    self.value = value
    self.interval = interval
  }
}
