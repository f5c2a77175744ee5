import Segue

/// What a run says on standard error when it is done: the ledger in a line, the segments, the way to the report.
struct StudySummary {
  let result: StudyResult

  func text(folder: String, took: Duration) -> String {
    let ledger = result.ledger
    let money = result.profile.money
    var lines: [String] = []
    let aside = SetAsideReason.allCases.map(ledger.line).filter { $0.rows > 0 }
      .map { "\(NumberText.integer($0.rows)) \($0.reason.wording)" }
    var rows = "\(NumberText.integer(ledger.rowsIn)) rows in, \(NumberText.integer(ledger.rowsUsed)) used"
    if !aside.isEmpty { rows += "; set aside: \(aside.joined(separator: ", "))" }
    lines.append(rows)
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

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
