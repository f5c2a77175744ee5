public import SegueCore

/// A segment restated in at most three conditions, and how well that works.
///
/// It stands alone: it looks for the one segment among everybody. In a ``RuleList`` the rules share the work.
public struct SegmentRule: Sendable, Codable {
  /// A range takes two: a filter holds it as two bounds.
  public static let mostConditions = 3

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
  /// Picked though of another segment.
  public var wronglyPicked: Int { picked - right }
  /// Of the segment and not picked.
  public var missed: Int { wanted - right }
  /// Customers it gets wrong, both ways.
  public var wrong: Int { wronglyPicked + missed }

  public func text(_ money: MoneyText) -> String { SegmentRule.text(conditions, money) }

  private enum CodingKeys: String, CodingKey {
    case conditions
    case picked
    case right
    case wanted
    // Written for readers of the file, worked out again when it is read.
    case wrong
    case precision
    case recall
  }

  public init(conditions: [Condition], picked: Int, right: Int, wanted: Int) {
    (self.conditions, self.picked, self.right, self.wanted) = (conditions, picked, right, wanted)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    conditions = try container.decode([Condition].self, forKey: .conditions)
    picked = try container.decode(Int.self, forKey: .picked)
    right = try container.decode(Int.self, forKey: .right)
    wanted = try container.decode(Int.self, forKey: .wanted)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(conditions, forKey: .conditions)
    try container.encode(picked, forKey: .picked)
    try container.encode(right, forKey: .right)
    try container.encode(wanted, forKey: .wanted)
    try container.encode(wrong, forKey: .wrong)
    try container.encode(precision, forKey: .precision)
    try container.encode(recall, forKey: .recall)
  }
}
