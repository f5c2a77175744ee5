public import SegueCore

/// Every figure of a back-test, from rankings known at the cut and what customers did after it.
///
/// Intervals of shares are Wilson's, of AUC those of ``CliffsDelta``; all others come from one set of resamples of
/// the customers, on which all methods are judged together, so that differences between methods are paired.
public struct BacktestFigures: Sendable {
  public private(set) var methods: [Backtest.Method] = []
  public private(set) var comparisons: [Backtest.Comparison] = []
  public private(set) var perfectGains: [Backtest.Gain]
  public private(set) var ordersPerCustomer: Backtest.Estimate
  public private(set) var revenuePerCustomer: Backtest.Estimate
  public private(set) var silentShare: Backtest.Estimate
  public let resamples: Int

  /// Groups below are not described.
  public static let smallestGroup = 10

  /// A thousand, or as many as keep large shops in seconds; intervals of many customers need fewer.
  static func resampleCount(_ customers: Int) -> Int { max(200, min(1_000, 20_000_000 / max(1, customers))) }

  private let later: LaterPurchases
  private let earlierRevenue: [Int64]

  /// - Parameters:
  ///   - earlierRevenue: of each customer up to the cut, in ten-thousandths.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(n log n + resamples · rankings · n), on all cores; memory O(rankings · n) and 70 bytes a
  ///   customer and core.
  public init(
    _ rankings: [Ranking], _ later: LaterPurchases, earlierRevenue: [Int64], seed: Seed,
    monitor: Monitor = .silent
  ) throws {
    self.later = later
    self.earlierRevenue = earlierRevenue
    resamples = BacktestFigures.resampleCount(later.count)
    let movers = Movers(later)
    let whole = Resample(movers)
    let perfect = Ranking(.monetary, scores: later.revenue.map(Double.init))
    perfectGains = BacktestFigures.gains(RankedCustomers(perfect, movers), whole)
    let ranked = parallelMap(rankings.count) { RankedCustomers(rankings[$0], movers) }
    let sizes = rankings.map { $0.names.count }
    let point = Replicate(ranked, whole, groups: sizes)
    try monitor.checkpoint("drawing customers anew")
    let replicates = try BacktestFigures.replicates(resamples, ranked, movers, sizes, seed, monitor)

    let everybody = [Int](0..<later.count)
    ordersPerCustomer = BacktestFigures.mean(
      everybody.map { Double(later.orders[$0]) }, replicates.map(\.orders))
    revenuePerCustomer = BacktestFigures.mean(
      everybody.map { Amount(tenThousandths: later.revenue[$0]).units }, replicates.map(\.revenue))
    silentShare = BacktestFigures.share(later.count - later.buyers, of: later.count)
    for (index, ranking) in rankings.enumerated() {
      methods.append(
        Backtest.Method(
          method: ranking.method, measures: measures(index, ranking, point, replicates),
          gains: BacktestFigures.gains(ranked[index], whole),
          groups: ranking.names.isEmpty
            ? nil : groups(ranking, ranked[index], replicates.map { $0.groups[index] })))
    }
    compare(point, replicates)
  }

  /// Every figure that a resample gives.
  private struct Replicate: Sendable {
    var measures: [RankMeasures]
    /// By ranking and group: orders and revenue a customer, share of revenue.
    var groups: [[SIMD4<Double>]]
    var orders: Double
    var revenue: Double

    init(_ ranked: [RankedCustomers], _ resample: borrowing Resample, groups sizes: [Int]) {
      measures = []
      groups = []
      let total = resample.revenue
      for (index, one) in ranked.enumerated() {
        var tallies = [(weight: Double, sum: Resample.Figures)](repeating: (0, .zero), count: sizes[index])
        measures.append(RankMeasures(one, resample, tallies: &tallies))
        groups.append(
          tallies.map { weight, sum in
            SIMD4(
              sum[4] / weight, sum[2] / weight / Double(Amount.scale), total > 0 ? sum[2] / total : .nan, 0)
          })
      }
      let n = Double(resample.counts.count)
      orders = resample.figures.reduce(0) { $0 + $1[4] } / n
      revenue = total / n / Double(Amount.scale)
    }
  }

  private static let resamplesPerTask = 10

  private static func replicates(
    _ count: Int, _ ranked: [RankedCustomers], _ movers: Movers, _ sizes: [Int], _ seed: Seed,
    _ monitor: Monitor
  ) throws -> [Replicate] {
    try parallelMap(count / resamplesPerTask) { task in
      try monitor.checkpoint("drawing customers anew")
      var resample = Resample(movers)
      return (0..<resamplesPerTask).map { index in
        var generator = seed.generator(for: .backtest, index: task * resamplesPerTask + index)
        resample.draw(&generator, movers)
        return Replicate(ranked, resample, groups: sizes)
      }
    }.flatMap(\.self)
  }

  // MARK: Methods

  private func measures(
    _ index: Int, _ ranking: Ranking, _ point: Replicate, _ replicates: [Replicate]
  ) -> [String: Backtest.Estimate] {
    var found: [String: Backtest.Estimate] = [:]
    guard later.count >= BacktestFigures.smallestGroup else { return found }
    for (place, measure) in Backtest.Measure.allCases.enumerated() {
      let value = point.measures[index].values[place]
      guard value.isFinite else { continue }
      let interval =
        measure == .auc
        ? aucInterval(ranking)
        : BootstrapInterval.percentile(replicates.map { $0.measures[index].values[place] })
      found[measure.rawValue] = Backtest.Estimate(value, interval)
    }
    return found
  }

