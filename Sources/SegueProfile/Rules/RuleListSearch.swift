import SegueCore

/// Finds the ordered list whose rules together give most customers their segment.
///
/// With the rest of a list held fixed, a rule at a place gains a customer where it alone is right, loses one
/// where only the rest of the list is right, and changes nothing elsewhere: the best rule for the place is the
/// conjunction with the highest sum of those weights. Rules are added where they gain most, and after
/// each addition all are found anew in turn, at any place, until nothing improves.
struct RuleListSearch: Sendable {
  struct Rule: Sendable {
    var segment: Int
    var literals: [RuleColumn.Literal]
    /// By row of the table.
    var fits: [Bool]
  }

  struct Draft: Sendable {
    var rules: [Rule] = []
    var defaultSegment: Int
  }

  /// A customer, in the units of weights and prices.
  private static let customer = 1_000
  /// A list this good needs no second rule for any segment: of customers whom the search did not see, about
  /// 85 in 100 then get their own segment.
  private static let enough = 0.86
  private static let mostRulesEach = 3
  /// A second rule for a segment must set right one customer in so many.
  private static let secondRule = 200
  private static let mostPasses = 3
  /// In longer lists a rule is tried at some places only.
  private static let fewPlaces = 6

  let table: RuleTable
  let search: ConjunctionSearch
  /// By segment: a condition must set right 2 customers in 1,000, or 1 in 20 of a small segment; a step away from
  /// a round bound, 13 times less.
  let prices: [ConjunctionSearch.Prices]

  init(_ table: RuleTable) {
    self.table = table
    search = ConjunctionSearch(columns: table.columns)
    var sizes = [Int](repeating: 0, count: table.count)
    for label in table.labels { sizes[Int(label)] += 1 }
    prices = sizes.map { size in
      let condition = max(1, min(2 * table.labels.count, 50 * size))
      return ConjunctionSearch.Prices(condition: condition, roughness: max(1, condition / 13))
    }
  }

  /// - Complexity: about a hundred searches of one conjunction for five segments; they run in parallel.
  func run() -> Draft {
    var draft = Draft(defaultSegment: 0)
    draft.defaultSegment = commonest(draft)
    while let longer = grown(draft, mostEach: 1, gain: 0) { draft = descended(longer, anywhere: false) }
    draft = refined(descended(draft, anywhere: true))
    let gain = table.labels.count * RuleListSearch.customer / RuleListSearch.secondRule
    while fidelity(draft) < RuleListSearch.enough,
      let longer = grown(draft, mostEach: RuleListSearch.mostRulesEach, gain: gain)
    {
      let better = refined(descended(longer, anywhere: longer.rules.count <= RuleListSearch.fewPlaces))
      guard objective(better) > objective(draft) else { break }
      draft = better
    }
    return draft
  }

  /// - Returns: nil if no further rule gains more than `gain`.
  private func grown(_ draft: Draft, mostEach: Int, gain: Int) -> Draft? {
    let open = (0..<table.count).filter { segment in
      table.labels.contains(Int32(segment)) && draft.rules.count { $0.segment == segment } < mostEach
    }
    let tries = open.flatMap { segment in
      places(draft.rules.count, near: draft.rules.count / 2).map { (segment: segment, place: $0) }
    }
    let deciding = deciding(draft)
    let found = parallelMap(tries.count) { index in
      search.best(
        weights(draft, deciding, tries[index].place, tries[index].segment), prices[tries[index].segment])
    }
    var best: (index: Int, found: ConjunctionSearch.Found)?
    for (index, found) in found.enumerated() {
      if let found, found.score > best?.found.score ?? gain { best = (index, found) }
    }
    guard let best else { return nil }
    let (segment, place) = tries[best.index]
    var longer = draft
    longer.rules.insert(rule(segment, best.found.literals), at: place)
    longer.defaultSegment = commonest(longer)
    return longer
  }

