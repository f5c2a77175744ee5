import SegueCore
import SegueProfile

/// What follows from the figures: wants, pains, channels, the next step, open questions.
extension SentenceRules {
  func wants() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    if let discount = segment.notable.first(where: {
      $0.attribute == "discounted" && $0.level == "yes" && $0.effect > 0
    }) {
      sentences.append(
        inferred(
          discount,
          "A reason to buy now: \(discount.valueText(money)) of their orders were discounted (\(discount.comparison)).",
          rule: "discountSeeker"))
    }
    if showsSeasons, let month = segment.notable.first(where: { $0.attribute == "month" && $0.effect > 0.1 })
    {
      sentences.append(
        inferred(
          month,
          "The right thing at the right time of year: \(month.valueText(money)) of orders fall in "
            + "\(month.level ?? "").",
          rule: "seasonal"))
    }
    if let category = segment.notable.first(where: {
      $0.attribute == "category" && $0.effect > 0.1 && !$0.levelIsKey
    }) {
      sentences.append(
        inferred(
          category,
          "More choice in \(category.levelWords), where they buy more than the others (\(category.comparison)).",
          rule: "categoryTaste"))
    }
    if let purchases = segment.purchases, let gap = purchases.gapDays,
      segment.segment.kind == .champion || segment.segment.kind == .regular
    {
      sentences.append(
        Persona.Sentence(
          "Reordering without effort: half of them usually order again within \(SentenceRules.days(gap.median)).",
          .inferred,
          [figure("gapDays", gap.n)], rule: "fastReorder"))
    }
    if sentences.isEmpty {
      sentences.append(
        Persona.Sentence(
          "The data does not tell what they are after. Ask what they came for.", .ask, rule: "noWant"))
    }
    return Array(sentences.prefix(2))
  }

  func refundPain() -> [Persona.Sentence] {
    if let share = segment.notable.first(where: {
      $0.attribute == "refundShare" && $0.value - $0.others >= 0.01
    }) {
      return [
        sentence(
          share,
          "\(share.valueText(money)) of the money they spend goes back to them, against "
            + "\(share.othersText(money)) among the others.", rule: "refunds")
      ]
    }
    guard
      let trait = segment.notable.first(where: {
        $0.attribute == "refunded" && $0.level == "yes" && $0.effect > 0
      })
    else { return [] }
    return [
      sentence(
        trait,
        "Money went back on \(trait.valueText(money)) of their orders, against \(trait.othersText(money)) among the others.",
        rule: "refunds")
    ]
  }

  func reach() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    for attribute in ["touchChannel", "orderChannel"] {
      let own = segment.traits.filter { $0.attribute == attribute && !$0.levelIsKey }.sorted {
        ($1.value, $0.id) < ($0.value, $1.id)
      }
      guard let first = own.first else { continue }
      let list = own.prefix(2).map { "\(($0.level ?? "").humanized) (\($0.valueText(money)))" }.joined(
        separator: ", ")
      let apart = own.filter { $0.isNotable && $0.effect > 0 }.max { ($0.effect, $1.id) < ($1.effect, $0.id) }
      var text = attribute == "touchChannel" ? "Touchpoints: \(list)." : "Orders: \(list)."
      if let apart {
        text +=
          " More than the others by \((apart.level ?? "").humanized.lowercased()) (\(apart.comparison))."
      }
      sentences.append(sentence(first, text, rule: "channels"))
    }
    for attribute in ["daypart", "weekday"] where sentences.count < 3 {
      if let trait = segment.notable.first(where: { $0.attribute == attribute && $0.effect > 0 }) {
        sentences.append(
          sentence(
            trait, "More than the others: \(trait.level ?? "") (\(trait.comparison)).", rule: "bestTime"))
      }
    }
    if sentences.isEmpty {
      sentences.append(
        Persona.Sentence(
          "No channel in the data. Ask where they would look for you.", .ask, rule: "noChannel"))
    }
    return sentences
  }

  func doNext() -> [Persona.Sentence] {
    // Where as much was given back as was paid, no sum tells what to do.
    guard let purchases = segment.purchases, purchases.orderValue.median > 0, purchases.revenue > .zero else {
      return [
        Persona.Sentence("Test one offer against a group that gets none.", .inferred, rule: "next.test")
      ]
    }
    let evidence = [figure("revenue", segment.segment.customers)]
    let revenue = money.short(purchases.revenue.units)
    let order = money.string(purchases.orderValue.median)
    let text: String
    switch segment.segment.kind {
    case .champion:
      text =
        "Keep them: \(revenue) came from them. Give them first choice and good service rather than discounts."
    case .regular:
      text =
        "Offer the next order before the usual gap is over. One order more from each, at their mean of "
        + "\(money.string(purchases.orderValue.mean)), brings "
        + "\(money.short(purchases.orderValue.mean * Double(segment.segment.customers)))."
    case .newcomer:
      text =
        "Win the second order: \(NumberText.percent(1 - purchases.boughtAgain)) have ordered once only. Each is worth about \(order)."
    case .slipping:
      text =
        "Win back: they brought \(revenue). Write to them with what they bought before, and hold out 10% to measure it."
    case .oneTime:
      text = "Spend little: one reminder when they bought last time. A next order would be about \(order)."
    case .occasional:
      text = "Give a reason between the occasions; the median order is \(order)."
    case .lapsed:
      text = "Try one low-cost win-back and stop writing to those who stay away; they brought \(revenue)."
    case .other:
      text = "Test one offer against a group that gets none."
    }
    return [Persona.Sentence(text, .inferred, evidence, rule: "next.\(segment.segment.kind.rawValue)")]
  }

  func questions(hasFeedback: Bool, hasTouchpoints: Bool) -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    if let refunded = segment.traits.first(where: { $0.attribute == "refunded" && $0.level == "yes" }),
      refunded.value >= 0.05
    {
      sentences.append(
        Persona.Sentence(
          "\(refunded.valueText(money)) of their orders were returned at least in part: ask what was wrong.",
          .ask,
          [evidence(refunded)], rule: "ask.refunds"))
    }
    switch segment.segment.kind {
    case .slipping, .lapsed:
      sentences.append(Persona.Sentence("What changed since the last order?", .ask, rule: "ask.quiet"))
    case .oneTime, .newcomer:
      sentences.append(Persona.Sentence("What would make a second order worth it?", .ask, rule: "ask.second"))
    case .champion, .regular:
      sentences.append(Persona.Sentence("What would they miss if you were gone?", .ask, rule: "ask.miss"))
    case .occasional, .other:
      sentences.append(
        Persona.Sentence("What brings them to you, and what to others?", .ask, rule: "ask.occasion"))
    }
    if !hasFeedback {
      sentences.append(
        Persona.Sentence("How content are they? The data holds no answer.", .ask, rule: "ask.feedback"))
    }
    if !hasTouchpoints, profile.purchases != nil {
      sentences.append(
        Persona.Sentence(
          "How do they come to you? The data starts with the order.", .ask, rule: "ask.touchpoints"))
    }
    return Array(sentences.prefix(3))
  }
}
