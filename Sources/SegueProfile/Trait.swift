public import SegueCore

/// One way a segment differs from everybody else, with all that is needed to doubt it.
///
/// Every sentence of a persona and every cell of a journey map that says `observed` cites traits.
public struct Trait: Sendable, Codable, Identifiable {
  public enum Statistic: String, Sendable, Codable {
    case median
    case mean
    case share
  }

  /// `s2.frequency`, `s2.category.gifts`: segment, attribute, level.
  public var id: String
  public var attribute: String
  /// The level whose share this is, for categories.
  public var level: String?
  public var label: String
  public var unit: Unit
  public var statistic: Statistic
  /// The figure in the segment, and in everybody else.
  public var value: Double
  public var others: Double
  /// Cliff's delta for numbers (−1…1), difference of shares for levels.
  public var effect: Double
  public var interval: Interval
  /// Customers (or, for a mix, observations) behind `value` and behind `others`.
  public var n: Int
  public var nOthers: Int
  public var pValue: Double
  /// p-value after false-discovery control over every comparison of the study.
  public var qValue: Double
  public var sources: [String]
  /// How many times the others' share; nil for numbers, and where either share is zero.
  public var lift: Estimate?
  /// Hedges' g: the difference of means in standard deviations; nil for shares. Told beside `effect`, which
  /// decides what is notable, because a few large values move means.
  public var standardized: Estimate?

  /// Worth a sentence: survives the control at 5 % and is not trivially small.
  public var isNotable: Bool {
    qValue < 0.05 && effect.magnitude >= (statistic == .share ? 0.05 : 0.147)
  }

  /// Times the figure of everybody else; nil where that is zero or negative.
  public var ratio: Double? { others > 0 && value >= 0 ? value / others : nil }

  /// The value as text: `£340`, `121 days`, `34%`.
  public func valueText(_ money: MoneyText) -> String { Trait.text(value, unit, statistic, money) }

  /// The others' value as text.
  public func othersText(_ money: MoneyText) -> String { Trait.text(others, unit, statistic, money) }

  /// The comparison in a few words: `3.6× the others`, `86% less`, `+22 points`.
  public var comparison: String {
    if statistic == .share || unit == .share {
      let points = (value - others) * 100
      return (points >= 0 ? "+" : "") + NumberText.fixed(points) + " points"
    }
    // Figures that agree can hide a difference in the rest of the distribution; the effect shows it.
    guard let ratio, ratio > 0, ratio < 1_000, (ratio - 1).magnitude >= 0.005 else {
      return effect >= 0 ? "more" : "less"
    }
    if ratio < 1 { return NumberText.percent(1 - ratio, 0) + " less" }
    if ratio < 1.1 { return NumberText.percent(ratio - 1, 0) + " more" }
    return NumberText.fixed(ratio, ratio < 10 ? 1 : 0) + "× the others"
  }

  static func text(_ value: Double, _ unit: Unit, _ statistic: Statistic, _ money: MoneyText) -> String {
    if statistic == .share { return NumberText.percent(value) }
    switch unit {
    case .money: return money.string(value)
    case .days: return NumberText.fixed(value) + (value.rounded() == 1 ? " day" : " days")
    case .share: return NumberText.percent(value)
    case .years: return NumberText.fixed(value)
    case .count:
      return statistic == .median ? NumberText.compact(value) : NumberText.fixed(value, value < 100 ? 1 : 0)
    case .plain: return NumberText.compact(value)
    }
  }
}
