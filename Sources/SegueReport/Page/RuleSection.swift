import SegueCore
import SegueProfile

/// The segments as one ordered list of rules that a CRM can hold.
extension Report {
  var ruleCard: HTML? {
    guard let list = study.ruleList, !list.entries.isEmpty else { return nil }
    return tag("div", ["class": "card", "id": "rules"]) {
      tag("h3") { "The segments as rules" }
      tag("p", ["class": "reason"]) { Typography.kept(fidelityText(list)) }
      scrolling("The segments as rules") { ruleTable(list) }
      tag("p", ["class": "note"]) { Typography.kept(coverageText(list)) }
    }
  }

  private func ruleTable(_ list: RuleList) -> HTML {
    tag("table", ["class": "plain ruled"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col", "class": "num"]) { "Order" }
          tag("th", ["scope": "col"]) { "A customer with" }
          tag("th", ["scope": "col"]) { "is put into" }
          tag("th", ["scope": "col", "class": "num"]) { "Customers" }
          tag("th", ["scope": "col", "class": "num"]) { "Of these right" }
        }
      }
      tag("tbody") {
        for (place, entry) in list.entries.enumerated() {
          ruleRow(
            "\(place + 1)", tag("code") { entry.text(study.money) }, entry.segment, entry.decided, entry.right
          )
        }
        ruleRow(
          "\(list.entries.count + 1)", tag("span") { "none of these" }, list.defaultSegment,
          list.defaultDecided, list.defaultRight)
      }
      tag("tfoot") {
        tag("tr") {
          tag("td") { "" }
          tag("th", ["scope": "row", "colspan": "2"]) { "The whole list" }
          tag("td", ["class": "num"]) { NumberText.integer(list.customers) }
          tag("td", ["class": "num"]) { share(list.right, list.customers) }
        }
      }
    }
  }

  private func ruleRow(_ place: String, _ conditions: HTML, _ id: Int, _ decided: Int, _ right: Int) -> HTML {
    let segment = study.segments.first { $0.segment.id == id }?.segment
    return tag("tr", ["style": segment.map { Palette.style($0) }]) {
      tag("th", ["scope": "row", "class": "num"]) { place }
      tag("td") { [conditions] }
      tag("td") {
        tag("span", ["class": "key"]) {
          tag("span", ["class": "sw"])
          tag("span") { segment?.name ?? "Segment \(id)" }
        }
      }
      tag("td", ["class": "num"]) { NumberText.integer(decided) }
      tag("td", ["class": "num"]) { share(right, decided) }
    }
  }

  private func share(_ part: Int, _ whole: Int) -> String {
    whole > 0 ? NumberText.percent(Double(part) / Double(whole), 0) : "–"
  }

  /// `Read from the top: the first rule that fits decides. The list gives 88% of customers the segment they
  /// have, and 87% of customers whom the search for it did not see.`
  private func fidelityText(_ list: RuleList) -> String {
    var text =
      "Read from the top: the first rule that fits a customer decides. The list gives "
      + "\(share(list.right, list.customers)) of customers the segment they have."
    switch list.heldOut {
    case .none: text += " It has not been tested on customers whom its search did not see."
    case .some(let held) where held.method == .unseen:
      text +=
        " Of the \(NumberText.integer(held.customers)) customers whom its search did not see, it is "
        + "\(share(held.right, held.customers))."
    case .some(let held):
      text +=
        " Found from two thirds of the customers, such lists give \(share(held.right, held.customers)) "
        + "of the others their segment."
    }
    return text
  }

  private func coverageText(_ list: RuleList) -> String {
    let parts = list.segments.map { coverage in
      let name = study.segments.first { $0.segment.id == coverage.segment }?.segment.name
      return "\(name ?? "Segment \(coverage.segment)") \(share(coverage.right, coverage.customers))"
    }
    var text = "Of each segment the list finds: \(parts.joined(separator: "; "))."
    if list.notCovered > 0 {
      text +=
        " Not covered: \(NumberText.count(list.notCovered, "customer")) of segments too small to describe."
    }
    return text
  }
}
