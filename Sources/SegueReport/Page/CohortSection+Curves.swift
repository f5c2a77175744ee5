import SegueCore
import SegueProfile

/// How soon customers order again, and how long those who do stay away.
extension Report {
  func repeatCard(_ cohorts: Cohorts) -> HTML {
    cohortCard("How soon they order again") {
      scrolling("Share who ordered again, drawn") { CohortRepeatChart(cohorts.repeats).svg }
      cohortFinding(CohortText.repeats(cohorts))
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

  func gapCard(_ cohorts: Cohorts) -> HTML {
    cohortCard("How long between orders") {
      if let gaps = cohorts.gaps {
        scrolling("Days between orders, drawn") { CohortGapChart(gaps).svg }
        cohortFinding(CohortText.gaps(gaps))
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
}
