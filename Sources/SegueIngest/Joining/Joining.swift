/// How the tables were joined on the customer, and what did not match.
public struct Joining: Sendable, Codable, Hashable {
  /// Which customers two kinds of table share, and how many rows those customers have.
  public struct Match: Sendable, Codable, Hashable {
    public var left: TableKind
    public var right: TableKind
    public var customersOnBoth = 0
    public var customersOnlyLeft = 0
    public var customersOnlyRight = 0
    /// Rows of the left table whose customer the right one knows, and the others.
    public var leftRowsMatched = 0
    public var leftRowsUnmatched = 0
    public var rightRowsMatched = 0
    public var rightRowsUnmatched = 0
    /// Less of the smaller side matches than two files of one business lead to expect.
    public var isPoor = false
  }

  /// Ids that were written in several ways.
  public struct Spellings: Sendable, Codable, Hashable {
    /// Customers that have more than one spelling.
    public var customers = 0
    /// Spellings that now read as another; the sum of the next three.
    public var ids = 0
    /// Blanks, width, accents, `17850.0`, `1.785E4`; the case of e-mail addresses and names.
    public var notation = 0
    public var letterCase = 0
    public var leadingZeros = 0
    /// Ids that differ only in case or leading zeros, and were left apart because a file holds both.
    public var leftApart = 0
    /// Ids such as `1.23457E+12`, of which a spreadsheet cut the digits.
    public var shortened = 0
  }

  /// Customers of the customers files that share an e-mail address under different ids.
  public struct Duplicates: Sendable, Codable, Hashable {
    public var addresses = 0
    public var customers = 0
    /// Addresses of more customers than ``mostSharing``: placeholders, which prove nothing.
    public var placeholders = 0
    /// Whether they were merged; ids that gave way to another.
    public var merged = 0

    public static let mostSharing = 10

    public init() {}
  }

  /// A table that names customers by another column of the customers file than its id.
  public struct Detour: Sendable, Codable, Hashable {
    public var kind: TableKind
    /// Header in the customers file.
    public var column: String
    public var customersMatched = 0
    public var customersUnmatched = 0
    /// Of the unmatched: keys that several customers share.
    public var customersAmbiguous = 0
  }

  public var spellings = Spellings()
  public var duplicates = Duplicates()
  public var detours: [Detour] = []
  /// Every pair of kinds that were read, in the order of ``TableKind``.
  public var matches: [Match] = []
  /// What a reader should act on, in sentences.
  public var warnings: [String] = []

  public init() {}

  /// What was done, in sentences.
  public var remarks: [String] { JoiningText.remarks(self) }

  public func match(_ left: TableKind, _ right: TableKind) -> Match? {
    matches.first { $0.left == left && $0.right == right }
  }
}
