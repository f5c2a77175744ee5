import SegueCore
public import SegueFeatures
import SegueNumerics

/// Sums segments up: sizes, money, distributions, traits, rules, names. Everything downstream reads
/// only what this returns.
public struct Profiler {
  let features: FeatureTable
  let attributes: [Attribute]
  /// Nil where the study has no orders.
  let purchases: (history: PurchaseHistory, rfm: RFMTable)?
  let lifecycle: Lifecycle?
  let currency: String?

  /// - Parameters:
  ///   - purchases: rows as in `features`.
  ///   - lifecycle: that of `purchases`; by the default thresholds if nil.
  ///   - attributes: one value a customer, rows as in `features`.
  public init(
    _ features: FeatureTable, attributes: [Attribute], purchases: (history: PurchaseHistory, rfm: RFMTable)?,
    currency: String?, lifecycle: Lifecycle? = nil
  ) {
    self.features = features
    self.attributes = attributes
    self.purchases = purchases
    self.lifecycle =
      lifecycle
      ?? purchases.map { Lifecycle($0.history, recencyDays: $0.rfm.recencyDays, LifecycleOptions()) }
    self.currency = currency
  }

  /// - Parameters:
  ///   - labels: the cluster of each row, `0..<count`.
  ///   - stability: mean Jaccard per cluster, where it was measured.
  ///   - identities: of each cluster, from an earlier run; nil numbers the segments in the report's order.
  ///   - reserved: names that no segment may get, such as those of segments that are gone.
  /// - Returns: the profile, segments by falling revenue (or size), and the clusters in that order:
  ///   `order[0]` is the cluster that became segment 1.
  public func profile(
    labels clusterLabels: [Int32], count: Int, stability: [Double?]?, identities: [SegmentIdentity]? = nil,
    reserved: Set<String> = []
  ) -> (profile: StudyProfile, order: [Int]) {
    let small = SmallGroups(clusterLabels, count, points: features.scaled)
    let order = reportOrder(small, clusterLabels)
    let labels = Profiler.labels(clusterLabels, in: order)
    let toldLabels = Profiler.labels(small.told(clusterLabels), in: order)
    let members = Profiler.members(labels, count)
    let told = Profiler.members(toldLabels, count)

    let identities =
      identities.map { known in order.map { known[$0] } }
      ?? order.indices.map { SegmentIdentity(id: $0 + 1, name: nil, color: $0) }
    let ids = identities.map(\.id)
    let (traits, distributions) = TraitFinder(labels: toldLabels, ids: ids).profile(attributes)
    let rules = RuleFinder(attributes, labels: labels)
    let (names, suggested) = self.names(members, traits, identities.map(\.name), reserved)
    let orders = segmentOrders(toldLabels, count)
    let revenue = told.map { rows in rows.reduce(Amount.zero) { $0 + spent($1) } }
    let total = revenue.reduce(.zero, +)
    let segments = members.indices.map { index -> SegmentProfile in
      let size = members[index].count
      var profile = SegmentProfile(
        segment: Segment(
          id: ids[index], name: names[index].name, tagline: names[index].tagline, kind: names[index].kind,
          customers: size, color: identities[index].color,
          isNamedByUser: identities[index].name != nil && identities[index].isNamedByUser),
        customerShare: Double(size) / Double(labels.count),
        customerShareInterval: Statistics.wilson(Double(size), of: Double(labels.count)),
        purchases: nil, centroid: [], traits: [], figures: [], rule: nil,
        stability: stability.flatMap { $0[order[index]] }, isDescribed: size >= TraitFinder.smallestGroup,
        suggestedName: identities[index].isNamedByUser ? nil : suggested[index])
      guard profile.isDescribed else { return profile }
      let rows = told[index]
      profile.purchases = summary(rows, revenue[index], total, orders[index])
      profile.centroid = centroid(rows)
      profile.traits = traits[index]
      profile.figures = figures(
        rows, customers: size, id: ids[index], revenue: revenue[index], total: total, orders: orders[index])
      profile.rule = rules.rule(for: index)
      profile.lifecycle = stages(rows)
      profile.weekHours = orders[index].weekHours
      let included = order.indices.filter { $0 != index && small.hosts[order[$0]] == order[index] }
      profile.includes = included.isEmpty ? nil : included.map { ids[$0] }
      return profile
    }
    var profile = StudyProfile(
      customers: labels.count, purchases: totals(total), segments: segments,
      comparisons: traits.reduce(0) { $0 + $1.count }, lifecycle: lifecycleTotals,
      ruleList: rules.list(ids: ids))
    profile.attributes = distributions
    profile.withholdStageRevenue()
    return (profile, order)
  }

