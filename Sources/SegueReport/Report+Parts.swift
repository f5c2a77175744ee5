extension Report {
  /// A figure that the reader should leave with.
  public struct Tile: Sendable {
    public var figure: String
    public var caption: String
    /// Smaller: an interval, a definition.
    public var note: String?

    public init(_ figure: String, _ caption: String, note: String? = nil) {
      self.figure = figure
      self.caption = caption
      self.note = note
    }
  }

  /// A sample of customers on the two principal axes.
  public struct SegmentMap: Sendable {
    public struct Point: Sendable {
      public var x: Double
      public var y: Double
      /// Position in `study.segments`.
      public var segment: Int

      public init(_ x: Double, _ y: Double, segment: Int) {
        self.x = x
        self.y = y
        self.segment = segment
      }
    }

    public var points: [Point]
    /// One per segment, labelled with its name.
    public var centroids: [Point]
    /// Along the bottom and up the side: `Component 1 · 58% of variance · spend and frequency`.
    public var horizontal: String
    public var vertical: String
    /// How the sample was drawn: `1,200 of 4,338 customers, drawn at random`.
    public var note: String?

    public init(
      points: [Point], centroids: [Point], horizontal: String, vertical: String, note: String? = nil
    ) {
      self.points = points
      self.centroids = centroids
      self.horizontal = horizontal
      self.vertical = vertical
      self.note = note
    }
  }

  /// Where the rows went: `rowsIn` = `rowsUsed` + the rows of the lines; money likewise.
  public struct Ledger: Sendable {
    public struct Line: Sendable {
      public var reason: String
      public var rows: Int
      public var money: String?
      /// What was done with them.
      public var action: String
      /// Whether its rows stand in `rejects.csv`.
      public var isListed: Bool

      public init(_ reason: String, rows: Int, money: String? = nil, action: String, isListed: Bool = true) {
        self.reason = reason
        self.rows = rows
        self.money = money
        self.action = action
        self.isListed = isListed
      }
    }

    public var rowsIn: Int
    public var moneyIn: String?
    public var lines: [Line]
    public var rowsUsed: Int
    public var moneyUsed: String?

    /// Whether the money adds up to the cent.
    public var isMoneyBalanced: Bool

    public init(
      rowsIn: Int, moneyIn: String? = nil, lines: [Line], rowsUsed: Int, moneyUsed: String? = nil,
      isMoneyBalanced: Bool = true
    ) {
      self.rowsIn = rowsIn
      self.moneyIn = moneyIn
      self.lines = lines
      self.rowsUsed = rowsUsed
      self.moneyUsed = moneyUsed
      self.isMoneyBalanced = isMoneyBalanced
    }

    /// Whether rows and money add up.
    public var isBalanced: Bool { isMoneyBalanced && rowsIn == lines.reduce(rowsUsed) { $0 + $1.rows } }
  }

  /// A setting as it was used, and where it came from: default, detected, file, flag.
  public struct Setting: Sendable {
    public var name: String
    public var value: String
    public var origin: String

    public init(_ name: String, _ value: String, origin: String) {
      self.name = name
      self.value = value
      self.origin = origin
    }
  }

  public struct Input: Sendable {
    public var file: String
    public var kind: String
    public var rows: Int
    public var sha256: String?

    public init(file: String, kind: String, rows: Int, sha256: String? = nil) {
      self.file = file
      self.kind = kind
      self.rows = rows
      self.sha256 = sha256
    }
  }

  /// Something about the data or the settings that the reader should know.
  public struct Remark: Sendable {
    public var text: String
    public var isWarning: Bool

    public init(_ text: String, isWarning: Bool = false) {
      self.text = text
      self.isWarning = isWarning
    }
  }
}
