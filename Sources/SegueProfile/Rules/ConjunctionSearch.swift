import SegueCore

/// The conjunction of at most three conditions with the highest sum of weights over the customers that meet it.
///
/// Pairs are searched exactly, through the two-way table of summed weights of every two columns. The best pairs
/// of different make are then extended by the exactly best third condition.
package struct ConjunctionSearch: Sendable {
  package struct Found: Sendable {
    /// Sum of weights, less the prices of the conditions.
    package var score: Int
    package var literals: [RuleColumn.Literal]
  }

  /// What a condition must pay for, in units of weight.
  package struct Prices: Sendable {
    package var condition: Int
    /// For each step that its bound is away from a round number.
    package var roughness: Int

    package init(condition: Int, roughness: Int) {
      (self.condition, self.roughness) = (condition, roughness)
    }

    func of(_ literal: RuleColumn.Literal) -> Int { condition + literal.roughness * roughness }
  }

  let columns: [RuleColumn]
  /// Pairs that are extended by a third condition; all if nil, which makes the search exact.
  let width: Int?

  package init(columns: [RuleColumn], width: Int? = 24) {
    (self.columns, self.width) = (columns, width)
  }

  /// - Parameters:
  ///   - weights: one a row of the columns.
  ///   - floor: what is to be surpassed.
  /// - Returns: nil if no conjunction has a score above the floor. Of equal scores the one with fewer conditions.
  /// - Complexity: O(columns² · (rows + bins²) + width · columns · rows).
  package func best(_ weights: [Int32], _ prices: Prices, above floor: Int = 0) -> Found? {
    let active = weights.indices.filter { weights[$0] != 0 }
    guard !active.isEmpty else { return nil }
    let weight = active.map { weights[$0] }
    let codes = columns.map { column in active.map { column.codes[$0] } }
    var found = Found(score: floor, literals: [])
    func offer(_ score: Int, _ literals: @autoclosure () -> [RuleColumn.Literal]) {
      if score > found.score { found = Found(score: score, literals: literals()) }
    }
    for (column, codes) in zip(columns, codes) {
      let (score, literal) = bestLiteral(of: column, histogram(codes, weight, column.bins), prices)
      if literal >= 0 { offer(score, [column.literals[literal]]) }
    }
    let pairs = PairSearch(columns, codes, weight, prices).pairs(takesAll: width == nil)
    if let first = pairs.first { offer(first.score, literals(first)) }
    for pair in pairs.prefix(width ?? pairs.count) {
      if let (score, third) = extended(pair, codes, weight, prices, over: found.score) {
        offer(score, literals(pair) + [third])
      }
    }
    return found.literals.isEmpty ? nil : found
  }

  private func literals(_ pair: PairSearch.Pair) -> [RuleColumn.Literal] {
    [
      columns[pair.columns.0].literals[pair.literals.0],
      columns[pair.columns.1].literals[pair.literals.1],
    ]
  }

  /// - Returns: nil if no third condition can lift the pair over the score.
  private func extended(
    _ pair: PairSearch.Pair, _ codes: [[UInt8]], _ weight: [Int32], _ prices: Prices, over best: Int
  ) -> (score: Int, third: RuleColumn.Literal)? {
    let both = literals(pair)
    let (first, second) = (both[0].mask(columns[pair.columns.0]), both[1].mask(columns[pair.columns.1]))
    let (a, b) = (codes[pair.columns.0], codes[pair.columns.1])
    var rows: [Int] = []
    var ceiling = 0
    for row in weight.indices where first[Int(a[row])] && second[Int(b[row])] {
      rows.append(row)
      if weight[row] > 0 { ceiling += Int(weight[row]) }
    }
    let paid = both.reduce(0) { $0 + prices.of($1) }
    // The best third condition keeps all gains and drops all losses.
    guard ceiling - paid - prices.condition > best else { return nil }
    var found: (score: Int, third: RuleColumn.Literal)?
    for (column, codes) in zip(columns, codes) {
      var sums = [Int32](repeating: 0, count: column.bins + 1)
      for row in rows { sums[Int(codes[row])] &+= weight[row] }
      let (score, literal) = bestLiteral(of: column, sums, prices)
      if literal >= 0, score - paid > found?.score ?? best {
        found = (score - paid, column.literals[literal])
      }
    }
    return found
  }

  /// - Returns: literal −1 if the column has none.
  private func bestLiteral(of column: RuleColumn, _ sums: [Int32], _ prices: Prices) -> (
    score: Int, literal: Int
  ) {
    var running = [0]
    for sum in sums[0..<column.bins] { running.append(running[running.count - 1] + Int(sum)) }
    var best = (score: Int.min, literal: -1)
    for (index, literal) in column.literals.enumerated() {
      let inside = running[literal.high + 1] - running[literal.low]
      let sum = literal.isNegated ? running[column.bins] - inside : inside
      if sum - prices.of(literal) > best.score { best = (sum - prices.of(literal), index) }
    }
    return best
  }

  private func histogram(_ codes: [UInt8], _ weight: [Int32], _ bins: Int) -> [Int32] {
    var sums = [Int32](repeating: 0, count: bins + 1)
    for row in weight.indices { sums[Int(codes[row])] &+= weight[row] }
    return sums
  }
}
