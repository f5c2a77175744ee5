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
    return cohortCard("Who comes back", "share of each cohort with an order in the \(cohorts.period.noun)") {
      cohortFinding(CohortText.retention(cohorts))
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
    return cohortCard(
      "What a customer has brought so far", "revenue per customer of the cohort, added up\(unit)"
    ) {
      cohortFinding(CohortText.revenue(cohorts, money))
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

  /// A range of figures is not broken after its dash.
  func cohortFinding(_ text: String) -> HTML {
    tag("p", ["class": "finding"]) { Typography.kept(text).replacing("–", with: "–\u{2060}") }
  }

  func cohortCard(_ title: String, _ subtitle: String? = nil, @HTMLBuilder _ body: () -> [HTML]) -> HTML {
    tag("div", ["class": "card"]) {
      tag("h3") {
        title
        if let subtitle { tag("small") { subtitle } }
      }
      body()
    }
  }
}
