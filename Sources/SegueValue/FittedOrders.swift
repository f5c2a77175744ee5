internal import SegueCore

/// One of the models of orders, fitted.
enum FittedOrders: Sendable {
  case bgbb(BGBBFit)

  /// Customers with repeat orders that a fit of four parameters takes at least.
  static let fewestRepeaters = 10

  var model: OrderModel {
    switch self {
    case .bgbb: .bgbb
    }
  }

  var fit: ModelFit {
    switch self {
    case .bgbb(let fitted): fitted.fit
    }
  }
}

extension FittedOrders {
  /// The model asked for; for `auto` the likelier one, and the other one beside it.
  ///
  /// A model whose fit converged comes before one whose fit did not, whatever their likelihoods.
  static func choose(
    _ wish: ValueOptions.Model, _ purchases: RepeatPurchases, _ monitor: Monitor
  ) throws -> (chosen: FittedOrders, other: FittedOrders?) {
    try check(purchases)
    return (.bgbb(try BGBBFit(OpportunityCounts(purchases), monitor: monitor)), nil)
  }

  /// Says in words why no model could be fitted.
  private static func check(_ purchases: RepeatPurchases) throws {
    if let row = (0..<purchases.count).first(where: { !purchases.isPossible($0) }) {
      throw SegueError.data(
        Diagnostic(
          "value.history",
          "customer \(row + 1) cannot have \(purchases.frequency[row]) repeat orders, the last "
            + "\(purchases.btydRecency[row]) after the first, and an age of \(purchases.age[row])",
          hint: "0 ≤ recency ≤ age, and no recency without repeat orders"))
    }
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

  func forecast(_ purchases: RepeatPurchases, _ options: ValueOptions) throws -> OrderForecast {
    switch self {
    case .bgbb(let fitted):
      let next = Self.opportunities(options, purchases.unitDays)
      guard next > 0 else {
        throw SegueError.usage(
          Diagnostic(
            "value.horizon",
            "a horizon of \(options.horizonDays) days holds no whole period of \(purchases.unitDays) days",
            hint: "look ahead for a period at least"))
      }
      return fitted.forecast(
        try OpportunityCounts(purchases), next: next, discount: options.discount(perDays: purchases.unitDays))
    }
  }
}

extension RepeatPurchases {
  /// Whether row `index` can be, but for rounding.
  func isPossible(_ index: Int) -> Bool {
    let (x, t, age) = (frequency[index], btydRecency[index], age[index])
    return x >= 0 && t >= 0 && t <= age + 1e-9 && age.isFinite && (x > 0 || t == 0)
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
