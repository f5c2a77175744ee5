/// What the models of repeat buying know of customers: how often, until when, and for how long they were
/// watched.
///
/// `btydRecency` is the age at the last purchase, as the papers define it: the higher, the more recent; 0 for
/// customers who bought once. It is not `recency_days` of RFM, which counts back from the as-of day:
/// recency_days = (age − btydRecency) · unitDays.
public struct RepeatPurchases: Sendable {
  /// x: days with an order after the first one.
  public var frequency: [Int32]
  /// t_x: from the first order day to the last one, in units.
  public var btydRecency: [Double]
  /// T: from the first order day to the end of observation, in units.
  public var age: [Double]
  /// Days in a unit of time.
  public var unitDays: Double

  public init(frequency: [Int32], btydRecency: [Double], age: [Double], unitDays: Double = 7) {
    self.frequency = frequency
    self.btydRecency = btydRecency
    self.age = age
    self.unitDays = unitDays
  }

  public var count: Int { frequency.count }
}
