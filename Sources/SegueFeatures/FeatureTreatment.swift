public import SegueCore

/// What the rows of a table are.
public struct RowKind: Sendable, Hashable {
  /// In the singular.
  public var noun: String
  /// All of them, as in "the same for everybody".
  public var everyone: String
  /// A level in fewer rows has no column of its own and is not named.
  public var fewest: Int

  /// Groups of fewer than ten people are not described.
  public static let customers = RowKind(noun: "customer", everyone: "everybody", fewest: 10)
  /// Things that need not be people.
  public static let rows = RowKind(noun: "row", everyone: "every row", fewest: 2)
}

/// One input of clustering: a column of numbers.
public struct Feature: Sendable, Codable, Hashable {
  public enum Shape: String, Sendable, Codable {
    case number
    /// 0 or 1: no or yes, or the one and the other of two levels.
    case flag
    /// 0 or 1: whether a category has this level.
    case level
    /// 0 or 1: whether the value was missing and filled.
    case missing
  }

  public var name: String
  public var label: String
  public var unit: Unit
  public var sources: [String]
  public var shape: Shape
  /// Name of what it was made from; the levels of a category share it.
  public var attribute: String

  public init(
    _ name: String, label: String, unit: Unit, sources: [String], shape: Shape = .number,
    attribute: String? = nil
  ) {
    self.name = name
    self.label = label
    self.unit = unit
    self.sources = sources
    self.shape = shape
    self.attribute = attribute ?? name
  }
}

/// What became of something known about customers on its way to clustering.
public struct FeatureTreatment: Sendable, Codable, Hashable {
  public enum Kind: String, Sendable, Codable {
    case number
    /// A day, as its age in days.
    case date
    case flag
    case category
  }

  public struct Level: Sendable, Codable, Hashable {
    public var level: String
    public var customers: Int
  }

  /// Of the attribute, as ``Feature/attribute``.
  public var name: String
  public var label: String
  public var kind: Kind
  /// Names of the columns it became.
  public var columns: [String] = []
  public var transform = Transform.none
  /// Customers without a value.
  public var missing = 0
  /// What they were given: the median of a number, the more frequent value of a flag.
  public var filledWith: Double?
  /// The column that tells whose value was filled; nil where too few are.
  public var missingColumn: String?
  /// Levels of a category that have a column, or share one of two.
  public var levels: [Level] = []
  /// Levels too rare for a column of their own, counted together as "other"; those in fewer rows than
  /// ``RowKind/fewest`` are not named.
  public var folded: [Level] = []
  /// Levels that are not named, and the rows of all folded levels.
  public var foldedUnnamed = 0
  public var foldedCustomers = 0
  /// As which level one counts that was not seen here; nil if as none.
  public var unseen: String?
  /// Days that lie after the day ages count to; their age is negative.
  public var futureDays = 0

  public init(_ name: String, label: String, kind: Kind) {
    self.name = name
    self.label = label
    self.kind = kind
  }
}

/// Something known about customers that clustering does not see, and why.
public struct LeftOutFeature: Sendable, Codable, Hashable {
  public enum Reason: String, Sendable, Codable {
    /// It could be used, and only describes the segments.
    case describesOnly
    case constant
    case missing
    case highCardinality
    case identifier
    case text
    case personal
    /// A day that nothing counts to.
    case date
  }

  public var name: String
  public var label: String
  public var reason: Reason
  /// The reason in words, without a full stop.
  public var detail: String

  public init(_ name: String, label: String, _ reason: Reason, _ detail: String) {
    self.name = name
    self.label = label
    self.reason = reason
    self.detail = detail
  }
}
