internal import SegueCore
internal import SegueNumerics

/// The forecast of customers of one history.
struct StateForecast: Sendable {
  /// A figure with its interval; low and high are the value itself where there is none.
  struct Figure: Sendable {
    var value: Double
    var low: Double
    var high: Double
  }

  var pAlive: Figure
  var expected: Figure
  var discounted: Figure
  var fewest: Int32
  var most: Int32
}

/// Forecasts by state: what depends on frequency and age alone is computed once for each such pair.
struct Forecaster: Sendable {
  /// Of a 95 % interval, on either side.
  static let tail = 0.025
  private static let normal = 1.959963984540054

  private enum Parameters: Sendable {
    case bgnbd(BGNBD)
    case paretonbd(ParetoNBD)
  }

  private let parameters: Parameters
  /// Parameters in the order of the covariance.
  private let values: SIMD4<Double>
  private let covariance: [SIMD4<Double>]
  private let question: Outlook.Question

  var hasIntervals: Bool { !covariance.isEmpty }

  /// - Throws: ``SegueError`` `value.fit` where the fit is of another model.
  init(_ model: OrderModel, _ fit: ModelFit, _ question: Outlook.Question) throws {
    switch model {
    case .bgnbd: parameters = try .bgnbd(Self.fitted(BGNBD(fit), model))
    case .paretonbd: parameters = try .paretonbd(Self.fitted(ParetoNBD(fit), model))
    case .bgbb: parameters = try .bgnbd(Self.fitted(nil, model))
    }
    switch parameters {
    case .bgnbd(let model): values = SIMD4(model.r, model.alpha, model.a, model.b)
    case .paretonbd(let model): values = SIMD4(model.r, model.alpha, model.s, model.beta)
    }
    let all = fit.covariance
    covariance =
      all.count == 16
      ? (0..<4).map { SIMD4(all[4 * $0], all[4 * $0 + 1], all[4 * $0 + 2], all[4 * $0 + 3]) } : []
    self.question = question
  }

  private static func fitted<Model>(_ model: Model?, _ name: OrderModel) throws -> Model {
    guard let model else {
      throw SegueError(
        .software,
        [
          Diagnostic(
            "value.fit",
            "these are not parameters of \(name.title) that orders at any time can be foretold from")
        ])
    }
    return model
  }

  /// By state, in their order.
  func callAsFunction(_ states: PurchaseStates) -> [StateForecast] {
    Chunks(rowCount: states.pairs.count, size: 64).parallelMap { pairs in
      var rows: [StateForecast] = []
      for pair in states.pairs[pairs] {
        let x = states.frequencies[Int(pair.frequency)]
        let age = states.ages[Int(pair.age)]
        let members = states.states[Int(pair.states.lowerBound)..<Int(pair.states.upperBound)]
        let recencies = members.map { states.recencies[Int($0.recency)] }
        let (outlook, odds) = alive(x, recencies, age)
        for odds in odds { rows.append(forecast(outlook, odds)) }
      }
      return rows
    }.flatMap { $0 }
  }

  /// What customers of one frequency and age will do if they still buy, and for each recency the log odds
  /// that they do, with derivatives with respect to the logarithms of the parameters.
  private func alive(
    _ x: Double, _ recencies: [Double], _ age: Double
  ) -> (Outlook, [LogOdds]) {
    switch parameters {
    case .bgnbd(let model):
      return (model.ahead(x, age: age).outlook(question), recencies.map { model.logOddsSlopes(x, $0, age) })
    case .paretonbd(let model):
      var dropout = ParetoDropout(model, x)
      let end = dropout.tail(age)
      let odds = recencies.map { recency in
        let stopped = dropout.logOdds(dropout.tail(recency), end, recency, age)
        return LogOdds(value: -stopped.value, slopes: -stopped.slopes)
      }
      return (model.ahead(x, age: age).outlook(question), odds)
    }
  }

  private func forecast(_ outlook: Outlook, _ odds: LogOdds) -> StateForecast {
    let pAlive = Special.logistic(odds.value)
    let half = Self.normal * error(odds.slopes)
    let stopped = Special.logistic(-odds.value)
    return StateForecast(
      pAlive: StateForecast.Figure(
        value: pAlive, low: Special.logistic(odds.value - half), high: Special.logistic(odds.value + half)),
      expected: orders(pAlive, outlook.expected, stopped * odds.slopes, outlook.expectedSlopes),
      discounted: orders(pAlive, outlook.discounted, stopped * odds.slopes, outlook.discountedSlopes),
      fewest: outlook.orders(exceededBy: 1 - Self.tail, pAlive: pAlive),
      most: outlook.orders(exceededBy: Self.tail, pAlive: pAlive))
  }

  /// P(alive) times orders of those alive, with an interval on the scale of logarithms.
  private func orders(
    _ pAlive: Double, _ ahead: Double, _ aliveSlopes: SIMD4<Double>, _ aheadSlopes: SIMD4<Double>
  ) -> StateForecast.Figure {
    let value = pAlive * ahead
    guard ahead > 0 else { return StateForecast.Figure(value: value, low: value, high: value) }
    let half = Self.normal * error(aliveSlopes + values * aheadSlopes / ahead)
    let factor = Elementary.exp(min(half, 700))
    return StateForecast.Figure(
      value: value, low: value / factor, high: min(value * factor, .greatestFiniteMagnitude))
  }

  /// Standard error of a figure with these derivatives; 0 without a covariance.
  private func error(_ slopes: SIMD4<Double>) -> Double {
    guard hasIntervals else { return 0 }
    var variance = 0.0
    for row in 0..<4 { variance += slopes[row] * (covariance[row] * slopes).sum() }
    return max(0, variance).squareRoot()
  }
}
