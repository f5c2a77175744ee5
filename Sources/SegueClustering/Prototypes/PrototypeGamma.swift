internal import SegueCore
internal import SegueNumerics

/// What a mismatch of categories costs against a unit of squared distance, and why.
///
/// Estimated, it is the mean variance of the numbers over the mean share of rows that have not the most
/// frequent level, 1 − max p, of the categories (`lambdaest` of clustMixType with `fac.method = 2`,
/// Szepannek 2018, doi:10.32614/RJ-2018-048). Those are what a row costs per column when there is one
/// cluster only, so an average category costs as much as an average number before anything is
/// split. The other common rules weigh categories less: 1 − Σp² in place of 1 − max p is never
/// smaller, and half a standard deviation (Huang 1998) is 0.5 on standardized numbers, where categories
/// that do not go along with the numbers decide next to nothing.
public struct PrototypeGamma: Hashable, Sendable, Codable {
  public var value: Double
  public var isEstimated: Bool
  /// One sentence for people, with the figures it was made of.
  public var reason: String

  init(given value: Double) {
    (self.value, isEstimated) = (value, false)
    reason = "A mismatch costs \(NumberText.compact(value)), as asked for."
  }

  /// - Parameter points: centred.
  init(estimatedFrom points: MixedRows) {
    isEstimated = true
    let (p, q) = (points.numberCount, points.categoryCount)
    guard p > 0, q > 0 else {
      value = 1
      reason =
        p > 0
        ? "There are no categories, so no mismatch costs anything."
        : "There are no numbers to weigh categories against, so each mismatch costs 1."
      return
    }
    var (variances, minorities) = (0.0, 0.0)
    for column in 0..<p {
      var (square, weight) = (0.0, 0.0)
      for row in 0..<points.rowCount {
        let x = points.numbers[row &* p &+ column]
        if x.isNaN { continue }
        square += points.weights[row] * x * x
        weight += points.weights[row]
      }
      variances += square / weight / Double(p)
    }
    for column in 0..<q {
      var counts = [Double](repeating: 0, count: points.levelCount + 2)
      for row in 0..<points.rowCount { counts[Int(points.levels[row &* q &+ column])] += points.weights[row] }
      let levels = counts[points.levelOffsets[column]..<points.levelOffsets[column + 1]]
      minorities += (1 - levels.max()! / levels.reduce(0, +)) / Double(q)
    }
    guard variances > 0, minorities > 0 else {
      value = 1
      reason =
        variances > 0
        ? "No category varies, so no mismatch costs anything."
        : "No number varies, so each mismatch costs 1."
      return
    }
    value = variances / minorities
    reason =
      "A mismatch costs \(NumberText.compact(value)): the mean variance of the numbers, "
      + "\(NumberText.compact(variances)), over the mean share of rows without the most frequent level, "
      + "\(NumberText.compact(minorities)), so that an average category weighs as much as an average number."
  }
}
