import SegueCore
import SegueValue

/// What groups of customers are expected to do in all, with the intervals that the errors of the models' parameters
/// leave.
///
/// The parameters are the same for all customers, so their errors move all of them together: the slopes of a
/// total are the sums of the customers' slopes, and its interval is no narrower, in proportion, for more customers
/// (delta method on the logarithm of the total, slopes by central differences).
struct ValueTotals {
  /// By group, everybody last.
  private(set) var orders: [Expectation]
  private(set) var clv: [Expectation]?

  /// - Parameters:
  ///   - labels: the group of each customer, 0..<`count`.
  ///   - spend: what `value` was fitted to.
  /// - Throws: `CancellationError`.
  /// - Complexity: eight forecasts of all customers.
  init(
    _ value: CustomerValue, _ purchases: RepeatPurchases, _ spend: RepeatSpend, _ options: ValueOptions,
    labels: [Int32], count: Int, monitor: Monitor = .silent
  ) throws {
    var sizes = [Int](repeating: 0, count: count + 1)
    for label in labels { sizes[Int(label)] += 1 }
    sizes[count] = labels.count
    func sums(_ figure: (Int) -> Double) -> [Double] {
      var sums = [Double](repeating: 0, count: count + 1)
      for row in labels.indices { sums[Int(labels[row])] += figure(row) }
      sums[count] = sums[..<count].reduce(0, +)
      return sums
    }
    let (expected, discounted) = (
      value.forecast.expectedOrders.values, value.forecast.discountedOrders.values
    )
    let means = value.meanOrderValue?.values
    let ordersSums = sums { expected[$0] }
    let valueSums = value.clv.map { clv in sums { clv.values[$0] } }

    let parameters = value.fit.parameters.map(\.value)
    var (orderSlopes, valueSlopes) = ([[Double]](), [[Double]]())
    if !value.fit.covariance.isEmpty {
      let foresight = try Foresight(value.model, value.fit, purchases, options)
      for index in parameters.indices {
        try monitor.checkpoint("summing up value")
        var (ahead, behind) = (parameters, parameters)
        ahead[index] *= Elementary.exp(ValueTotals.step)
        behind[index] *= Elementary.exp(-ValueTotals.step)
        let (high, low) = (try foresight.orders(ahead), try foresight.orders(behind))
        orderSlopes.append(sums { high.expected[$0] - low.expected[$0] }.map { $0 / (2 * ValueTotals.step) })
        if let means {
          valueSlopes.append(
            sums { (high.discounted[$0] - low.discounted[$0]) * means[$0] * options.margin }
              .map { $0 / (2 * ValueTotals.step) })
        }
      }
    }
    let spendSlopes = ValueTotals.spendSlopes(value, purchases, spend).map { slopes in
      slopes.map { slope in sums { discounted[$0] * slope[$0] * options.margin } }
    }

    func variance(_ fit: ModelFit, _ slopes: [[Double]], _ group: Int) -> Double? {
      guard !fit.covariance.isEmpty, slopes.count * slopes.count == fit.covariance.count else { return nil }
      var sum = 0.0
      for row in slopes.indices {
        for column in slopes.indices {
          sum += slopes[row][group] * fit.covariance[row * slopes.count + column] * slopes[column][group]
        }
      }
      return max(0, sum)
    }
    orders = sizes.indices.map { group in
      ValueTotals.expectation(ordersSums[group], variance(value.fit, orderSlopes, group), sizes[group])
    }
    clv = valueSums.map { totals in
      sizes.indices.map { group in
        let own = variance(value.fit, valueSlopes, group)
        // Without a spend model everybody pays the same, and nothing is to be erred in.
        let other = value.spendFit.map { fit in spendSlopes.flatMap { variance(fit, $0, group) } } ?? 0
        return ValueTotals.expectation(
          totals[group], own.flatMap { own in other.map { own + $0 } }, sizes[group])
      }
    }
  }

  /// Of the logarithm of a parameter.
  private static let step = 1e-3

