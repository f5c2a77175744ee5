public import SegueCore
public import SegueValue

/// Sums up what customers are expected to do, over everybody and by segment.
public struct ValueProfiler: Sendable {
  private let value: CustomerValue
  private let purchases: RepeatPurchases
  private let spend: RepeatSpend
  private let options: ValueOptions
  private let holdout: Holdout?
  private let remarks: [String]

  /// - Parameters:
  ///   - purchases, spend: what `value` was fitted to, row by row.
  ///   - options: what it was fitted with.
  ///   - remarks: on the value of all customers.
  public init(
    _ value: CustomerValue, _ purchases: RepeatPurchases, _ spend: RepeatSpend, _ options: ValueOptions,
    holdout: Holdout?, remarks: [String]
  ) {
    self.value = value
    self.purchases = purchases
    self.spend = spend
    self.options = options
    self.holdout = holdout
    self.remarks = remarks
  }

  /// Puts into the profile what is expected of all, and of each segment that is large enough to be described.
  ///
  /// - Parameter ownLabels: position in `profile.segments` of each row.
  /// - Throws: `CancellationError`.
  /// - Complexity: that of eight forecasts of all customers.
  public func add(to profile: inout StudyProfile, labels ownLabels: [Int32], monitor: Monitor = .silent)
    throws
  {
    let labels = profile.told(ownLabels)
    let count = profile.segments.count
    let totals = try ValueTotals(
      value, purchases, spend, options, labels: labels, count: count, monitor: monitor)
    let alive = alive(labels, count)
    func summary(_ index: Int) -> SegmentProfile.Value {
      let clv = totals.clv?[index]
      let total = totals.clv?[count].total ?? 0
      let (sum, returning, ofReturning, customers) = alive[index]
      return SegmentProfile.Value(
        expectedOrders: totals.orders[index], clv: clv,
        clvShare: clv.flatMap { total > 0 ? $0.total / total : nil },
        pAlive: customers > 0 ? sum / Double(customers) : 0,
        pAliveOfReturning: returning > 0 ? ofReturning / Double(returning) : nil, returning: returning)
    }
    for index in profile.segments.indices where profile.segments[index].isDescribed {
      let value = summary(index)
      profile.segments[index].value = value
      profile.segments[index].figures += figures(
        value, id: profile.segments[index].segment.id, customers: alive[index].3, profile)
    }
    profile.value = StudyProfile.Value(
      model: value.model, unitDays: purchases.unitDays, horizonDays: options.horizonDays,
      discount: options.discount, margin: options.margin, fit: value.fit,
      alternative: value.alternative.map { StudyProfile.Value.Alternative(model: $0.model, fit: $0.fit) },
      spendFit: value.spendFit, totals: summary(count),
      customersForEightyPercent: value.clv.map { ValueProfiler.shareOfTop($0.values, bringing: 0.8) },
      holdout: holdout, remarks: remarks)
  }

  private func figures(
    _ own: SegmentProfile.Value, id: Int, customers: Int, _ profile: StudyProfile
  ) -> [Figure] {
    let sources =
      profile.segments.lazy.compactMap { segment in
        segment.figure("monetary")?.sources
      }.first ?? []
    let horizon = "in the next \(NumberText.count(options.horizonDays, "day"))"
    var list = FigureList(id: id)
    list.add(
      "pAlive", "probability of still being a customer", .share, .mean, own.pAlive, n: customers, sources)
    list.add(
      "expectedOrders", "orders expected \(horizon)", .count, .sum, own.expectedOrders.total,
      own.expectedOrders.totalInterval, n: customers, sources)
    list.add(
      "expectedOrdersMean", "orders expected of a customer \(horizon)", .count, .mean,
      own.expectedOrders.mean,
      own.expectedOrders.meanInterval, n: customers, sources)
    guard let clv = own.clv else { return list.figures }
    list.add(
      "expectedValue", "value expected \(horizon)", .money, .sum, clv.total, clv.totalInterval, n: customers,
      sources)
    list.add(
      "expectedValueMean", "value expected of a customer \(horizon)", .money, .mean, clv.mean,
      clv.meanInterval, n: customers, sources)
    if let share = own.clvShare {
      list.add(
        "expectedValueShare", "share of the value expected", .share, .share, share, n: customers, sources)
    }
    return list.figures
  }

  /// Sums of P(alive), over all customers and over those who came back; everybody last.
  private func alive(_ labels: [Int32], _ count: Int) -> [(Double, Int, Double, Int)] {
    var sums = [(Double, Int, Double, Int)](repeating: (0, 0, 0, 0), count: count + 1)
    for (row, label) in labels.enumerated() {
      let p = value.forecast.pAlive.values[row]
      for group in [Int(label), count] {
        sums[group].0 += p
        sums[group].3 += 1
        guard purchases.frequency[row] > 0 else { continue }
        sums[group].1 += 1
        sums[group].2 += p
      }
    }
    return sums
  }

  /// The smallest share of customers whose figures make up `part` of the whole.
  private static func shareOfTop(_ values: [Double], bringing part: Double) -> Double {
    let sorted = values.sorted(by: >)
    let total = sorted.reduce(0, +)
    var sum = 0.0
    for (index, value) in sorted.enumerated() {
      sum += value
      if sum >= part * total { return Double(index + 1) / Double(sorted.count) }
    }
    return 1
  }
}
