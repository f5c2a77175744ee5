import SegueCore
import SegueNumerics

/// Two columns that say nearly the same, so that distances count it twice.
public struct CorrelatedPair: Sendable, Codable, Hashable {
  /// Names of features, in their order.
  public var first: String
  public var second: String
  public var firstLabel: String
  public var secondLabel: String
  /// Pearson's, of the columns as clustering sees them.
  public var pearson: Double
  /// Spearman's, of their ranks.
  public var spearman: Double

  /// The one further from 0.
  public var strongest: Double { spearman.magnitude > pearson.magnitude ? spearman : pearson }

  /// From this size of either on, a pair is reported.
  public static let least = 0.9
  /// More rows are represented by that many, evenly spaced.
  static let mostRows = 100_000
}

extension CorrelatedPair {
  /// Pairs of columns of different attributes, the strongest first.
  ///
  /// - Parameter rows: those to look at.
  /// - Complexity: O(d·n log n + d²·n), n at most 100,000.
  static func pairs(_ features: [Feature], _ points: Matrix, rows: [Int]) -> [CorrelatedPair] {
    let count = min(rows.count, mostRows)
    guard count > 2, features.count > 1 else { return [] }
    let looked = (0..<count).map { rows[$0 * (rows.count - 1) / max(1, count - 1)] }
    let columns = features.indices.map { column in looked.map { points[$0, column] } }
    let values = parallelMap(columns.count) { standardized(columns[$0]) }
    let ranks = parallelMap(columns.count) { standardized(self.ranks(columns[$0])) }
    let found = parallelMap(features.count) { first -> [CorrelatedPair] in
      ((first + 1)..<features.count).compactMap { second in
        guard features[first].attribute != features[second].attribute else { return nil }
        let pearson = product(values[first], values[second])
        let spearman = product(ranks[first], ranks[second])
        guard max(pearson.magnitude, spearman.magnitude) >= least else { return nil }
        return CorrelatedPair(
          first: features[first].name, second: features[second].name, firstLabel: features[first].label,
          secondLabel: features[second].label, pearson: pearson, spearman: spearman)
      }
    }
    return found.flatMap { $0 }.enumerated().sorted {
      let (one, other) = ($0.element.strongest.magnitude, $1.element.strongest.magnitude)
      return one == other ? $0.offset < $1.offset : one > other
    }.map(\.element)
  }

  private static func product(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += one[index] * other[index] }
    return min(1, max(-1, sum))
  }

  /// About their mean, and of length 1; zeros for a constant column.
  private static func standardized(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    let length = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    return values.map { length > 0 ? ($0 - mean) / length : 0 }
  }

  /// Equal values share the mean of their ranks.
  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 }
      start = end + 1
    }
    return ranks
  }
}