  private static func expectation(_ total: Double, _ variance: Double?, _ customers: Int) -> Expectation {
    guard total > 0, let variance, variance.isFinite else {
      return Expectation(
        total: total, interval: total == 0 && variance != nil ? Interval(0, 0) : nil, customers: customers)
    }
    let factor = Elementary.exp(min(Statistics.z975 * variance.squareRoot() / total, 100))
    return Expectation(total: total, interval: Interval(total / factor, total * factor), customers: customers)
  }

  /// By ln p, ln q, ln v: how each customer's mean order value changes; nil without a spend model.
  private static func spendSlopes(
    _ value: CustomerValue, _ purchases: RepeatPurchases, _ spend: RepeatSpend
  ) -> [[Double]]? {
    guard let fit = value.spendFit, !fit.covariance.isEmpty, value.meanOrderValue != nil else { return nil }
    let parameters = fit.parameters.map(\.value)
    func means(_ p: [Double]) -> [Double] {
      let model = GammaGamma(p: p[0], q: p[1], v: p[2])
      return purchases.frequency.indices.map { row in
        let mean = spend.mean[row]
        let isKnown = purchases.frequency[row] > 0 && mean > 0 && mean.isFinite
        return model.expectedMean(x: isKnown ? Int(purchases.frequency[row]) : 0, mean: isKnown ? mean : 0)
          ?? .nan
      }
    }
    return parameters.indices.map { index in
      var (ahead, behind) = (parameters, parameters)
      ahead[index] *= Elementary.exp(step)
      behind[index] *= Elementary.exp(-step)
      return zip(means(ahead), means(behind)).map { ($0 - $1) / (2 * step) }
    }
  }
}

/// Forecasts of the same customers by a model with other parameters.
private struct Foresight {
  private let model: OrderModel
  private let fit: ModelFit
  private let purchases: RepeatPurchases
  private let options: ValueOptions
  private let states: PurchaseStates?

  init(
    _ model: OrderModel, _ fit: ModelFit, _ purchases: RepeatPurchases, _ options: ValueOptions
  ) throws {
    (self.model, self.fit, self.purchases, self.options) = (model, fit, purchases, options)
    states = model == .bgbb ? nil : try PurchaseStates(purchases)
  }

  /// Orders of each customer within the horizon, and the same discounted.
  func orders(_ parameters: [Double]) throws -> (expected: [Double], discounted: [Double]) {
    guard let states else { return byOpportunity(parameters) }
    var moved = fit
    moved.covariance = []
    for index in parameters.indices { moved.parameters[index].value = parameters[index] }
    let forecast = try OrderForecast(
      model: model, fit: moved, states: states, horizon: Double(options.horizonDays) / purchases.unitDays,
      discount: options.discount)
    return (forecast.expectedOrders.values, forecast.discountedOrders.values)
  }

  /// Equal histories once.
  private func byOpportunity(_ p: [Double]) -> (expected: [Double], discounted: [Double]) {
    let model = BGBB(alpha: p[0], beta: p[1], gamma: p[2], delta: p[3])
    let next = Int(Double(options.horizonDays) / purchases.unitDays + 1e-9)
    let rate = Elementary.expm1(Elementary.log1p(options.discount) * purchases.unitDays / 365)
    var known: [SIMD4<Int32>: (Double, Double)] = [:]
    var (expected, discounted) = ([Double](), [Double]())
    for row in 0..<purchases.count {
      let (x, t, n) = (
        Int(purchases.frequency[row]), Int(purchases.btydRecency[row]), Int(purchases.age[row])
      )
      let key = SIMD4(Int32(x), Int32(t), Int32(n), 0)
      let own =
        known[key]
        ?? (
          model.expectedPurchases(x: x, t: t, n: n, next: next),
          model.expectedPurchases(x: x, t: t, n: n, next: next, discount: rate)
        )
      known[key] = own
      expected.append(own.0)
      discounted.append(own.1)
    }
    return (expected, discounted)
  }
}
