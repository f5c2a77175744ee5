import SegueCore
import SegueProfile

/// Whether segments and scores of a past day foretold what customers did next.
extension Report {
  func backtestCard(_ backtest: Backtest) -> HTML {
    tag("div", ["class": "card", "id": "backtest"]) {
      tag("h3") { "Does it predict?" }
      tag("div", ["class": "split"]) {
        if let chart = GainsChart(backtest) { tag("div") { chart.svg } }
        tag("div") {
          tag("p", ["class": "reason"]) { Typography.kept(backtest.account(study.money)) }
          for finding in backtest.findings { tag("p", ["class": "reason"]) { Typography.kept(finding) } }
        }
      }
      scrolling("How well each method foretold") { methodTable(backtest) }
      for method in backtest.methods {
        if let groups = method.groups {
          tag("h4") { "What \(method.method.inSentence) did next" }
          scrolling("What \(method.method.inSentence) did next") { groupTable(groups, backtest) }
        }
      }
      for note in notes(backtest) { tag("p", ["class": "note"]) { note } }
    }
  }

  private func methodTable(_ backtest: Backtest) -> HTML {
    let yardstick = backtest.yardstick
    return tag("table", ["class": "plain tried"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) {
            "Customers ordered by"
            tag("small") { "known on \(backtest.cut.spelled)" }
          }
          heading("Finds revenue", "Gini; 1 is perfect")
          if let yardstick { heading("Against the \(yardstick.title)", "difference") }
          heading("First tenth brings", "of later revenue")
          heading("Rank correlation", "with revenue")
          heading("Rank correlation", "with orders")
          heading("Tells who orders again", "AUC; 0.5 is chance")
        }
      }
      tag("tbody") {
        for method in backtest.methods {
          tag("tr") {
            tag("th", ["scope": "row"]) { method.method.title }
            cell(method[.gini], fixed)
            if let yardstick { difference(backtest.comparison(method.method, yardstick, .gini)) }
            cell(method[.topTenthLift]) { NumberText.percent($0 * 0.1, 0) }
            cell(method[.revenueCorrelation], fixed)
            cell(method[.orderCorrelation], fixed)
            cell(method[.auc], fixed)
          }
        }
      }
    }
  }

  private func groupTable(_ groups: [Backtest.Group], _ backtest: Backtest) -> HTML {
    func percent(_ share: Double) -> String { NumberText.percent(share, 0) }
    return tag("table", ["class": "plain tried"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) {
            "Group"
            tag("small") { "highest earlier spend first" }
          }
          heading("Customers", "of those known")
          heading("Orders each", "in \(NumberText.integer(backtest.days)) days")
          heading("Revenue each", "in \(NumberText.integer(backtest.days)) days")
          heading("Of later revenue", "share")
          heading("Of earlier revenue", "share")
          heading("No order", "share")
        }
      }
      tag("tbody") {
        for group in groups {
          tag("tr") {
            tag("th", ["scope": "row"]) { group.name }
            tag("td", ["class": "num"]) {
              NumberText.integer(group.customers)
              tag("small") { NumberText.percent(group.customerShare, 0) }
            }
            if group.orders == nil {
              tag("td", ["class": "mut", "colspan": "5"]) { "too few to say" }
            } else {
              cell(group.ordersPerCustomer, fixed)
              cell(group.revenuePerCustomer, study.money.short)
              cell(group.revenueShare, percent)
              tag("td", ["class": "num"]) { group.earlierRevenueShare.map(percent) ?? "–" }
              cell(group.silentShare, percent)
            }
          }
        }
      }
      tag("tfoot") {
        tag("tr") {
          tag("th", ["scope": "row"]) { "Everybody" }
          tag("td", ["class": "num"]) { NumberText.integer(backtest.customers) }
          cell(backtest.ordersPerCustomer, fixed)
          cell(backtest.revenuePerCustomer, study.money.short)
          tag("td", ["class": "num"]) { "100%" }
          tag("td", ["class": "num"]) { "100%" }
          cell(backtest.silentShare, percent)
        }
      }
    }
  }

  private func heading(_ title: String, _ reading: String) -> HTML {
    tag("th", ["scope": "col", "class": "num"]) {
      title
      tag("small") { reading }
    }
  }

  /// The figure, and its interval in small below.
  private func cell(_ estimate: Backtest.Estimate?, _ text: (Double) -> String) -> HTML {
    tag("td", ["class": "num"]) {
      estimate.map { Typography.kept(text($0.value)) } ?? "–"
      if let interval = estimate?.interval {
        tag("small") { Typography.kept(Backtest.range(interval, text)) }
      }
    }
  }

  private func difference(_ comparison: Backtest.Comparison?) -> HTML {
    tag("td", ["class": "num"]) {
      if let comparison {
        let value = comparison.difference.value
        let figure = (value > 0 ? "+" : "") + NumberText.fixed(value, 2)
        if comparison.isTold { tag("b") { figure } } else { tag("span", ["class": "mut"]) { "none told" } }
        if let interval = comparison.difference.interval {
          tag("small") { Backtest.range(interval) { NumberText.fixed($0, 2) } }
        }
      } else {
        "–"
      }
    }
  }

  private func fixed(_ value: Double) -> String { NumberText.fixed(value, 2) }

  private func notes(_ backtest: Backtest) -> [String] {
    [
      "Every score and group was worked out again from the orders up to \(backtest.cut.spelled) alone; groups differ "
        + "from the segments of today, which know what came after. In small print: 95% intervals, from "
        + "\(NumberText.integer(backtest.resamples)) draws of the same customers for all methods; each difference stands "
        + "for itself, and of twenty that are none one may pass for one.",
      "This is one period of one shop. It tells whether the order held, not what made it hold: who is addressed more "
        + "buys more. Revenue is what came in after the day, less refunds given after it.",
    ] + backtest.skipped.map { "\($0.method.title) could not be tested: \($0.reason)." } + backtest.remarks
  }
}
