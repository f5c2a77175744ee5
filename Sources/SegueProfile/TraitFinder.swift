import SegueCore

/// Compares every segment with everybody else on every attribute.
package struct TraitFinder {
  /// Groups smaller than this are not described, nor levels held by fewer.
  package static let smallestGroup = 10
  /// The most frequent levels of a category that are compared; the rest are too thin to say.
  private static let mostLevels = 40

  let labels: [Int32]
  /// Ids of the segments, which those of their traits begin with.
  let ids: [Int]
  var segments: Int { ids.count }

  package init(labels: [Int32], ids: [Int]) {
    self.labels = labels
    self.ids = ids
  }

  package init(labels: [Int32], segments: Int) {
    self.init(labels: labels, ids: (0..<segments).map { $0 + 1 })
  }

  /// - Returns: per segment, its traits by falling strength. q-values control the false-discovery
  ///   rate over all segments and attributes together.
  /// - Complexity: O(a·n log n) for a attributes and n customers.
  package func traits(_ attributes: [Attribute]) -> [[Trait]] {
    var found: [(segment: Int, trait: Trait)] = []
    for attribute in attributes {
      switch attribute.values {
      case .numbers(let values): found += compare(attribute, values)
      case .levels(let codes, let names):
        found += compare(attribute, customers: Array(0..<Int32(codes.count)), levels: codes, names)
      case .mix(let customers, let levels, let names):
        found += compare(attribute, customers: customers, levels: levels, names)
      }
    }
    let qValues = Statistics.benjaminiHochberg(found.map(\.trait.pValue))
    var result = [[Trait]](repeating: [], count: segments)
    for (index, entry) in found.enumerated() {
      var trait = entry.trait
      trait.qValue = qValues[index]
      result[entry.segment].append(trait)
    }
    // By strength, then by id: ties must not depend on the order of comparison.
    return result.map {
      $0.sorted { (-$0.strength, $0.id) < (-$1.strength, $1.id) }
    }
  }

  private func compare(_ attribute: Attribute, _ values: [Double]) -> [(Int, Trait)] {
    let deltas = CliffsDelta.ofGroups(values, labels: labels, groups: segments)
    var result: [(Int, Trait)] = []
    for (segment, delta) in deltas.enumerated() {
      guard let delta, delta.n >= TraitFinder.smallestGroup, delta.nOthers >= TraitFinder.smallestGroup else {
        continue
      }
      var mine: [Double] = []
      var theirs: [Double] = []
      for (index, value) in values.enumerated() where !value.isNaN && labels[index] >= 0 {
        if labels[index] == Int32(segment) { mine.append(value) } else { theirs.append(value) }
      }
      let (statistic, value, others) = TraitFinder.figures(mine, theirs, attribute.unit, delta.value)
      result.append(
        (
          segment,
          Trait(
            id: "s\(ids[segment]).\(attribute.name)", attribute: attribute.name, level: nil,
            label: attribute.label, unit: attribute.unit, statistic: statistic, value: value, others: others,
            effect: delta.value, interval: delta.interval, n: delta.n,
            nOthers: delta.nOthers, pValue: delta.pValue, qValue: 1, sources: attribute.sources)
        ))
    }
    return result
  }

  /// Medians, because money and days have long tails; means for counts and shares, where a median hides
  /// everything between 0 and 1, unless a few large values turn the mean against the effect.
  private static func figures(
    _ mine: [Double], _ theirs: [Double], _ unit: Unit, _ delta: Double
  ) -> (Trait.Statistic, Double, Double) {
    if unit == .count || unit == .share {
      let (value, others) = (NumberSummary.mean(mine), NumberSummary.mean(theirs))
      if (value - others) * delta >= 0 { return (.mean, value, others) }
    }
    return (.median, NumberSummary.median(mine), NumberSummary.median(theirs))
  }

  /// Shares of each level; observations of one customer are taken together.
  private func compare(
    _ attribute: Attribute, customers: [Int32], levels: [Int32], _ names: [String]
  ) -> [(Int, Trait)] {
    let perCustomer = LevelCounts(
      customers: customers, levels: levels, levelCount: names.count, labels: labels)
    var result: [(Int, Trait)] = []
    let positive = Flags.positive(names)
    for level in perCustomer.mostFrequent(TraitFinder.mostLevels, names)
    where level == positive ?? level && perCustomer.holders[level] >= TraitFinder.smallestGroup {
      let ratios = perCustomer.ratios(of: level, segments: segments)
      let everybody = ratios.reduce(ClusteredRatio(), +)
      guard everybody.hits < everybody.observations else { continue }
      for segment in 0..<segments {
        let others = ratios.indices.filter { $0 != segment }.map { ratios[$0] }.reduce(ClusteredRatio(), +)
        guard ratios[segment].customers >= TraitFinder.smallestGroup,
          others.customers >= TraitFinder.smallestGroup,
          let mine = ratios[segment].ratio, let theirs = others.ratio,
          let difference = ratios[segment].difference(to: others)
        else { continue }
        result.append(
          (
            segment,
            Trait(
              id: "s\(ids[segment]).\(attribute.name).\(names[level])", attribute: attribute.name,
              level: names[level],
              label: "\(attribute.label): \(positive == nil ? names[level] : "yes")", unit: .share,
              statistic: .share, value: mine, others: theirs, effect: difference.value,
              interval: difference.interval, n: Int(ratios[segment].observations),
              nOthers: Int(others.observations), pValue: difference.p, qValue: 1, sources: attribute.sources)
          ))
      }
    }
    return result
  }
}

