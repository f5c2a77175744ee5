import SegueCore

/// Compares every segment with everybody else on every attribute.
package struct TraitFinder: Sendable {
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
  /// - Complexity: O(a·n log n) for a attributes and n customers, on all cores.
  package func traits(_ attributes: [Attribute]) -> [[Trait]] {
    sorted(
      parallelMap(attributes.count) { compare(attributes[$0], isProfiled: false).traits }.flatMap(\.self))
  }

  /// The traits as above, and the distribution of each attribute in each segment.
  package func profile(_ attributes: [Attribute]) -> (traits: [[Trait]], attributes: [AttributeProfile]) {
    let compared = parallelMap(attributes.count) { compare(attributes[$0], isProfiled: true) }
    return (sorted(compared.flatMap(\.traits)), compared.compactMap(\.profile))
  }

  private func sorted(_ found: [(segment: Int, trait: Trait)]) -> [[Trait]] {
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

  private typealias Comparison = (traits: [(segment: Int, trait: Trait)], profile: AttributeProfile?)

  private func compare(_ attribute: Attribute, isProfiled: Bool) -> Comparison {
    let customers: [Int32]?
    let (codes, names): ([Int32], [String])
    switch attribute.values {
    case .numbers(let values):
      let numbers = GroupedNumbers(
        values, labels: labels, groups: segments, smallest: TraitFinder.smallestGroup)
      return (
        traits(attribute, numbers),
        isProfiled ? AttributeProfile(attribute, numbers, ids: ids, labels: labels) : nil
      )
    case .levels(let levels, let levelNames): (customers, codes, names) = (nil, levels, levelNames)
    case .mix(let owners, let levels, let levelNames):
      (customers, codes, names) = (owners, levels, levelNames)
    }
    let counts = LevelCounts(
      customers: customers, levels: codes, levelCount: names.count, labels: labels, segments: segments,
      smallest: TraitFinder.smallestGroup)
    let told = counts.told(names, most: TraitFinder.mostLevels, smallest: TraitFinder.smallestGroup)
    return (
      traits(attribute, counts, told, names),
      isProfiled ? AttributeProfile(attribute, counts, names, ids: ids, labels: labels) : nil
    )
  }

  private func traits(_ attribute: Attribute, _ numbers: GroupedNumbers) -> [(segment: Int, trait: Trait)] {
    let deltas = CliffsDelta.ofGroups(numbers)
    var result: [(Int, Trait)] = []
    for (segment, delta) in deltas.enumerated() {
      guard let delta, delta.n >= TraitFinder.smallestGroup, delta.nOthers >= TraitFinder.smallestGroup else {
        continue
      }
      let (statistic, value, others) = TraitFinder.figures(numbers, segment, attribute.unit, delta.value)
      result.append(
        (
          segment,
          Trait(
            id: "s\(ids[segment]).\(attribute.name)", attribute: attribute.name, level: nil,
            label: attribute.label, unit: attribute.unit, statistic: statistic, value: value, others: others,
            effect: delta.value, interval: delta.interval, n: delta.n,
            nOthers: delta.nOthers, pValue: delta.pValue, qValue: 1, sources: attribute.sources,
            standardized: numbers.hedges(segment))
        ))
    }
    return result
  }

  /// Medians, because money and days have long tails; means for counts and shares, where a median hides
  /// everything between 0 and 1, unless a few large values turn the mean against the effect.
  private static func figures(
    _ numbers: GroupedNumbers, _ segment: Int, _ unit: Unit, _ delta: Double
  ) -> (Trait.Statistic, Double, Double) {
    if unit == .count || unit == .share {
      let (value, others) = (
        numbers.sums[segment] / Double(numbers.sizes[segment]), numbers.others(of: segment).mean
      )
      if (value - others) * delta >= 0 { return (.mean, value, others) }
    }
    return (
      .median, numbers.median(of: segment, isOthers: false), numbers.median(of: segment, isOthers: true)
    )
  }

  /// Shares of each level; observations of one customer are taken together.
  private func traits(
    _ attribute: Attribute, _ counts: LevelCounts, _ told: [Int], _ names: [String]
  ) -> [(segment: Int, trait: Trait)] {
    var result: [(Int, Trait)] = []
    let positive = Flags.positive(names)
    let ratios = counts.ratios(of: told)
    for (place, level) in told.enumerated() where level == positive ?? level {
      let own = ratios[place]
      let everybody = own.reduce(ClusteredRatio(), +)
      guard everybody.hits < everybody.observations else { continue }
      for segment in 0..<segments {
        let others = own.indices.filter { $0 != segment }.map { own[$0] }.reduce(ClusteredRatio(), +)
        guard own[segment].customers >= TraitFinder.smallestGroup,
          others.customers >= TraitFinder.smallestGroup,
          let mine = own[segment].ratio, let theirs = others.ratio,
          let difference = own[segment].difference(to: others)
        else { continue }
        result.append(
          (
            segment,
            Trait(
              id: "s\(ids[segment]).\(attribute.name).\(names[level])", attribute: attribute.name,
              level: names[level],
              label: "\(attribute.label): \(positive == nil ? names[level] : "yes")", unit: .share,
              statistic: .share, value: mine, others: theirs, effect: difference.value,
              interval: difference.interval, n: Int(own[segment].observations),
              nOthers: Int(others.observations), pValue: difference.p, qValue: 1, sources: attribute.sources,
              lift: own[segment].lift(over: others))
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
