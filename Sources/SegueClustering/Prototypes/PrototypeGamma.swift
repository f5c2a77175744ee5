internal import SegueCore
internal import SegueNumerics

/// What a mismatch of categories costs against a unit of squared distance, and why.
///
/// Estimated, it is the mean variance of the numbers over the mean heterogeneity 1 − Σp² of the
/// categories, as `lambdaest` of clustMixType does by default (Szepannek 2018, doi:10.32614/RJ-2018-048).
/// Both are half the mean dissimilarity of two rows: Σ(x−y)²/2n² is the variance, and two rows differ in a
/// category with probability 1 − Σp². With twice that ratio two rows would differ as much by a category
/// as by a number on average; but a mode, unlike a mean, stands on one of the values, and a mismatch
/// is all or nothing, so that categories then decide most of the clusters.
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
    var (variances, heterogeneities) = (0.0, 0.0)
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
      let levels = points.levelOffsets[column]..<points.levelOffsets[column + 1]
      let total = counts[levels].reduce(0, +)
      heterogeneities += (1 - counts[levels].reduce(0) { $0 + ($1 / total) * ($1 / total) }) / Double(q)
    }
    guard variances > 0, heterogeneities > 0 else {
      value = 1
      reason =
        variances > 0
        ? "No category varies, so no mismatch costs anything."
        : "No number varies, so each mismatch costs 1."
      return
    }
    value = variances / heterogeneities
    reason =
      "A mismatch costs \(NumberText.compact(value)): the mean variance of the numbers, "
      + "\(NumberText.compact(variances)), over the mean heterogeneity of the categories, "
      + "\(NumberText.compact(heterogeneities)), so that both have a like say."
  }
}
