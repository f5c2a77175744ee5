import SegueCore
import SegueNumerics

/// How much of the squared distance between two rows a column makes up, on average over all pairs.
///
/// The mean squared difference of two values is twice their variance, so this is the column's share of the sum of
/// variances as clustering sees them.
public struct DistanceShare: Sendable, Codable, Hashable {
  /// Of the attribute: the levels of a category count together, a number with the mark of its gaps.
  public var name: String
  public var label: String
  /// They add up to 1, unless nothing varies.
  public var share: Double

  /// - Returns: one per attribute, in the order of its first column.
  /// - Complexity: O(n·d).
  static func shares(
    _ features: [Feature], labels: [String: String], _ points: Matrix, rows: [Int]
  ) -> [DistanceShare] {
    let count = Double(max(1, rows.count))
    var means = [Double](repeating: 0, count: features.count)
    for row in rows {
      for column in features.indices { means[column] += points[row, column] / count }
    }
    var largest = 0.0
    for row in rows {
      for column in features.indices {
        largest = max(largest, (points[row, column] - means[column]).magnitude)
      }
    }
    // Unscaled values near the limits of Double have squares beyond them.
    let isOrdinary = (1e-100...1e100).contains(largest) || largest == 0
    let unit = isOrdinary ? 1 : Double(sign: .plus, exponent: largest.exponent, significand: 1)
    var variances = means.map { _ in 0.0 }
    for row in rows {
      for column in features.indices {
        let difference = (points[row, column] - means[column]) / unit
        variances[column] += difference * difference / count
      }
    }
    let sum = variances.reduce(0, +)
    var found: [DistanceShare] = []
    var place: [String: Int] = [:]
    for (column, feature) in features.enumerated() {
      let share = sum > 0 ? variances[column] / sum : 0
      if let known = place[feature.attribute] {
        found[known].share += share
      } else {
        place[feature.attribute] = found.count
        let label = labels[feature.attribute] ?? feature.label
        found.append(DistanceShare(name: feature.attribute, label: label, share: share))
      }
    }
    return found
  }
}
