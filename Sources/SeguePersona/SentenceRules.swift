import SegueCore
import SegueProfile

/// The rules that turn one segment's figures into sentences. Each names itself in what it writes.
struct SentenceRules {
  let segment: SegmentProfile
  let profile: StudyProfile
  let hasFeedback: Bool
  let hasTouchpoints: Bool
  /// What journeys tell of pain.
  let pains: [Persona.Sentence]

  var money: MoneyText { profile.money }
  var purchases: SegmentProfile.Purchases? { segment.purchases }
  var customers: Int { segment.segment.customers }

  /// What differs, strongest first, without levels that are keys and months that mean nothing.
  var telling: [Trait] {
    segment.notable.filter { !$0.levelIsKey && ($0.attribute != "month" || showsSeasons) }
  }

  /// Months say something about customers only over two years or so, and nothing about segments that are
  /// made of whoever came last.
  var showsSeasons: Bool {
    guard let totals = profile.purchases, segment.segment.kind != .newcomer,
      segment.segment.kind != .occasional
    else { return false }
    return totals.firstDay.days(until: totals.lastDay) >= 700
  }

  /// The strongest trait of each attribute of a topic.
  func telling(_ topic: AttributeTopic) -> [Trait] {
    var seen: Set<String> = []
    return telling.filter { AttributeTopic($0) == topic && seen.insert($0.attribute).inserted }
  }

  /// What differs of one attribute of orders, more than the others first.
  func first(_ attribute: String, _ level: String? = nil) -> Trait? {
    telling.first { $0.attribute == attribute && (level == nil || $0.level == level) }
  }

  // MARK: Evidence

  func evidence(_ trait: Trait) -> Persona.Evidence {
    Persona.Evidence(
      id: trait.id, n: trait.n, effect: trait.effect, interval: trait.interval, sources: trait.sources)
  }

  /// Figures of the segment itself, without a comparison; those it has.
  func figures(_ names: String...) -> [Persona.Evidence] {
    names.compactMap { segment.figure($0) }.map {
      Persona.Evidence(
        id: $0.id, n: $0.n, interval: $0.interval, unit: $0.interval == nil ? nil : $0.unit,
        sources: $0.sources)
    }
  }

  func observed(
    _ text: String, _ evidence: [Persona.Evidence], rule: String, _ fields: Persona.Field...
  ) -> Persona.Sentence {
    Persona.Sentence(text, .observed, evidence, rule: rule, fields: fields)
  }

  func inferred(
    _ text: String, _ evidence: [Persona.Evidence], rule: String, _ fields: Persona.Field...
  ) -> Persona.Sentence {
    Persona.Sentence(text, .inferred, evidence, rule: rule, fields: fields)
  }

  func ask(
    _ text: String, _ evidence: [Persona.Evidence], rule: String, _ fields: [Persona.Field] = []
  ) -> Persona.Sentence {
    Persona.Sentence(
      text, .ask, evidence.isEmpty ? figures("customers") : evidence, rule: rule, fields: fields)
  }

  // MARK: Said in several topics

  /// `Age: typically 52, against 41 among the others.`, `Newsletter: yes for 79%, against 44% of the others.`
  func said(_ trait: Trait, rule: String, _ field: Persona.Field) -> Persona.Sentence {
    if trait.level != nil { return breakdown(trait, rule: rule, field) }
    let (mine, others) = Wording.values(trait, money)
    let verb = trait.statistic == .mean ? "on average" : "typically"
    // Equal figures can hide a difference in the rest of the distribution.
    let against =
      mine == others
      ? "as among the others, but \(trait.effect > 0 ? "more" : "fewer") have high values"
      : "against \(others) among the others"
    return observed(
      "\(Wording.label(trait)): \(verb) \(mine), \(against).", [evidence(trait)], rule: rule, field)
  }

  /// The most frequent values of a category, with the others' share where it differs:
  /// `Household: family for 47% (others 23%), couple for 32%, single for 16%.`
  func breakdown(_ trait: Trait, rule: String, _ field: Persona.Field) -> Persona.Sentence {
    let shown = levels(of: trait.attribute)
    guard shown.count > 1 else {
      return observed(
        "\(Wording.label(trait)): \(Wording.level(trait)) for \(trait.valueText(money)), against "
          + "\(trait.othersText(money)) of the others.", [evidence(trait)], rule: rule, field)
    }
    let head = Wording.label(trait) + ": "
    let parts = shown.map { "\(Wording.level($0)) for \(share($0))" }
    let count = max(1, Wording.fitting(parts, separator: ", ", within: Wording.longest - head.count - 1))
    return observed(
      head + parts[..<count].joined(separator: ", ") + ".", shown[..<count].map(evidence), rule: rule, field)
  }

  /// `47% (others 23%)`, or `32%` where that is no difference.
  func share(_ trait: Trait) -> String {
    trait.isNotable
      ? "\(trait.valueText(money)) (others \(trait.othersText(money)))" : trait.valueText(money)
  }

  /// Three values of a category, the most frequent first; one that differs is among them.
  func levels(of attribute: String) -> [Trait] {
    let all = segment.traits.filter { $0.attribute == attribute && $0.level != nil && !$0.levelIsKey }
      .sorted { (-$0.value, $0.id) < (-$1.value, $1.id) }
    var shown = Array(all.prefix(3))
    if let strongest = all.filter({ $0.isNotable && $0.effect > 0 }).max(by: {
      ($0.strength, $1.id) < ($1.strength, $0.id)
    }) ?? all.first(where: \.isNotable), !shown.contains(where: { $0.id == strongest.id }) {
      shown = Array(shown.prefix(2)) + [strongest]
    }
    return shown.filter { $0.value > 0 }
  }
}
