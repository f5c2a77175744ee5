import SegueCore
import SegueProfile

/// What they buy and when, from orders and from columns that tell of purchases.
extension SentenceRules {
  func whatTheyBuy() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    if let purchases {
      sentences.append(
        observed(
          SentenceRules.orderValue(purchases.orderValue, money), figures("orderValue"), rule: "orderValue",
          .behaviour))
    }
    for attribute in ["category", "product"] {
      guard let trait = telling.first(where: { $0.attribute == attribute && $0.effect > 0 }) else { continue }
      sentences.append(affinity(trait))
    }
    if let discount = first("discounted", "yes") {
      sentences.append(
        observed(
          "\(discount.valueText(money)) of their orders were discounted, against "
            + "\(discount.othersText(money)) among the others.", [evidence(discount)], rule: "discounts",
          .behaviour))
    }
    sentences += tastes()
    for trait in telling(.deals) where sentences.count < 4 {
      sentences.append(said(trait, rule: "discounts", .behaviour))
    }
    return sentences
  }

  /// `Of what they order, 37% is lighting (others 15%), 34% kitchen (others 19%), 12% textiles.`
  private func affinity(_ trait: Trait) -> Persona.Sentence {
    let shown = levels(of: trait.attribute)
    let head = "Of what they order, "
    let parts = shown.enumerated().map { index, trait in
      "\(trait.valueText(money))\(index == 0 ? " is" : "") \(Wording.level(trait))"
        + (trait.isNotable ? " (others \(trait.othersText(money)))" : "")
    }
    let count = max(1, Wording.fitting(parts, separator: ", ", within: Wording.longest - head.count - 1))
    return observed(
      head + parts[..<count].joined(separator: ", ") + ".", shown[..<count].map(evidence), rule: "affinity",
      .interests)
  }

  /// Numbers of a customers file that tell what they buy, those that differ the same way in a sentence.
  private func tastes() -> [Persona.Sentence] {
    let traits = telling(.taste)
    return [true, false].compactMap { isMore in
      let own = traits.filter { ($0.effect > 0) == isMore && $0.level == nil }
      guard let first = own.first else { return nil }
      let head = isMore ? "More than the others: " : "Less than the others: "
      let parts = own.prefix(3).enumerated().map { index, trait in
        let (mine, others) = Wording.values(trait, money)
        return "\(Wording.inner(Wording.label(trait))) \(mine) "
          + (index == 0 ? "(others \(others))" : "(\(others))")
      }
      let count = Wording.fitting(parts, separator: ", ", within: Wording.longest - head.count - 1)
      guard count > 0 else { return said(first, rule: "affinity", .interests) }
      return observed(
        head + parts[..<count].joined(separator: ", ") + ".", own[..<count].map(evidence), rule: "affinity",
        .interests)
    } + traits.filter { $0.level != nil }.prefix(1).map { breakdown($0, rule: "affinity", .interests) }
  }

  private static func orderValue(_ value: NumberSummary, _ money: MoneyText) -> String {
    let low = Wording.sum(value.p25, money)
    let middle = Wording.sum(value.median, money)
    let high = Wording.sum(value.p75, money)
    if low == high { return "A typical order is \(middle), and hardly any differs." }
    return "A typical order is \(middle); half of all lie between \(low) and \(high)."
  }

  private static func lastOrder(_ recency: NumberSummary) -> String {
    let text = Wording.days(recency.median)
    return text == "0 days" ? "the last order was today" : "the last order was \(text) ago"
  }

  func whenTheyBuy() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    if let purchases {
      let last = SentenceRules.lastOrder(purchases.recencyDays)
      if let gap = purchases.gapDays, purchases.boughtAgain >= 0.5 {
        sentences.append(
          observed(
            "They order about every \(gap.median < 1.5 ? "day" : Wording.days(gap.median)); \(last).",
            rhythm("gapDays"), rule: "rhythm", .behaviour))
      } else {
        sentences.append(
          observed(
            "\(NumberText.percent(1 - purchases.boughtAgain)) ordered once only; \(last).",
            rhythm("boughtAgain"), rule: "oneTime", .behaviour))
      }
    }
    let hasDaypart = telling.contains { $0.attribute == "daypart" && $0.effect > 0 }
    for attribute in ["daypart", hasDaypart ? "" : "hour", "weekday", "month"] {
      let own = telling.filter { $0.attribute == attribute && $0.effect > 0 }
      if !own.isEmpty { sentences.append(timing(own)) }
    }
    return sentences
  }

  /// The gap or the return, with the last order and, where they differ, the traits behind them.
  private func rhythm(_ name: String) -> [Persona.Evidence] {
    figures(name, "recencyDays")
      + ["frequency", "recencyDays", "gapDays"].compactMap { first($0) }.map(evidence)
  }

  /// `30% of orders fall on a Sunday (others 11%), 29% on a Saturday (others 11%).`
  private func timing(_ traits: [Trait]) -> Persona.Sentence {
    let shown = traits.sorted { (-$0.value, $0.id) < (-$1.value, $1.id) }.prefix(2)
    let parts = shown.enumerated().map { index, trait in
      "\(trait.valueText(money))\(index == 0 ? " of orders fall" : "") \(SentenceRules.when(trait)) "
        + "(others \(trait.othersText(money)))"
    }
    return observed(
      parts.joined(separator: ", ") + ".", shown.map(evidence), rule: "timing", .behaviour)
  }

  static func when(_ trait: Trait) -> String {
    let level = trait.level ?? ""
    switch trait.attribute {
    case "month": return "in \(level)"
    case "weekday": return "on a \(level)"
    case "hour": return "at \(level)"
    default: return level == "night" ? "at night, 0–6 h" : "in the \(level), \(hours[level] ?? "")"
    }
  }

  private static let hours = ["morning": "6–12 h", "afternoon": "12–18 h", "evening": "18–24 h"]
}
