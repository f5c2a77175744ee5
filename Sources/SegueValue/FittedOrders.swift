internal import SegueCore

/// One of the models of orders, fitted.
enum FittedOrders: Sendable {
  case bgnbd(BGNBD, ModelFit, PurchaseStates)
  case paretonbd(ParetoNBD, ModelFit, PurchaseStates)
  case bgbb(BGBBFit)

  /// Customers with repeat orders that a fit of four parameters takes at least.
  static let fewestRepeaters = 10

  private init(bgnbd states: PurchaseStates, _ monitor: Monitor) throws {
    let fit = try OrderModel.bgnbd.fit(states, monitor: monitor)
    self = .bgnbd(BGNBD(fit)!, fit, states)
  }

  private init(paretonbd states: PurchaseStates, _ monitor: Monitor) throws {
    let fit = try OrderModel.paretonbd.fit(states, monitor: monitor)
    self = .paretonbd(ParetoNBD(fit)!, fit, states)
  }

  var model: OrderModel {
    switch self {
    case .bgnbd: .bgnbd
    case .paretonbd: .paretonbd
    case .bgbb: .bgbb
    }
  }

  var fit: ModelFit {
    switch self {
    case .bgnbd(_, let fit, _), .paretonbd(_, let fit, _): fit
    case .bgbb(let fitted): fitted.fit
    }
  }
}

extension FittedOrders {
  /// The model asked for; for `auto` the likelier one of BG/NBD and Pareto/NBD, and the other one beside it.
  ///
  /// Both have four parameters, so likelihoods compare as information criteria would. BG/NBD wins a tie.
  static func choose(
    _ wish: ValueOptions.Model, _ purchases: RepeatPurchases, _ monitor: Monitor
  ) throws -> (chosen: FittedOrders, other: FittedOrders?) {
    try check(purchases)
    if wish == .bgbb { return (.bgbb(try BGBBFit(OpportunityCounts(purchases), monitor: monitor)), nil) }
    let states = try PurchaseStates(purchases)
    if wish == .bgnbd { return (try FittedOrders(bgnbd: states, monitor), nil) }
    if wish == .paretonbd { return (try FittedOrders(paretonbd: states, monitor), nil) }
    let a = try FittedOrders(bgnbd: states, monitor)
    let b = try FittedOrders(paretonbd: states, monitor)
    return a.fit.logLikelihood >= b.fit.logLikelihood ? (a, b) : (b, a)
  }

  /// Says in words why no model could be fitted.
  private static func check(_ purchases: RepeatPurchases) throws {
    try purchases.check()
    let repeaters = purchases.frequency.count { $0 > 0 }
    guard repeaters < fewestRepeaters else { return }
    let customers = NumberText.count(purchases.count, "customer")
    let message =
      switch (purchases.count, repeaters) {
      case (0, _): "there are no customers to model"
      case (1, _): "one customer says nothing of how customers differ, which the models are about"
      case (_, 0):
        "none of \(customers) ordered again, so nothing tells how often they will or when they stop"
      default:
        "only \(repeaters) of \(customers) ordered again: too few to model when they will, which takes "
          + "\(fewestRepeaters)"
      }
    throw SegueError.data(Diagnostic("value.tooFew", message, hint: "use a longer period, or more customers"))
  }

  /// Whole periods within the horizon.
  static func opportunities(_ options: ValueOptions, _ unitDays: Double) -> Int {
    Int(Double(options.horizonDays) / unitDays + 1e-9)
  }

  /// Of the customers the model was fitted to.
  func forecast(
    _ purchases: RepeatPurchases, _ options: ValueOptions, _ monitor: Monitor
  ) throws -> OrderForecast {
    switch self {
    case .bgnbd(_, let fit, let states), .paretonbd(_, let fit, let states):
      return try OrderForecast(
        model: model, fit: fit, states: states, horizon: Double(options.horizonDays) / purchases.unitDays,
        discount: options.discount, monitor: monitor)
    case .bgbb(let fitted):
      let next = Self.opportunities(options, purchases.unitDays)
      guard next > 0 else {
        throw SegueError.usage(
          Diagnostic(
            "value.horizon",
            "a horizon of \(options.horizonDays) days holds no whole period of \(NumberText.fixed(purchases.unitDays)) days",
            hint: "look ahead for a period at least"))
      }
      return fitted.forecast(
        try OpportunityCounts(purchases), next: next, discount: options.discount(perDays: purchases.unitDays))
    }
  }
}

extension OpportunityCounts {
  /// Reads rows whose unit is the period.
  ///
  /// - Throws: ``SegueError`` `value.periods` where an age or a recency is no whole number of periods, or where
  ///   there are more purchases than periods.
  init(_ purchases: RepeatPurchases) throws {
    func whole(_ value: Double) -> Int32? { Int32(exactly: value) }
    var (recency, age) = ([Int32](), [Int32]())
    for row in 0..<purchases.count {
      guard let t = whole(purchases.btydRecency[row]), let n = whole(purchases.age[row]),
        purchases.frequency[row] <= t
      else {
        throw SegueError.usage(
          Diagnostic(
            "value.periods",
            "BG/BB takes whole periods with one purchase or none in each, and customer \(row + 1) has "
              + "\(purchases.frequency[row]) purchases until period \(purchases.btydRecency[row]) of "
              + "\(purchases.age[row])",
            hint: "give the length of a period, or choose bgnbd or paretonbd"))
      }
      recency.append(t)
      age.append(n)
    }
    self.init(frequency: purchases.frequency, recency: recency, opportunities: age)
  }
}
