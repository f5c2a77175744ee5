import SegueCore
import SegueJourney
import SegueProfile

extension Report {
  var journeySection: HTML? {
    guard !journeys.isEmpty else { return nil }
    return tag("section", ["id": "journeys", "class": "maps", "aria-label": "Journey maps"]) {
      tag("h2") { "Journey maps" }
      tag("p", ["class": "about"]) { ([journeys[0].model] + [journeys[0].unit]).joined(separator: ". ") }
      tag("div", ["class": "card"]) {
        // A radio button, its label and its map follow each other, which is all that CSS needs to
        // show the chosen one without a script; arrow keys walk through the buttons.
        tag("div", ["class": "journeys", "role": "group", "aria-label": "Choose a segment"]) {
          for (index, map) in journeys.enumerated() {
            let style = Palette.style(map.segment)
            tag(
              "input",
              [
                "type": "radio", "name": "journey", "id": "journey-\(index + 1)",
                "checked": index == 0 ? "" : nil,
              ])
            tag("label", ["for": "journey-\(index + 1)", "style": style]) { map.segment.name }
            tag("article", ["class": "journey", "style": style]) { journey(map) }
          }
        }
      }
    }
  }

  @HTMLBuilder
  private func journey(_ map: JourneyMap) -> [HTML] {
    tag("header") {
      tag("h3") {
        map.segment.name
        tag("small") {
          "\(NumberText.integer(map.journeys)) journeys of \(NumberText.integer(map.customers)) customers"
        }
      }
      BasisTag.legend
    }
    scrolling("Journey map of \(map.segment.name)") {
      tag("div", ["class": "stages", "style": "--n:\(map.stages.count)"]) {
        tag("div", ["class": "lane"]) { "Journeys that get here" }
        tag("div", ["class": "across funnels"]) { FunnelChart(map).svg }
        tag("div")
        for stage in map.stages { header(stage) }
        for lane in lanes(map) {
          tag("div", ["class": "lane"]) { lane.title }
          for stage in map.stages { cell(stage[lane], stage, lane) }
        }
        if let emotion = EmotionChart(map).svg {
          tag("div", ["class": "lane"]) { "What they say" }
          tag("div", ["class": "across"]) { emotion }
        }
      }
    }
    tag("p", ["class": "note"]) {
      "Band: share of this segment’s journeys that get to a stage or beyond; dashed: all segments. "
      "Under each stage: the median time to the next. "
      if map.emotions.isEmpty {
        "There are too few answers from customers to draw how they feel."
      } else {
        "The curve is drawn from answers only, each on its own scale."
      }
    }
    pains(map)
  }

  private func lanes(_ map: JourneyMap) -> [JourneyMap.Lane] {
    JourneyMap.Lane.allCases.filter { lane in
      map.stages.contains { $0.cells[lane.rawValue] != nil }
    }
  }

  private func header(_ stage: JourneyMap.Stage) -> HTML {
    tag("div", ["class": "stage"]) {
      stage.name
      tag("small") {
        if !stage.isObserved {
          "not in the data"
        } else if let days = stage.medianDays {
          "median \(NumberText.duration(days: days))"
        } else {
          "–"
        }
      }
    }
  }

  private func cell(_ cell: JourneyMap.Cell, _ stage: JourneyMap.Stage, _ lane: JourneyMap.Lane) -> HTML {
    // A dash claims nothing, so it needs no word on what it rests on.
    let isEmpty = cell.text == "—" || cell.text.isEmpty
    let kind = cell.isHot ? "cell hot" : cell.basis == .ask ? "cell open" : "cell"
    return tag("div", ["class": kind]) {
      tag("span", ["class": "unseen"]) { "\(stage.name), \(lane.title): " }
      tag("span", ["class": isEmpty ? "mut" : nil]) { isEmpty ? "–" : Typography.kept(cell.text) }
      if !isEmpty {
        tag("footer", ["title": cell.rule.map { "Rule: \($0)" }]) {
          BasisTag.node(cell.basis)
          if let n = cell.n { tag("span") { "n = \(NumberText.integer(n))" } }
        }
      }
    }
  }

  private func pains(_ map: JourneyMap) -> HTML? {
    guard !map.painPoints.isEmpty else { return nil }
    return tag("div", ["class": "pains"]) {
      tag("h4") { "Pain points, by what is at stake" }
      tag("ol") {
        for pain in map.painPoints {
          tag("li") {
            tag("span", ["class": "where"]) { pain.stageName }
            tag("div") {
              Typography.kept(pain.text)
              tag("small") { Typography.kept(Report.proof(pain)) }
              if let assumption = pain.assumption { tag("small") { Typography.kept(assumption) } }
            }
            tag("div", ["class": "stake"]) { stake(pain) }
          }
        }
      }
    }
  }

  @HTMLBuilder
  private func stake(_ pain: JourneyMap.PainPoint) -> [HTML] {
    if let money = pain.moneyPerYear {
      "\(study.money.short(money)) a year"
      if let interval = pain.moneyInterval {
        tag("small") { "\(study.money.short(interval.low)) to \(study.money.short(interval.high))" }
      }
    } else {
      tag("small") { "no money attached" }
    }
  }

  /// `n = 707 · difference -12 points, 95% interval -15 to -9 · q = 0.001`
  static func proof(_ pain: JourneyMap.PainPoint) -> String {
    func figure(_ value: Double) -> String {
      pain.kind == .dropOff ? NumberText.fixed(value * 100) : NumberText.compact(value)
    }
    let unit = pain.kind == .dropOff ? " points" : ""
    let q = pain.qValue < 0.001 ? "q < 0.001" : "q = " + NumberText.fixed(pain.qValue, 3)
    return "n = \(NumberText.integer(pain.n)) · difference \(figure(pain.difference))\(unit), 95% interval "
      + "\(figure(pain.interval.low)) to \(figure(pain.interval.high)) · \(q)"
  }
}
