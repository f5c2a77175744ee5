public import SegueCore

/// What is known of one segment: aggregates only, no customer.
public struct SegmentProfile: Sendable, Codable {
  public var segment: Segment
  /// Of all segmented customers.
  public var customerShare: Double
  public var customerShareInterval: Interval
  /// Nil where the study has no orders.
  public var purchases: Purchases?
  /// The segment's mean on each clustering feature, in the feature's own unit.
  public var centroid: [FeatureMean]
  /// By falling strength; empty for groups that are too small to describe.
  public var traits: [Trait]
  /// What is said of the segment without a comparison; empty for groups that are too small to describe.
  public var figures: [Figure]
  /// The segment restated as conditions that a CRM filter can hold.
  public var rule: SegmentRule?
  /// Mean Jaccard similarity over resamples, 0…1; nil if it was not measured.
  public var stability: Double?
  /// False for groups under 10 customers: their figures are withheld.
  public var isDescribed: Bool
  /// Every stage of the lifecycle, new first; nil without orders.
  public var lifecycle: [LifecycleShare]?
  /// What its customers are expected to do; nil where that is not modelled or the group is too small.
  public var value: Value?
  /// What a segment that keeps its name from an earlier run would be called by what it is now; nil if that is its name.
  public var suggestedName: String?

  public struct FeatureMean: Sendable, Codable {
    public var feature: String
    public var label: String
    public var unit: Unit
    public var mean: Double
  }

  /// Money and orders of one segment.
  public struct Purchases: Sendable, Codable {
    /// Net of refunds where the study nets them.
    public var revenue: Amount
    public var revenueShare: Double
    public var orders: Int
    public var recencyDays: NumberSummary
    public var frequency: NumberSummary
    public var monetary: NumberSummary
    /// Of single orders, net of their refund column; refunds that name no order are not in it.
    public var orderValue: NumberSummary
    /// Customers with at least two orders.
    public var boughtAgain: Double
    public var boughtAgainInterval: Interval
    /// Between consecutive order days of the same customer; nil where nobody came back.
    public var gapDays: NumberSummary?
  }

  public func trait(_ attribute: String, level: String? = nil) -> Trait? {
    traits.first { $0.attribute == attribute && $0.level == level }
  }

  /// Traits that are worth a sentence, strongest first.
  public var notable: [Trait] { traits.filter(\.isNotable) }
}

/// A study's figures over everybody, beside those of each segment.
public struct StudyProfile: Sendable, Codable {
  public var customers: Int
  public var purchases: Totals?
  public var segments: [SegmentProfile]
  /// How many comparisons the false-discovery control covers.
  public var comparisons: Int
  /// Nil without orders.
  public var lifecycle: LifecycleTotals?
  /// Nil where the study has no orders.
  public var cohorts: Cohorts?
  /// What customers are expected to do; nil where that is not modelled.
  public var value: Value?

  public struct Totals: Sendable, Codable {
    public var revenue: Amount
    public var orders: Int
    public var orderLines: Int
    public var firstDay: CalendarDay
    public var lastDay: CalendarDay
    public var asOf: CalendarDay
    public var boughtAgain: Double
    public var boughtAgainInterval: Interval
    public var gapDays: NumberSummary?
    public var currency: String?
    /// The smallest share of customers that brings 80 % of revenue.
    public var customersForEightyPercent: Double
  }

  public var money: MoneyText { MoneyText(currency: purchases?.currency) }
}
