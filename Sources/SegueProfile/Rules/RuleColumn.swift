import SegueCore

/// An attribute as the search sees it: one small code a customer, and the conditions that codes can meet.
///
/// A number with cuts c₁ < … < c_B has 2B + 1 bins, in turn the gap before a cut and the cut itself, so that
/// ≤ and ≥ both are ranges of bins. A category has a bin for each of its frequent levels and one for the rest.
/// The bin after the last holds who is missing.
package struct RuleColumn: Sendable {
  package struct Literal: Sendable {
    package var condition: SegmentRule.Condition
    /// Bins that meet it, or all others but the missing if `isNegated`.
    var low: Int
    var high: Int
    var isNegated = false
    /// Of the bound: 0 where it is round.
    package var roughness = 0

    /// By bin of the column, the missing last.
    func mask(_ column: RuleColumn) -> [Bool] {
      (0...column.bins).map { bin in
        isNegated ? bin < column.bins && bin != low : (low...high).contains(bin)
      }
    }
  }

  /// Levels of a category that may stand in a rule.
  static let mostLevels = 24
  /// Cuts of a number in the first search; their places are refined afterwards.
  private static let cutCount = 12
  /// Whole numbers with so few values are taken as they are.
  private static let fewValues = 12

  let attribute: Attribute
  /// Which of the attribute's rows, in the order of `codes`.
  let rows: [Int]
  let codes: [UInt8]
  let bins: Int
  package let literals: [Literal]
  /// Where bounds may come to lie; empty for categories.
  let grid: [RoundNumber]
  /// The least and the greatest of whole numbers: bounds there are said with `=`.
  let ends: [Double]

  /// - Returns: nil if no condition on it tells any two of the rows apart.
  package init?(_ attribute: Attribute, rows: [Int]) {
    guard attribute.isFilterable else { return nil }
    switch attribute.values {
    case .numbers(let values): self.init(attribute, numbers: rows.map { values[$0] }, rows)
    case .levels(let levels, let names): self.init(attribute, levels: rows.map { levels[$0] }, names, rows)
    case .mix: return nil
    }
  }

  private init?(_ attribute: Attribute, numbers: [Double], _ rows: [Int]) {
    let known = numbers.count { !$0.isNaN }
    let sorted = numbers.filter(\.isFinite).sorted()
    let grid = RoundNumber.grid(over: sorted, unit: attribute.unit)
    let isWhole = sorted.allSatisfy { $0 == $0.rounded() }
    var distinct: [Double] = []
    for value in sorted where value != distinct.last {
      distinct.append(value)
      if distinct.count > RuleColumn.fewValues { break }
    }
    let takesEach = isWhole && distinct.count <= RuleColumn.fewValues
    let cuts =
      takesEach
      ? distinct.map { value in
        grid.first { $0.value == value } ?? RoundNumber(value: value, roughness: 3)
      } : RuleColumn.cuts(grid, sorted)
    let bins = 2 * cuts.count + 1
    var counts = [Int](repeating: 0, count: bins + 1)
    let codes = numbers.map { UInt8(RuleColumn.bin($0, cuts) ?? bins) }
    for code in codes { counts[Int(code)] += 1 }
    // `orders ≤ 1` is said as `orders = 1`; for days and measures that would sound too exact.
    let isCounted = isWhole && attribute.unit != .days
    ends = isCounted ? [sorted.first, sorted.last].compactMap(\.self) : []
    var literals: [Literal] = []
    func add(_ comparison: SegmentRule.Condition.Comparison, _ cut: RoundNumber, _ low: Int, _ high: Int) {
      let held = counts[low...high].reduce(0, +)
      guard held > 0, held < known else { return }
      literals.append(
        Literal(
          condition: SegmentRule.Condition(
            attribute: attribute.name, label: attribute.label, unit: attribute.unit, comparison: comparison,
            bound: cut.value),
          low: low, high: high, roughness: cut.roughness))
    }
    for (place, cut) in cuts.enumerated() {
      let point = 2 * place + 1
      let isEnd = ends.contains(cut.value)
      if takesEach || isEnd { add(.equal, cut, point, point) }
      if !isEnd {
        add(.atMost, cut, 0, point)
        add(.atLeast, cut, point, bins - 1)
      }
    }
    guard !literals.isEmpty else { return nil }
    (self.attribute, self.rows, self.codes, self.bins) = (attribute, rows, codes, bins)
    (self.literals, self.grid) = (literals, grid)
  }

  private init?(_ attribute: Attribute, levels: [Int32], _ names: [String], _ rows: [Int]) {
    var counts: [Int32: Int] = [:]
    for level in levels where level >= 0 { counts[level, default: 0] += 1 }
    let known = counts.values.reduce(0, +)
    // By frequency, ties by name: the numbers of levels may depend on the order of rows.
    let frequent = counts.sorted { ($1.value, names[Int($0.key)]) < ($0.value, names[Int($1.key)]) }
      .prefix(RuleColumn.mostLevels)
      .filter { $0.value < known && $0.value * 200 >= known && $0.value >= TraitFinder.smallestGroup }
    guard !frequent.isEmpty else { return nil }
    var binOf: [Int32: UInt8] = [:]
    for (bin, level) in frequent.enumerated() { binOf[level.key] = UInt8(bin) }
    let bins = frequent.count + 1
    codes = levels.map { $0 < 0 ? UInt8(bins) : binOf[$0] ?? UInt8(bins - 1) }
    var literals: [Literal] = []
    for (bin, level) in frequent.enumerated() {
      let isTwoLevelled = counts.count == 2
      for comparison in [SegmentRule.Condition.Comparison.isLevel, .isNotLevel] {
        // With two levels, `is not No` is `is Yes`.
        if comparison == .isNotLevel, isTwoLevelled { continue }
        literals.append(
          Literal(
            condition: SegmentRule.Condition(
              attribute: attribute.name, label: attribute.label, unit: attribute.unit,
              comparison: comparison, level: names[Int(level.key)]),
            low: bin, high: bin, isNegated: comparison == .isNotLevel))
      }
    }
    (self.attribute, self.rows, self.bins, self.literals) = (attribute, rows, bins, literals)
    (grid, ends) = ([], [])
  }

  /// - Parameter cuts: ascending.
  /// - Returns: nil for NaN.
  static func bin(_ value: Double, _ cuts: [RoundNumber]) -> Int? {
    if value.isNaN { return nil }
    var (low, high) = (0, cuts.count)
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle].value < value { low = middle + 1 } else { high = middle }
    }
    return low < cuts.count && cuts[low].value == value ? 2 * low + 1 : 2 * low
  }

  /// About one cut in each twelfth of the customers, and a few in the tails; the roundest number there.
  private static func cuts(_ grid: [RoundNumber], _ sorted: [Double]) -> [RoundNumber] {
    var below: [Int] = []
    var place = 0
    for number in grid {
      while place < sorted.count, sorted[place] <= number.value { place += 1 }
      below.append(place)
    }
    let twelfths = (1..<cutCount).map { Double($0) / Double(cutCount) }
    let shares = [0.01, 0.03] + twelfths + [0.97, 0.99]
    var chosen: Set<RoundNumber> = []
    for (index, share) in shares.enumerated() {
      let left = index == 0 ? 0 : (shares[index - 1] + share) / 2
      let right = index == shares.count - 1 ? 1 : (shares[index + 1] + share) / 2
      let window = (left * Double(sorted.count))..<(right * Double(sorted.count))
      let middle = share * Double(sorted.count)
      func distance(_ index: Int) -> Double { (Double(below[index]) - middle).magnitude }
      let best = grid.indices.filter { window.contains(Double(below[$0])) }
        .min { (grid[$0].roughness, distance($0), $0) < (grid[$1].roughness, distance($1), $1) }
      if let best { chosen.insert(grid[best]) }
    }
    return chosen.sorted { $0.value < $1.value }
  }
}
