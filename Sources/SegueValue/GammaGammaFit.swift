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
  ///   where they all have the same mean; `CancellationError`.
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
          "\(NumberText.count(Int(sums.count), "customer")) with repeat orders of positive value: too few to "
            + "model what an order is worth, which takes \(Self.fewest)",
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
    ).search(from: starts, sums.callAsFunction)
    let logs = peak.theta
    model = GammaGamma(
      p: Elementary.exp(logs[0]), q: Elementary.exp(logs[1]), v: Elementary.exp(logs[2]) * scale)
    correlation = RankCorrelation.pearson(
      sums.frequencies, sums.totals.indices.map(sums.spend), weights: sums.weights)
    var fit = ModelFit(peak, of: "Gamma–Gamma", names: ["p", "q", "v"], customers: sums.count)
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

/// What the likelihood of Gamma–Gamma needs of customers, money in units of its mean.
struct GammaGammaSums {
  /// x, and the total over these orders, of each customer with repeat orders of positive value.
  let frequencies: [Double]
  let totals: [Double]
  let weights: [Double]?
  /// Distinct frequencies, ascending, and the customers of each.
  let levels: [(x: Double, customers: Double)]
  let count: Double
  let meanSpend: Double
  let isSpread: Bool
  /// Entries with repeat orders that come to nothing or less.
  let leftOut: Int
  /// Σ −ln z̄ over customers, in scaled money.
  private let logSpend: Double

  static func isUsable(_ frequency: Int32, _ mean: Double) -> Bool {
    frequency > 0 && mean > 0 && mean.isFinite
  }

  init(_ purchases: RepeatPurchases, _ spend: RepeatSpend, _ customers: [Double]?) {
    let rows = (0..<purchases.count).filter { Self.isUsable(purchases.frequency[$0], spend.mean[$0]) }
    leftOut = purchases.frequency.count { $0 > 0 } - rows.count
    frequencies = rows.map { Double(purchases.frequency[$0]) }
    weights = customers.map { all in rows.map { all[$0] } }
    let own = weights ?? []
    let total = own.isEmpty ? Double(rows.count) : own.reduce(0, +)
    count = total
    var sum = 0.0
    for (index, row) in rows.enumerated() { sum += (own.isEmpty ? 1 : own[index]) * spend.mean[row] }
    let scale = rows.isEmpty ? 1 : sum / total
    meanSpend = scale
    totals = rows.map { Double(purchases.frequency[$0]) * (spend.mean[$0] / scale) }
    let means = rows.lazy.map { spend.mean[$0] }
    isSpread = (means.max() ?? 0) - (means.min() ?? 0) > 1e-9 * scale
    var (logs, byLevel) = (0.0, [Double: Double]())
    for (index, row) in rows.enumerated() {
      let weight = own.isEmpty ? 1 : own[index]
      logs -= weight * Elementary.log(spend.mean[row] / scale)
      byLevel[frequencies[index], default: 0] += weight
    }
    logSpend = logs
    levels = byLevel.sorted { $0.key < $1.key }.map { (x: $0.key, customers: $0.value) }
  }

  /// z̄ of a customer in scaled money.
  func spend(_ index: Int) -> Double { totals[index] / frequencies[index] }

  /// Log-likelihood and its derivatives by ln p, ln q, ln v.
  func callAsFunction(_ logs: [Double]) -> (value: Double, gradient: [Double]) {
    let (p, q, v) = (Elementary.exp(logs[0]), Elementary.exp(logs[1]), Elementary.exp(logs[2]))
    var (value, byP, byQ, byV) = (logSpend - count * Special.logGamma(q), 0.0, 0.0, 0.0)
    for level in levels {
      let shape = p * level.x
      value += level.customers * Special.logRising(shape, q)
      byP += level.customers * shape * Special.digammaRise(shape, q)
      byQ += level.customers * q * Special.digammaRise(q, shape)
    }
    let parts = Chunks(rowCount: totals.count).parallelMap { rows in
      var (own, population, pull) = (0.0, 0.0, 0.0)
      for row in rows {
        let (x, total, weight) = (frequencies[row], totals[row], weights?[row] ?? 1)
        let shape = p * x
        own += weight * shape * Elementary.log1p(v / total)
        population += weight * q * Elementary.log1p(total / v)
        pull += weight * (q * total - shape * v) / (v + total)
      }
      return SIMD4(own, population, pull, 0)
    }
    let sums = parts.reduce(SIMD4.zero, +)
    value -= sums[0] + sums[1]
    byP -= sums[0]
    byQ -= sums[1]
    byV = sums[2]
    return (value, [byP, byQ, byV])
  }
}
