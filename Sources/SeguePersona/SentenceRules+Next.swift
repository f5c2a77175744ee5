import SegueCore
import SegueProfile

/// What to do next, with the money at stake and how it is computed.
extension SentenceRules {
  func doNext() -> [Persona.Sentence] {
    var sentences = [step()]
    if let lapsing = segment.figure("lapsingValue"), lapsing.value > 0 {
      sentences.append(
        inferred(
          "Write first to the \(NumberText.integer(lapsing.n)) who are lapsing: \(money.short(lapsing.value)) "
            + "expected of them \(horizon) is at stake.", figures("lapsingValue"), rule: "next.lapsing",
          .nextStep))
    }
    return sentences
  }

  private var horizon: String {
    "within \(profile.value.map { Wording.horizon($0.horizonDays) } ?? "the horizon")"
  }

  private func step() -> Persona.Sentence {
    // Where as much was given back as was paid, no sum tells what to do.
    guard let purchases, purchases.orderValue.median > 0, purchases.revenue > .zero,
      let more = segment.figure("oneMoreOrder")
    else { return stepWithoutOrders() }
    let order = "at the median of \(Wording.sum(purchases.orderValue.median, money))"
    let all = money.short(more.value)
    let tenth = money.short(more.value / 10)
    let text: String
    var cited = figures("oneMoreOrder", "orderValue")
    switch segment.segment.kind {
    case .champion:
      if let total = segment.figure("expectedTotal") {
        text =
          "Keep them by first choice and good service, not by discounts: \(money.short(total.value)) is expected "
          + "of them \(horizon)."
        cited = figures("expectedTotal")
      } else {
        text =
          "Keep them by first choice and good service, not by discounts: they brought "
          + "\(money.short(purchases.revenue.units))."
        cited = figures("revenue")
      }
    case .regular:
      text =
        "Offer the next order before the usual gap is over: one order more from each, \(order), "
        + "brings \(all)."
    case .newcomer:
      let once = Int((Double(customers) * (1 - purchases.boughtAgain)).rounded())
      let second = segment.figure("secondOrder")?.value ?? more.value
      text =
        "Win the second order: one from each of the \(NumberText.integer(once)) with a single one, \(order), brings "
        + "\(money.short(second))."
      cited = figures("secondOrder", "boughtAgain", "orderValue")
    case .slipping:
      text =
        "Win them back with what they bought before; hold out 10% to measure it. One order from each, "
        + "\(order), brings \(all)."
    case .oneTime:
      text = "Spend little, on one reminder: if one in ten orders again, \(order), that brings \(tenth)."
    case .lapsed:
      text =
        "Try one cheap win-back, then stop writing: if one in ten orders again, \(order), that brings \(tenth)."
    case .occasional:
      text = "Give a reason between the occasions: one order more from each, \(order), brings \(all)."
    case .other:
      text = "Test one offer on a part of them: one order more from each, \(order), brings \(all)."
    }
    return inferred(text, cited, rule: "next.\(ruleName)", .nextStep)
  }

  private var ruleName: String { segment.segment.kind == .other ? "plain" : segment.segment.kind.rawValue }

  private func stepWithoutOrders() -> Persona.Sentence {
    if let leaving {
      let stay = Int(((leaving.value - leaving.others) * Double(leaving.n)).rounded())
      return inferred(
        "Keep them first: at the others' \(Wording.inner(Wording.label(leaving))) of \(leaving.othersText(money)), "
          + "\(NumberText.integer(stay)) more \(stay == 1 ? "customer" : "customers") would have stayed.",
        [evidence(leaving)] + figures("customers"), rule: "next.leaving", .nextStep)
    }
    // What a motive rests on is no news.
    let concluded = Set(wants().flatMap(\.evidence).map(\.id))
    let trait = telling.first { ($0.level == nil || $0.effect > 0) && !concluded.contains($0.id) }
    if let trait, purchases == nil {
      return inferred(test(trait), [evidence(trait)], rule: "next.test", .nextStep)
    }
    return inferred(
      "Test one offer against a group that gets none.", figures("customers"), rule: "next.plain", .nextStep)
  }

  /// With the figures, where there is room for them.
  private func test(_ trait: Trait) -> String {
    let label = Wording.inner(Wording.label(trait))
    let level = (trait.level ?? "").lowercased()
    let what =
      trait.level == nil || trait.isFlag || Answers.yes.contains(level)
      ? label
      : Answers.no.contains(level) ? "no \(label)" : "\(label) “\(Wording.level(trait))”"
    let (mine, others) = Wording.values(trait, money)
    let head = "Test an offer that fits what sets them apart: \(what)"
    let figures = " \(mine) (others \(others))"
    let tail = ". Hold out 10% to measure it."
    return head.count + figures.count + tail.count <= Wording.longest ? head + figures + tail : head + tail
  }
}
