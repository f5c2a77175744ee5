internal import SegueCore
internal import SegueNumerics

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
    let weights = customers.map { all in rows.map { all[$0] } }
    let count = weights?.reduce(0, +) ?? Double(rows.count)
    let sum = rows.indices.reduce(0) { $0 + (weights?[$1] ?? 1) * spend.mean[rows[$1]] }
    let scale = sum > 0 ? sum / count : 1
    self.init(
      frequencies: rows.map { Double(purchases.frequency[$0]) },
      totals: rows.map { Double(purchases.frequency[$0]) * (spend.mean[$0] / scale) }, weights: weights,
      meanSpend: scale, leftOut: purchases.frequency.count { $0 > 0 } - rows.count)
  }

  private init(
    frequencies: [Double], totals: [Double], weights: [Double]?, meanSpend: Double, leftOut: Int
  ) {
    self.frequencies = frequencies
    self.totals = totals
    self.weights = weights
    self.meanSpend = meanSpend
    self.leftOut = leftOut
    count = weights?.reduce(0, +) ?? Double(totals.count)
    var (logs, byLevel, low, high) = (0.0, [Double: Double](), Double.infinity, 0.0)
    for row in totals.indices {
      let (x, weight) = (frequencies[row], weights?[row] ?? 1)
      let mean = totals[row] / x
      logs -= weight * Elementary.log(mean)
      byLevel[x, default: 0] += weight
      (low, high) = (min(low, mean), max(high, mean))
    }
    logSpend = logs
    isSpread = high - low > 1e-9
    levels = byLevel.sorted { $0.key < $1.key }.map { (x: $0.key, customers: $0.value) }
  }

  /// Every so manieth customer, `most` at most: enough to look for where the likelihood is high.
  func thinned(to most: Int) -> GammaGammaSums {
    guard totals.count > most else { return self }
    let step = (totals.count + most - 1) / most
    let rows = stride(from: step / 2, to: totals.count, by: step)
    return GammaGammaSums(
      frequencies: rows.map { frequencies[$0] }, totals: rows.map { totals[$0] },
      weights: weights.map { all in rows.map { all[$0] } }, meanSpend: meanSpend, leftOut: leftOut)
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
