import SegueCore
import SegueProfile
import SegueValue

/// What customers are expected to do next, whether that was ever right, and what it rests on.
extension Report {
  var valueSection: HTML? {
    guard let value = study.value else { return nil }
    let text = ValueText(value, study.money)
    return tag("section", ["id": "value", "aria-label": "Value"]) {
      tag("h2") { "Value" }
      tag("p", ["class": "about"]) { text.lead(asOf: asOf) }
      if let notice = text.notice { tag("p", ["class": "notice"]) { notice } }
      tag("ul", ["class": "tiles"]) {
        for tile in text.tiles {
          tag("li") {
            tag("b") { Typography.kept(tile.figure) }
            tag("span") { tile.caption }
            if let note = tile.note { tag("small") { Typography.kept(note) } }
          }
        }
      }
      tag("div", ["class": "card"]) {
        tag("h3") {
          value.totals.clv == nil ? "So far, and orders to expect" : "Value so far, and value to expect"
        }
        scrolling("Value by segment") { valueTable(value) }
        tag("p", ["class": "note"]) { text.tableNote }
      }
      holdoutCards(value, text)
      modelCard(value, text)
      tag("div", ["class": "card"]) {
        tag("h3") { "What these figures assume, and what they cannot know" }
        tag("dl", ["class": "terms"]) {
          for (term, meaning) in text.glossary {
            tag("div") {
              tag("dt") { term }
              tag("dd") { meaning }
            }
          }
        }
      }
    }
  }

  // MARK: Segments

