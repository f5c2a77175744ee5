public import SegueCore

extension Holdout {
  /// The holdout period must last as long at least, and hold an opportunity at least for BG/BB.
  public static let fewestDays = 28
  private static let openFrequency = 7

  /// The last third of the span is held out.
  ///
  /// - Returns: nil where that is less than ``fewestDays`` days.
  public static func defaultSplit(first: Int32, last: Int32) -> Int32? {
    let held = (Int(last) - Int(first)) / 3
    return held >= fewestDays ? last - Int32(held) : nil
  }

  /// Fits the model to what was known at the end of the split day, and compares with what came after.
  ///
  /// - Parameters:
  ///   - model: `auto` chooses by the likelihood of the calibration period.
  ///   - splitDay: last day of calibration; by default the last third of the span is held out.
  ///   - endDay: last day that was watched; by default that of the last order.
  ///   - unitDays: unit of time; for BG/BB the days of a period, a whole number.
  /// - Throws: ``SegueError`` `holdout.split` where a period is empty or too short, what fitting throws where
  ///   too few bought again before the split, all in words; `CancellationError`.
  /// - Complexity: that of a fit and a forecast, and O(weeks × days with a first order) for the tracking curve.
  public init(
    _ histories: OrderHistories, model wish: ValueOptions.Model = .auto, splitDay: Int32? = nil,
    endDay: Int32? = nil, unitDays: Double = 7, monitor: Monitor = .silent
  ) throws {
    let cut = try HoldoutCut(histories, wish, splitDay, endDay, unitDays)
    let orders = try FittedOrders.choose(wish, cut.purchases, monitor).chosen
    try monitor.checkpoint("comparing with the holdout period")
    let expected = try orders.expectedOrders(cut.purchases, next: cut.lengths)
    let naive = cut.purchases.frequency.indices.map { row in
      let age = cut.purchases.age[row]
      return age > 0 ? Double(cut.purchases.frequency[row]) / age * cut.lengths[row] : 0
    }
    let (errors, naiveErrors) = (Errors(expected, cut.actual), Errors(naive, cut.actual))
    let curve = cut.track(orders)
    self.init(
      model: orders.model, fit: orders.fit, splitDay: cut.split, endDay: cut.end, unitDays: unitDays,
      calibration: Double(cut.split - cut.first) / unitDays, holdout: Double(cut.end - cut.split) / unitDays,
      customers: cut.customers.count, actualOrders: cut.actual.reduce(0, +),
      expectedOrders: expected.reduce(0, +), meanAbsoluteError: errors.absolute,
      rootMeanSquaredError: errors.squared, naiveOrders: naive.reduce(0, +),
      naiveMeanAbsoluteError: naiveErrors.absolute, naiveRootMeanSquaredError: naiveErrors.squared,
      rankCorrelation: RankCorrelation.spearman(expected, cut.actual),
      naiveRankCorrelation: RankCorrelation.spearman(naive, cut.actual),
      trackingError: Self.trackingError(curve.points[(curve.split + 1)...]),
      groups: Self.groups(cut.purchases.frequency, expected, cut.actual), track: curve.points,
      calibrationEnd: curve.split, remarks: orders.fit.remarks)
    remarks += Self.remarks(self, cut.newcomers)
  }

  private struct Errors {
    /// Mean absolute error and root of the mean squared error.
    let absolute, squared: Double

    init(_ expected: [Double], _ actual: [Double]) {
      let differences = zip(expected, actual).map { $0 - $1 }
      let count = Double(max(1, differences.count))
      absolute = differences.reduce(0) { $0 + $1.magnitude } / count
      squared = (differences.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
    }
  }

  private static func groups(_ frequency: [Int32], _ expected: [Double], _ actual: [Double]) -> [Group] {
    let levels = frequency.map { min(Int($0), openFrequency) }
    var groups = (0...openFrequency).map {
      Group(frequency: $0, isOpen: $0 == openFrequency, customers: 0, actual: 0, expected: 0)
    }
    for (row, level) in levels.enumerated() {
      groups[level].customers += 1
      groups[level].actual += actual[row]
      groups[level].expected += expected[row]
    }
    groups.removeAll { $0.customers == 0 }
    for index in groups.indices {
      groups[index].actual /= Double(groups[index].customers)
      groups[index].expected /= Double(groups[index].customers)
    }
    return groups
  }

  private static func trackingError(_ points: ArraySlice<Track>) -> Double? {
    let known = points.filter { $0.actual > 0 }
    guard !known.isEmpty else { return nil }
    return known.reduce(0) { $0 + ($1.expected - $1.actual).magnitude / $1.actual } / Double(known.count)
  }

  private static func remarks(_ holdout: Holdout, _ newcomers: Int) -> [String] {
    var remarks: [String] = []
    if newcomers > 0 {
      remarks.append(
        "\(NumberText.count(newcomers, "customer")) who ordered first after the split "
          + "\(newcomers == 1 ? "is" : "are") no part of the comparison.")
    }
    if holdout.holdout > 1.5 * holdout.calibration {
      remarks.append(
        "The holdout period is much longer than the calibration period, which makes this a hard test.")
    }
    if holdout.meanAbsoluteError >= holdout.naiveMeanAbsoluteError,
      holdout.rootMeanSquaredError >= holdout.naiveRootMeanSquaredError
    {
      remarks.append(
        "The model foretold single customers no better than the rule that everybody keeps their pace.")
    }
    return remarks
  }
}
