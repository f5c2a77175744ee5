import SegueCore
import SegueProfile

/// Customers that are typical of their segment, by a mark instead of a name.
extension Report {
  var exemplarCard: HTML? {
    let shown = study.segments.filter { $0.exemplars?.isEmpty == false }
    guard !shown.isEmpty else { return nil }
    // What all have: the features. What sets single segments apart stands in the last column.
    let common = shown[0].exemplars![0].values.filter { value in
      shown.allSatisfy { $0.exemplars![0].values.contains { $0.name == value.name && $0.number != nil } }
    }.prefix(6)
    return tag("div", ["class": "card", "id": "exemplars"]) {
      tag("h3") {
        "Typical customers"
        tag("small") { "the three nearest the centre of each segment" }
      }
      scrolling("Typical customers of each segment") {
        tag("table", ["class": "plain exemplars"]) {
          tag("thead") {
            tag("tr") {
              tag("th", ["scope": "col"]) { "Mark" }
              for value in common {
                tag("th", ["scope": "col", "class": "num"]) { Report.title(value.label) }
              }
              tag("th", ["scope": "col"]) { "Also" }
            }
          }
          for profile in shown {
            tag("tbody", ["style": Palette.style(profile.segment)]) {
              for exemplar in profile.exemplars ?? [] { row(exemplar, profile, common.map(\.name)) }
            }
          }
        }
      }
      tag("p", ["class": "note"]) {
        "Figures are rounded to two digits. Who may see "
        tag("code") { "segments.csv" }
        " finds the customer by the mark in its column "
        tag("code") { "exemplar" }
        "."
      }
    }
  }

  private func row(_ exemplar: Exemplar, _ profile: SegmentProfile, _ common: [String]) -> HTML {
    tag("tr") {
      tag("th", ["scope": "row"]) {
        tag("span", ["class": "key"]) {
          tag("span", ["class": "sw"])
          tag("span") {
            exemplar.mark
            tag("small") { profile.segment.name }
          }
        }
      }
      for name in common {
        tag("td", ["class": "num"]) {
          exemplar.values.first { $0.name == name }.flatMap { text($0) } ?? "–"
        }
      }
      tag("td") {
        exemplar.values.filter { !common.contains($0.name) }.compactMap { value in
          text(value).map { "\(value.label): \($0)" }
        }.joined(separator: " · ")
      }
    }
  }

  private func text(_ value: Exemplar.Value) -> String? {
    if let level = value.level { return level.replacing("_", with: " ") }
    guard let number = value.number else { return nil }
    switch value.unit {
    case .money: return study.money.string(number)
    case .share: return NumberText.percent(number)
    default: return NumberText.compact(number)
    }
  }

  private static func title(_ label: String) -> String {
    label.prefix(1).uppercased() + label.dropFirst()
  }
}
