public import SegueCore

extension SegmentRule {
  /// One line of a CRM filter. A customer whose value is missing meets no condition.
  public struct Condition: Hashable, Sendable, Codable {
    public enum Comparison: String, Sendable, Codable {
      case atMost = "≤"
      case atLeast = "≥"
      case equal = "="
      case isLevel = "is"
      case isNotLevel = "is not"
    }

    public var attribute: String
    public var label: String
    public var unit: Unit
    public var comparison: Comparison
    /// Of comparisons with a number; nil for those with a level.
    public var bound: Double?
    /// Of `is` and `is not`: the category as the data spells it.
    public var level: String?

    public init(
      attribute: String, label: String, unit: Unit, comparison: Comparison, bound: Double? = nil,
      level: String? = nil
    ) {
      (self.attribute, self.label, self.unit) = (attribute, label, unit)
      (self.comparison, self.bound, self.level) = (comparison, bound, level)
    }

    /// `orders ≥ 4`, `contract is Month-to-month`.
    public func text(_ money: MoneyText) -> String { "\(label) \(tail(money))" }

    /// Without the label: what follows `and` where the attribute was just named.
    func tail(_ money: MoneyText) -> String { "\(comparison.rawValue) \(value(money))" }

    private func value(_ money: MoneyText) -> String {
      guard let bound else { return level ?? "" }
      switch unit {
      case .money:
        // A round sum needs no cents.
        return bound == bound.rounded() ? money.exact(bound, 0) : money.string(bound)
      case .days:
        // `days since last order ≤ 30` has said what it counts.
        return NumberText.compact(bound) + (label.hasPrefix("days ") ? "" : bound == 1 ? " day" : " days")
      case .share: return NumberText.percent(bound)
      case .count, .years, .plain: return NumberText.compact(bound)
      }
    }
  }

  static func text(_ conditions: [Condition], _ money: MoneyText) -> String {
    var text = ""
    for (place, condition) in conditions.enumerated() {
      guard place > 0 else {
        text = condition.text(money)
        continue
      }
      // A range names its attribute once: `orders ≥ 4 and ≤ 9`.
      let isRange = conditions[place - 1].attribute == condition.attribute && condition.bound != nil
      text += " and " + (isRange ? condition.tail(money) : condition.text(money))
    }
    return text
  }
}
