public import SegueCore
public import SegueProfile

/// A back-test as people read it on a terminal.
public struct BacktestTable: Sendable {
  private let backtest: Backtest
  private let money: MoneyText

  public init(_ backtest: Backtest, _ money: MoneyText) {
    self.backtest = backtest
    self.money = money
  }

  public var text: String {
    var lines = [backtest.account(money), ""]
    lines += BacktestTable.aligned(
      [
        ["", "finds revenue", "first tenth brings", "rank correlation", "tells who orders again"],
        ["", "(Gini, 1 is perfect)", "of later revenue", "with revenue", "(AUC, 0.5 is chance)"],
      ] + backtest.methods.map(row))
    lines.append("")
    lines += backtest.findings
    for method in backtest.methods {
      guard let groups = method.groups else { continue }
      lines +=
        ["", "What \(method.method.inSentence) did next"]
        + BacktestTable.aligned(
          [["", "customers", "orders each", "revenue each", "of revenue", "before", "no order"]]
            + groups.map(row))
    }
    lines += backtest.skipped.map { "\n\($0.method.title) could not be tested: \($0.reason)." }
    lines.append("")
    lines.append("Figures in brackets are 95% intervals. Groups under 10 customers are not described.")
    return lines.joined(separator: "\n")
  }

  private func row(_ method: Backtest.Method) -> [String] {
    func fixed(_ value: Double) -> String { NumberText.fixed(value, 2) }
    return [
      method.method.title, cell(method[.gini], fixed),
      cell(method[.topTenthLift]) { NumberText.percent($0 / 10, 0) },
      cell(method[.revenueCorrelation], fixed),
      cell(method[.auc], fixed),
    ]
  }

  private func row(_ group: Backtest.Group) -> [String] {
    func percent(_ share: Double) -> String { NumberText.percent(share, 0) }
    return [
      group.name, NumberText.integer(group.customers),
      cell(group.ordersPerCustomer) { NumberText.fixed($0, 2) }, cell(group.revenuePerCustomer, money.short),
      cell(group.revenueShare, percent), group.earlierRevenueShare.map(percent) ?? "–",
      cell(group.silentShare, percent),
    ]
  }

  /// `0.61 (0.58 to 0.63)`.
  private func cell(_ estimate: Backtest.Estimate?, _ text: (Double) -> String) -> String {
    guard let estimate else { return "–" }
    return text(estimate.value) + (estimate.interval.map { " (\(Backtest.range($0, text)))" } ?? "")
  }

  /// The first column to the left, the others to the right.
  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        let room = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? "  " + row[column] + room : room + row[column]
      }.joined(separator: "   ").trimmingEnd
    }
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = Substring(self)
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
