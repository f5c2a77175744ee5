public import SegueCore

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

/// How far to trust what was recognised.
public enum Certainty: String, Sendable, Codable, Hashable {
  /// The options say it, or the header says exactly that.
  case certain
  /// The header often means it and the values go with it.
  case likely
  /// A vague header, or values alone.
  case guess

  public init(confidence: Double) { self = confidence >= 1 ? .certain : confidence >= 0.8 ? .likely : .guess }
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
    /// 0…1; 0 where the column plays no role.
    public var confidence: Double
    /// Nil where the column plays no role.
    public var certainty: Certainty?
    /// Other headers that name the role just as well.
    public var rivals: [String]
    /// What to say to give the role to another column; nil where nothing was guessed.
    public var flag: String?
    public var type: CustomerTable.AttributeType
    /// The first value that is not empty; of personal data only its shape.
    public var sample: String
    public var emptyCount: Int
    /// Never more than `distinctCap`.
    public var distinctCount: Int
    /// Values look like or are named like personal data.
    public var isPersonal: Bool
    /// Nil where no value is a number.
    public var numbers: Numbers?
    /// First and last day, nil where dates are no matter or their order is open.
    public var days: Days?

    public static let distinctCap = 10_000
  }

  /// Quartiles to half a percent.
  public struct Numbers: Sendable, Codable, Hashable {
    public var minimum: Double
    public var lowerQuartile: Double
    public var median: Double
    public var upperQuartile: Double
    public var maximum: Double
  }

  /// ISO 8601.
  public struct Days: Sendable, Codable, Hashable {
    public var first: String
    public var last: String
  }

  /// What must be answered before the file can be read.
  public struct Question: Sendable, Codable, Hashable {
    public var code: String
    public var message: String
    public var hint: String?
  }

  /// Something about the quality of the data.
  public struct Finding: Sendable, Codable, Hashable {
    public enum Kind: String, Sendable, Codable, Hashable {
      case emptyColumns, constantColumns, nullWords, mixedTypes, outliers, placeholderDates, impossibleDates
      case futureDates, spellings, repeatedCustomers, personal
    }

    public var kind: Kind
    public var columns: [String]
    /// Of cells, rows or columns.
    public var count: Int
    /// A sentence.
    public var message: String

    public init(_ kind: Kind, _ columns: [String], count: Int, _ message: String) {
      self.kind = kind
      self.columns = columns
      self.count = count
      self.message = message
    }
  }

  /// What rests on less than certainty and would change figures.
  public struct Guess: Sendable, Codable, Hashable {
    /// A sentence.
    public var message: String
    /// What to say if it is right.
    public var flag: String

    /// What strict reading says of it.
    ///
    /// - Parameter file: as diagnostics call it.
    public func refusal(file: String) -> Diagnostic {
      Diagnostic("ingest.guess", message, at: .init(file: file), hint: "if it is right, say so: \(flag)")
    }
  }

  public var path: String
  public var dialect: Dialect
  /// Rows below the header that are not blank.
  public var rowCount: Int
  public var kind: TableKind
  /// 0…1.
  public var confidence: Double
  public var certainty: Certainty
  public var reasons: [String]
  /// For orders only.
  public var grain: OrderGrain?
  public var columns: [Column]
  public var questions: [Question]
  /// Remarks on how the file is read, each a sentence.
  public var findings: [String]
  public var quality: [Finding]
  public var guesses: [Guess]
  /// The flag that would change what the file is taken for.
  public var flag: String

  public func column(_ role: ColumnRole) -> Column? { columns.first { $0.role == role } }

  public var personalColumns: [String] { columns.filter(\.isPersonal).map(\.header) }

  /// The guesses as strict reading refuses them.
  public var refusals: [Diagnostic] {
    guesses.map { $0.refusal(file: path == "-" ? "standard input" : path) }
  }

  /// The same, with a finding for each column whose dates go beyond a day.
  public func compared(withToday today: CalendarDay) -> SourceInspection {
    var compared = self
    for column in columns {
      guard let last = column.days.flatMap({ CalendarDay(iso: $0.last) }), last > today else { continue }
      compared.quality.append(
        .init(
          .futureDates, [column.header], count: 1,
          "dates of \"\(column.header)\" go on to \(last), which is after today (\(today))"))
    }
    return compared
  }
}
