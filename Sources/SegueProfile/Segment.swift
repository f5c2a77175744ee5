/// A group of customers with an identity that outlives one run.
public struct Segment: Hashable, Sendable, Codable, Identifiable {
  /// What a segment is in the customer's life; decides what to do next.
  public enum Kind: String, Sendable, Codable {
    case oneTime
    case newcomer
    case champion
    case regular
    case slipping
    case occasional
    case lapsed
    /// Not formed from orders.
    case other
  }

  /// 1-based, in the order of the report: by falling revenue, or by size where there is no money.
  public var id: Int
  /// Unique within a study; says what the segment is.
  public var name: String
  /// The same in a sentence: what kind of customers these are.
  public var tagline: String
  public var kind: Kind
  public var customers: Int

  public init(id: Int, name: String, tagline: String, kind: Kind = .other, customers: Int) {
    self.id = id
    self.name = name
    self.tagline = tagline
    self.kind = kind
    self.customers = customers
  }
}
