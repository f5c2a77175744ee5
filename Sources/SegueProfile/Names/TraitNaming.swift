import SegueCore

/// Names segments of a study without orders by the strongest of their traits, two of them as a rule.
struct TraitNaming {
  /// In characters.
  static let longest = 40
  /// Traits that are looked at; those behind them say little.
  private static let most = 16
  /// Correlation from which on two traits are one.
  private static let sameness = 0.8

  private let vocabulary: Vocabulary.Traits
  /// How much two traits of a study go together, −1…1.
  private let relation: (Trait, Trait) -> Double
  private let phrases: [[TraitPhrase]]

  init(_ traits: [[Trait]], vocabulary: Vocabulary.Traits, relation: @escaping (Trait, Trait) -> Double) {
    self.vocabulary = vocabulary
    self.relation = relation
    let shared = TraitNaming.sharedLevels(traits, relation)
    phrases = traits.map { traits in
      let all = traits.lazy.compactMap {
        TraitPhrase($0, sharedLevels: shared, vocabulary: vocabulary)
      }.prefix(2 * TraitNaming.most)
      // The strongest of each attribute, those first that hold for most of the segment.
      var seen: Set<String> = []
      return Array(
        (all.filter(\.isOfMost) + all.filter { !$0.isOfMost })
          .filter { seen.insert($0.trait.attribute).inserted }.prefix(TraitNaming.most))
    }
  }

  /// Names and taglines; where one is given, it stays.
  func names(given: [String?], reserved: Set<String>) -> [SegmentNaming.Name] {
    var taken = TakenNames(reserved.union(given.compactMap(\.self)))
    return phrases.indices.map { index in
      SegmentNaming.Name(
        name: given[index] ?? taken.first(of: candidates(index))!, tagline: tagline(phrases[index]),
        kind: .other)
    }
  }

  /// From the best on; numbered where words run out, so without end.
  private func candidates(_ index: Int) -> some Sequence<String> {
    let phrases = phrases[index]
    var found: [String] = []
    for lead in phrases.indices.prefix(4) {
      let second = partners(of: phrases[lead], among: phrases, from: 0.35)
      found += second.map { TraitNaming.joined([phrases[lead], $0]) }.filter {
        $0.count <= TraitNaming.longest
      }
      // One that stands out alone is enough.
      if second.isEmpty || lead == 0 && found.isEmpty { found.append(TraitNaming.joined([phrases[lead]])) }
    }
    for lead in phrases.prefix(4) {
      let others = partners(of: lead, among: phrases, from: 0).prefix(4)
      for (place, second) in others.enumerated() {
        found += others.dropFirst(place + 1).map { TraitNaming.joined([lead, second, $0]) }
          .filter { $0.count <= TraitNaming.longest + 20 }
      }
    }
    found += phrases.prefix(1).map { TraitNaming.joined([$0]) }
    let stem = found.first
    let numbered = (1...).lazy.map { number in
      stem.map { "\($0) (\(number + 1))" } ?? "\(vocabulary.nothing) \(index + number)"
    }
    return sequence(state: (found[...], numbered.makeIterator())) { state -> String? in
      state.0.popFirst() ?? state.1.next()
    }
  }

  /// What may stand beside a trait: strong by itself, and news to somebody who knows the first.
  private func partners(
    of lead: TraitPhrase, among phrases: [TraitPhrase], from share: Double
  ) -> [TraitPhrase] {
    let scored = phrases.enumerated().compactMap { place, other -> (Double, Int)? in
      guard other.trait.id != lead.trait.id, other.isOfMost || !lead.isOfMost,
        other.keys.isDisjoint(with: lead.keys), other.trait.strength >= share * lead.trait.strength
      else { return nil }
      let r = relation(lead.trait, other.trait)
      guard r.magnitude < TraitNaming.sameness else { return nil }
      return (other.trait.strength * (1 - r * r), place)
    }
    return scored.sorted { (-$0.0, $0.1) < (-$1.0, $1.1) }.map { phrases[$0.1] }
  }

  /// `High income, month-to-month`; `with phone service and dependents`.
  private static func joined(_ phrases: [TraitPhrase]) -> String {
    var text = ""
    for (index, phrase) in phrases.enumerated() {
      if index == 0 {
        text = phrase.text
      } else if phrases.count == 2, !phrase.opening.isEmpty, phrase.opening == phrases[0].opening {
        text += " and " + phrase.text.dropFirst(phrase.opening.count)
      } else {
        text += ", " + phrase.text
      }
    }
    let name = TraitWords.shortened(text, to: longest + 20)
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  private func tagline(_ phrases: [TraitPhrase]) -> String {
    let words = TraitWords(vocabulary)
    let labels = phrases.prefix(3).map { words.readable($0.trait.attributeLabel) }
    return labels.isEmpty ? vocabulary.noTagline : vocabulary.tagline.replacing("{}", with: labels.inWords)
  }

  /// Levels that mean different things under different attributes: `Basic` plan, `Basic` support.
  private static func sharedLevels(_ traits: [[Trait]], _ relation: (Trait, Trait) -> Double) -> Set<String> {
    var first: [String: Trait] = [:]
    var shared: Set<String> = []
    for trait in traits.joined() {
      guard let level = trait.level, !shared.contains(level) else { continue }
      if let known = first[level] {
        if known.attribute != trait.attribute, relation(known, trait) < 0.95 { shared.insert(level) }
      } else {
        first[level] = trait
      }
    }
    return shared
  }
}

extension SegmentNaming {
  /// For tables without orders: the strongest traits name the segment, two of them or as many more as it
  /// takes to tell it from the others.
  ///
  /// - Parameters:
  ///   - relation: how much two traits go together, −1…1; those that do are not named together.
  ///   - given: names that segments have from an earlier run, nil where one is to be found; empty if none has.
  ///   - reserved: names that none of them may get.
  package static func names(
    byTraits traits: [[Trait]], relation: @escaping (Trait, Trait) -> Double = { _, _ in 0 },
    given: [String?] = [], reserved: Set<String> = [],
    vocabulary: Vocabulary.Traits = Vocabulary.standard.traits
  ) -> [Name] {
    TraitNaming(traits, vocabulary: vocabulary, relation: relation)
      .names(given: given.isEmpty ? traits.map { _ in nil } : given, reserved: reserved)
  }
}
