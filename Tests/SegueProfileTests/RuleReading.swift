import SegueProfile

extension [SegmentRule.Condition] {
  /// Reads the conditions as a filter would, apart from the code that found them.
  func fit(_ row: Int, _ attributes: [Attribute]) -> Bool {
    allSatisfy { condition in
      switch attributes.first(where: { $0.name == condition.attribute })?.values {
      case .numbers(let values):
        guard let bound = condition.bound, !values[row].isNaN else { return false }
        switch condition.comparison {
        case .atMost: return values[row] <= bound
        case .atLeast: return values[row] >= bound
        case .equal: return values[row] == bound
        case .isLevel, .isNotLevel: return false
        }
      case .levels(let levels, let names):
        guard levels[row] >= 0 else { return false }
        let isLevel = names[Int(levels[row])] == condition.level
        return condition.comparison == .isLevel ? isLevel : condition.comparison == .isNotLevel && !isLevel
      default: return false
      }
    }
  }
}

extension RuleList {
  func segment(_ row: Int, _ attributes: [Attribute]) -> Int {
    entries.first { $0.conditions.fit(row, attributes) }?.segment ?? defaultSegment
  }
}
