public import SegueCore
internal import SegueNumerics

extension OrderForecast {
  /// What the fitted model expects of customers within a horizon from the end of observation.
  ///
  /// Intervals follow from the covariance of the fit by the delta method: of P(alive) on the scale of log
  /// odds, of orders on that of logarithms, so that none leaves its range. Fits without covariance give
  /// none. Discounting is continuous: an order after a time of u units is worth e^(−rate·u), where rate =
  /// ln(1 + discount) · unitDays/365.
  ///
  /// - Parameters:
  ///   - purchases: those the model was fitted to, or of other customers in the same unit.
  ///   - horizon: in the unit of `purchases`, positive.
  ///   - discount: yearly, above −1; 0 for none.
  /// - Throws: ``SegueError`` `value.horizon`, `value.discount` or `value.history`; `CancellationError`.
  /// - Complexity: O(pairs of frequency and age · orders to expect + customers).
  public init(
    model: OrderModel, fit: ModelFit, purchases: RepeatPurchases, horizon: Double, discount: Double,
    monitor: Monitor = .silent
  ) throws {
    try self.init(
      model: model, fit: fit, states: PurchaseStates(purchases), horizon: horizon, discount: discount,
      monitor: monitor)
  }

  package init(
    model: OrderModel, fit: ModelFit, states: PurchaseStates, horizon: Double, discount: Double,
    monitor: Monitor = .silent
  ) throws {
    guard horizon > 0, horizon.isFinite else {
      throw SegueError.usage(
        Diagnostic(
          "value.horizon", "nothing can be foretold over \(horizon) units of time",
          hint: "choose a horizon of 1 day or more"))
    }
    guard discount > -1, discount.isFinite else {
      throw SegueError.usage(
        Diagnostic(
          "value.discount", "\(discount) is not a yearly discount rate",
          hint: "write 10 % as 0.1"))
    }
    let forecaster = try Forecaster(
      model, fit,
      Outlook.Question(
        horizon: horizon, rate: Elementary.log1p(discount) * states.unitDays / 365,
        leastTail: Forecaster.tail))
    try monitor.checkpoint("foretelling orders")
    let rows = forecaster(states)
    try monitor.checkpoint("foretelling orders")
    self.init(rows, states.ofCustomer, hasIntervals: forecaster.hasIntervals)
  }

  /// Hands each customer the forecast of their state.
  private init(_ rows: [StateForecast], _ ofCustomer: [Int32], hasIntervals: Bool) {
    let fields: [@Sendable (StateForecast) -> Double] = [
      { $0.pAlive.value }, { $0.pAlive.low }, { $0.pAlive.high }, { $0.expected.value },
      { $0.expected.low }, { $0.expected.high }, { $0.discounted.value }, { $0.discounted.low },
      { $0.discounted.high },
    ]
    let columns = parallelMap(fields.count) { place in
      if place % 3 > 0 && !hasIntervals { return [Double]() }
      let column = rows.map(fields[place])
      return ofCustomer.map { column[Int($0)] }
    }
    let estimates = { (place: Int) in
      Estimates(
        values: columns[place], low: hasIntervals ? columns[place + 1] : nil,
        high: hasIntervals ? columns[place + 2] : nil)
    }
    let counts = parallelMap(2) { place in
      let column = rows.map { place == 0 ? $0.fewest : $0.most }
      return ofCustomer.map { column[Int($0)] }
    }
    self.init(
      pAlive: estimates(0), expectedOrders: estimates(3), discountedOrders: estimates(6),
      fewestOrders: counts[0], mostOrders: counts[1])
  }
}
