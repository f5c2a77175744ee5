public import SegueCore
import SegueFeatures

/// Customers in one stage of their lifecycle.
public struct LifecycleShare: Sendable, Codable, Hashable {
  /// As a key: `wonBack`.
  public var stage: String
  /// In words: `won back`.
  public var name: String
  public var customers: Int
  /// Of the segment's customers, or of all.
  public var share: Double
  public var interval: Interval
  /// Nil for fewer than ten customers, of whom no figures are told, and where those of fewer than ten would
  /// follow from it.
  public var revenue: Amount?
  /// Of the segment's revenue, or of all; 0 where there is none.
  public var revenueShare: Double?

  public init(
    stage: String, name: String, customers: Int, share: Double, interval: Interval, revenue: Amount?,
    revenueShare: Double?
  ) {
    (self.stage, self.name, self.customers) = (stage, name, customers)
    (self.share, self.interval) = (share, interval)
    (self.revenue, self.revenueShare) = (revenue, revenueShare)
  }
}

/// The lifecycle of a study's customers and the rhythm it is measured by.
public struct LifecycleTotals: Sendable, Codable, Hashable {
  /// Days between two order days that are usual over customers; nil where nobody ordered on a second day.
  public var typicalGap: Double?
  public var customersWithGaps: Int
  /// How many gaps of a customer's own the typical gap counts as.
  public var gapWeight: Double
  /// The thresholds, in usual gaps.
  public var new: Double
  public var lapsing: Double
  public var lapsed: Double
  /// Every stage, new first; those of nobody too.
  public var stages: [LifecycleShare]

  public init(
    typicalGap: Double?, customersWithGaps: Int, gapWeight: Double, new: Double, lapsing: Double,
    lapsed: Double,
    stages: [LifecycleShare]
  ) {
    (self.typicalGap, self.customersWithGaps, self.gapWeight) = (typicalGap, customersWithGaps, gapWeight)
    (self.new, self.lapsing, self.lapsed) = (new, lapsing, lapsed)
    self.stages = stages
  }
}

extension Profiler {
  /// The stages of some customers, all stages in order.
  func stages(_ rows: [Int]) -> [LifecycleShare]? {
    guard let lifecycle, let history = purchases?.history else { return nil }
    var counts: [Lifecycle.Stage: Int] = [:]
    var money: [Lifecycle.Stage: Amount] = [:]
    for row in rows {
      counts[lifecycle.stages[row], default: 0] += 1
      money[lifecycle.stages[row], default: .zero] += Amount(tenThousandths: history.spent[row])
    }
    let total = money.values.reduce(.zero, +)
    return Lifecycle.Stage.allCases.map { stage in
      let count = counts[stage] ?? 0
      let revenue = count < TraitFinder.smallestGroup ? nil : money[stage] ?? .zero
      return LifecycleShare(
        stage: stage.rawValue, name: stage.name, customers: count,
        share: Double(count) / Double(max(1, rows.count)),
        interval: Statistics.wilson(Double(count), of: Double(max(1, rows.count))), revenue: revenue,
        revenueShare: revenue.map { total > .zero ? $0.units / total.units : 0 })
    }
  }

  var lifecycleTotals: LifecycleTotals? {
    guard let lifecycle, let stages = stages(Array(lifecycle.stages.indices)) else { return nil }
    let (rhythm, options) = (lifecycle.rhythm, lifecycle.options)
    return LifecycleTotals(
      typicalGap: rhythm.typicalGap, customersWithGaps: rhythm.customersWithGaps, gapWeight: rhythm.weight,
      new: options.new, lapsing: options.lapsing, lapsed: options.lapsed, stages: stages)
  }
}

extension StudyProfile {
  /// Takes back money by stage where it would give away that of fewer than ten customers.
  ///
  /// Over everybody a stage is enough; by segment, rows and columns have totals of their own, and what one cell
  /// tells the others do not keep, so all of them go.
  mutating func withholdStageRevenue() {
    func isSmall(_ stage: LifecycleShare) -> Bool {
      stage.customers > 0 && stage.customers < TraitFinder.smallestGroup
    }
    if segments.contains(where: { $0.lifecycle?.contains(where: isSmall) == true }) {
      for segment in segments.indices {
        for stage in (segments[segment].lifecycle ?? []).indices {
          segments[segment].lifecycle?[stage].withhold()
        }
      }
    }
    let isTold = SmallGroups.told(lifecycle?.stages.map(\.customers) ?? [])
    for stage in isTold.indices where lifecycle?.stages[stage].customers != 0 && !isTold[stage] {
      lifecycle?.stages[stage].withhold()
    }
  }
}

extension LifecycleShare {
  fileprivate mutating func withhold() {
    (revenue, revenueShare) = (nil, nil)
  }
}
