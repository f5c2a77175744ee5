import SegueCore
import SegueProfile

/// When customers came, how many come back, what they bring and how long they stay away.
extension Report {
  var cohortSection: HTML? {
    guard let cohorts = study.cohorts else { return nil }
    return tag("section", ["id": "cohorts", "class": "cohorts", "aria-label": "Cohorts"]) {
      tag("h2") { "Cohorts" }
      tag("p", ["class": "about"]) {
        "Customers grouped by the \(cohorts.period.noun) of their first order, and what each group did since."
      }
      if let silence = silence(cohorts) {
        tag("div", ["class": "card only"]) { tag("p", ["class": "reason"]) { silence } }
      } else {
        if let old = cohorts.oldCustomers {
          tag("p", ["class": "notice"]) { CohortText.oldCustomers(old, cohorts) }
        }
        if cohorts.cohorts.count > 1 {
          retentionCard(cohorts)
          revenueCard(cohorts)
        } else {
          tag("div", ["class": "card only"]) {
            tag("p", ["class": "reason"]) {
              "All customers ordered first in the same \(cohorts.period.noun), \(cohorts.cohorts[0].label): there are no "
              "cohorts to compare."
            }
          }
        }
        tag("div", ["class": "two"]) {
          repeatCard(cohorts)
          gapCard(cohorts)
        }
      }
    }
  }

  /// Why there is nothing to show; nil if there is.
  private func silence(_ cohorts: Cohorts) -> String? {
    let customers = cohorts.cohorts.reduce(0) { $0 + $1.customers }
    guard let second = cohorts.repeats.first else {
      return "Fewer than 10 customers: figures withheld."
    }
    guard second.orderedAgain > 0 else {
      return
        "None of the \(NumberText.integer(customers)) customers ordered on a second day within this data, so nothing can be "
        + "said of who comes back, and when."
    }
    return nil
  }

  // MARK: Triangles

  private func retentionCard(_ cohorts: Cohorts) -> HTML {
    let table = CohortHeatTable(
      cohorts,
      caption: "Share of each cohort with an order, by \(cohorts.period.plural) since the first order"
    ) { cohort, cell in
      CohortHeatTable.Figure(
        text: NumberText.percent(cell.retention), value: cell.age == 0 ? nil : cell.retention,
        title: CohortText.cell(cohorts, cohort, cell)
          + "\(NumberText.integer(cell.active)) of \(NumberText.count(cohort.customers, "customer")) ordered, "
          + "\(NumberText.percent(cell.retention, 1)) (95% \(CohortText.range(cell.interval)))")
    } average: {
      CohortHeatTable.Figure(
        text: NumberText.percent($0.retention),
        title: CohortText.average(
          cohorts, $0,
          "\(NumberText.integer($0.active)) of \(NumberText.integer($0.customers)) customers ordered, "
            + "\(NumberText.percent($0.retention, 1)) (95% \(CohortText.range($0.interval)))"))
    }
    return card("Who comes back", "share of each cohort with an order in the \(cohorts.period.noun)") {
      finding(CohortText.retention(cohorts))
      scrolling("Retention of cohorts") { table.node }
      table.legend("fewer", "more")
      tag("p", ["class": "note"]) {
        "Point at a cell for how many of how many, and the 95% interval. Column 0 holds the first order itself. "
        averageNote(cohorts)
      }
    }
  }

  private func revenueCard(_ cohorts: Cohorts) -> HTML {
    let money = study.money
    let table = CohortHeatTable(
      cohorts,
      caption: "Revenue per customer of each cohort so far, by \(cohorts.period.plural) since the first order"
    ) { cohort, cell in
      CohortHeatTable.Figure(
        text: CohortText.short(cell.cumulativePerCustomer), value: max(0, cell.cumulativePerCustomer),
        title: CohortText.cell(cohorts, cohort, cell)
          + "\(money.string(cell.cumulativePerCustomer)) per customer so far, \(money.string(cell.revenuePerCustomer)) "
          + "of it in this \(cohorts.period.noun) (\(money.short(cell.revenue.units)) from "
          + "\(NumberText.count(cohort.customers, "customer")))")
    } average: {
      CohortHeatTable.Figure(
        text: CohortText.short($0.cumulativePerCustomer),
        title: CohortText.average(
          cohorts, $0,
          "\(money.string($0.cumulativePerCustomer)) per customer so far, "
            + "\(NumberText.integer($0.customers)) customers"))
    }
    let unit = study.purchases?.currency.map { ", in \($0)" } ?? ""
    return card("What a customer has brought so far", "revenue per customer of the cohort, added up\(unit)") {
      finding(CohortText.revenue(cohorts, money))
      scrolling("Revenue per customer of cohorts") { table.node }
      table.legend("less", "more")
      tag("p", ["class": "note"]) {
        "Revenue counts as everywhere in this report: what refund rows give back comes off the "
        "\(cohorts.period.noun) of the refund, what is marked as refunded on an order comes off that order. "
        "The sum is over all customers of the cohort, also those who did not return. "
        averageNote(cohorts)
      }
    }
  }

