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

      public init(_ label: String, kind: String, columns: Int, shape: String, missing: String) {
        self.label = label
        self.kind = kind
        self.columns = columns
        self.shape = shape
        self.missing = missing
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

    public var used: [Used]
    public var leftOut: [LeftOut]
    /// The rules, with their figures.
    public var note: String

    public init(used: [Used], leftOut: [LeftOut] = [], note: String) {
      self.used = used
      self.leftOut = leftOut
      self.note = note
    }
  }
}
