import Segue

/// What a run says on standard error when it is done: the ledger in a line, the segments, the way to the report.
struct StudySummary {
  let result: StudyResult

  func text(folder: String, took: Duration) -> String {
    let money = result.profile.money
    let reading = ReadingSummary(
      ledger: result.ledger, currency: money.currency, sources: result.sources, warnings: result.warnings,
      remarks: result.remarks)
    var lines = reading.lines + [""]
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
    if result.groups.isEmpty {
      if let choice = result.scan?.choice { lines += ["", "  \(choice.reason)"] }
    } else {
      lines.append("")
      for group in result.groups {
        let segments = NumberText.count(group.clusters.count, "segment")
        lines.append(
          "  \(group.name), \(NumberText.integer(group.customers)), in \(segments): \(group.reason)")
      }
    }
    if let changes = result.changes {
      lines += [
        "",
        "  since \(changes.before.title)\(changes.before.asOf.map { " as of \($0)" } ?? ""): \(changes.outline)",
      ]
      lines += changes.remarks.map { "  \($0)" }
    }
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    lines += ["", "\(folder)/report.html  (\(NumberText.fixed(seconds, 1)) s)"]
    return lines.joined(separator: "\n")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
