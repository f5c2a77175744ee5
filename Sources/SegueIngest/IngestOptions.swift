/// How files are read. Defaults stand here and nowhere else; raw values are the flag, YAML and JSON spelling.
public struct IngestOptions: Sendable, Codable, Hashable {
  public enum OnBadRow: String, CaseIterable, Sendable, Codable, Hashable {
    /// Report up to 20 unreadable rows and stop.
    case fail
    /// Set unreadable rows aside, counted in the ledger.
    case skip
  }

  public enum Refunds: String, CaseIterable, Sendable, Codable, Hashable {
    /// Refunds lower what their customer spent.
    case net
    /// Refund rows are set aside and refund columns not subtracted: sales as they were made.
    case exclude
  }

  public enum Duplicates: String, CaseIterable, Sendable, Codable, Hashable {
    /// Drop exact copies of a row where an order id proves them copies; keep and count the others.
    case auto
    case keep
    case drop
  }

  public enum MergeCustomers: String, CaseIterable, Sendable, Codable, Hashable {
    /// Customers who share an e-mail address are counted and left as they are.
    case none
    /// They become one customer, under the first of their ids by bytes.
    case email
  }

  public enum DateOrder: String, CaseIterable, Sendable, Codable, Hashable {
    /// Decided over the whole column; undecidable is an error.
    case auto
    /// 31/12/2024
    case dayFirst
    /// 12/31/2024
    case monthFirst
    /// 24/12/31; four-digit years in front are always understood.
    case yearFirst
  }

  public enum DecimalMark: String, CaseIterable, Sendable, Codable, Hashable {
    /// Decided over the whole column; undecidable is an error.
    case auto
    case point = "."
    case comma = ","
  }

  public enum Delimiter: String, CaseIterable, Sendable, Codable, Hashable {
    case auto
    case comma = ","
    case semicolon = ";"
    case tab
    case pipe = "|"
    /// Any number of blanks: tables aligned for the eye.
    case blanks
  }

  /// What an unreadable row does: a wrong number of fields, a bad date, a bad amount.
  public var onBadRow = OnBadRow.fail
  /// What becomes of cancellation invoices, negative amounts and refund columns.
  public var refunds = Refunds.net
  /// What becomes of rows that repeat byte for byte.
  public var duplicates = Duplicates.auto
  /// Whether customers who share an e-mail address become one.
  public var mergeCustomers = MergeCustomers.none
  /// IANA name of the zone days are counted in. Zoned times are converted to it, others taken as written.
  public var timeZone = "UTC"
  /// Keep only rows in this currency (ISO 4217). Nil: there must be only one.
  public var currency: String?
  public var delimiter = Delimiter.auto
  public var decimalMark = DecimalMark.auto
  public var dateOrder = DateOrder.auto
  /// Whether to refuse what is not certain: kinds and columns that neither headers nor options name exactly.
  public var strict = false
  /// Kind by path, for files whose kind is guessed wrongly.
  public var kinds: [String: TableKind] = [:]
  /// Header by role: `amount` for every file that has such a header, `orders.csv:amount` for one file.
  public var columns: [String: String] = [:]

  public init() {}
}