  /// AUC is the share of pairs that Cliff's delta counts, moved from −1…1 to 0…1.
  private func aucInterval(_ ranking: Ranking) -> Interval? {
    let labels = later.orders.map { Int32($0 > 0 ? 1 : 0) }
    // Scores of nobody's are below all numbers; for ranks any other place below does.
    let least = (ranking.scores.filter(\.isFinite).min() ?? 0) - 1
    let scores = ranking.groups.map { max(least, ranking.scores[Int($0)]) }
    let delta = CliffsDelta.ofGroups(scores, labels: labels, groups: 2)[1]
    return delta.map { Interval(($0.interval.low + 1) / 2, ($0.interval.high + 1) / 2) }
  }

  /// The curve at every hundredth; customers of one run come evenly along it.
  private static func gains(_ ranked: RankedCustomers, _ resample: borrowing Resample) -> [Backtest.Gain] {
    guard resample.revenue > 0 else { return [] }
    var knots = [(customers: 0.0, revenue: 0.0)]
    ranked.forEachRun(resample) { run, weight, sum in
      let last = knots[knots.count - 1]
      let next = (last.customers + weight, last.revenue + sum[2])
      if run > 0, ranked.scores[run] == ranked.scores[run - 1] {
        knots[knots.count - 1] = next
      } else {
        knots.append(next)
      }
    }
    let n = Double(resample.counts.count)
    var knot = 1
    return (0...100).map { percent in
      let target = Double(percent) / 100 * n
      while knot < knots.count - 1, knots[knot].customers < target { knot += 1 }
      let (from, to) = (knots[knot - 1], knots[knot])
      let part =
        to.customers > from.customers ? (target - from.customers) / (to.customers - from.customers) : 1
      let revenue = from.revenue + (to.revenue - from.revenue) * min(1, max(0, part))
      return Backtest.Gain(customers: Double(percent) / 100, revenue: revenue / resample.revenue)
    }
  }

  // MARK: Groups

  private func groups(
    _ ranking: Ranking, _ ranked: RankedCustomers, _ replicates: [[SIMD4<Double>]]
  ) -> [Backtest.Group] {
    var members = [[Int]](repeating: [], count: ranking.names.count)
    for (customer, group) in ranking.groups.enumerated() { members[Int(group)].append(customer) }
    let total = later.total
    let earlier = earlierRevenue.reduce(Amount.zero) { $0 + Amount(tenThousandths: $1) }
    let isTold = SmallGroups.told(members.map(\.count))
    return ranked.groups.map(Int.init).filter { !members[$0].isEmpty }.map { group in
      let rows = members[group]
      var found = Backtest.Group(
        name: ranking.names[group], customers: rows.count,
        customerShare: Double(rows.count) / Double(later.count))
      guard isTold[group] else { return found }
      let revenue = rows.reduce(Amount.zero) { $0 + Amount(tenThousandths: later.revenue[$1]) }
      let spent = rows.reduce(Amount.zero) { $0 + Amount(tenThousandths: earlierRevenue[$1]) }
      found.earlierRevenueShare = earlier > .zero ? spent.units / earlier.units : nil
      found.orders = rows.reduce(0) { $0 + Int(later.orders[$1]) }
      found.revenue = revenue
      found.ordersPerCustomer = BacktestFigures.mean(
        rows.map { Double(later.orders[$0]) }, replicates.map { $0[group][0] })
      found.revenuePerCustomer = BacktestFigures.mean(
        rows.map { Amount(tenThousandths: later.revenue[$0]).units }, replicates.map { $0[group][1] })
      if total > .zero {
        found.revenueShare = Backtest.Estimate(
          revenue.units / total.units, BootstrapInterval.percentile(replicates.map { $0[group][2] }))
      }
      found.silentShare = BacktestFigures.share(rows.count { later.orders[$0] == 0 }, of: rows.count)
      return found
    }
  }

  private static func share(_ hits: Int, of count: Int) -> Backtest.Estimate {
    Backtest.Estimate(
      Double(hits) / Double(max(1, count)), Statistics.wilson(Double(hits), of: Double(count)))
  }

  private static func mean(_ values: [Double], _ replicates: [Double]) -> Backtest.Estimate {
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    var squares = 0.0
    var cubes = 0.0
    for value in values {
      let deviation = value - mean
      squares += deviation * deviation
      cubes += deviation * deviation * deviation
    }
    let skew = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    // Nobody who differs from the others leaves nothing to draw an interval from.
    guard squares > 0 else { return Backtest.Estimate(mean) }
    return Backtest.Estimate(mean, BootstrapInterval.accelerated(replicates, of: mean, skew: skew))
  }

  // MARK: Comparisons

  private mutating func compare(_ point: Replicate, _ replicates: [Replicate]) {
    for first in methods.indices {
      for second in methods.indices where second > first {
        for (place, measure) in Backtest.Measure.allCases.enumerated() {
          guard methods[first][measure] != nil, methods[second][measure] != nil else { continue }
          let value = point.measures[first].values[place] - point.measures[second].values[place]
          let interval = BootstrapInterval.percentile(
            replicates.map { $0.measures[first].values[place] - $0.measures[second].values[place] })
          comparisons.append(
            Backtest.Comparison(
              first: methods[first].method, second: methods[second].method, measure: measure,
              difference: Backtest.Estimate(value, interval),
              isTold: interval.map { $0.low > 0 || $0.high < 0 } ?? false))
        }
      }
    }
  }
}
