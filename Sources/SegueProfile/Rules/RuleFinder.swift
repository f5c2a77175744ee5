package import SegueCore

/// Restates segments as rules: each alone, and all as one ordered list.
///
/// The search looks at a sample; all figures of what it returns are counted on every customer.
package struct RuleFinder: Sendable {
  /// A condition of a rule that stands alone must lift F1 by about 1 in 100.
  private static let leastGain = 0.01
  private static let mostRounds = 6
  /// With fewer customers in the search, a third of them is no test.
  private static let fewestForFolds = 90

  private let attributes: [Attribute]
  /// −1 for customers of segments that are too small to describe.
  private let labels: [Int32]
  private let sizes: [Int]
  private let seed: Seed
  private let sampled: [Int]
  private let table: RuleTable

  /// - Parameters:
  ///   - attributes: those that a filter can hold are used.
  ///   - labels: the segment of each customer, 0, 1, …; −1 for none.
  package init(_ attributes: [Attribute], labels: [Int32], seed: Seed = Seed(0)) {
    var sizes = [Int](repeating: 0, count: Int(labels.max() ?? -1) + 1)
    for label in labels where label >= 0 { sizes[Int(label)] += 1 }
    let kept = sizes.map { $0 >= TraitFinder.smallestGroup }
    let usable = attributes.filter(\.isFilterable)
    let described = labels.map { $0 >= 0 && kept[Int($0)] ? $0 : -1 }
    let covered = described.indices.filter { described[$0] >= 0 }
    var generator = seed.generator(for: .rules)
    let drawn = generator.sample(RuleTable.rowLimit(usable), outOf: covered.count)
    (self.attributes, self.labels, self.sizes, self.seed) = (usable, described, sizes, seed)
    sampled = drawn.map { covered[$0] }
    table = RuleTable(usable, labels: described, segments: sizes.count, rows: sampled)
  }

  /// - Returns: nil if no condition helps, or if the segment is too small to describe.
  package func rule(for segment: Int) -> SegmentRule? {
    let wanted = table.labels.count { $0 == Int32(segment) }
    guard wanted > 0, wanted < table.labels.count else { return nil }
    let search = ConjunctionSearch(columns: table.columns)
    var best: (f1: Double, literals: [RuleColumn.Literal])?
    // The highest ratio 2·right / (picked + wanted) by Dinkelbach's iteration (1967,
    // doi:10.1287/mnsc.13.7.492): at the ratio λ reached so far, the best sum of 2·right − λ·picked is better.
    var ratio = 700
    for _ in 0..<RuleFinder.mostRounds {
      let weights = table.labels.map { Int32(($0 == Int32(segment) ? 2_000 : 0) - ratio) }
      let prices = ConjunctionSearch.Prices(
        condition: max(1, Int(2_000 * RuleFinder.leastGain * Double(wanted))), roughness: max(1, wanted))
      guard let found = search.best(weights, prices) else {
        if best != nil { break }
        ratio /= 2
        continue
      }
      let refiner = BoundRefiner(columns: table.columns, prices: prices)
      let literals = refiner.refined(found.literals, weights)
      let f1 = counted(literals.map(\.condition), for: segment, rows: sampled).f1
      guard f1 > best?.f1 ?? 0 else { break }
      best = (f1, literals)
      if Int(1_000 * f1) == ratio { break }
      ratio = Int(1_000 * f1)
    }
    guard let best else { return nil }
    let rule = counted(tidied(best.literals), for: segment, rows: Array(labels.indices))
    // A rule that picks hardly anybody would describe them.
    return rule.picked >= TraitFinder.smallestGroup ? rule : nil
  }

  /// - Parameter ids: `Segment.id` by position.
  /// - Returns: nil without two segments that are large enough, or where no rule helps.
  package func list(ids: [Int]) -> RuleList? {
    guard sizes.count(where: { $0 >= TraitFinder.smallestGroup }) > 1 else { return nil }
    let draft = RuleListSearch(table).run()
    let rules = draft.rules.map { ListCount.Rule(segment: $0.segment, conditions: tidied($0.literals)) }
    var count = ListCount(attributes, labels, rules, defaultSegment: draft.defaultSegment)
    // A rule that decides hardly anybody would describe them.
    while let small = count.decided.indices.dropLast().filter({
      count.decided[$0] < TraitFinder.smallestGroup
    })
    .min(by: { (count.decided[$0], $0) < (count.decided[$1], $1) }) {
      var fewer = count.rules
      fewer.remove(at: small)
      count = ListCount(attributes, labels, fewer, defaultSegment: draft.defaultSegment)
    }
    guard !count.rules.isEmpty else { return nil }
    return count.list(
      ids: ids, notCovered: sizes.filter { $0 < TraitFinder.smallestGroup }.reduce(0, +),
      heldOut: heldOut(count))
  }

  private func heldOut(_ count: ListCount) -> RuleList.HeldOut? {
    var isSampled = [Bool](repeating: false, count: labels.count)
    for row in sampled { isSampled[row] = true }
    let unseen = labels.indices.filter { labels[$0] >= 0 && !isSampled[$0] }
    if unseen.count >= RuleFinder.fewestForFolds {
      return held(.unseen, unseen.count, unseen.count { count.isRight($0) })
    }
    guard sampled.count >= RuleFinder.fewestForFolds else { return nil }
    var generator = seed.generator(for: .rules, index: 1)
    let fold = sampled.map { _ in generator.index(below: 3) }
    let right = parallelMap(3) { left -> Int in
      let seen = sampled.indices.filter { fold[$0] != left }.map { sampled[$0] }
      let table = RuleTable(attributes, labels: labels, segments: sizes.count, rows: seen)
      let draft = RuleListSearch(table).run()
      let rules = draft.rules.map { ListCount.Rule(segment: $0.segment, conditions: tidied($0.literals)) }
      let matcher = ListCount.Matcher(attributes, rules, defaultSegment: draft.defaultSegment)
      return sampled.indices.count { fold[$0] == left && matcher.segment(sampled[$0]) == labels[sampled[$0]] }
    }
    return held(.threeFolds, sampled.count, right.reduce(0, +))
  }

  private func held(_ method: RuleList.HeldOut.Method, _ customers: Int, _ right: Int) -> RuleList.HeldOut {
    RuleList.HeldOut(
      method: method, customers: customers, right: right, fidelity: Double(right) / Double(customers))
  }

  private func counted(_ conditions: [SegmentRule.Condition], for segment: Int, rows: [Int]) -> SegmentRule {
    var rule = SegmentRule(conditions: conditions, picked: 0, right: 0, wanted: 0)
    let tests = ListCount.tests(conditions, attributes)
    for row in rows where labels[row] >= 0 {
      let isMember = labels[row] == Int32(segment)
      if isMember { rule.wanted += 1 }
      if tests.allSatisfy({ $0.holds(row) }) {
        rule.picked += 1
        if isMember { rule.right += 1 }
      }
    }
    return rule
  }

  /// Most telling attribute first, a lower bound before its upper one, one `=` for two bounds that meet.
  private func tidied(_ literals: [RuleColumn.Literal]) -> [SegmentRule.Condition] {
    func rank(_ condition: SegmentRule.Condition) -> (Int, Int, String) {
      let place = table.columns.firstIndex { $0.attribute.name == condition.attribute } ?? table.columns.count
      return (place, condition.comparison == .atLeast ? 0 : 1, condition.level ?? "")
    }
    var result: [SegmentRule.Condition] = []
    for condition in literals.map(\.condition).sorted(by: { rank($0) < rank($1) }) {
      if let last = result.last, last.attribute == condition.attribute, last.comparison == .atLeast,
        condition.comparison == .atMost, last.bound == condition.bound
      {
        result[result.count - 1].comparison = .equal
      } else {
        result.append(condition)
      }
    }
    return result
  }
}
