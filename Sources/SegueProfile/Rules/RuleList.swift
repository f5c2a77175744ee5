public import SegueCore

/// The segments as one ordered list of rules: a customer belongs to the first rule that fits, and to the
/// default if none does.
public struct RuleList: Sendable, Codable {
  public struct Entry: Sendable, Codable {
    /// `Segment.id`.
    public var segment: Int
    /// All must hold; at most ``SegmentRule/mostConditions``.
    public var conditions: [SegmentRule.Condition]
    /// Customers whom this rule decides: it fits them, and none before it does.
    public var decided: Int
    /// Of those, how many are of the segment.
    public var right: Int
    /// Customers fewer that would be right if the list did without this rule.
    public var worth: Int

    public func text(_ money: MoneyText) -> String { SegmentRule.text(conditions, money) }
  }

  /// How well the list does on one segment.
  public struct Coverage: Sendable, Codable {
    public var segment: Int
    public var customers: Int
    /// Of those, how many the list gives this segment.
    public var right: Int
    public var fidelity: Double
  }

  /// How the list does on customers that its search did not see.
  public struct HeldOut: Sendable, Codable {
    public enum Method: String, Sendable, Codable {
      /// This very list, on the customers that were not drawn for the search.
      case unseen
      /// Lists found in the same way on two thirds of the customers, each on the third left out.
      case threeFolds
    }

    public var method: Method
    public var customers: Int
    public var right: Int
    public var fidelity: Double
  }

  /// In order: the first that fits decides.
  public var entries: [Entry]
  /// `Segment.id` of whoever fits no rule.
  public var defaultSegment: Int
  public var defaultDecided: Int
  public var defaultRight: Int
  /// Customers of segments that are large enough to describe; the list was made and counted on them alone.
  public var customers: Int
  /// Customers of smaller segments: no rule finds those.
  public var notCovered: Int
  public var right: Int
  /// Share of `customers` to whom the list gives the segment they have.
  public var fidelity: Double
  /// Nil where there are too few customers to set some aside.
  public var heldOut: HeldOut?
  /// By segment, in the report's order; those too small to describe are not in it.
  public var segments: [Coverage]

  public var heldOutFidelity: Double? { heldOut?.fidelity }
}