  /// Cluster labels as positions in the report's order of segments.
  package static func labels(_ clusterLabels: [Int32], in order: [Int]) -> [Int32] {
    var place = [Int32](repeating: 0, count: order.count)
    for (position, cluster) in order.enumerated() { place[cluster] = Int32(position) }
    return clusterLabels.map { place[Int($0)] }
  }

  private static func members(_ labels: [Int32], _ count: Int) -> [[Int]] {
    var members = [[Int]](repeating: [], count: count)
    for (row, label) in labels.enumerated() { members[Int(label)].append(row) }
    return members
  }

  /// By falling revenue; groups that are not described last, since their place would tell of theirs.
  private func reportOrder(_ small: SmallGroups, _ labels: [Int32]) -> [Int] {
    var revenue = [Amount](repeating: .zero, count: small.hosts.count)
    for (row, label) in labels.enumerated() { revenue[small.hosts[Int(label)]] += spent(row) }
    func isHidden(_ group: Int) -> Int { small.sizes[group] < TraitFinder.smallestGroup ? 1 : 0 }
    for group in revenue.indices where isHidden(group) == 1 { revenue[group] = .zero }
    return revenue.indices.sorted {
      (isHidden($0), revenue[$1], small.sizes[$1], $0) < (isHidden($1), revenue[$0], small.sizes[$0], $1)
    }
  }

  private func spent(_ row: Int) -> Amount {
    purchases.map { Amount(tenThousandths: $0.history.spent[row]) } ?? .zero
  }

  /// - Parameter given: names that segments keep; nil where one is to be found.
  /// - Returns: the names, and what segments that keep one would be called today if that is something else.
  private func names(
    _ members: [[Int]], _ traits: [[Trait]], _ given: [String?], _ reserved: Set<String>
  ) -> (names: [SegmentNaming.Name], suggested: [String?]) {
    let naming = naming(members, traits)
    let names = naming(given, reserved)
    guard given.contains(where: { $0 != nil }) else { return (names, given) }
    let today = naming(given.map { _ in nil }, [])
    return (
      names, given.indices.map { given[$0] == nil || given[$0] == today[$0].name ? nil : today[$0].name }
    )
  }

  private func naming(
    _ members: [[Int]], _ traits: [[Trait]]
  ) -> (_ given: [String?], _ reserved: Set<String>) -> [SegmentNaming.Name] {
    guard let purchases else {
      let relation = TraitRelation(attributes, customers: features.raw.rowCount)
      return {
        SegmentNaming.names(byTraits: traits, relation: relation.callAsFunction, given: $0, reserved: $1)
      }
    }
    let recency = Ranks(purchases.rfm.recencyDays)
    let frequency = Ranks(purchases.rfm.frequency)
    let monetary = Ranks(purchases.rfm.monetary)
    func share(_ rows: [Int], _ stages: Set<Lifecycle.Stage>) -> Double {
      guard let lifecycle else { return 0 }
      return Double(rows.count { stages.contains(lifecycle.stages[$0]) }) / Double(max(1, rows.count))
    }
    let positions = members.map { rows in
      SegmentNaming.Position(
        recency: 1 - recency.ofMedian(rows), frequency: frequency.ofMedian(rows),
        monetary: monetary.ofMedian(rows),
        oneTime: Double(rows.count { purchases.history.orderDays[$0] == 1 }) / Double(max(1, rows.count)),
        new: share(rows, [.new]), late: share(rows, [.lapsing, .lapsed, .oneTime]),
        gone: share(rows, [.lapsed, .oneTime]))
    }
    return { SegmentNaming.names(positions, given: $0, reserved: $1) }
  }

