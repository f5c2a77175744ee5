/// A condition bound to the values it looks at.
struct ConditionTest: Sendable {
  private enum Kind: Sendable {
    case atMost([Double], Double)
    case atLeast([Double], Double)
    case equal([Double], Double)
    case isLevel([Int32], Int32)
    case isNotLevel([Int32], Int32)
  }

  private let kind: Kind

  /// - Parameter attribute: that of the condition.
  /// - Returns: nil if the condition does not go with the attribute's kind of values, or names no level of it.
  init?(_ condition: SegmentRule.Condition, _ attribute: Attribute) {
    switch (attribute.values, condition.comparison, condition.bound) {
    case (.numbers(let values), .atMost, let bound?): kind = .atMost(values, bound)
    case (.numbers(let values), .atLeast, let bound?): kind = .atLeast(values, bound)
    case (.numbers(let values), .equal, let bound?): kind = .equal(values, bound)
    case (.levels(let levels, let names), .isLevel, _):
      guard let level = names.firstIndex(where: { $0 == condition.level }) else { return nil }
      kind = .isLevel(levels, Int32(level))
    case (.levels(let levels, let names), .isNotLevel, _):
      guard let level = names.firstIndex(where: { $0 == condition.level }) else { return nil }
      kind = .isNotLevel(levels, Int32(level))
    default: return nil
    }
  }

  /// False where the value is missing.
  func holds(_ row: Int) -> Bool {
    switch kind {
    case .atMost(let values, let bound): values[row] <= bound
    case .atLeast(let values, let bound): values[row] >= bound
    case .equal(let values, let bound): values[row] == bound
    case .isLevel(let levels, let level): levels[row] == level
    case .isNotLevel(let levels, let level): levels[row] >= 0 && levels[row] != level
    }
  }
}
