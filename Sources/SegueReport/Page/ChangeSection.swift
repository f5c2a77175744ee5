import SegueCore
public import SegueProfile

/// What changed since an earlier study: segments, who moved, what drifted, key figures.
struct ChangeSection {
  let changes: StudyChanges

  init(_ changes: StudyChanges) { self.changes = changes }

  var node: HTML {
    tag("section", ["id": "changes", "aria-labelledby": "changes-title"]) {
      tag("h2", ["id": "changes-title"]) { "Changes" }
      tag("p", ["class": "about"]) { about }
      segments
      movers
      drift
      figures
      if !changes.remarks.isEmpty {
        tag("div", ["class": "card"]) {
          tag("h3") { "To know about the comparison" }
          tag("ul", ["class": "remarks"]) {
            for remark in changes.remarks { tag("li") { remark } }
          }
        }
      }
    }
  }

  private var about: String {
    func day(_ run: StudyChanges.Run) -> String { run.asOf.map { " as of \($0.spelled)" } ?? "" }
    return
      "Compared with “\(changes.before.title)”\(day(changes.before)): \(changes.outline). Segments are the same where they "
      + "share customers (Jaccard of a third or more, over customers in both); where too few are shared, where their "
      + "centres are each other’s nearest."
  }

  // MARK: Segments

  private var segments: HTML {
    tag("div", ["class": "card", "id": "identities"]) {
      tag("h3") { "What became of the segments" }
      tag("ul", ["class": "became"]) {
        for change in changes.segments {
          tag("li", ["style": Palette.style(color: (change.now ?? change.before)?.color ?? 0)]) {
            tag("span", ["class": "tag \(ChangeSection.look(change.outcome))"]) {
              ChangeSection.word(change.outcome)
            }
            tag("span", ["class": "sw"])
            tag("span") { Typography.kept(change.sentence) }
          }
        }
      }
    }
  }

  private static func word(_ outcome: SegmentChange.Outcome) -> String {
    outcome == .born ? "new" : outcome.rawValue
  }

  private static func look(_ outcome: SegmentChange.Outcome) -> String {
    switch outcome {
    case .kept: "obs"
    case .born, .split, .merged: "inf"
    case .gone: "ask"
    }
  }

  // MARK: Migration

  private var movers: HTML {
    let migration = changes.migration
    return tag("div", ["class": "card", "id": "migration"]) {
      tag("h3") {
        "Who went where"
        tag("small") { "\(NumberText.count(migration.both, "customer")) in both" }
      }
      if let chart = MigrationChart(migration) {
        tag(
          "div", ["class": "scroll", "role": "region", "aria-label": "Flow of customers", "tabindex": "0"]
        ) { chart.svg }
      }
      tag(
        "div",
        [
          "class": "scroll", "role": "region", "aria-label": "Customers by segment before and now",
          "tabindex": "0",
        ]
      ) { matrix(migration) }
      tag("p", ["class": "note"]) {
        "Rows are segments before, columns segments now; shares are of the row. Cells of fewer than ten customers are "
          + "withheld, and others where subtraction would give them away."
      }
    }
  }