  private func averageNote(_ cohorts: Cohorts) -> String {
    guard !cohorts.average.isEmpty else { return "" }
    let without = cohorts.oldCustomers.map { " but \($0.label)" } ?? ""
    return
      "“All cohorts” weighs each customer the same and holds every cohort\(without) whose \(cohorts.period.noun) of "
      + "that age is over: fewer and older ones to the right."
  }

  // MARK: Curves

  private func repeatCard(_ cohorts: Cohorts) -> HTML {
    card("How soon they order again") {
      scrolling("Share who ordered again, drawn") { CohortRepeatChart(cohorts.repeats).svg }
      finding(CohortText.repeats(cohorts))
      scrolling("Share who ordered again") { riskTable(cohorts.repeats) }
      tag("p", ["class": "note"]) {
        "Kaplan–Meier: who has not ordered again counts for as long as the data follows them. The band is the 95% "
        "interval of the second order. Orders of one day count as one; curves end where fewer than 10 customers are left."
      }
    }
  }

  /// Shares with intervals, and how many were still waiting: what stands below a survival curve.
  private func riskTable(_ curves: [RepeatCurve]) -> HTML {
    let days = RepeatCurve.horizonDays.filter { day in
      day >= 30 || (curves.first?.end.day ?? 0) < 90
    }.filter { day in curves.contains { $0.horizons.contains { $0.day == day } } }
    return tag("table", ["class": "plain risk"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "Within" }
          for day in days { tag("th", ["scope": "col", "class": "num"]) { "\(day) days" } }
        }
      }
      tag("tbody") {
        for curve in curves {
          tag("tr") {
            tag("th", ["scope": "row"]) {
              "\(CohortText.ordinal(curve.order)) order"
              tag("small") { "n = \(NumberText.integer(curve.customers))" }
            }
            for day in days {
              tag("td", ["class": "num"]) {
                if let point = curve.horizons.first(where: { $0.day == day }) {
                  NumberText.percent(point.share, 1)
                  tag("small") { CohortText.range(point.interval) }
                  tag("small") { "\(NumberText.integer(point.atRisk)) waiting" }
                } else {
                  "–"
                }
              }
            }
          }
        }
      }
    }
  }

  private func gapCard(_ cohorts: Cohorts) -> HTML {
    card("How long between orders") {
      if let gaps = cohorts.gaps {
        scrolling("Days between orders, drawn") { CohortGapChart(gaps).svg }
        finding(CohortText.gaps(gaps))
        scrolling("Days between orders") { quantileTable(gaps) }
        tag("div", ["class": "paper"]) { binTable(gaps) }
        tag("p", ["class": "note"]) {
          "Only those who came back have a gap, and who orders often has many; gaps longer than the data cannot be in it. "
          if let usual = study.purchases?.gapDays?.median {
            "Taking each customer’s own median, half of them stay away for \(NumberText.fixed(usual)) days or less. "
          }
          "The curve counts everybody, also those who have not come back."
        }
      } else {
        tag("p", ["class": "reason"]) { "Fewer than 10 customers came back: figures withheld." }
      }
    }
  }

  private func quantileTable(_ gaps: OrderGaps) -> HTML {
    let days = gaps.days
    let columns = [
      ("5%", days.p05), ("25%", days.p25), ("half", days.median), ("75%", days.p75), ("95%", days.p95),
    ]
    return tag("table", ["class": "plain risk"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "Gaps" }
          for column in columns { tag("th", ["scope": "col", "class": "num"]) { column.0 } }
        }
      }
      tag("tbody") {
        tag("tr") {
          tag("th", ["scope": "row"]) { "are at most so many days" }
          for column in columns { tag("td", ["class": "num"]) { NumberText.fixed(column.1) } }
        }
      }
    }
  }

  private func binTable(_ gaps: OrderGaps) -> HTML {
    tag("table", ["class": "plain"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "Gap" }
          tag("th", ["scope": "col", "class": "num"]) { "Gaps" }
          tag("th", ["scope": "col", "class": "num"]) { "Share" }
        }
      }
      tag("tbody") {
        for bin in gaps.bins {
          tag("tr") {
            tag("th", ["scope": "row"]) { CohortText.range(bin) }
            tag("td", ["class": "num"]) { NumberText.integer(bin.gaps) }
            tag("td", ["class": "num"]) {
              NumberText.percent(Double(bin.gaps) / Double(max(1, gaps.days.n)), 1)
            }
          }
        }
      }
    }
  }

  /// A range of figures is not broken after its dash.
  private func finding(_ text: String) -> HTML {
    tag("p", ["class": "finding"]) { Typography.kept(text).replacing("–", with: "–\u{2060}") }
  }

  private func card(_ title: String, _ subtitle: String? = nil, @HTMLBuilder _ body: () -> [HTML]) -> HTML {
    tag("div", ["class": "card"]) {
      tag("h3") {
        title
        if let subtitle { tag("small") { subtitle } }
      }
      body()
    }
  }
}