  private func valueTable(_ value: StudyProfile.Value) -> HTML {
    let hasMoney = value.totals.clv != nil
    let titles = ["Still customers", "Orders each"] + (hasMoney ? ["Value each"] : [])
    return tag("table", ["class": "segments"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "Segment" }
          tag("th", ["scope": "col"]) { "Revenue so far" }
          tag("th", ["scope": "col"]) { hasMoney ? "Value expected" : "Orders expected" }
          for title in titles { tag("th", ["scope": "col", "class": "num"]) { title } }
        }
      }
      tag("tbody") {
        for (position, profile) in study.segments.enumerated() {
          tag("tr", ["style": Palette.style(profile.segment)]) {
            segmentName(profile, position)
            if let own = profile.value, profile.isDescribed {
              shareCell(profile.purchases?.revenueShare, of: mostShare(\.purchases?.revenueShare), profile) {
                study.money.short(profile.purchases?.revenue.units ?? 0)
              }
              shareCell(
                own.share(of: value.totals), of: mostShare { $0.value?.share(of: value.totals) }, profile
              ) {
                own.clv.map { study.money.short($0.total) } ?? NumberText.fixed(own.expectedOrders.total)
              }
              figures(own, value)
            } else {
              tag("td", ["colspan": "\(titles.count + 2)", "class": "mut"]) {
                withheld(profile)
              }
            }
          }
        }
      }
      if study.segments.count > 1 {
        tag("tfoot") {
          tag("tr") {
            tag("th", ["scope": "row"]) { "Everybody" }
            tag("td") { study.money.short(study.purchases?.revenue.units ?? 0) }
            tag("td") {
              value.totals.clv.map { study.money.short($0.total) }
                ?? NumberText.fixed(value.totals.expectedOrders.total)
            }
            figures(value.totals, value)
          }
        }
      }
    }
  }

  private func mostShare(_ share: (SegmentProfile) -> Double?) -> Double {
    study.segments.filter(\.isDescribed).compactMap(share).max() ?? 1
  }

  private func segmentName(_ profile: SegmentProfile, _ position: Int) -> HTML {
    tag("th", ["scope": "row"]) {
      tag("span", ["class": "key"]) {
        tag("span", ["class": "sw"])
        tag("span") { profile.segment.name }
      }
    }
  }

  private func shareCell(
    _ share: Double?, of most: Double, _ profile: SegmentProfile, amount: () -> String
  ) -> HTML {
    guard let share else { return tag("td") { "–" } }
    let text = NumberText.percent(share, 1)
    return tag("td") {
      tag("div", ["class": "bars"]) {
        BarChart.bar(most > 0 ? share / most : 0, label: "\(profile.segment.name): \(text)")
        tag("span") { text }
        tag("small") { amount() }
      }
    }
  }

  @HTMLBuilder
  private func figures(_ own: SegmentProfile.Value, _ value: StudyProfile.Value) -> [HTML] {
    tag("td", ["class": "num"]) {
      let share = value.model.knowsOneTimeBuyersAlive ? own.pAliveOfReturning : own.pAlive
      share.map { NumberText.percent($0, 0) } ?? "–"
    }
    meanCell(own.expectedOrders, NumberText.compact)
    if value.totals.clv != nil { meanCell(own.clv, study.money.string) }
  }

  private func meanCell(_ figure: Expectation?, _ text: (Double) -> String) -> HTML {
    tag("td", ["class": "num"]) {
      if let figure {
        text(figure.mean)
        if let interval = figure.meanInterval {
          tag("small") { "\(text(interval.low)) – \(text(interval.high))" }
        }
      } else {
        "–"
      }
    }
  }

  // MARK: The test

  @HTMLBuilder
  private func holdoutCards(_ value: StudyProfile.Value, _ text: ValueText) -> [HTML] {
    if let holdout = value.holdout {
      let chart = TrackingChart(
        holdout, firstDay: study.purchases?.firstDay, unitDays: value.unitDays)
      tag("div", ["class": "two"]) {
        tag("div", ["class": "card", "id": "foretold"]) {
          tag("h3") { "Did it foretell what came?" }
          if let chart { chart.svg }
          tag("p", ["class": "reason"]) { text.verdict(holdout) }
          for remark in holdout.remarks { tag("p", ["class": "note"]) { remark } }
        }
        tag("div", ["class": "card"]) {
          tag("h3") {
            "By how often they had come back"
            tag("small") { "order days each, after the split" }
          }
          scrolling("Orders foretold and made, by frequency") { groupTable(holdout) }
          scrolling("Errors of the forecast") { errorTable(holdout) }
          tag("p", ["class": "note"]) { text.errorNote }
        }
      }
    }
  }

  private func groupTable(_ holdout: Holdout) -> HTML {
    tag("table", ["class": "plain figures"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "Came back before" }
          for title in ["Customers", "Orders", "Expected"] {
            tag("th", ["scope": "col", "class": "num"]) { title }
          }
        }
      }
      tag("tbody") {
        for group in holdout.groups where group.customers > 0 {
          tag("tr") {
            tag("th", ["scope": "row"]) { ValueText.times(group) }
            tag("td", ["class": "num"]) { NumberText.integer(group.customers) }
            tag("td", ["class": "num"]) { NumberText.fixed(group.actual, 2) }
            tag("td", ["class": "num"]) { NumberText.fixed(group.expected, 2) }
          }
        }
      }
    }
  }

  private func errorTable(_ holdout: Holdout) -> HTML {
    let rows = [
      ("Mean error per customer", holdout.meanAbsoluteError, holdout.naiveMeanAbsoluteError),
      ("Root mean squared error", holdout.rootMeanSquaredError, holdout.naiveRootMeanSquaredError),
    ]
    return tag("table", ["class": "plain figures"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "In order days" }
          for title in ["Model", "Keeping pace"] { tag("th", ["scope": "col", "class": "num"]) { title } }
        }
      }
      tag("tbody") {
        for (title, model, naive) in rows {
          tag("tr") {
            tag("th", ["scope": "row"]) { title }
            for figure in [model, naive] { tag("td", ["class": "num"]) { NumberText.fixed(figure, 2) } }
          }
        }
      }
    }
  }

  // MARK: The models

  private func modelCard(_ value: StudyProfile.Value, _ text: ValueText) -> HTML {
    tag("div", ["class": "card", "id": "models"]) {
      tag("h3") { "The models" }
      tag("div", ["class": "split"]) {
        tag("div") {
          tag("h4") { "\(value.model.title): when customers order" }
          parameterTable(value.fit, value.model.title)
          tag("p", ["class": "note"]) { text.fitNote }
        }
        tag("div") {
          tag("h4") { "Gamma–Gamma: what an order day is worth" }
          if let spend = value.spendFit {
            parameterTable(spend, "Gamma–Gamma")
            tag("p", ["class": "note"]) { text.spendNote(spend) }
          } else {
            tag("p", ["class": "note"]) { "Not fitted: too few customers came back and paid." }
          }
        }
      }
      let remarks = text.remarks
      if !remarks.isEmpty {
        tag("ul", ["class": "remarks"]) { for remark in remarks { tag("li") { tag("span") { remark } } } }
      }
    }
  }

  private func parameterTable(_ fit: ModelFit, _ label: String) -> HTML {
    scrolling("Parameters of \(label)") {
      tag("table", ["class": "plain figures"]) {
        tag("thead") {
          tag("tr") {
            tag("th", ["scope": "col"]) { "Parameter" }
            for title in ["Estimate", "Standard error"] {
              tag("th", ["scope": "col", "class": "num"]) { title }
            }
          }
        }
        tag("tbody") {
          for parameter in fit.parameters {
            tag("tr") {
              tag("th", ["scope": "row"]) { parameter.name }
              tag("td", ["class": "num"]) { ValueText.parameter(parameter.value) }
              tag("td", ["class": "num"]) { parameter.standardError.map(ValueText.parameter) ?? "not known" }
            }
          }
        }
      }
    }
  }
}

extension SegmentProfile.Value {
  /// Of the value expected of all, or of the orders where there is no value.
  fileprivate func share(of totals: SegmentProfile.Value) -> Double? {
    if totals.clv != nil { return clvShare }
    return totals.expectedOrders.total > 0 ? expectedOrders.total / totals.expectedOrders.total : nil
  }
}
