import SegueCore
import SegueProfile

/// A triangle of cohorts by age as a table with coloured cells: a picture to most, figures to all.
struct CohortHeatTable {
  /// What a cell says.
  struct Figure {
    var text: String
    /// Decides the colour; nil for a figure that is the same by definition.
    var value: Double?
    /// Shown on hovering: how many of how many, and the interval.
    var title: String
  }

  let cohorts: Cohorts
  let caption: String
  let figure: (Cohorts.Cohort, Cohorts.Cell) -> Figure
  let average: (Cohorts.Average) -> Figure
  private let most: Double

  init(
    _ cohorts: Cohorts, caption: String, figure: @escaping (Cohorts.Cohort, Cohorts.Cell) -> Figure,
    average: @escaping (Cohorts.Average) -> Figure
  ) {
    self.cohorts = cohorts
    self.caption = caption
    self.figure = figure
    self.average = average
    // One odd cell must not take the colour from all others: the highest twentieth share the strongest.
    let values = cohorts.cohorts.flatMap { cohort in
      cohort.cells.compactMap { figure(cohort, $0).value }
    }.filter { $0 > 0 }.sorted()
    most = values.isEmpty ? 0 : values[(values.count - 1) * 19 / 20]
  }

  private var columns: Int { cohorts.cohorts.map(\.cells.count).max() ?? 0 }

  var node: HTML {
    tag("table", ["class": "heat", "style": "--n:\(columns)"]) {
      tag("caption", ["class": "unseen"]) { caption }
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col", "rowspan": "2", "class": "who"]) { "First order" }
          tag("th", ["scope": "col", "rowspan": "2", "class": "num size"]) { "Customers" }
          tag("th", ["scope": "colgroup", "colspan": "\(columns)"]) {
            "\(cohorts.period.plural.capitalizedFirst) after the one of the first order"
          }
        }
        tag("tr") {
          for age in 0..<columns { tag("th", ["scope": "col", "class": "age"]) { "\(age)" } }
        }
      }
      tag("tbody") {
        for cohort in cohorts.cohorts { row(cohort) }
      }
      if !cohorts.average.isEmpty { foot }
    }
  }

  private func row(_ cohort: Cohorts.Cohort) -> HTML {
    tag("tr") {
      tag("th", ["scope": "row"]) { cohort.label }
      tag("td", ["class": "num"]) { NumberText.integer(cohort.customers) }
      if cohort.cells.isEmpty {
        tag("td", ["colspan": "\(columns)", "class": "mut"]) {
          cohort.customers < 10
            ? "Fewer than 10 customers: figures withheld"
            : "Withheld: with these figures, those of fewer than 10 customers could be worked out"
        }
      } else {
        for cell in cohort.cells { node(cohort, cell) }
        if cohort.cells.count < columns { tag("td", ["colspan": "\(columns - cohort.cells.count)"]) }
      }
    }
  }

  private func node(_ cohort: Cohorts.Cohort, _ cell: Cohorts.Cell) -> HTML {
    let figure = figure(cohort, cell)
    let step = figure.value.map { "q q\(RFMGridChart.step($0, most: most))" } ?? "q own"
    return tag(
      "td", ["class": cell.isIncomplete ? "\(step) part" : step, "title": figure.title]
    ) { figure.text }
  }

  private var foot: HTML {
    let missing = columns - cohorts.average.count
    return tag("tfoot") {
      tag("tr") {
        tag("th", ["scope": "row", "colspan": "2"]) { "All cohorts" }
        for average in cohorts.average {
          let figure = self.average(average)
          tag("td", ["class": "age", "title": figure.title]) { figure.text }
        }
        if missing > 0 { tag("td", ["colspan": "\(missing)"]) }
      }
      tag("tr", ["class": "of"]) {
        tag("th", ["scope": "row", "colspan": "2"]) { "of customers" }
        for average in cohorts.average {
          tag("td", ["class": "age"]) { CohortText.short(Double(average.customers)) }
        }
        if missing > 0 { tag("td", ["colspan": "\(missing)"]) }
      }
    }
  }

  /// The scale of colours, and what the hatching stands for.
  func legend(_ low: String, _ high: String) -> HTML {
    tag("p", ["class": "legend scale"]) {
      tag("span") {
        low
        " "
        for step in 1...6 { tag("i", ["class": "q q\(step)"]) }
        " "
        high
      }
      if cohorts.isLastIncomplete {
        tag("span") {
          tag("i", ["class": "q q2 part"])
          " \(CohortText.lastPeriod(cohorts)) is not over: seen through \(cohorts.through.spelled), in no average"
        }
      }
    }
  }
}
