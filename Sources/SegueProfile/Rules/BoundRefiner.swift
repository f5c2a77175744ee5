import SegueCore

/// Moves the bounds of a found conjunction to where they score best among all round numbers, and drops
/// conditions that no longer pay.
struct BoundRefiner {
  private static let mostPasses = 3

  let columns: [RuleColumn]
  let prices: ConjunctionSearch.Prices

  /// - Parameter weights: one a row, as in the search.
  /// - Returns: literals whose bins mean nothing: only their conditions do.
  func refined(_ literals: [RuleColumn.Literal], _ weights: [Int32]) -> [RuleColumn.Literal] {
    var literals = literals
    for _ in 0..<BoundRefiner.mostPasses {
      let before = literals.map(\.condition)
      var place = 0
      while place < literals.count {
        let others = literals.indices.filter { $0 != place }.map { literals[$0] }
        if let better = refined(literals[place], besides: others, weights) {
          literals[place] = better
          place += 1
        } else {
          literals.remove(at: place)
        }
      }
      if literals.map(\.condition) == before { break }
    }
    return literals
  }

  /// - Returns: nil if the conjunction is as good without the condition.
  private func refined(
    _ literal: RuleColumn.Literal, besides others: [RuleColumn.Literal], _ weights: [Int32]
  ) -> RuleColumn.Literal? {
    guard let column = columns.first(where: { $0.attribute.name == literal.condition.attribute }) else {
      return literal
    }
    let tests = others.compactMap { test($0.condition) }
    let rows = weights.indices.filter { row in
      weights[row] != 0 && tests.allSatisfy { $0.holds(column.rows[row]) }
    }
    guard let own = test(literal.condition) else { return literal }
    func sum(_ rows: [Int]) -> Int { rows.reduce(0) { $0 + Int(weights[$1]) } }
    var best = (score: sum(rows.filter { own.holds(column.rows[$0]) }) - prices.of(literal), literal: literal)
    if case .numbers(let values) = column.attribute.values,
      [.atMost, .atLeast].contains(literal.condition.comparison)
    {
      var sums = [Int](repeating: 0, count: 2 * column.grid.count + 1)
      for row in rows {
        if let bin = RuleColumn.bin(values[column.rows[row]], column.grid) { sums[bin] += Int(weights[row]) }
      }
      let all = sums.reduce(0, +)
      let isUpper = literal.condition.comparison == .atMost
      var running = 0
      for (place, number) in column.grid.enumerated() {
        running += sums[2 * place]
        let score = isUpper ? running + sums[2 * place + 1] : all - running
        running += sums[2 * place + 1]
        var moved = literal
        (moved.condition.bound, moved.roughness) = (number.value, number.roughness)
        if column.ends.contains(number.value) { moved.condition.comparison = .equal }
        if score - prices.of(moved) > best.score { best = (score - prices.of(moved), moved) }
      }
    }
    return !others.isEmpty && sum(rows) >= best.score ? nil : best.literal
  }

  private func test(_ condition: SegmentRule.Condition) -> ConditionTest? {
    columns.first { $0.attribute.name == condition.attribute }
      .flatMap { ConditionTest(condition, $0.attribute) }
  }
}