  /// Coordinate descent: each rule in turn is taken out and found anew, at its own place or anywhere.
  private func descended(_ draft: Draft, anywhere: Bool) -> Draft {
    var draft = draft
    var reached = objective(draft)
    for _ in 0..<RuleListSearch.mostPasses {
      let before = reached
      for place in draft.rules.indices {
        var without = draft
        let segment = without.rules.remove(at: place).segment
        let base = objective(without)
        let deciding = deciding(without)
        let floor = max(0, reached - base)
        let places = anywhere ? places(without.rules.count, near: place) : [place]
        let found = parallelMap(places.count) { [without] index in
          search.best(
            weights(without, deciding, places[index], segment), prices[segment], above: floor)
        }
        for (place, found) in zip(places, found) {
          guard let found, base + found.score > reached else { continue }
          draft = without
          draft.rules.insert(rule(segment, found.literals), at: place)
          reached = base + found.score
        }
      }
      draft.defaultSegment = commonest(draft)
      reached = objective(draft)
      if reached == before { break }
    }
    return draft
  }

  /// Places in a list of so many rules: all of a short one; of a long one both ends and those near a place.
  private func places(_ count: Int, near place: Int) -> [Int] {
    guard count > RuleListSearch.fewPlaces else { return Array(0...count) }
    return Array(Set([0, place - 1, place, place + 1, count].filter { (0...count).contains($0) })).sorted()
  }

  private func refined(_ draft: Draft) -> Draft {
    var draft = draft
    for place in draft.rules.indices {
      var without = draft
      let old = without.rules.remove(at: place)
      let refiner = BoundRefiner(columns: table.columns, prices: prices[old.segment])
      let weights = weights(without, deciding(without), place, old.segment)
      draft.rules[place] = rule(old.segment, refiner.refined(old.literals, weights))
    }
    draft.defaultSegment = commonest(draft)
    return draft
  }

  private func rule(_ segment: Int, _ literals: [RuleColumn.Literal]) -> Rule {
    let tests = literals.compactMap { literal in
      table.columns.first { $0.attribute.name == literal.condition.attribute }
        .flatMap { column in ConditionTest(literal.condition, column.attribute).map { ($0, column.rows) } }
    }
    let fits = table.labels.indices.map { row in tests.allSatisfy { $0.holds($1[row]) } }
    return Rule(segment: segment, literals: literals, fits: fits)
  }

  /// The rule that decides each row, by place; the number of rules where the default does.
  private func deciding(_ draft: Draft) -> [Int] {
    table.labels.indices.map { row in
      draft.rules.firstIndex { $0.fits[row] } ?? draft.rules.count
    }
  }

  private func weights(_ draft: Draft, _ deciding: [Int], _ place: Int, _ segment: Int) -> [Int32] {
    let given = draft.rules.map { Int32($0.segment) } + [Int32(draft.defaultSegment)]
    let one = Int32(RuleListSearch.customer)
    return table.labels.indices.map { row in
      guard deciding[row] >= place else { return 0 }
      let label = table.labels[row]
      return (label == Int32(segment) ? one : 0) - (label == given[deciding[row]] ? one : 0)
    }
  }

  private func right(_ draft: Draft) -> Int {
    let given = draft.rules.map { Int32($0.segment) } + [Int32(draft.defaultSegment)]
    return zip(deciding(draft), table.labels).count { given[$0] == $1 }
  }

  private func fidelity(_ draft: Draft) -> Double { Double(right(draft)) / Double(table.labels.count) }

  private func objective(_ draft: Draft) -> Int {
    let paid = draft.rules.reduce(0) { paid, rule in
      rule.literals.reduce(paid) { $0 + prices[rule.segment].of($1) }
    }
    return right(draft) * RuleListSearch.customer - paid
  }

  /// The segment of most rows that no rule fits; ties to the first.
  private func commonest(_ draft: Draft) -> Int {
    var counts = [Int](repeating: 0, count: table.count)
    for (place, label) in zip(deciding(draft), table.labels) where place == draft.rules.count {
      counts[Int(label)] += 1
    }
    return counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? draft.defaultSegment
  }
}
