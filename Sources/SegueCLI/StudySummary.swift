import Segue

/// What a run says on standard error when it is done: the ledger in a line, the segments, the way to the report.
struct StudySummary {
  let result: StudyResult

  func text(folder: String, took: Duration) -> String {
    let money = result.profile.money
    var lines = [StudySummary.line(result.ledger, money)]
    for warning in result.warnings { lines.append("warning: \(warning)") }
    for remark in result.remarks { lines.append("note: \(remark)") }
    lines.append("")
    let width = result.profile.segments.map(\.segment.name.count).max() ?? 0
    for segment in result.profile.segments {
      let name = segment.segment.name
      var line = "  \(name)\(String(repeating: " ", count: width - name.count))"
      line += padded(NumberText.integer(segment.segment.customers), 9) + " customers"
      line += padded(NumberText.percent(segment.customerShare, 1), 7)
      if let purchases = segment.purchases {
        line +=
          padded(money.short(purchases.revenue.units), 11)
          + padded(NumberText.percent(purchases.revenueShare, 1), 7)
          + " of revenue"
      }
      lines.append(line)
    }
    if let choice = result.scan?.choice { lines += ["", "  \(choice.reason)"] }
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    lines += ["", "\(folder)/report.html  (\(NumberText.fixed(seconds, 1)) s)"]
    return lines.joined(separator: "\n")
  }

  /// Every row and every cent in one line: what came in is what was used and what was set aside.
  static func line(_ ledger: CleaningLedger, _ money: MoneyText) -> String {
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

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
