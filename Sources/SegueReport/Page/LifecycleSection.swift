import SegueCore
import SegueProfile

/// Where in their life with the shop the customers of each segment stand.
extension Report {
  var lifecycleCard: HTML? {
    guard let lifecycle = study.lifecycle else { return nil }
    let shown = study.segments.indices.filter { study.segments[$0].lifecycle != nil }
    return tag("div", ["class": "card", "id": "lifecycle"]) {
      tag("h3") {
        "Lifecycle"
        tag("small") { "share of each segment’s customers in each stage" }
      }
      if lifecycle.typicalGap != nil, !shown.isEmpty {
        scrolling("Lifecycle of each segment") { table(lifecycle, shown) }
      }
      tag("p", ["class": "note"]) { Report.note(lifecycle) }
    }
  }

  private func table(_ lifecycle: LifecycleTotals, _ shown: [Int]) -> HTML {
    tag("table", ["class": "lifecycle"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "Segment" }
          for stage in lifecycle.stages {
            tag("th", ["scope": "col", "class": "num"]) {
              stage.name.prefix(1).uppercased() + stage.name.dropFirst()
            }
          }
        }
      }
      tag("tbody") {
        for position in shown {
          let profile = study.segments[position]
          tag("tr", ["style": Palette.style(profile.segment)]) {
            tag("th", ["scope": "row"]) {
              tag("span", ["class": "key"]) {
                tag("span", ["class": "sw"])
                tag("span") { profile.segment.name }
              }
            }
            for stage in profile.lifecycle ?? [] { cell(stage) }
          }
        }
      }
      tag("tfoot") {
        tag("tr") {
          tag("th", ["scope": "row"]) { "Everybody" }
          for stage in lifecycle.stages { cell(stage) }
        }
        tag("tr") {
          tag("th", ["scope": "row"]) { "Revenue" }
          for stage in lifecycle.stages {
            tag("td", ["class": "num"]) {
              stage.revenueShare.map { NumberText.percent($0, 1) } ?? "–"
              if let revenue = stage.revenue { tag("small") { study.money.short(revenue.units) } }
            }
          }
        }
      }
    }
  }

  /// The fuller, the stronger its colour.
  private func cell(_ stage: LifecycleShare) -> HTML {
    guard stage.customers > 0 else { return tag("td", ["class": "num mut"]) { "–" } }
    let step = RFMGridChart.step(stage.share, most: 1)
    let range = [stage.interval.low, stage.interval.high].map { NumberText.fixed($0 * 100, 1) }
    return tag(
      "td",
      [
        "class": "num", "style": "background:var(--q\(step));color:var(--qt\(step))",
        "title": "95% interval \(range[0])–\(range[1])%",
      ]
    ) {
      NumberText.percent(stage.share, 1)
      tag("small") { NumberText.integer(stage.customers) }
    }
  }

  private static func note(_ lifecycle: LifecycleTotals) -> String {
    guard let gap = lifecycle.typicalGap else {
      return
        "Nobody ordered on a second day, so it is not known how long customers usually wait: too few orders to "
        + "say who is new, active or lapsed. All count as one-time."
    }
    let (new, late, gone) = (
      NumberText.compact(lifecycle.new), NumberText.compact(lifecycle.lapsing),
      NumberText.compact(lifecycle.lapsed)
    )
    return
      "Silence is measured in each customer’s own usual gap between order days, drawn towards the \(days(gap)) that "
      + "are typical here by as much as \(NumberText.compact(lifecycle.gapWeight)) gaps of their own. New: first order "
      + "less than \(new) typical gaps ago, two order days at most. Active: silent for less than \(late) usual gaps; won "
      + "back: active again after a silence of \(gone) or more. Lapsing: silent for \(late) to \(gone); lapsed: for "
      + "\(gone) and more. One-time: one order day and no longer new. Who orders at random waits longer than "
      + "\(late) usual gaps \(odds(lifecycle.lapsing)), longer than \(gone) \(odds(lifecycle.lapsed))."
  }

  private static func days(_ gap: Double) -> String { NumberText.compact(gap) + " days" }

  /// The usual gap is a median, so each further one halves the chance.
  private static func odds(_ gaps: Double) -> String {
    "one time in \(NumberText.compact((2 * Elementary.exp((gaps - 1) * Elementary.log(2))).rounded()))"
  }
}
