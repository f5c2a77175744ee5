public import SegueCore

/// One thing known about customers, by customer: what profiles compare and rules are built from.
public struct Attribute: Sendable {
  public enum Values: Sendable {
    /// One number a customer; NaN where it is missing.
    case numbers([Double])
    /// One level a customer; −1 where it is missing.
    case levels([Int32], names: [String])
    /// Many observations a customer (orders, lines): whose it is, and which level.
    case mix(customers: [Int32], levels: [Int32], names: [String])
  }

  /// Stable key: `frequency`, `age`, `category`.
  public var name: String
  /// As a sentence would say it: `orders`, `age`, `category of order`.
  public var label: String
  public var unit: Unit
  /// Where it was read: `orders.csv: amount`.
  public var sources: [String]
  public var values: Values
  /// Whether a CRM filter can hold it, so that rules may use it.
  public var isFilterable: Bool

  public init(
    _ name: String, label: String, unit: Unit, sources: [String], values: Values, isFilterable: Bool = true
  ) {
    self.name = name
    self.label = label
    self.unit = unit
    self.sources = sources
    self.values = values
    self.isFilterable = isFilterable
  }
}