extension Trait {
  /// Comparable over kinds: shares move less than deltas do, so they weigh more per point.
  package var strength: Double { statistic == .share ? effect.magnitude * 2 : effect.magnitude }
}

/// Observations counted by customer and level, in compressed rows.
private struct LevelCounts {
  /// Per customer with any observation: segment, and the span of `entries`.
  private var rows: [(segment: Int32, start: Int, end: Int)] = []
  private var entries: [(level: Int32, count: Int32)] = []
  private var totals: [Int]
  /// Customers with at least one observation of each level.
  private(set) var holders: [Int]

  init(customers: [Int32], levels: [Int32], levelCount: Int, labels: [Int32]) {
    totals = [Int](repeating: 0, count: levelCount)
    holders = totals
    let usable = customers.indices.filter { levels[$0] >= 0 && labels[Int(customers[$0])] >= 0 }
    let order = usable.sorted { (customers[$0], levels[$0], $0) < (customers[$1], levels[$1], $1) }
    var index = 0
    while index < order.count {
      let customer = customers[order[index]]
      let start = entries.count
      while index < order.count, customers[order[index]] == customer {
        let level = levels[order[index]]
        totals[Int(level)] += 1
        if entries.count > start, entries[entries.count - 1].level == level {
          entries[entries.count - 1].count += 1
        } else {
          entries.append((level, 1))
          holders[Int(level)] += 1
        }
        index += 1
      }
      rows.append((labels[Int(customer)], start, entries.count))
    }
  }

  func mostFrequent(_ limit: Int, _ names: [String]) -> [Int] {
    Array(totals.indices.sorted { (-totals[$0], names[$0]) < (-totals[$1], names[$1]) }.prefix(limit))
  }

  func ratios(of level: Int, segments: Int) -> [ClusteredRatio] {
    var result = [ClusteredRatio](repeating: ClusteredRatio(), count: segments)
    for row in rows {
      var hits = 0
      var all = 0
      for entry in entries[row.start..<row.end] {
        all += Int(entry.count)
        if Int(entry.level) == level { hits = Int(entry.count) }
      }
      result[Int(row.segment)].add(hits: Double(hits), of: Double(all))
    }
    return result
  }
}
