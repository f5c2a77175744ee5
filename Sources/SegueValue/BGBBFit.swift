public import SegueCore
internal import SegueNumerics

/// BG/BB fitted to customers, with what it takes to judge it and to forecast by it.
public struct BGBBFit: Sendable {
  public let model: BGBB
  public let fit: ModelFit

  /// Maximum likelihood over all customers; equal histories are computed once.
  ///
  /// - Throws: ``SegueError`` `value.history` if an entry cannot be, `value.tooFew` if nobody used an
  ///   opportunity; `CancellationError`.
  /// - Complexity: O(customers + Σ n) over distinct histories per evaluation.
  public init(_ counts: OpportunityCounts, monitor: Monitor = .silent) throws {
    if let index = (0..<counts.count).first(where: { !counts.isPossible($0) }) {
      throw SegueError.data(
        Diagnostic(
          "value.history",
          "customer \(index + 1) cannot have \(counts.frequency[index]) purchases, the last at opportunity "
            + "\(counts.recency[index]), out of \(counts.opportunities[index])",
          hint: "each opportunity is used at most once and is counted from 1"))
    }
    let groups = OpportunityGroups(counts)
    guard groups.histories.contains(where: { $0.x > 0 }) else {
      throw SegueError.data(
        Diagnostic(
          "value.tooFew",
          "no customer bought again, so nothing tells how often they do or when they stop",
          hint: "use a longer period"))
    }
    let total = groups.customers.reduce(0, +)
    let chunks = Chunks(rowCount: groups.histories.count, size: 256)
    let starts = [[1, 1, 1, 1], [0.5, 0.5, 0.5, 4], [1, 5, 1, 20]].map { $0.map(Elementary.log) }
    let peak = try MaximumLikelihood(
      customers: total, stage: "fitting BG/BB", monitor: monitor
    ).search(from: starts) { logs in
      let terms = BGBBTerms(Self.model(logs), upTo: groups.mostOpportunities)
      let parts = chunks.parallelMap { rows in
        var (value, slopes) = (0.0, BGBBTerms.Slopes.zero)
        for (history, customers) in zip(groups.histories[rows], groups.customers[rows]) {
          let own = terms.logLikelihood(x: Int(history.x), t: Int(history.t), n: Int(history.n))
          value += customers * own.value
          slopes += customers * own.slopes
        }
        return (value, slopes)
      }
      let (value, slopes) = parts.reduce((0, .zero)) { ($0.0 + $1.0, $0.1 + $1.1) }
      return (value, (0..<4).map { slopes[$0] })
    }
    model = Self.model(peak.theta)
    fit = try ModelFit(
      peak, of: OrderModel.bgbb.title, names: ["alpha", "beta", "gamma", "delta"], customers: total)
  }

  private static func model(_ logs: [Double]) -> BGBB {
    BGBB(
      alpha: Elementary.exp(logs[0]), beta: Elementary.exp(logs[1]), gamma: Elementary.exp(logs[2]),
      delta: Elementary.exp(logs[3]))
  }

  /// Customers expected to have used 0, 1, … opportunities, beside what `counts` has of them: how well the
  /// model describes the data it was fitted to.
  public func inSample(_ counts: OpportunityCounts) -> (expected: [Double], actual: [Double]) {
    let groups = OpportunityGroups(counts)
    var expected = [Double](repeating: 0, count: groups.mostOpportunities + 1)
    var actual = expected
    var byLength: [Int32: Double] = [:]
    for (history, customers) in zip(groups.histories, groups.customers) {
      byLength[history.n, default: 0] += customers
      actual[Int(history.x)] += customers
    }
    for (n, customers) in byLength.sorted(by: { $0.key < $1.key }) {
      for (x, chance) in model.distribution(n: Int(n)).enumerated() { expected[x] += customers * chance }
    }
    return (expected, actual)
  }

  /// What is expected of each entry in the next `next` opportunities.
  ///
  /// P(alive) is for the opportunity that comes next, as in the paper.
  /// - Parameter discount: rate per opportunity.
  /// - Complexity: O(customers + distinct histories·next²).
  public func forecast(_ counts: OpportunityCounts, next: Int, discount: Double) -> OrderForecast {
    let groups = OpportunityGroups(counts)
    let terms = BGBBTerms(model, upTo: groups.mostOpportunities + max(next, 1))
    let rows = Chunks(rowCount: groups.histories.count, size: 64).parallelMap { rows in
      groups.histories[rows].map { history in
        outlook(x: Int(history.x), t: Int(history.t), n: Int(history.n), next, discount, terms)
      }
    }.flatMap { $0 }
    func spread(_ figure: (Outlook) -> (value: Double, error: Double)) -> (
      values: [Double], errors: [Double]?
    ) {
      let each = rows.map(figure)
      let errors = fit.covariance.isEmpty ? nil : groups.indices.map { each[$0].error }
      return (groups.indices.map { each[$0].value }, errors)
    }
    let alive = spread(\.alive)
    let expected = spread(\.expected)
    let discounted = spread(\.discounted)
    return OrderForecast(
      pAlive: Estimates(probabilities: alive.values, logErrors: alive.errors),
      expectedOrders: Estimates(expected.values, logErrors: expected.errors),
      discountedOrders: Estimates(discounted.values, logErrors: discounted.errors),
      fewestOrders: groups.indices.map { rows[$0].fewest },
      mostOrders: groups.indices.map { rows[$0].most })
  }

  private struct Outlook: Sendable {
    var alive, expected, discounted: (value: Double, error: Double)
    var fewest, most: Int32
  }

  private func outlook(
    x: Int, t: Int, n: Int, _ next: Int, _ discount: Double, _ terms: BGBBTerms
  ) -> Outlook {
    func error(_ slopes: BGBBTerms.Slopes) -> Double { fit.standardError((0..<4).map { slopes[$0] }) ?? 0 }
    let alive = terms.alive(x: x, t: t, n: n, ahead: 1)
    let expected = terms.expected(x: x, t: t, n: n, terms.survival(n: n, next: next, discount: 0))
    let discounted = terms.expected(x: x, t: t, n: n, terms.survival(n: n, next: next, discount: discount))
    var (fewest, most, sum) = (Int32(0), Int32(next), 0.0)
    for (k, chance) in terms.distribution(x: x, t: t, n: n, next: next).enumerated() {
      if sum < 0.025 { fewest = Int32(k) }
      if sum < 0.975 { most = Int32(k) }
      sum += chance
    }
    return Outlook(
      alive: (alive.probability, error(alive.slopes)), expected: (expected.value, error(expected.slopes)),
      discounted: (discounted.value, error(discounted.slopes)), fewest: fewest, most: most)
  }
}
