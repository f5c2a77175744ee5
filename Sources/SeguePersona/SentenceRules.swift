import SegueCore
import SegueProfile

/// The rules that turn one segment's figures into sentences. Each names itself in what it writes.
struct SentenceRules {
  let segment: SegmentProfile
  let profile: StudyProfile

  var money: MoneyText { profile.money }

  /// Attributes that describe orders and touchpoints; all others describe the person.
  private static let behaviour: Set<String> = [
    "recencyDays", "frequency", "monetary", "orderValue", "gapDays", "lateness", "tenureDays", "category",
    "product",
    "orderChannel", "weekday", "daypart", "month", "discounted", "refunded", "refundShare", "touchChannel",
  ]

  // MARK: What sets them apart

  /// The five strongest traits, at most one per attribute.
  func apart() -> [Trait] {
    var seen: Set<String> = []
    return Array(
      segment.notable.filter {
        !$0.levelIsKey && ($0.attribute != "month" || showsSeasons) && seen.insert($0.attribute).inserted
      }.prefix(5))
  }

  func whoTheyAre() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    let share = NumberText.percent(segment.customerShare)
    var text = "\(NumberText.integer(segment.segment.customers)) customers, \(share) of all"
    if let purchases = segment.purchases, purchases.revenueShare > 0 {
      text += ", who bring \(NumberText.percent(purchases.revenueShare)) of revenue"
    }
    sentences.append(
      Persona.Sentence(
        text + ".", .observed,
        [
          Persona.Evidence(
            id: "s\(segment.segment.id).customers", n: segment.segment.customers,
            interval: segment.customerShareInterval, sources: ["customer"])
        ], rule: "size"))
    let personal = segment.notable.filter {
      !SentenceRules.behaviour.contains($0.attribute) && !$0.levelIsKey
    }
    var seen: Set<String> = []
    for trait in personal where seen.insert(trait.attribute).inserted && sentences.count < 4 {
      sentences.append(said(trait, rule: "personalTrait"))
    }
    return sentences
  }

  func whatTheyBuy() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    if let purchases = segment.purchases {
      sentences.append(
        Persona.Sentence(
          SentenceRules.orderValue(purchases.orderValue, money), .observed,
          [figure("orderValue", purchases.orderValue.n)], rule: "orderValue"))
    }
    for attribute in ["category", "product"] {
      let liked = segment.notable.filter {
        $0.attribute == attribute && $0.effect > 0 && !$0.levelIsKey
      }.prefix(2)
      sentences += liked.map { trait in
        sentence(
          trait,
          "\(trait.valueText(money)) of what they order is \(trait.levelWords), against "
            + "\(trait.othersText(money)) among the others.", rule: "affinity")
      }
    }
    return Array(sentences.prefix(3))
  }

  /// Months say something about customers only over two years or so, and nothing about segments that are
  /// made of whoever came last.
  var showsSeasons: Bool {
    guard let totals = profile.purchases, segment.segment.kind != .newcomer,
      segment.segment.kind != .occasional
    else { return false }
    return totals.firstDay.days(until: totals.lastDay) >= 700
  }

  private static func orderValue(_ value: NumberSummary, _ money: MoneyText) -> String {
    let (low, middle, high) = (money.string(value.p25), money.string(value.median), money.string(value.p75))
    if low == high { return "A typical order is \(middle), and hardly any differs." }
    return "A typical order is \(middle); half of all lie between \(low) and \(high)."
  }

  static func days(_ value: Double) -> String {
    let text = NumberText.fixed(value)
    return text == "1" ? "1 day" : "\(text) days"
  }

  private static func lastOrder(_ recency: NumberSummary) -> String {
    let text = days(recency.median)
    return text == "0 days" ? "the last order was today" : "the last order was \(text) ago"
  }

  func whenTheyBuy() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    if let purchases = segment.purchases {
      if let gap = purchases.gapDays, purchases.boughtAgain >= 0.5 {
        sentences.append(
          Persona.Sentence(
            "They order about every \(gap.median < 1.5 ? "day" : SentenceRules.days(gap.median)); "
              + "\(SentenceRules.lastOrder(purchases.recencyDays)).", .observed,
            [figure("gapDays", gap.n), figure("recencyDays", purchases.recencyDays.n)], rule: "rhythm"))
      } else {
        sentences.append(
          Persona.Sentence(
            "\(NumberText.percent(1 - purchases.boughtAgain)) ordered once only; "
              + "\(SentenceRules.lastOrder(purchases.recencyDays)).", .observed,
            [figure("frequency", purchases.frequency.n), figure("recencyDays", purchases.recencyDays.n)],
            rule: "oneTime"))
      }
    }
    var seen: Set<String> = []
    let timing = segment.notable.filter {
      ["weekday", "daypart", "month"].contains($0.attribute) && $0.effect > 0
        && ($0.attribute != "month" || showsSeasons) && seen.insert($0.attribute).inserted
    }
    for trait in timing {
      sentences.append(
        sentence(
          trait,
          "\(trait.valueText(money)) of orders fall \(SentenceRules.when(trait)), against "
            + "\(trait.othersText(money)) among the others.", rule: "timing"))
    }
    return Array(sentences.prefix(3))
  }

  private static func when(_ trait: Trait) -> String {
    let level = trait.level ?? ""
    switch trait.attribute {
    case "month": return "in \(level)"
    case "weekday": return "on a \(level)"
    default: return level == "night" ? "at night (0–6 h)" : "in the \(level) (\(hours[level] ?? ""))"
    }
  }

  private static let hours = ["morning": "6–12 h", "afternoon": "12–18 h", "evening": "18–24 h"]

  // MARK: Wording

  func said(_ trait: Trait, rule: String) -> Persona.Sentence {
    if trait.level != nil {
      return sentence(
        trait,
        "\(trait.attributeLabel.humanized): \(trait.levelWords) for \(trait.valueText(money)), against \(trait.othersText(money)) of the others.",
        rule: rule)
    }
    return sentence(
      trait,
      "\(trait.label.humanized): typically \(trait.valueText(money)), against \(trait.othersText(money)) among the others.",
      rule: rule)
  }

  func sentence(_ trait: Trait, _ text: String, rule: String) -> Persona.Sentence {
    Persona.Sentence(text, .observed, [evidence(trait)], rule: rule)
  }

  func inferred(_ trait: Trait, _ text: String, rule: String) -> Persona.Sentence {
    Persona.Sentence(text, .inferred, [evidence(trait)], rule: rule)
  }

  func evidence(_ trait: Trait) -> Persona.Evidence {
    Persona.Evidence(
      id: trait.id, n: trait.n, effect: trait.effect, interval: trait.interval, sources: trait.sources)
  }

  /// A figure of the segment itself, without a comparison.
  func figure(_ name: String, _ n: Int) -> Persona.Evidence {
    Persona.Evidence(id: "s\(segment.segment.id).\(name)", n: n, sources: ["orders"])
  }
}
