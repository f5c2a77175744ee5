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

  /// Stays with the segment from run to run; in a first run the position in the report, from 1.
  public var id: Int
  /// Unique within a study; says what the segment is.
  public var name: String
  /// The same in a sentence: what kind of customers these are.
  public var tagline: String
  public var kind: Kind
  public var customers: Int
  /// Place in the palette, from 0; stays with the segment as its id does.
  public var color: Int
  /// Whether people gave it its name.
  public var isNamedByUser: Bool

  public init(
    id: Int, name: String, tagline: String, kind: Kind = .other, customers: Int, color: Int? = nil,
    isNamedByUser: Bool = false
  ) {
    self.id = id
    self.name = name
    self.tagline = tagline
    self.kind = kind
    self.customers = customers
    self.color = color ?? id - 1
    self.isNamedByUser = isNamedByUser
  }
}

/// What a segment takes along from an earlier run.
public struct SegmentIdentity: Hashable, Sendable, Codable {
  public var id: Int
  /// Nil where the segment is new and is to be named by what it is.
  public var name: String?
  /// Whether people gave it that name, so that it stays whatever the segment becomes.
  public var isNamedByUser: Bool
  public var color: Int

  public init(id: Int, name: String?, isNamedByUser: Bool = false, color: Int) {
    self.id = id
    self.name = name
    self.isNamedByUser = isNamedByUser
    self.color = color
  }
}
