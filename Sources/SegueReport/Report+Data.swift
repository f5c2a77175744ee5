extension Report {
  /// Which customers two kinds of table share.
  public struct Join: Sendable {
    /// `orders`, `customers`, `events`, `feedback`.
    public var left: String
    public var right: String
    /// Customers.
    public var both: Int
    public var onlyLeft: Int
    public var onlyRight: Int
    /// Rows of customers whom the other table does not know.
    public var leftRowsUnmatched: Int
    public var rightRowsUnmatched: Int
    public var isPoor: Bool

    public init(
      left: String, right: String, both: Int, onlyLeft: Int, onlyRight: Int, leftRowsUnmatched: Int,
      rightRowsUnmatched: Int, isPoor: Bool = false
    ) {
      self.left = left
      self.right = right
      self.both = both
      self.onlyLeft = onlyLeft
      self.onlyRight = onlyRight
      self.leftRowsUnmatched = leftRowsUnmatched
      self.rightRowsUnmatched = rightRowsUnmatched
      self.isPoor = isPoor
    }
  }

  /// What clustering saw, and what it did not see.
  public struct FormedOn: Sendable {
    public struct Used: Sendable {
      public var label: String
      /// `number`, `date`, `flag`, `category`.
      public var kind: String
      public var columns: Int
      /// How values became numbers: `on a log scale`, the levels of a category.
      public var shape: String
      /// `24, filled with the median, 51,382`; `none`.
      public var missing: String
      /// Of the squared distance between two customers, 0…1.
      public var distanceShare: Double?
      /// Far values that count as a limit: `12 above 4,210`.
      public var pulledIn: String?

      public init(
        _ label: String, kind: String, columns: Int, shape: String, missing: String,
        distanceShare: Double? = nil, pulledIn: String? = nil
      ) {
        self.label = label
        self.kind = kind
        self.columns = columns
        self.shape = shape
        self.missing = missing
        self.distanceShare = distanceShare
        self.pulledIn = pulledIn
      }
    }

    public struct LeftOut: Sendable {
      public var label: String
      public var why: String

      public init(_ label: String, why: String) {
        self.label = label
        self.why = why
      }
    }

    /// Two features that say nearly the same, so that distances count it twice.
    public struct Pair: Sendable {
      public var first: String
      public var second: String
      public var pearson: Double
      public var spearman: Double

      public init(_ first: String, _ second: String, pearson: Double, spearman: Double) {
        self.first = first
        self.second = second
        self.pearson = pearson
        self.spearman = spearman
      }
    }

    public var used: [Used]
    /// The strongest first.
    public var correlated: [Pair]
    public var leftOut: [LeftOut]
    /// The rules, with their figures.
    public var note: String

    public init(used: [Used], correlated: [Pair] = [], leftOut: [LeftOut] = [], note: String) {
      self.used = used
      self.correlated = correlated
      self.leftOut = leftOut
      self.note = note
    }
  }
}
