import SegueCore

/// How many segments, which indices agree on it, and which segments are alike.
extension Report {
  func scanCard(_ scan: Scan) -> HTML {
    tag("div", ["class": "card", "id": "how-many"]) {
      tag("h3") { scanTitle(scan) }
      tag("div", ["class": scan.rows.isEmpty ? nil : "split"]) {
        if !scan.rows.isEmpty { tag("div") { ScanChart(scan).svg } }
        tag("div") {
          tag("p", ["class": "reason"]) { scan.reason }
          if let advice = scan.advice { tag("p", ["class": "notice"]) { advice } }
          if !scan.votes.isEmpty { votes(scan) }
          if let runnerUp = scan.runnerUp {
            tag("p", ["class": "note"]) { "The runner-up is \(runnerUp) by the same rule." }
          }
        }
      }
      if !scan.rows.isEmpty {
        scrolling("Figures for each number of segments") { scanTable(scan) }
      }
      for note in scan.notes { tag("p", ["class": "note"]) { note } }
    }
  }

  private func votes(_ scan: Scan) -> [HTML] {
    let agreeing = scan.votes.filter { $0.k == scan.chosen }.count
    let verb = agreeing == 1 ? "speaks" : "speak"
    return [
      tag("h4") {
        "\(agreeing == 0 ? "None" : NumberText.integer(agreeing)) of \(scan.votes.count) indices \(verb) for "
          + "\(scan.chosen)"
      },
      tag("ul", ["class": "votes"]) {
        for vote in scan.votes {
          tag("li", ["class": vote.k == scan.chosen ? "agrees" : nil]) {
            tag("b") { vote.k.map { "\($0)" } ?? "none" }
            tag("span") { vote.index.title }
          }
        }
      },
    ]
  }

  private func scanTable(_ scan: Scan) -> HTML {
    let columns = Scan.Column.all.filter { column in scan.rows.contains { column.text($0) != nil } }
    return tag("table", ["class": "plain tried"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "Segments" }
          for column in columns {
            tag("th", ["scope": "col", "class": "num"]) {
              column.title
              tag("small") { column.reading }
            }
          }
        }
      }
      tag("tbody") {
        for row in scan.rows {
          tag("tr", ["class": row.k == scan.chosen ? "sum taken" : nil]) {
            tag("th", ["scope": "row"]) {
              "\(row.k)"
              if row.k == scan.chosen {
                " "
                tag("span", ["class": "tag obs"]) { "taken" }
              } else if row.k == scan.runnerUp {
                " "
                tag("span", ["class": "tag inf"]) { "runner-up" }
              }
            }
            for column in columns {
              tag("td", ["class": "num"]) {
                let text = column.text(row) ?? "–"
                if scan.votes.contains(where: { $0.index == column.index && $0.k == row.k }) {
                  tag("mark") { text }
                } else {
                  text
                }
              }
            }
          }
        }
      }
    }
  }

  func kinshipCard(_ chart: KinshipChart, isAlone: Bool) -> HTML {
    tag("div", ["class": isAlone ? "card only" : "card", "id": "kinship"]) {
      tag("h3") { "Which segments are alike" }
      chart.svg
      tag("p", ["class": "note"]) {
        chart.sentence
          + " Ward’s tree of the segments’ centres, weighted by size: each step joins the two that "
          + "can be told apart least."
      }
    }
  }
}

extension Report.Scan.Index {
  var title: String {
    switch self {
    case .silhouette: "Silhouette"
    case .calinskiHarabasz: "Calinski–Harabasz"
    case .daviesBouldin: "Davies–Bouldin"
    case .gap: "Gap statistic"
    case .predictionStrength: "Prediction strength"
    case .leastJaccard: "Least Jaccard"
    case .densestBorder: "Densest border"
    }
  }
}

extension Report.Scan {
  fileprivate struct Column: Sendable {
    /// Nil for what has no favourite.
    var index: Index?
    var title: String
    /// What to look for.
    var reading: String
    /// Nil if there is no figure.
    var text: @Sendable (Row) -> String?

    static let all = [
      Column(.silhouette, "highest") { fixed($0.silhouette, 3) },
      Column(.calinskiHarabasz, "highest") { $0.calinskiHarabasz.map(NumberText.compact) },
      Column(.daviesBouldin, "lowest") { fixed($0.daviesBouldin, 2) },
      Column(.gap, "first peak ± s.e.") { row in
        fixed(row.gap, 3).map { gap in fixed(row.gapStandardError, 3).map { "\(gap) ± \($0)" } ?? gap }
      },
      Column(.predictionStrength, "from 0.80 on") { fixed($0.predictionStrength, 2) },
      Column(.leastJaccard, "from 0.75 on") { fixed($0.minJaccard, 2) },
      Column(.densestBorder, "up to 50%") { $0.densestBorder.map { NumberText.percent($0, 0) } },
      Column(index: nil, title: "Inertia", reading: "falls") { $0.inertia.map(NumberText.compact) },
    ]

    init(index: Index?, title: String, reading: String, text: @escaping @Sendable (Row) -> String?) {
      self.index = index
      self.title = title
      self.reading = reading
      self.text = text
    }

    init(_ index: Index, _ reading: String, text: @escaping @Sendable (Row) -> String?) {
      self.init(index: index, title: index.title, reading: reading, text: text)
    }

    private static func fixed(_ value: Double?, _ decimals: Int) -> String? {
      value.map { NumberText.fixed($0, decimals) }
    }
  }
}
