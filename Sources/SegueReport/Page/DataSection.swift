import SegueCore

/// How files were joined, and what the segments were formed on.
extension Report {
  var joinCard: HTML? {
    guard !joins.isEmpty else { return nil }
    return tag("div", ["class": "card", "id": "joining"]) {
      tag("h3") { "How the files match" }
      scrolling("How the files match") {
        tag("table", ["class": "plain"]) {
          tag("thead") {
            tag("tr") {
              tag("th", ["scope": "col"]) { "Tables" }
              for title in ["Customers in both", "Only in the first", "Only in the second"] {
                tag("th", ["scope": "col", "class": "num"]) { title }
              }
              tag("th", ["scope": "col"]) { "Rows without a match" }
            }
          }
          tag("tbody") {
            for join in joins {
              tag("tr") {
                tag("th", ["scope": "row"]) {
                  "\(join.left) and \(join.right)"
                  if join.isPoor {
                    " "
                    tag("span", ["class": "tag ask"]) { "poor match" }
                  }
                }
                for count in [join.both, join.onlyLeft, join.onlyRight] {
                  tag("td", ["class": "num"]) { NumberText.integer(count) }
                }
                tag("td") { Report.unmatched(join) }
              }
            }
          }
        }
      }
      tag("p", ["class": "note"]) {
        "Ids count as one where they differ in blanks or in how a number is written, and e-mail addresses and names in "
        "case. A difference in case or leading zeros counts as one only where no file holds both, or the customers "
        "file holds one."
      }
    }
  }

  private static func unmatched(_ join: Join) -> String {
    "\(NumberText.integer(join.leftRowsUnmatched)) of \(join.left), "
      + "\(NumberText.integer(join.rightRowsUnmatched)) of \(join.right)"
  }

  var formedOnCard: HTML? {
    guard let formedOn, !formedOn.used.isEmpty else { return nil }
    let most = formedOn.used.compactMap(\.distanceShare).max() ?? 0
    let isPulledIn = formedOn.used.contains { $0.pulledIn != nil }
    return tag("div", ["class": "card", "id": "formed-on"]) {
      tag("h3") { "What the segments were formed on" }
      scrolling("What the segments were formed on") {
        tag("table", ["class": "plain"]) {
          tag("thead") {
            tag("tr") {
              tag("th", ["scope": "col"]) { "Feature" }
              if most > 0 { tag("th", ["scope": "col"]) { "Share of the distance" } }
              for title in ["Type", "Taken", "Missing"] { tag("th", ["scope": "col"]) { title } }
              if isPulledIn { tag("th", ["scope": "col"]) { "Pulled in to a limit" } }
              tag("th", ["scope": "col", "class": "num"]) { "Columns" }
            }
          }
          tag("tbody") {
            for used in formedOn.used {
              tag("tr") {
                tag("th", ["scope": "row"]) { used.label }
                if most > 0 { Report.share(used, of: most) }
                for text in [used.kind, used.shape, used.missing] { tag("td") { text } }
                if isPulledIn { tag("td") { used.pulledIn ?? "none" } }
                tag("td", ["class": "num"]) { NumberText.integer(used.columns) }
              }
            }
          }
        }
      }
      correlated(formedOn.correlated)
      if !formedOn.leftOut.isEmpty {
        tag("details", ["class": "more"]) {
          tag("summary") { "Left out: \(NumberText.integer(formedOn.leftOut.count)), with the reasons" }
          scrolling("Left out of clustering") {
            tag("table", ["class": "plain"]) {
              tag("tbody") {
                for left in formedOn.leftOut {
                  tag("tr") {
                    tag("th", ["scope": "row"]) { left.label }
                    tag("td") { left.why }
                  }
                }
              }
            }
          }
        }
      }
      tag("p", ["class": "note"]) { formedOn.note }
    }
  }

  private static func share(_ used: FormedOn.Used, of most: Double) -> HTML {
    guard let share = used.distanceShare else { return tag("td") { "–" } }
    let text = NumberText.percent(share, 1)
    return tag("td") {
      tag("div", ["class": "bars weights"]) {
        BarChart.bar(share / most, label: "\(used.label): \(text) of the distance")
        tag("span") { text }
      }
    }
  }

  private static let mostPairs = 8

  @HTMLBuilder private func correlated(_ pairs: [FormedOn.Pair]) -> [HTML] {
    if !pairs.isEmpty {
      tag("h4") { "Nearly the same thing counts twice" }
      scrolling("Features that are correlated") {
        tag("table", ["class": "plain pairs"]) {
          tag("thead") {
            tag("tr") {
              tag("th", ["scope": "col"]) { "Features" }
              for title in ["Pearson", "Spearman"] { tag("th", ["scope": "col", "class": "num"]) { title } }
            }
          }
          tag("tbody") {
            for pair in pairs.prefix(Report.mostPairs) {
              tag("tr") {
                tag("th", ["scope": "row"]) { "\(pair.first) and \(pair.second)" }
                for value in [pair.pearson, pair.spearman] {
                  tag("td", ["class": "num"]) { NumberText.fixed(value, 2) }
                }
              }
            }
          }
        }
      }
      if pairs.count > Report.mostPairs {
        tag("p", ["class": "note"]) { "and \(NumberText.integer(pairs.count - Report.mostPairs)) more pairs" }
      }
    }
  }
}
