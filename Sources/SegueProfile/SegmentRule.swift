public import SegueCore

/// A segment restated in at most three conditions, and how well that works.
public struct SegmentRule: Sendable, Codable {
  public struct Condition: Hashable, Sendable, Codable {
    public enum Comparison: String, Sendable, Codable {
      case atMost = "≤"
      case atLeast = "≥"
      case equal = "="
    }

    public var attribute: String
    public var label: String
    public var unit: Unit
    public var comparison: Comparison
    public var bound: Double

    public func text(_ money: MoneyText) -> String {
      let value: String
      switch unit {
      case .money: value = money.string(bound)
      case .days: value = NumberText.compact(bound) + (bound == 1 ? " day" : " days")
      case .share: value = NumberText.percent(bound)
      default: value = NumberText.compact(bound)
      }
      return "\(label) \(comparison.rawValue) \(value)"
    }
  }

  /// All must hold.
  public var conditions: [Condition]
  /// Customers the rule picks, and how many of them are of the segment.
  public var picked: Int
  public var right: Int
  /// Customers of the segment.
  public var wanted: Int

  /// Share of the picked that are of the segment.
  public var precision: Double { picked > 0 ? Double(right) / Double(picked) : 0 }
  /// Share of the segment that is picked.
  public var recall: Double { wanted > 0 ? Double(right) / Double(wanted) : 0 }
  /// Harmonic mean of both.
  public var f1: Double { picked + wanted > 0 ? 2 * Double(right) / Double(picked + wanted) : 0 }

  public func text(_ money: MoneyText) -> String {
    conditions.map { $0.text(money) }.joined(separator: " and ")
  }
}

/// Greedy search for the rule with the best F1.
package struct RuleFinder {
  private static let mostConditions = 3
  /// A further condition must pay for the reader's trouble.
  private static let leastGain = 0.01
  /// Rows the search looks at; the figures of the result are counted on all.
  private static let searchRows = 20_000

  private struct Column {
    var attribute: Attribute
    var values: [Double]
  }

  private let columns: [Column]
  private let labels: [Int32]
  private let searched: [Int]

  /// - Parameter attributes: those with numbers and a filter are used; bounds are tried at every
  ///   twentieth of the segment's own distribution, rounded to two digits.
  package init(_ attributes: [Attribute], labels: [Int32]) {
    columns = attributes.compactMap { attribute in
      guard attribute.isFilterable, case .numbers(let values) = attribute.values else { return nil }
      return Column(attribute: attribute, values: values)
    }
    self.labels = labels
    let step = max(1, labels.count / RuleFinder.searchRows)
    searched = Array(stride(from: 0, to: labels.count, by: step))
  }

  /// - Returns: nil if no condition helps.
  /// - Complexity: O(conditions · columns · 40 · min(n, 20,000)).
  package func rule(for segment: Int) -> SegmentRule? {
    var chosen: [SegmentRule.Condition] = []
    var alive = searched
    var best = 0.0
    let wanted = searched.reduce(0) { $0 + (labels[$1] == Int32(segment) ? 1 : 0) }
    guard wanted > 0 else { return nil }
    for _ in 0..<RuleFinder.mostConditions {
      var winner: (condition: SegmentRule.Condition, f1: Double)?
      for column in columns {
        for (comparison, bound) in candidates(column, segment) {
          var picked = 0
          var right = 0
          for row in alive where RuleFinder.holds(column.values[row], comparison, bound) {
            picked += 1
            if labels[row] == Int32(segment) { right += 1 }
          }
          let f1 = 2 * Double(right) / Double(picked + wanted)
          if f1 > (winner?.f1 ?? best) + (winner == nil ? RuleFinder.leastGain : 1e-12) {
            let condition = SegmentRule.Condition(
              attribute: column.attribute.name, label: column.attribute.label, unit: column.attribute.unit,
              comparison: comparison, bound: bound)
            winner = (condition, f1)
          }
        }
      }
      guard let winner else { break }
      chosen.append(winner.condition)
      best = winner.f1
      let values = column(winner.condition.attribute).values
      alive = alive.filter {
        RuleFinder.holds(values[$0], winner.condition.comparison, winner.condition.bound)
      }
    }
    return chosen.isEmpty ? nil : counted(RuleFinder.merged(chosen), for: segment)
  }

  private func counted(_ conditions: [SegmentRule.Condition], for segment: Int) -> SegmentRule {
    var rule = SegmentRule(conditions: conditions, picked: 0, right: 0, wanted: 0)
    let tests = conditions.map { ($0, column($0.attribute).values) }
    for row in labels.indices where labels[row] >= 0 {
      let isMember = labels[row] == Int32(segment)
      if isMember { rule.wanted += 1 }
      if tests.allSatisfy({ RuleFinder.holds($1[row], $0.comparison, $0.bound) }) {
        rule.picked += 1
        if isMember { rule.right += 1 }
      }
    }
    return rule
  }

  /// `orders ≥ 1 and orders ≤ 1` reads better as `orders = 1`; a looser bound beside a tighter one goes.
  static func merged(_ conditions: [SegmentRule.Condition]) -> [SegmentRule.Condition] {
    var tightest: [SegmentRule.Condition] = []
    for condition in conditions {
      let same = tightest.firstIndex {
        $0.attribute == condition.attribute && $0.comparison == condition.comparison
      }
      guard let same else {
        tightest.append(condition)
        continue
      }
      tightest[same].bound =
        condition.comparison == .atMost
        ? min(tightest[same].bound, condition.bound) : max(tightest[same].bound, condition.bound)
    }
    var result: [SegmentRule.Condition] = []
    for condition in tightest {
      let twin = result.firstIndex { $0.attribute == condition.attribute && $0.bound == condition.bound }
      if let twin { result[twin].comparison = .equal } else { result.append(condition) }
    }
    return result
  }

  private func column(_ attribute: String) -> Column {
    columns.first { $0.attribute.name == attribute }!
  }

  private func candidates(_ column: Column, _ segment: Int) -> [(SegmentRule.Condition.Comparison, Double)] {
    let mine = searched.filter { labels[$0] == Int32(segment) }.map { column.values[$0] }
      .filter { !$0.isNaN }.sorted()
    guard !mine.isEmpty else { return [] }
    let whole = column.attribute.unit == .count || column.attribute.unit == .days
    var bounds: [Double] = []
    for twentieth in 0...20 {
      let value = mine[min(mine.count - 1, mine.count * twentieth / 20)]
      let rounded = RuleFinder.rounded(value)
      for bound in [rounded, value] where bounds.last != bound && (!whole || bound == bound.rounded()) {
        // Exact values only where they are short numbers anyway.
        if bound == rounded || (whole && bound.magnitude < 100) { bounds.append(bound) }
      }
    }
    return bounds.flatMap { [(.atMost, $0), (.atLeast, $0)] }
  }

  private static func holds(
    _ value: Double, _ comparison: SegmentRule.Condition.Comparison, _ bound: Double
  ) -> Bool {
    switch comparison {
    case .atMost: value <= bound
    case .atLeast: value >= bound
    case .equal: value == bound
    }
  }

  /// To two significant digits: what people type into a filter.
  static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var scale = 1.0
    var magnitude = value.magnitude
    while magnitude >= 100 {
      magnitude /= 10
      scale *= 10
    }
    while magnitude < 10 {
      magnitude *= 10
      scale /= 10
    }
    let digits = magnitude.rounded()
    // Dividing keeps 0.15 at 0.15, where multiplying by 0.01 would not.
    let result = scale >= 1 ? digits * scale : digits / (1 / scale).rounded()
    return value < 0 ? -result : result
  }
}
