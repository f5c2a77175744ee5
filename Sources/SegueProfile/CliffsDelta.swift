import SegueCore

/// How far a group lies above everybody else: P(X > Y) − P(X < Y), −1…1.
///
/// Needs no shape of distribution and does not change under log or any other rising transform
/// (Cliff 1993, doi:10.1037/0033-2909.114.3.494). |d| of 0.147, 0.33 and 0.474 is commonly
/// read as small, medium and large (Romano et al. 2006).
package struct CliffsDelta: Sendable {
  package var value: Double
  package var interval: Interval
  package var pValue: Double
  package var n: Int
  package var nOthers: Int

  /// One delta per group against all other groups.
  ///
  /// - Parameters:
  ///   - values: one per customer; NaN is missing and left out.
  ///   - labels: the group of each customer, `0..<groups`; negative is left out.
  /// - Returns: nil for a group with fewer than two values on either side.
  /// - Complexity: O(n log n + g·groups), g = distinct values.
  ///
  /// Variance from the placements of both samples (DeLong, DeLong & Clarke-Pearson 1988,
  /// doi:10.2307/2531595), interval by the asymmetric form of Feng & Cliff (2004,
  /// doi:10.22237/jmasm/1099267560), which stays within ±1. The test takes the variance of the
  /// Mann–Whitney statistic under no difference where that is larger: for groups of ten, the
  /// placements alone would call ten times as many differences sure as there are.
  package static func ofGroups(_ values: [Double], labels: [Int32], groups: Int) -> [CliffsDelta?] {
    ofGroups(GroupedNumbers(values, labels: labels, groups: groups))
  }

  /// As above, of values that are sorted already. O(g·groups), g = distinct values.
  static func ofGroups(_ numbers: GroupedNumbers) -> [CliffsDelta?] {
    let (sizes, groups) = (numbers.sizes, numbers.groupCount)
    let (values, labels) = (numbers.values, numbers.groups)
    let total = values.count

    // Walk the tied runs upward; `below` counts how many of each group lie under the run.
    var below = [Int](repeating: 0, count: groups)
    var sumIn = [Double](repeating: 0, count: groups)
    var squareIn = sumIn
    var sumOut = sumIn
    var squareOut = sumIn
    var tied = [Int](repeating: 0, count: groups)
    var position = 0
    var tieTerm = 0.0
    while position < total {
      var end = position
      for group in 0..<groups { tied[group] = 0 }
      while end < total, values[end] == values[position] {
        tied[Int(labels[end])] += 1
        end += 1
      }
      let run = end - position
      tieTerm += Double(run) * Double(run) * Double(run) - Double(run)
      for group in 0..<groups where sizes[group] > 1 && total - sizes[group] > 1 {
        let others = Double(total - sizes[group])
        let mine = Double(sizes[group])
        // Share of the other side that lies below, ties half.
        let placementIn = (Double(position - below[group]) + Double(run - tied[group]) / 2) / others
        let placementOut = (Double(below[group]) + Double(tied[group]) / 2) / mine
        sumIn[group] += Double(tied[group]) * placementIn
        squareIn[group] += Double(tied[group]) * placementIn * placementIn
        sumOut[group] += Double(run - tied[group]) * placementOut
        squareOut[group] += Double(run - tied[group]) * placementOut * placementOut
      }
      for group in 0..<groups { below[group] += tied[group] }
      position = end
    }

    return (0..<groups).map { group in
      let n1 = Double(sizes[group])
      let n2 = Double(total - sizes[group])
      guard n1 > 1, n2 > 1 else { return nil }
      let area = sumIn[group] / n1
      let varianceIn = max(0, squareIn[group] / n1 - area * area) * n1 / (n1 - 1)
      let meanOut = sumOut[group] / n2
      let varianceOut = max(0, squareOut[group] / n2 - meanOut * meanOut) * n2 / (n2 - 1)
      let delta = 2 * area - 1
      let variance = varianceIn / n1 + varianceOut / n2
      let all = n1 + n2
      let underNull = (all + 1 - tieTerm / (all * (all - 1))) / (12 * n1 * n2)
      let tested = 2 * max(variance, underNull).squareRoot()
      return CliffsDelta(
        value: delta, interval: interval(delta, 2 * variance.squareRoot(), smaller: min(n1, n2)),
        pValue: tested > 0 ? Statistics.twoSidedP(delta / tested) : 1,
        n: sizes[group], nOthers: total - sizes[group])
    }
  }

  private static func interval(_ delta: Double, _ error: Double, smaller n: Double) -> Interval {
    let z2 = Statistics.z975 * Statistics.z975
    let room = 1 - delta * delta
    let half = Statistics.z975 * error * (room * room + z2 * error * error).squareRoot()
    let centre = delta - delta * delta * delta
    let scale = room + z2 * error * error
    // Complete separation shows no variance; this is Feng & Cliff's bound for it. Less than
    // complete separation must not look surer than that.
    let surest = (n - z2) / (n + z2)
    if room <= 1e-12 { return delta > 0 ? Interval(surest, 1) : Interval(-1, -surest) }
    let low = max(-1, (centre - half) / scale)
    let high = min(1, (centre + half) / scale)
    return delta > 0 ? Interval(min(low, surest), high) : Interval(low, max(high, -surest))
  }
}
