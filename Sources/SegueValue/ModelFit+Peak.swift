internal import SegueCore
internal import SegueNumerics

extension ModelFit {
  /// A parameter is not known if its logarithm has a larger standard error: it may be anything.
  private static let loosest = 20.0
  /// What a peak's gradient per customer may be.
  private static let tolerance = 1e-7

  /// What may be said of a peak that a search over logarithms of parameters has found.
  ///
  /// Without an inner peak the fit has no covariance, and so nothing made from it has an interval.
  ///
  /// - Throws: ``SegueError`` `value.likelihood` where the likelihood could not be computed near any start.
  init(_ peak: MaximumLikelihood.Peak, of model: String, names: [String], customers: Double) throws {
    guard peak.value.isFinite, peak.gradient.isFinite else {
      throw SegueError.data(
        Diagnostic(
          "value.likelihood", "the likelihood of \(model) has no value near any start of the search",
          hint: "look for figures far from all others"))
    }
    let d = names.count
    let inverse = PositiveDefinite.inverse(peak.information, d)
    let errors = inverse.map { inverse in (0..<d).map { inverse[$0 * d + $0].squareRoot() } }
    let isInner =
      errors.map { $0.allSatisfy { $0 <= Self.loosest } } ?? false
      && peak.theta.allSatisfy { $0.magnitude < MaximumLikelihood.furthest - 2 }
    let isConverged = isInner && peak.gradient <= Self.tolerance
    var remarks: [String] = []
    if !isInner {
      remarks.append(
        "The likelihood of \(model) has no peak: other parameters than these fit as well. "
          + "What is computed from them has no interval.")
    } else if !isConverged {
      remarks.append(
        "The fit of \(model) did not converge: its likelihood still rises where the search ended. "
          + "Take its figures as rough.")
    }
    self.init(
      parameters: names.indices.map { index in
        let value = Elementary.exp(peak.theta[index])
        return Parameter(names[index], value, standardError: isInner ? value * errors![index] : nil)
      },
      logLikelihood: peak.value, customers: Int(customers.rounded()), isConverged: isConverged,
      iterations: peak.iterations, gradient: peak.gradient, covariance: isInner ? inverse! : [],
      remarks: remarks)
  }

  /// Standard error of a figure whose derivatives by the logarithms of the parameters are `slopes`;
  /// nil where the fit has no covariance.
  func standardError(_ slopes: [Double]) -> Double? {
    guard !covariance.isEmpty else { return nil }
    let d = slopes.count
    var variance = 0.0
    for i in 0..<d {
      for j in 0..<d { variance += slopes[i] * covariance[i * d + j] * slopes[j] }
    }
    return Elementary.sqrt(max(0, variance))
  }
}