  private func matrix(_ migration: Migration) -> HTML {
    let rows = migration.from.indices.filter { migration.from[$0].customers > 0 }
    let columns = migration.to.indices.filter { migration.to[$0].customers > 0 }
    return tag("table", ["class": "lifecycle moved"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "Before" }
          for column in columns { tag("th", ["scope": "col", "class": "num"]) { migration.to[column].name } }
          tag("th", ["scope": "col", "class": "num"]) { "All" }
        }
      }
      tag("tbody") {
        for row in rows {
          let end = migration.from[row]
          tag("tr", ["style": end.color.map(Palette.style(color:))]) {
            tag("th", ["scope": "row"]) { key(end.name, isSegment: end.id != nil) }
            for column in columns {
              if row == migration.from.count - 1, column == migration.to.count - 1 {
                tag("td", ["class": "num mut"]) { "–" }
              } else {
                cell(migration.cell(row, column))
              }
            }
            tag("td", ["class": "num"]) { NumberText.integer(end.customers) }
          }
        }
      }
      tag("tfoot") {
        tag("tr") {
          tag("th", ["scope": "row"]) { "All" }
          for column in columns {
            tag("td", ["class": "num"]) { NumberText.integer(migration.to[column].customers) }
          }
          tag("td", ["class": "num"]) {
            NumberText.integer(migration.from.reduce(0) { $0 + $1.customers })
          }
        }
      }
    }
  }

  private func key(_ name: String, isSegment: Bool) -> HTML {
    tag("span", ["class": "key"]) {
      if isSegment { tag("span", ["class": "sw"]) }
      tag("span") { name }
    }
  }

  private func cell(_ cell: Migration.Cell) -> HTML {
    guard let customers = cell.customers else {
      return tag("td", ["class": "num mut"]) { cell.withheld == .underTen ? "under 10" : "withheld" }
    }
    guard customers > 0, let share = cell.share, let interval = cell.interval else {
      return tag("td", ["class": "num mut"]) { "–" }
    }
    let step = RFMGridChart.step(share, most: 1)
    let range = [interval.low, interval.high].map { NumberText.fixed($0 * 100, 1) }
    return tag(
      "td",
      [
        "class": "num", "style": "background:var(--q\(step));color:var(--qt\(step))",
        "title": "95% interval \(range[0])–\(range[1])%",
      ]
    ) {
      NumberText.integer(customers)
      tag("small") { NumberText.percent(share, 1) }
    }
  }

  // MARK: Drift

  private var drift: HTML? {
    guard !changes.drift.isEmpty else { return nil }
    return tag("div", ["class": "card", "id": "drift"]) {
      tag("h3") {
        "What drifted"
        tag("small") { "population stability index of what segments were formed on" }
      }
      tag("div", ["class": "scroll", "role": "region", "aria-label": "Drift of features", "tabindex": "0"]) {
        tag("table", ["class": "plain drifted"]) {
          tag("thead") {
            tag("tr") {
              tag("th", ["scope": "col"]) { "Feature" }
              for title in ["Index", "By chance up to", "Median before", "now"] {
                tag("th", ["scope": "col", "class": "num"]) { title }
              }
              tag("th", ["scope": "col"]) { "Drift" }
            }
          }
          tag("tbody") { for feature in changes.drift { row(feature) } }
        }
      }
      tag("p", ["class": "note"]) {
        "Shares of customers in the deciles (or levels) of the earlier study, then and now. By convention an index below "
          + "0.1 is little, below 0.25 moderate, above that large drift; by chance alone samples of this size stay below "
          + "the stated figure nineteen times in twenty."
      }
    }
  }

  private func row(_ feature: FeatureDrift) -> HTML {
    let text = { (value: Double?) in value.map { ChangeText.figure($0, feature.unit, self.money) } ?? "–" }
    return tag("tr") {
      tag("th", ["scope": "row"]) {
        feature.label.prefix(1).uppercased() + feature.label.dropFirst()
        if feature.countsToOwnDay { tag("small") { "counted to each study’s own day" } }
      }
      tag("td", ["class": "num"]) { NumberText.fixed(feature.psi, 3) }
      tag("td", ["class": "num"]) { NumberText.fixed(feature.chance, 3) }
      tag("td", ["class": "num"]) { text(feature.medianBefore) }
      tag("td", ["class": "num"]) { text(feature.medianNow) }
      tag("td") {
        tag("span", ["class": feature.reading == .large ? "weak" : nil]) { feature.reading.words }
      }
    }
  }

  // MARK: Key figures

  private var money: MoneyText { MoneyText(currency: changes.now.currency) }

  private var figures: HTML? {
    let names = ["customers", "revenue", "orders", "boughtAgain"].filter { name in
      changes.figures.contains { $0.values.contains { $0.name == name } }
    }
    guard !changes.figures.isEmpty else { return nil }
    return tag("div", ["class": "card", "id": "key-figures"]) {
      tag("h3") {
        "Key figures"
        tag("small") { "before → now" }
      }
      tag(
        "div",
        ["class": "scroll", "role": "region", "aria-label": "Key figures before and now", "tabindex": "0"]
      ) {
        tag("table", ["class": "plain figures"]) {
          tag("thead") {
            tag("tr") {
              tag("th", ["scope": "col"]) { "Segment" }
              for name in names {
                tag("th", ["scope": "col", "class": "num"]) {
                  name == "boughtAgain" ? "Bought again" : name.prefix(1).uppercased() + name.dropFirst()
                }
              }
            }
          }
          tag("tbody") {
            for entry in changes.figures {
              let named = entry.now ?? entry.before
              tag(
                "tr",
                ["style": named.map { Palette.style(color: $0.color) }, "class": named == nil ? "sum" : nil]
              ) {
                tag("th", ["scope": "row"]) { key(named?.name ?? "Everybody", isSegment: named != nil) }
                for name in names {
                  tag("td", ["class": "num"]) {
                    if let value = entry.values.first(where: { $0.name == name }) {
                      ChangeText.pair(value, money)
                      if let change = ChangeText.change(value) { tag("small") { change } }
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
    }
  }
}

extension StudyChanges {
  /// The comparison as a page of its own: one file, no script, no request.
  public func html(version: String) -> String {
    tag("html", ["lang": "en"]) {
      PageHead.node("\(now.title) · changes", version: version)
      tag("body") {
        tag("main", ["id": "content"]) {
          tag("p", ["class": "eyebrow"]) {
            "\(before.title) · \(NumberText.count(before.customers, "customer")) → \(now.title) · "
              + NumberText.count(now.customers, "customer")
          }
          ChangeSection(self).node
        }
        tag("footer") {
          tag("span") { "Segue \(version)" }
          tag("span") { "Made on the machine that holds the data; nothing was sent anywhere." }
        }
      }
    }.document()
  }
}
