import Segue

/// What a command says of the files it read: the ledger in a line, what was guessed, what to know.
struct ReadingSummary {
  var ledger: CleaningLedger
  var currency: String?
  var sources: [SourceInspection]
  var warnings: [String]
  var remarks: [String]

  var text: String { lines.joined(separator: "\n") }

  var lines: [String] {
    [account] + guesses.map { "note: \($0)" } + warnings.map { "warning: \($0)" }
      + remarks.map { "note: \($0)" }
  }

  /// No more than can be read at a glance.
  private var guesses: [String] {
    let all = sources.flatMap(\.guessNotes)
    let more = all.count - 8
    return all.prefix(8)
      + (more > 0 ? ["and \(NumberText.integer(more)) more: segue inspect shows them"] : [])
  }

  /// Every row and every cent in one line: what came in is what was used and what was set aside.
  private var account: String {
    let money = MoneyText(currency: currency)
    let hasMoney = ledger.files.contains { $0.kind == .orders }
    func figure(_ rows: Int, _ amount: Amount) -> String {
      NumberText.integer(rows) + (hasMoney ? " (\(money.toTheCent(amount)))" : "")
    }
    var aside = SetAsideReason.allCases.map(ledger.line).filter { $0.rows > 0 }.map { line in
      let sum = hasMoney && line.money != .zero ? " (\(money.toTheCent(line.money)))" : ""
      return "\(NumberText.integer(line.rows)) \(line.reason.wording)\(sum)"
    }
    let refunded = ledger.files.reduce(Amount.zero) { $0 + $1.refundedMoney }
    if refunded != .zero { aside.append("\(money.toTheCent(refunded)) refunded") }
    let text =
      "rows in: \(figure(ledger.rowsIn, ledger.moneyIn)), used: \(figure(ledger.rowsUsed, ledger.moneyUsed))"
    return aside.isEmpty ? text : "\(text); set aside: \(aside.joined(separator: ", "))"
  }
}
