import SegueCore
public import SegueValue

/// Sums up what customers are expected to do, over everybody and by segment.
public struct ValueProfiler: Sendable {
  private let value: CustomerValue
  private let purchases: RepeatPurchases
  private let options: ValueOptions
  private let holdout: Holdout?
  private let remarks: [String]

  /// - Parameters:
  ///   - purchases: what `value` was fitted to, row by row.
  ///   - options: what it was fitted with.
  ///   - remarks: on the value of all customers.
  public init(
    _ value: CustomerValue, _ purchases: RepeatPurchases, _ options: ValueOptions, holdout: Holdout?,
    remarks: [String]
  ) {
    self.value = value
    self.purchases = purchases
    self.options = options
    self.holdout = holdout
    self.remarks = remarks
  }

  /// Puts into the profile what is expected of all, and of each segment that is large enough to be described.
  ///
  /// - Parameter labels: position in `profile.segments` of each row.
  /// - Complexity: O(customers).
  public func add(to profile: inout StudyProfile, labels: [Int32]) {
    let count = profile.segments.count
    let orders = Sums(value.forecast.expectedOrders, labels, count)
    let clv = value.clv.map { Sums($0, labels, count) }
    let alive = alive(labels, count)
    func summary(_ index: Int) -> SegmentProfile.Value {
      let clv = clv?[index]
      let total = clv.map { _ in self.total(of: value.clv) } ?? 0
      let (sum, returning, ofReturning, customers) = alive[index]
      return SegmentProfile.Value(
        expectedOrders: orders[index], clv: clv, clvShare: clv.flatMap { total > 0 ? $0.total / total : nil },
        pAlive: customers > 0 ? sum / Double(customers) : 0,
        pAliveOfReturning: returning > 0 ? ofReturning / Double(returning) : nil, returning: returning)
    }
    for index in profile.segments.indices where profile.segments[index].isDescribed {
      profile.segments[index].value = summary(index)
    }
    profile.value = StudyProfile.Value(
      model: value.model, unitDays: purchases.unitDays, horizonDays: options.horizonDays,
      discount: options.discount, margin: options.margin, fit: value.fit,
      alternative: value.alternative.map { StudyProfile.Value.Alternative(model: $0.model, fit: $0.fit) },
      spendFit: value.spendFit, totals: summary(count),
      customersForEightyPercent: value.clv.map { ValueProfiler.shareOfTop($0.values, bringing: 0.8) },
      holdout: holdout, remarks: remarks)
  }

  private func total(of estimates: Estimates?) -> Double { estimates?.values.reduce(0, +) ?? 0 }

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

  /// Totals of groups and, last, of everybody.
  ///
  /// What is not known of the parameters moves all customers together. At worst all errors point the same way:
  /// then the limits of a total are the sums of the limits, and that is what is given.
  private struct Sums {
    private var totals: [(sum: Double, low: Double, high: Double, customers: Int)]
    private let hasLimits: Bool

    init(_ estimates: Estimates, _ labels: [Int32], _ count: Int) {
      totals = .init(repeating: (0, 0, 0, 0), count: count + 1)
      let (low, high) = (estimates.low, estimates.high)
      hasLimits = low != nil && high != nil
      for (row, label) in labels.enumerated() {
        for group in [Int(label), count] {
          totals[group].sum += estimates.values[row]
          totals[group].low += low?[row] ?? 0
          totals[group].high += high?[row] ?? 0
          totals[group].customers += 1
        }
      }
    }

    subscript(group: Int) -> Expectation {
      let total = totals[group]
      return Expectation(
        total: total.sum, interval: hasLimits ? Interval(total.low, total.high) : nil,
        customers: total.customers)
    }
  }
}
