internal import SegueCore

/// Keeps one file's account while its rows are read.
struct LedgerBook {
  var file: CleaningLedger.File
  private var rows = [Int](repeating: 0, count: SetAsideReason.allCases.count)
  private var money = [Int64](repeating: 0, count: SetAsideReason.allCases.count)
  /// The sum of all amounts without their signs: while it fits, every other sum does.
  private var magnitude: UInt64 = 0
  private(set) var overflows = false

  init(_ file: CleaningLedger.File) { self.file = file }

  @inline(__always)
  mutating func comesIn(_ amount: Int64) {
    file.rowsIn += 1
    file.moneyIn.tenThousandths &+= amount
    weigh(amount)
  }

  @inline(__always)
  mutating func isUsed(_ amount: Int64) {
    file.rowsUsed += 1
    file.moneyUsed.tenThousandths &+= amount
  }

  @inline(__always)
  mutating func isSetAside(_ reason: SetAsideReason, _ amount: Int64) {
    rows[reason.index] += 1
    money[reason.index] &+= amount
  }

  @inline(__always)
  mutating func isRefunded(_ amount: Int64) {
    file.refundedMoney.tenThousandths &+= amount
    weigh(amount)
  }

  mutating func remark(_ text: String, rows: Int, money: Int64? = nil) {
    guard rows > 0 else { return }
    file.remarks.append(.init(text: text, rows: rows, money: money.map(Amount.init(tenThousandths:))))
  }

  func rows(_ reason: SetAsideReason) -> Int { rows[reason.index] }

  private mutating func weigh(_ amount: Int64) {
    let (sum, overflow) = magnitude.addingReportingOverflow(amount.magnitude)
    magnitude = sum
    if overflow || sum > UInt64(Int64.max) { overflows = true }
  }

  /// The account with its lines in order of reason.
  func closed() -> CleaningLedger.File {
    var file = file
    file.setAside = SetAsideReason.allCases.filter { rows[$0.index] > 0 }.map {
      .init(reason: $0, rows: rows[$0.index], money: Amount(tenThousandths: money[$0.index]))
    }
    return file
  }
}

extension SetAsideReason {
  /// Position among all cases.
  var index: Int {
    switch self {
    case .unreadable: 0
    case .otherCurrency: 1
    case .missingCustomer: 2
    case .duplicate: 3
    case .cancelled: 4
    case .refund: 5
    case .negativePrice: 6
    case .zeroPrice: 7
    case .onlyRefunds: 8
    case .missingEvent: 9
    case .repeatedCustomer: 10
    case .empty: 11
    case .afterAsOf: 12
    case .beforeWindow: 13
    }
  }
}
