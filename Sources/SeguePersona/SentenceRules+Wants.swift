import SegueCore
import SegueProfile

/// Needs, motives, goals and expectations: concluded from behaviour by rules that are stated in ``PersonaRule``.
extension SentenceRules {
  /// At most one of each field, in that order.
  func wants() -> [Persona.Sentence] {
    [need, motive, goal, expectation].compactMap { $0() }
  }

  private func need() -> Persona.Sentence? {
    let liked = telling.filter { $0.attribute == "category" && $0.effect >= 0.1 }.prefix(2)
    if !liked.isEmpty {
      return inferred(
        "Need: more choice in \(liked.map(Wording.level).inWords), of which they buy more than the others.",
        liked.map(evidence), rule: "need.choice", .needs)
    }
    if let price = telling(.price).first(where: { $0.level == nil && $0.effect < 0 }) {
      return inferred(
        "Need: a low price; their \(Wording.inner(Wording.label(price))) are below the others'.",
        [evidence(price)], rule: "need.price", .needs)
    }
    return nil
  }

  private func motive() -> Persona.Sentence? {
    let discount = first("discounted", "yes")
    if let discount, discount.effect > 0 {
      return inferred(
        "Motive: a reason to buy now; they use discounts more than the others.", [evidence(discount)],
        rule: "motive.discount", .motivations)
    }
    if let deal = telling(.deals).first(where: { $0.effect > 0 && ($0.level == nil || $0.isFlag) }) {
      return inferred(
        "Motive: a reason to buy now; they lead the others in \(Wording.inner(Wording.label(deal))).",
        [evidence(deal)], rule: "motive.discount", .motivations)
    }
    if let month = first("month"), month.effect >= 0.1 {
      return inferred(
        "Motive: an occasion in \(month.level ?? ""), in which their orders gather.", [evidence(month)],
        rule: "motive.season", .motivations)
    }
    if let discount, let frequency = first("frequency"), frequency.effect > 0 {
      return inferred(
        "Motive: something other than price; they order more often than the others, with fewer discounts.",
        [evidence(frequency), evidence(discount)], rule: "motive.notPrice", .motivations)
    }
    return contractMotive() ?? offers()
  }

  private func contractMotive() -> Persona.Sentence? {
    let terms = telling.filter {
      AttributeTopic($0) == .contract && $0.effect > 0 && $0.level != nil && !$0.isFlag
    }
    for term in terms {
      let level = (term.level ?? "").lowercased()
      if level.contains("month") {
        return inferred(
          "Motive: to be free to leave; \(onTerm(term)).",
          [evidence(term)], rule: "motive.freedom", .motivations)
      }
      if level.contains("year") || level.contains("annual") {
        return inferred(
          "Motive: terms that last; \(onTerm(term)).",
          [evidence(term)], rule: "motive.lasting", .motivations)
      }
    }
    return nil
  }

  /// `for 90% the contract is “Month-to-month”, against 42% of the others`
  private func onTerm(_ term: Trait) -> String {
    "for \(term.valueText(money)) the \(Wording.inner(Wording.label(term))) is “\(Wording.level(term))”, against "
      + "\(term.othersText(money)) of the others"
  }

  private func offers() -> Persona.Sentence? {
    guard let answer = telling(.response).first(where: { $0.effect > 0 && ($0.level == nil || $0.isFlag) })
    else { return nil }
    return inferred(
      "Motive: something new; they answer campaigns more than the others (\(Wording.inner(Wording.label(answer)))).",
      [evidence(answer)], rule: "motive.offers", .motivations)
  }

  private func goal() -> Persona.Sentence? {
    guard let purchases else { return nil }
    let once = 1 - purchases.boughtAgain
    switch segment.segment.kind {
    case .oneTime where once >= 0.8:
      return inferred(
        "Goal: one purchase; what they came for was done with it.", figures("boughtAgain", "recencyDays"),
        rule: "goal.onePurchase", .goals)
    case .newcomer where once >= 0.5:
      return inferred(
        "Goal: to try the shop; most are still at their first order.", figures("boughtAgain", "recencyDays"),
        rule: "goal.tryOut", .goals)
    case .champion, .regular:
      guard purchases.gapDays != nil, purchases.boughtAgain >= 0.5 else { return nil }
      return inferred(
        "Goal: regular supply; they return in a rhythm of their own.", figures("gapDays"),
        rule: "goal.supplied", .goals)
    default:
      guard let value = first("orderValue"), value.effect >= 0.33 else { return nil }
      return inferred(
        "Goal: large, planned purchases; their orders are worth more than the others'.", [evidence(value)],
        rule: "goal.largePurchase", .goals)
    }
  }

  private func expectation() -> Persona.Sentence? {
    if let refund = refundTrait {
      return inferred(
        "They expect goods to be as shown; they return more than the others.", [evidence(refund)],
        rule: "expect.asShown", .expectations)
    }
    if let pain = pains.first(where: { $0.rule == "pain.score" }), let stage = SentenceRules.stage(pain) {
      return inferred(
        "They expect more at \(Wording.cut(stage)), where they are less content than the others.",
        pain.evidence, rule: "expect.betterStage", .expectations)
    }
    let channel = telling.first {
      ["orderChannel", "touchChannel"].contains($0.attribute) && $0.effect > 0
    }
    guard let channel else { return nil }
    return inferred(
      "They expect to be served well by \(Wording.inner(Wording.level(channel))), which they use more than "
        + "the others.", [evidence(channel)], rule: "expect.channel", .expectations)
  }

  /// The stage in the id of a pain point: `s1.lowScore.Purchase.csat`.
  static func stage(_ pain: Persona.Sentence) -> String? {
    guard let id = pain.evidence.first?.id else { return nil }
    let parts = id.split(separator: ".")
    guard parts.count > 2 else { return nil }
    return parts[2..<(parts[1] == "lowScore" ? parts.count - 1 : parts.count)].joined(separator: ".")
  }

  /// More refunded than among the others, worth a word.
  var refundTrait: Trait? {
    segment.notable.first {
      $0.effect > 0
        && ($0.attribute == "refundShare" && $0.value - $0.others >= 0.01
          || $0.attribute == "refunded" && $0.level == "yes")
    }
  }
}
