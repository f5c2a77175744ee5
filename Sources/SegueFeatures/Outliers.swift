import SegueCore

/// What becomes of rows that lie far from all others.
public enum OutlierHandling: String, Sendable, Codable, CaseIterable {
  /// `apart` for ten rows or more, where the transform is `auto` too.
  case auto
  /// They are clustered with the rest.
  case keep
  /// They are a segment of their own.
  case apart
}

/// A column's spread to either side of its median, as the standard deviation of the normal distribution with
/// the same quartile or, if that is more, the same twentieth on that side.
///
/// Rows beyond one in twenty never stretch it; a cluster of more rows than that does, and is no outlier. Zero
/// on a side where nineteen values in twenty are the median: there is no spread to be far out of.
struct OneSidedSpread {
  var center = 0.0
  var below = 0.0
  var above = 0.0

  init(_ column: ColumnStatistics) {
    let quantiles = column.quantiles
    center = column.median
    below = max((center - quantiles[1]) / 0.67449, (center - quantiles[0]) / 1.64485)
    above = max((quantiles[3] - center) / 0.67449, (quantiles[4] - center) / 1.64485)
  }

  /// Robust standard deviations from the median.
  func distance(_ value: Double) -> Double {
    if value >= center { return above > 0 ? (value - center) / above : 0 }
    return below > 0 ? (center - value) / below : 0
  }
}

/// Rows that lie far from all others in at least one column.
public struct Outliers: Sendable, Codable, Hashable {
  public struct Column: Sendable, Codable, Hashable {
    /// Of the feature.
    public var name: String
    public var label: String
    /// Rows that lie far out in it, perhaps in others too.
    public var rows: Int
    /// The farthest value to either side that is not far out, in the column's own units.
    public var lowest: Double
    public var highest: Double
  }

  /// Ascending.
  public var rows: [Int]
  /// Those that make at least one row an outlier.
  public var columns: [Column]
  /// Robust standard deviations from the median, on the reshaped scale, beyond which a value lies far out.
  public var cutOff: Double
  /// Whether they are a segment of their own.
  public var areApart = false

  /// More than that are no outliers but a heavy tail, or a cluster.
  public static let mostShare = 0.05
  /// Fewer are no segment that could be described.
  public static let fewestApart = 10
  /// Fewer rows do not tell what is usual.
  static let fewestRows = 50
  /// In how many tables of normally distributed columns at most one row or more lies beyond the cut-off.
  public static let falseAlarms = 0.01

  /// The distance that no value of n rows × d normal columns exceeds, but in one table of a hundred; at least 5.
  static func cutOff(rows: Int, columns: Int) -> Double {
    let tail = falseAlarms / (2 * Double(max(1, rows * columns)))
    var (low, high) = (5.0, 40.0)
    // P(Z > z) = erfc(z/√2)/2
    while high - low > 1e-9 {
      let middle = (low + high) / 2
      if Elementary.erfc(middle / 2.0.squareRoot()) / 2 > tail { low = middle } else { high = middle }
    }
    return low
  }

  /// - Parameters:
  ///   - raw: columns of equal length, in their own units; only numbers are looked at, not columns of 0 and 1.
  ///   - reshaped: the same after the transform.
  ///   - spreads: of the reshaped columns.
  /// - Returns: nil if no row lies far out, and for fewer than 50 rows.
  /// - Complexity: O(n·d).
  init?(
    _ features: [Feature], raw: [[Double]], reshaped: [[Double]], _ spreads: [OneSidedSpread]
  ) {
    let count = raw.first?.count ?? 0
    let searched = features.indices.filter { features[$0].shape == .number }
    guard count >= Outliers.fewestRows, !searched.isEmpty else { return nil }
    cutOff = Outliers.cutOff(rows: count, columns: searched.count)
    columns = []
    var isFar = [Bool](repeating: false, count: count)
    for index in searched {
      var (found, lowest, highest) = (0, Double.infinity, -Double.infinity)
      for row in 0..<count {
        if spreads[index].distance(reshaped[index][row]) > cutOff {
          isFar[row] = true
          found += 1
        } else {
          lowest = min(lowest, raw[index][row])
          highest = max(highest, raw[index][row])
        }
      }
      if found > 0 {
        columns.append(
          Column(
            name: features[index].name, label: features[index].label, rows: found, lowest: lowest,
            highest: highest))
      }
    }
    rows = isFar.indices.filter { isFar[$0] }
    if rows.isEmpty { return nil }
  }

  /// Whether there are few enough of them to be outliers of a table of `count` rows.
  func areFew(of count: Int) -> Bool { Double(rows.count) <= Outliers.mostShare * Double(count) }
}
