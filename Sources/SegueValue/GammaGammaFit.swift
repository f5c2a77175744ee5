public import SegueCore
internal import SegueNumerics

/// Gamma–Gamma fitted to customers, with what it takes to judge it.
public struct GammaGammaFit: Sendable {
  /// Customers with fewer repeat orders of positive value than this say too little of three parameters.
  public static let fewest = 10

  public let model: GammaGamma
  public let fit: ModelFit
  /// Pearson's, of repeat order days and their mean value. The model takes them to be independent.
  public let correlation: Double?

  /// Maximum likelihood over customers with repeat order days of positive value; the others are left out.
  ///
  /// - Parameter customers: how many customers each entry stands for; one each if left out.
  /// - Throws: ``SegueError`` `value.fewRepeats` with fewer than ``fewest`` such customers, `value.sameSpend`
  ///   where they all have the same mean, `value.likelihood` where means are too far apart to compute with;
  ///   `CancellationError`.
  /// - Complexity: O(customers) per evaluation; what depends on the frequency alone is computed once for each.
  public init(
    _ purchases: RepeatPurchases, _ spend: RepeatSpend, customers: [Double]? = nil,
    monitor: Monitor = .silent
  ) throws {
    let sums = GammaGammaSums(purchases, spend, customers)
    guard sums.count >= Double(Self.fewest) else {
      throw SegueError.data(
        Diagnostic(
          "value.fewRepeats",
          "repeat orders of positive value are known of \(NumberText.count(Int(sums.count), "customer")), and a "
            + "model of what an order is worth takes \(Self.fewest)",
          hint: "use a longer period"))
    }
    guard sums.isSpread else {
      throw SegueError.data(
        Diagnostic("value.sameSpend", "all customers have the same mean value of repeat orders"))
    }
    // In units of the mean spend, so that the currency does not decide how the search goes.
    let scale = sums.meanSpend
    let starts = [[6, 4, 0.5], [1, 2, 1], [1, 10, 9], [30, 3, 0.07]].map { $0.map { Elementary.log($0) } }
    let peak = try MaximumLikelihood(
      customers: sums.count, stage: "fitting Gamma–Gamma", monitor: monitor
    ).search(from: starts, rough: sums.thinned(to: 20_000).callAsFunction, sums.callAsFunction)
    let logs = peak.theta
    model = GammaGamma(
      p: Elementary.exp(logs[0]), q: Elementary.exp(logs[1]), v: Elementary.exp(logs[2]) * scale)
    correlation = RankCorrelation.pearson(
      sums.frequencies, sums.totals.indices.map(sums.spend), weights: sums.weights)
    var fit = try ModelFit(peak, of: "Gamma–Gamma", names: ["p", "q", "v"], customers: sums.count)
    fit.parameters[2].value *= scale
    fit.parameters[2].standardError? *= scale
    fit.logLikelihood -= sums.count * Elementary.log(scale)
    fit.remarks += Self.remarks(model, fit, sums, correlation)
    self.fit = fit
  }

  private static func remarks(
    _ model: GammaGamma, _ fit: ModelFit, _ sums: GammaGammaSums, _ correlation: Double?
  ) -> [String] {
    var remarks = leftOutRemarks(sums.leftOut)
    if model.populationMean == nil {
      remarks.append(
        "Spend differs so much between customers that the spend model has no finite mean "
          + "(q = \(NumberText.fixed(model.q, 2)), which must exceed 1).")
    }
    if let correlation, doubtsIndependence(correlation, fit.customers) {
      remarks.append(
        "Customers who order more often spend \(correlation > 0 ? "more" : "less") per order (correlation "
          + "\(NumberText.fixed(correlation, 2))), which the spend model takes not to be so.")
    }
    return remarks
  }

  static func leftOutRemarks(_ count: Int) -> [String] {
    if count == 0 { return [] }
    return [
      "\(NumberText.count(count, "customer")) whose repeat orders come to nothing or less "
        + "\(count == 1 ? "was" : "were") left out of the spend model; orders of the population's mean value are "
        + "expected of them."
    ]
  }

  /// At least a medium correlation by Cohen's (1988) reading, 0.3, and surely no chance: Fisher's z beyond
  /// 1.96 standard errors.
  private static func doubtsIndependence(_ r: Double, _ customers: Int) -> Bool {
    guard r.magnitude >= 0.3, customers > 3 else { return false }
    if r.magnitude == 1 { return true }
    let z = 0.5 * (Elementary.log1p(r.magnitude) - Elementary.log1p(-r.magnitude))
    return z * Elementary.sqrt(Double(customers - 3)) > 1.96
  }
}

extension GammaGammaFit {
  /// Mean value expected of each customer's orders, with a 95 % interval by the delta method on the log scale.
  ///
  /// Customers without repeat orders of positive value get the population's mean: of all that is known it is
  /// the best guess, and the first order is no part of the model.
  /// - Returns: nil where q ≤ 1, because then customers without repeat orders have no finite mean.
  public func expectedMeans(_ purchases: RepeatPurchases, _ spend: RepeatSpend) -> Estimates? {
    guard model.populationMean != nil else { return nil }
    var (values, errors) = ([Double](), [Double]())
    values.reserveCapacity(purchases.count)
    errors.reserveCapacity(purchases.count)
    for index in 0..<purchases.count {
      let mean = spend.mean[index]
      let isKnown = GammaGammaSums.isUsable(purchases.frequency[index], mean)
      let x = isKnown ? Int(purchases.frequency[index]) : 0
      values.append(model.expectedMean(x: x, mean: isKnown ? mean : 0)!)
      errors.append(fit.standardError(model.slopes(x: x, mean: isKnown ? mean : 0)) ?? 0)
    }
    return Estimates(values, logErrors: fit.covariance.isEmpty ? nil : errors)
  }
}