  private func centroid(_ rows: [Int]) -> [SegmentProfile.FeatureMean] {
    features.features.enumerated().map { column, feature in
      let sum = rows.reduce(0.0) { $0 + features.raw[$1, column] }
      return SegmentProfile.FeatureMean(
        feature: feature.name, label: feature.label, unit: feature.unit,
        mean: sum / Double(rows.count))
    }
  }

  private func summary(
    _ rows: [Int], _ revenue: Amount, _ total: Amount, _ orders: SegmentOrders
  ) -> SegmentProfile.Purchases? {
    guard let (history, rfm) = purchases, let orderValue = NumberSummary(orders.values) else { return nil }
    let again = rows.filter { history.orders[$0] > 1 }.count
    return SegmentProfile.Purchases(
      revenue: revenue, revenueShare: total > .zero ? revenue.units / total.units : 0,
      orders: rows.reduce(0) { $0 + Int(history.orders[$1]) },
      recencyDays: NumberSummary(rows.map { rfm.recencyDays[$0] })!,
      frequency: NumberSummary(rows.map { rfm.frequency[$0] })!,
      monetary: NumberSummary(rows.map { rfm.monetary[$0] })!,
      orderValue: orderValue,
      boughtAgain: Double(again) / Double(rows.count),
      boughtAgainInterval: Statistics.wilson(Double(again), of: Double(rows.count)),
      gapDays: NumberSummary(rows.map { history.gapDays[$0] }))
  }

  private func totals(_ revenue: Amount) -> StudyProfile.Totals? {
    guard let (history, rfm) = purchases, let first = history.firstDay.min(), let last = history.lastDay.max()
    else {
      return nil
    }
    let again = history.orders.filter { $0 > 1 }.count
    return StudyProfile.Totals(
      revenue: revenue, orders: history.orders.reduce(0) { $0 + Int($1) }, orderLines: history.lineCount,
      firstDay: first, lastDay: last, asOf: rfm.asOf, boughtAgain: Double(again) / Double(history.count),
      boughtAgainInterval: Statistics.wilson(Double(again), of: Double(history.count)),
      gapDays: NumberSummary(history.gapDays), currency: currency,
      customersForEightyPercent: Profiler.shareOfTop(history.spent, bringing: 0.8))
  }

  /// The smallest share of customers whose spending makes up `part` of the whole.
  private static func shareOfTop(_ spent: [Int64], bringing part: Double) -> Double {
    let sorted = spent.sorted(by: >)
    let total = sorted.reduce(0.0) { $0 + Double(max(0, $1)) }
    guard total > 0 else { return 1 }
    var sum = 0.0
    for (index, amount) in sorted.enumerated() {
      sum += Double(max(0, amount))
      if sum >= part * total { return Double(index + 1) / Double(sorted.count) }
    }
    return 1
  }
}

/// Where a value stands among all customers: the share below it, ties half.
private struct Ranks {
  private let values: [Double]
  private let sorted: [Double]

  init(_ values: [Double]) {
    self.values = values
    sorted = values.sorted()
  }

  func ofMedian(_ rows: [Int]) -> Double {
    guard !rows.isEmpty, !sorted.isEmpty else { return 0.5 }
    let median = NumberSummary.median(rows.map { values[$0] })
    let below = lowerBound { $0 < median }
    let through = lowerBound { $0 <= median }
    return Double(below + through) / 2 / Double(sorted.count)
  }

  private func lowerBound(_ isBefore: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
