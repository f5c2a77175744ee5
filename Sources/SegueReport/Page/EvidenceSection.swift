import SegueCore
import SegueProfile

extension Report {
  var evidenceSection: HTML {
    tag("section", ["id": "evidence", "class": "facts-of-study", "aria-label": "Evidence"]) {
      tag("h2") { "Evidence" }
      groupCard
      if let scan { scanCard(scan) }
      ruleCard
      let tree = kinship.flatMap { KinshipChart($0, segments: study.segments) }
      if tree != nil || ledger != nil {
        tag("div", ["class": "two"]) {
          if let tree { kinshipCard(tree, isAlone: ledger == nil) }
          if let ledger { ledgerCard(ledger, isAlone: tree == nil) }
        }
      }
      if let backtest { backtestCard(backtest) }
      joinCard
      formedOnCard
      remarkCard
      if !settings.isEmpty || !inputs.isEmpty {
        tag("div", ["class": "two"]) {
          if !settings.isEmpty { settingsCard }
          if !inputs.isEmpty { inputsCard }
        }
      }
      Glossary.card(comparisons: study.comparisons, hasCohorts: study.cohorts != nil)
    }
  }

  private func ledgerCard(_ ledger: Ledger, isAlone: Bool) -> HTML {
    let hasMoney = ledger.moneyIn != nil || ledger.lines.contains { $0.money != nil }
    func row(_ title: String, _ rows: Int, _ money: String?, _ action: String, isSum: Bool = false) -> HTML {
      tag("tr", ["class": isSum ? "sum" : nil]) {
        tag("th", ["scope": "row"]) { title }
        tag("td", ["class": "num"]) { NumberText.integer(rows) }
        if hasMoney { tag("td", ["class": "num"]) { money ?? "" } }
        tag("td") { action }
      }
    }
    return tag("div", ["class": isAlone ? "card only" : "card", "id": "set-aside"]) {
      tag("h3") { "What was set aside" }
      scrolling("What was set aside") {
        tag("table", ["class": "ledger"]) {
          tag("thead") {
            tag("tr") {
              tag("th", ["scope": "col"]) { "Rows" }
              tag("th", ["scope": "col", "class": "num"]) { "Number" }
              if hasMoney { tag("th", ["scope": "col", "class": "num"]) { "Money" } }
              tag("th", ["scope": "col"]) { "What was done" }
            }
          }
          tag("tbody") {
            row("In the files", ledger.rowsIn, ledger.moneyIn, "", isSum: true)
            for line in ledger.lines { row(line.reason, line.rows, line.money, line.action) }
          }
          tag("tfoot") { row("Used in this study", ledger.rowsUsed, ledger.moneyUsed, "") }
        }
      }
      tag("p", ["class": "note"]) {
        if ledger.isBalanced {
          ledger.moneyIn == nil
            ? "Rows used and rows set aside add up to the rows in the files. "
            : "Rows used and rows set aside add up to the rows in the files, and so does the money, to the cent. "
        } else {
          tag("span", ["class": "weak"]) {
            "Rows or money used and set aside do not add up to those in the files. "
          }
        }
        "Each row left out stands in "
        tag("code") { "rejects.csv" }
        " with its file, line and reason"
          + (ledger.lines.allSatisfy(\.isListed) ? "." : "; rows of days not looked at do not.")
      }
    }
  }

  private var remarkCard: HTML? {
    guard !remarks.isEmpty else { return nil }
    return tag("div", ["class": "card"]) {
      tag("h3") { "Worth knowing about this data" }
      tag("ul", ["class": "remarks"]) {
        for remark in remarks {
          tag("li") {
            if remark.isWarning { tag("span", ["class": "tag ask"]) { "warning" } }
            tag("span") { remark.text }
          }
        }
      }
    }
  }

  private var settingsCard: HTML {
    tag("div", ["class": inputs.isEmpty ? "card only" : "card"]) {
      tag("h3") { "Settings" }
      table("Settings", ["Setting", "Value", "From"]) {
        for setting in settings {
          tag("tr") {
            tag("th", ["scope": "row"]) { setting.name }
            tag("td") { setting.value }
            tag("td") { setting.origin }
          }
        }
      }
    }
  }

  private var inputsCard: HTML {
    tag("div", ["class": settings.isEmpty ? "card only" : "card"]) {
      tag("h3") { "Inputs" }
      table("Inputs", ["File", "Holds", "Rows", "SHA-256"]) {
        for input in inputs {
          tag("tr") {
            tag("th", ["scope": "row"]) { input.file }
            tag("td") { input.kind }
            tag("td", ["class": "num"]) { NumberText.integer(input.rows) }
            tag("td") {
              if let hash = input.sha256 {
                tag("code", ["class": "hash", "title": hash]) { hash }
              } else {
                "–"
              }
            }
          }
        }
      }
    }
  }

  private func table(_ label: String, _ titles: [String], @HTMLBuilder _ rows: () -> [HTML]) -> HTML {
    scrolling(label) {
      tag("table", ["class": "plain"]) {
        tag("thead") {
          tag("tr") {
            for title in titles {
              tag("th", ["scope": "col", "class": title == "Rows" ? "num" : nil]) { title }
            }
          }
        }
        tag("tbody", [:], rows)
      }
    }
  }

  /// Small numbers as words.
  static func spelled(_ number: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words.indices.contains(number) ? words[number] : NumberText.integer(number)
  }
}
