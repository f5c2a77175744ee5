import SegueCore
import SegueProfile

/// Who they are and what they are worth.
extension SentenceRules {
  func whoTheyAre() -> [Persona.Sentence] {
    var sentences = [size()]
    sentences += without()
    var seen = Set(sentences.flatMap(\.evidence).map(\.id))
    var spoken: Set<String> = []
    let topics: [AttributeTopic] = purchases == nil ? [.person, .contract, .tenure] : [.person, .contract]
    let traits = telling.filter { topics.contains(AttributeTopic($0)) }
    let room = purchases == nil ? 6 : 4
    for trait in traits where sentences.count < room {
      // A value such as “no internet service” that many columns share is told once.
      let alike = Set(shared(trait))
      guard spoken.isDisjoint(with: alike) else { continue }
      let sentence = said(trait, rule: "personalTrait", .characteristics)
      let attribute = "s\(segment.segment.id).\(trait.attribute)"
      guard !seen.contains(where: { $0 == attribute || $0.hasPrefix(attribute + ".") }) else { continue }
      seen.formUnion(sentence.evidence.map(\.id))
      spoken.formUnion(alike)
      sentences.append(sentence)
    }
    if telling.isEmpty {
      sentences.append(
        observed(
          "Nothing sets them apart: none of what was compared differs from the others.",
          figures("customers"), rule: "nothingApart"))
    }
    return sentences
  }

  /// What a sentence on this trait says in the words of a level, with its figure: told alike of several columns
  /// it is the same customers each time.
  private func shared(_ trait: Trait) -> [String] {
    guard trait.level != nil, !trait.isFlag else { return [] }
    return levels(of: trait.attribute).filter { $0.isNotable && !isAnswer($0.level ?? "") }.map {
      "\(Wording.level($0)) \($0.valueText(money))"
    }
  }

  private func size() -> Persona.Sentence {
    var text = "\(Wording.customers(customers)), \(NumberText.percent(segment.customerShare)) of all"
    if let purchases, purchases.revenueShare > 0 {
      text += ", who bring \(NumberText.percent(purchases.revenueShare)) of revenue"
    }
    var cited = figures("customers")
    if let first = cited.indices.first, cited[first].interval == nil {
      // The sentence tells the share, which has an interval; the count has none.
      cited[first].interval = segment.customerShareInterval
      cited[first].unit = .share
    }
    return observed(
      text + ".", cited + (purchases == nil ? [] : figures("revenueShare")), rule: "size", .characteristics)
  }

  /// Columns of yes and no that differ the same way, in one sentence each:
  /// `Without online security: 77% (others 37%); tech support: 75% (37%).`
  private func without() -> [Persona.Sentence] {
    let personal = telling.filter {
      // What nearly everybody has tells little, even where it differs.
      AttributeTopic($0) == .person && $0.effect >= 0.1 && $0.others < 0.8
        && $0.level.map(isAnswer) == true
    }
    return [("With ", true), ("Without ", false)].compactMap { word, isYes in
      var seen: Set<String> = []
      let traits = personal.filter {
        Answers.yes.contains(($0.levelText ?? "").lowercased()) == isYes && seen.insert($0.attribute).inserted
      }
      guard traits.count > 1 else { return nil }
      let parts = traits.prefix(3).enumerated().map { index, trait in
        let others = index == 0 ? "others \(trait.othersText(money))" : trait.othersText(money)
        return "\(Wording.inner(Wording.label(trait))): \(trait.valueText(money)) (\(others))"
      }
      let count = max(1, Wording.fitting(parts, separator: "; ", within: Wording.longest - word.count - 1))
      guard count > 1 else { return nil }
      return observed(
        word + parts[..<count].joined(separator: "; ") + ".", traits.prefix(count).map(evidence),
        rule: "personalTrait", .characteristics)
    }
  }

  func isAnswer(_ level: String) -> Bool {
    Answers.yes.contains(level.lowercased()) || Answers.no.contains(level.lowercased())
  }

  enum Answers {
    static let yes: Set<String> = ["yes", "y", "true"]
    static let no: Set<String> = ["no", "n", "false"]
  }

  // MARK: Worth

  func worth() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    if let purchases, purchases.revenue > .zero {
      let total = money.short(purchases.revenue.units)
      let typical = Wording.sum(purchases.monetary.median, money)
      var text = "They brought \(total) so far; the typical customer \(typical)"
      var cited = figures("revenue")
      if let trait = segment.trait("monetary") {
        text += ", against \(trait.othersText(money)) among the others"
        cited.append(evidence(trait))
      } else {
        cited += figures("monetary")
      }
      sentences.append(observed(text + ".", cited, rule: "spent", .value))
    }
    sentences += expected()
    if let alive = segment.value?.pAliveOfReturning, alive < 0.99, segment.figure("pAliveOfReturning") != nil
    {
      sentences.append(
        observed(
          "Those who came back are still customers with a mean probability of \(NumberText.percent(alive)).",
          figures("pAliveOfReturning"), rule: "stillThere", .value))
    }
    for trait in (telling(.worth) + telling(.price)) where sentences.count < 3 {
      sentences.append(said(trait, rule: "personalTrait", .value))
    }
    return sentences
  }

  private func expected() -> [Persona.Sentence] {
    guard let value = segment.value, let horizon = profile.value?.horizonDays else { return [] }
    let orders = value.expectedOrders.mean
    let count = NumberText.fixed(orders, 1)
    var text = "Expected within \(Wording.horizon(horizon)): \(count) \(count == "1.0" ? "order" : "orders")"
    if let clv = value.clv {
      text += " and \(Wording.sum(clv.mean, money)) from each, \(money.short(clv.total)) in all"
      if let interval = clv.totalInterval {
        text += " (95% CI \(money.short(interval.low)) to \(money.short(interval.high)))"
      }
    } else {
      text += " from each"
    }
    let cited = figures("expectedOrdersMean", "expectedValueMean", "expectedTotal")
    return cited.isEmpty ? [] : [observed(text + ".", cited, rule: "expected", .value)]
  }
}
