package import SegueCore
package import SegueProfile

/// Words around figures: plurals, cut labels, the value of a trait as a sentence says it.
package enum Wording {
  /// No sentence is longer, in characters.
  package static let longest = 140

  /// `1 day`, `94 days`.
  package static func days(_ value: Double) -> String {
    let text = NumberText.fixed(value)
    return text == "1" ? "1 day" : "\(text) days"
  }

  /// `12 months` for a year, `90 days`.
  package static func horizon(_ days: Int) -> String {
    switch days {
    case 365, 366: "12 months"
    case 730, 731: "24 months"
    default: Wording.days(Double(days))
    }
  }

  /// To the cent or the unit, and shortened from a million on.
  static func sum(_ units: Double, _ money: MoneyText) -> String {
    units.magnitude < 1_000_000 ? money.string(units) : money.short(units)
  }

  /// `1 customer`, `1,204 customers`.
  package static func customers(_ count: Int) -> String { NumberText.count(count, "customer") }

  /// A label or level from data, cut where it is long: whole words, with an ellipsis.
  package static func cut(_ text: String, to most: Int = 32) -> String {
    guard text.count > most else { return text }
    let head = text.prefix(most - 1)
    let words = head.lastIndex(of: " ").map { head[..<$0] } ?? head
    return (words.count >= most / 2 ? words : head).trimmed + "…"
  }

  /// With a capital at its head.
  static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  static func label(_ trait: Trait) -> String { capital(cut(trait.attributeWords)) }

  /// For the middle of a sentence: words keep their capitals where they are all capitals.
  static func inner(_ text: String) -> String {
    text.dropFirst().first?.isUppercase == true ? text : text.prefix(1).lowercased() + text.dropFirst()
  }

  static func level(_ trait: Trait) -> String { cut(trait.levelWords, to: 28) }

  /// Values of a number, mine and the others': days without their unit where the label names it, years
  /// without a comma.
  package static func values(_ trait: Trait, _ money: MoneyText) -> (mine: String, others: String) {
    let label = trait.attributeLabel.lowercased()
    if trait.unit == .days, label.hasPrefix("days") {
      return (NumberText.fixed(trait.value), NumberText.fixed(trait.others))
    }
    let isYear = label.contains("year") && (1_000...2_999).contains(trait.value)
    if trait.unit == .plain, isYear, (1_000...2_999).contains(trait.others) {
      return (
        NumberText.fixed(trait.value, grouped: false), NumberText.fixed(trait.others, grouped: false)
      )
    }
    return (trait.valueText(money), trait.othersText(money))
  }

  /// The longest run of parts from the front that keeps a sentence short enough.
  static func fitting(_ parts: [String], separator: String, within room: Int) -> Int {
    var length = 0
    var count = 0
    for part in parts {
      length += part.count + (count > 0 ? separator.count : 0)
      if length > room { break }
      count += 1
    }
    return count
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = String(self)
    while let last = text.last, !last.isLetter, !last.isNumber, last != ")" { text.removeLast() }
    return text
  }
}
