/// Where a value comes from.
public enum Origin: String, Sendable, Codable, Hashable {
  case `default`
  case detected
  case flag
}

/// A value and where it comes from.
public struct Setting<Value: Sendable & Codable & Hashable>: Sendable, Codable, Hashable {
  public var value: Value
  public var origin: Origin

  public init(_ value: Value, _ origin: Origin) {
    self.value = value
    self.origin = origin
  }
}

/// What `inspect` prints of a file: what it is, which column is what, how sure, what is wrong with it.
public struct SourceInspection: Sendable, Codable, Hashable {
  public struct Dialect: Sendable, Codable, Hashable {
    /// `,` `;` `|`, `tab` or `blanks`.
    public var delimiter: Setting<String>
    public var quote: Setting<String>
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE` or `windows-1252`.
    public var encoding: Setting<String>
    /// `.` or `,`: that of the money columns, else of any numbers.
    public var decimalMark: Setting<String>
    /// Such as `YYYY-MM-DD` or `DD/MM/YYYY`; nil if there is no time column or its order is undecided.
    public var dateFormat: Setting<String>?
  }

  public struct Column: Sendable, Codable, Hashable {
    public var header: String
    /// Counts from 1.
    public var position: Int
    public var role: ColumnRole
    /// 0…1.
    public var confidence: Double
    public var type: CustomerTable.AttributeType
    /// The first value that is not empty: customer data.
    public var sample: String
    public var emptyCount: Int
    /// Never more than `distinctCap`.
    public var distinctCount: Int
    /// Values look like or are named like personal data.
    public var isPersonal: Bool

    public static let distinctCap = 10_000
  }

  public var path: String
  public var dialect: Dialect
  /// Rows below the header that are not blank.
  public var rowCount: Int
  public var kind: TableKind
  /// 0…1.
  public var confidence: Double
  public var reasons: [String]
  /// For orders only.
  public var grain: OrderGrain?
  public var columns: [Column]
  /// Remarks and problems, each a sentence.
  public var findings: [String]
  /// The flag that would change the guess.
  public var flag: String

  public func column(_ role: ColumnRole) -> Column? { columns.first { $0.role == role } }

  public var personalColumns: [String] { columns.filter(\.isPersonal).map(\.header) }
}
