public import SegueCore

/// What customers paid per order day after the first one: what Gamma–Gamma is fitted to.
public struct RepeatSpend: Sendable {
  /// Mean of the totals of repeat order days; 0 or NaN where there is none.
  public var mean: [Double]

  public init(mean: [Double]) { self.mean = mean }
}

/// When customers will order, what they will spend, and what that is worth today.
public struct CustomerValue: Sendable {
  /// The model that was used.
  public var model: OrderModel
  public var fit: ModelFit
  /// The other model tried, for comparison.
  public var alternative: (model: OrderModel, fit: ModelFit)?
  public var forecast: OrderForecast
  /// Gamma–Gamma; nil where too few bought again to fit it.
  public var spendFit: ModelFit?
  /// Pearson's correlation of repeat order days and their mean value, which the spend model takes to be 0;
  /// nil where there is no spend model.
  public var spendCorrelation: Double?
  /// Expected mean value of an order; nil where spend cannot be modelled.
  public var meanOrderValue: Estimates?
  /// Discounted orders × mean order value × margin; nil where spend cannot be modelled.
  public var clv: Estimates?
  /// What was left out, assumed or could not be had, in sentences.
  public var remarks: [String]

  /// Fits a model of orders and one of spend, and multiplies what they expect.
  ///
  /// Orders and spend are modelled apart, as Gamma–Gamma assumes; so are the errors of their parameters when
  /// intervals are made. Where only spend cannot be modelled, the orders are still given.
  /// - Parameters:
  ///   - purchases: a row per customer. For BG/BB the unit is the period, and ages and recencies are whole.
  ///   - spend: of the same customers, in the same order.
  /// - Throws: ``SegueError`` `value.tooFew` where no model can be fitted, `value.history` where a row cannot
  ///   be, `value.periods` where BG/BB is asked for rows that are not in whole periods, and the offences of the
  ///   options, all in words; `CancellationError`.
  public init(
    _ purchases: RepeatPurchases, spend: RepeatSpend, _ options: ValueOptions, monitor: Monitor = .silent
  ) throws {
    precondition(spend.mean.count == purchases.count, "spend has a row per customer")
    if !options.offences.isEmpty { throw SegueError(.usage, options.offences) }
    let (orders, other) = try FittedOrders.choose(options.model, purchases, monitor)
    model = orders.model
    fit = orders.fit
    alternative = other.map { ($0.model, $0.fit) }
    remarks = orders.fit.remarks
    forecast = try orders.forecast(purchases, options, monitor)
    remarks += Self.horizonRemarks(purchases, options, model)
    do {
      let fitted = try GammaGammaFit(purchases, spend, monitor: monitor)
      spendFit = fitted.fit
      spendCorrelation = fitted.correlation
      meanOrderValue = fitted.expectedMeans(purchases, spend)
      remarks += fitted.fit.remarks
      if let means = meanOrderValue {
        remarks += Self.populationRemarks(purchases, means)
      } else {
        remarks.append("So no order values and no lifetime values are given; expected orders stand.")
      }
    } catch let error as SegueError {
      meanOrderValue = Self.samePrice(purchases, spend, error)
      remarks += Self.spendRemarks(error, meanOrderValue, purchases, spend)
    }
    clv = meanOrderValue.map {
      Estimates(productOf: forecast.discountedOrders, $0, times: options.margin)
    }
  }

  /// What everybody pays, where all pay the same: no model is needed to expect it again.
  private static func samePrice(
    _ purchases: RepeatPurchases, _ spend: RepeatSpend, _ error: SegueError
  ) -> Estimates? {
    guard error.diagnostics.first?.code == "value.sameSpend",
      let row = (0..<purchases.count).first(where: {
        GammaGammaSums.isUsable(purchases.frequency[$0], spend.mean[$0])
      })
    else { return nil }
    let price = [Double](repeating: spend.mean[row], count: purchases.count)
    return Estimates(values: price, low: price, high: price)
  }
}

extension CustomerValue {
  private static func horizonRemarks(
    _ purchases: RepeatPurchases, _ options: ValueOptions, _ model: OrderModel
  ) -> [String] {
    var remarks: [String] = []
    let watched = (purchases.age.max() ?? 0) * purchases.unitDays
    if Double(options.horizonDays) > watched {
      remarks.append(
        "The horizon of \(NumberText.count(options.horizonDays, "day")) is longer than the longest time a "
          + "customer was watched, \(NumberText.fixed(watched)) days: what is expected beyond that extrapolates."
      )
    }
    if model == .bgbb {
      let next = FittedOrders.opportunities(options, purchases.unitDays)
      if Double(next) * purchases.unitDays != Double(options.horizonDays) {
        remarks.append(
          "The horizon of \(NumberText.count(options.horizonDays, "day")) holds "
            + "\(NumberText.count(next, "whole period")) of \(NumberText.compact(purchases.unitDays)) days; "
            + "no more is looked ahead.")
      }
    }
    let once = purchases.frequency.count { $0 == 0 }
    if model == .bgnbd, once > 0 {
      remarks.append(
        "BG/NBD lets customers leave only after a repeat order, so the "
          + "\(NumberText.count(once, "customer")) without one count as alive for certain.")
    }
    return remarks
  }

  private static func populationRemarks(_ purchases: RepeatPurchases, _ means: Estimates) -> [String] {
    guard let row = purchases.frequency.firstIndex(of: 0) else { return [] }
    let once = purchases.frequency.count { $0 == 0 }
    var mean = NumberText.fixed(means.values[row], 2)
    if let low = means.low, let high = means.high {
      mean += " (95 % interval \(NumberText.fixed(low[row], 2)) to \(NumberText.fixed(high[row], 2)))"
    }
    return [
      "\(NumberText.count(once, "customer")) \(once == 1 ? "has" : "have") no repeat order that tells what they "
        + "spend; the mean order value of the population, \(mean), is expected of them."
    ]
  }

  private static func spendRemarks(
    _ error: SegueError, _ price: Estimates?, _ purchases: RepeatPurchases, _ spend: RepeatSpend
  ) -> [String] {
    guard let price = price?.values.first else {
      let reason = error.diagnostics.map(\.message).joined(separator: "; ")
      return ["No order values and no lifetime values are given: \(reason). Expected orders stand."]
    }
    let sums = GammaGammaSums(purchases, spend, nil)
    return [
      "All \(NumberText.fixed(sums.count)) customers with repeat orders of positive value have the same mean "
        + "value, \(NumberText.fixed(price, 2)): it is expected of everybody, and no spend model is needed."
    ] + GammaGammaFit.leftOutRemarks(sums.leftOut)
  }
}

extension CustomerValue {
  /// Orders expected in steps of equal length, each worth less by the step's rate than the one before: how tools
  /// that count months or years discount, whereas ``forecast`` discounts each order from its own day.
  ///
  /// - Parameters:
  ///   - cumulative: orders expected until the end of step 1, 2, …
  ///   - rate: of discounting per step: 0.01 a month, say.
  public static func discountedOrders(cumulative: [Double], rate: Double) -> Double {
    var (sum, worth, before) = (0.0, 1.0, 0.0)
    for orders in cumulative {
      worth /= 1 + rate
      sum += (orders - before) * worth
      before = orders
    }
    return sum
  }
}
