public import SegueCore

/// Why a row was left out. Where several apply, the first of these cases counts.
public enum SetAsideReason: String, CaseIterable, Sendable, Codable, Hashable {
  /// A wrong number of fields, a bad date, a bad amount.
  case unreadable
  case otherCurrency
  case missingCustomer
  case duplicate
  /// The status column says cancelled, voided, failed, pending and the like.
  case cancelled
  case refund
  case negativePrice
  case zeroPrice
  /// Rows of customers who only ever gave something back.
  case onlyRefunds
  case missingEvent
  /// A second row for a customer in a customers table.
  case repeatedCustomer
  /// Nothing in any column that counts.
  case empty
  /// Of a day that the study does not look at yet.
  case afterAsOf
  /// Of a day that the study no longer looks at.
  case beforeWindow

  /// For people.
  public var wording: String {
    switch self {
    case .unreadable: "unreadable"
    case .otherCurrency: "in another currency"
    case .missingCustomer: "without a customer"
    case .duplicate: "exact duplicates"
    case .cancelled: "cancelled by status"
    case .refund: "refunds and cancellations"
    case .negativePrice: "negative price"
    case .zeroPrice: "zero price"
    case .onlyRefunds: "rows of customers with refunds only"
    case .missingEvent: "without an event"
    case .repeatedCustomer: "further rows of a customer"
    case .empty: "without any value"
    case .afterAsOf: "after the as-of day"
    case .beforeWindow: "before the window"
    }
  }
}

/// What became of every row and every unit of money.
///
/// Per file: rows in = rows used + rows set aside; money in = money used + money set aside + refunded
/// money, exactly. Money is gross, as the rows state it; only orders files have any. Rows in another
/// currency carry none, because it could not be added.
public struct CleaningLedger: Sendable, Codable, Hashable {
  public struct Line: Sendable, Codable, Hashable {
    public var reason: SetAsideReason
    public var rows: Int
    public var money: Amount

    public init(reason: SetAsideReason, rows: Int, money: Amount) {
      self.reason = reason
      self.rows = rows
      self.money = money
    }
  }

  /// A share of what was used that the reader should know of.
  public struct Remark: Sendable, Codable, Hashable {
    public var text: String
    public var rows: Int
    public var money: Amount?

    public init(text: String, rows: Int, money: Amount? = nil) {
      self.text = text
      self.rows = rows
      self.money = money
    }
  }

  public struct File: Sendable, Codable, Hashable {
    public var file: String
    public var kind: TableKind
    public var rowsIn = 0
    public var rowsUsed = 0
    public var moneyIn = Amount.zero
    public var moneyUsed = Amount.zero
    /// Reasons that apply to at least one row, in the order of ``SetAsideReason``.
    public var setAside: [Line] = []
    /// Money that a refund column took off used rows under `.net`: a line without rows.
    public var refundedMoney = Amount.zero
    /// Refund rows inside the used rows, with their (negative) money.
    public var refundRowsNetted = 0
    public var refundMoneyNetted = Amount.zero
    public var remarks: [Remark] = []

    public init(file: String, kind: TableKind) {
      self.file = file
      self.kind = kind
    }

    public func line(_ reason: SetAsideReason) -> Line {
      setAside.first { $0.reason == reason } ?? Line(reason: reason, rows: 0, money: .zero)
    }

    /// Takes rows that were used as set aside after all.
    ///
    /// - Parameters:
    ///   - money: gross, as the rows state it.
    ///   - refunded: what refund columns took off these rows.
    package mutating func withdraw(
      _ rows: Int, _ reason: SetAsideReason, money: Amount = .zero, refunded: Amount = .zero
    ) {
      guard rows > 0 else { return }
      rowsUsed -= rows
      moneyUsed -= money - refunded
      refundedMoney -= refunded
      if let line = setAside.firstIndex(where: { $0.reason == reason }) {
        setAside[line].rows += rows
        setAside[line].money += money
      } else {
        setAside.append(Line(reason: reason, rows: rows, money: money))
        setAside.sort { $0.reason.index < $1.reason.index }
      }
    }

    /// Whether rows and money add up; false is a defect of ours.
    public var balances: Bool {
      let money = setAside.reduce(moneyUsed + refundedMoney) { $0 + $1.money }
      return rowsIn == setAside.reduce(rowsUsed) { $0 + $1.rows } && moneyIn == money
    }
  }

  public var files: [File] = []

  public init() {}

  public var rowsIn: Int { files.reduce(0) { $0 + $1.rowsIn } }
  public var rowsUsed: Int { files.reduce(0) { $0 + $1.rowsUsed } }
  public var moneyIn: Amount { files.reduce(.zero) { $0 + $1.moneyIn } }
  public var moneyUsed: Amount { files.reduce(.zero) { $0 + $1.moneyUsed } }
  public var balances: Bool { files.allSatisfy(\.balances) }

  /// Rows and money set aside for one reason, over all files.
  public func line(_ reason: SetAsideReason) -> Line {
    files.map { $0.line(reason) }.reduce(Line(reason: reason, rows: 0, money: .zero)) {
      Line(reason: reason, rows: $0.rows + $1.rows, money: $0.money + $1.money)
    }
  }
}
