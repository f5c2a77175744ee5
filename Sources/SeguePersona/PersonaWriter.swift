import SegueCore
public import SegueProfile

/// Writes a persona per segment. Every sentence is made by a rule from figures that it carries along.
public struct PersonaWriter {
  /// Sentences of a persona, so that it stays on a page.
  public static let mostSentences = 22
  /// Lines of what sets a segment apart: the strongest, and with those that no sentence tells.
  private static let strongest = 5
  private static let mostApart = 10

  let profile: StudyProfile
  /// Sentences about pain that other evidence gives, by segment: drop-off, low scores.
  let pains: [[Persona.Sentence]]
  /// Whether the study has feedback and touchpoints; decides what is asked instead of said.
  let hasFeedback: Bool
  let hasTouchpoints: Bool

  /// - Parameter profile: with the figures of ``PersonaFigures``; what rests on one that is missing is not said.
  public init(
    _ profile: StudyProfile, pains: [[Persona.Sentence]], hasFeedback: Bool, hasTouchpoints: Bool
  ) {
    self.profile = profile
    self.pains = pains
    self.hasFeedback = hasFeedback
    self.hasTouchpoints = hasTouchpoints
  }

  /// In the order of the study.
  public func personas() -> [Persona] {
    profile.segments.indices.map(persona)
  }

  private func persona(_ index: Int) -> Persona {
    let segment = profile.segments[index]
    guard segment.isDescribed else { return undescribed(segment) }
    let rules = SentenceRules(
      segment: segment, profile: profile, hasFeedback: hasFeedback, hasTouchpoints: hasTouchpoints,
      pains: pains[index])
    var said: [(topic: Persona.Topic, sentences: [Persona.Sentence])] = [
      (.whoTheyAre, rules.whoTheyAre()), (.worth, rules.worth()), (.whatTheyBuy, rules.whatTheyBuy()),
      (.whenTheyBuy, rules.whenTheyBuy()), (.wants, rules.wants()), (.pains, rules.whereItHurts()),
      (.reach, rules.reach()), (.doNext, rules.doNext()),
    ]
    for place in said.indices { said[place].sentences.removeAll { $0.evidence.isEmpty } }
    let stated = Set(said.flatMap(\.sentences).flatMap(\.fields))
    let questions = rules.questions(stated: stated)
    said.append((.questions, PersonaWriter.picked(questions.prompted, questions.missing)))
    PersonaWriter.trim(&said)
    let sentences = said.flatMap(\.sentences)
    let apart = apart(rules, sentences)
    let told = Set(sentences.flatMap(\.evidence).map(\.id) + apart.map(\.id))
    return Persona(
      segment: segment.segment, customerShare: segment.customerShare,
      revenueShare: segment.purchases?.revenueShare, medianOrderValue: segment.purchases?.orderValue.median,
      medianSpent: segment.purchases?.monetary.median, expectedValue: segment.value?.clv?.mean,
      expectedTotal: segment.value?.clv?.total,
      horizonDays: segment.value?.clv == nil ? nil : profile.value?.horizonDays,
      apart: apart, alsoDiffers: rules.telling.filter { !told.contains($0.id) }, rule: segment.rule,
      sections: said.filter { !$0.sentences.isEmpty }
        .map { Persona.Section(topic: $0.topic, sentences: $0.sentences) },
      isDescribed: true)
  }

  /// What was found is asked about first; what the data does not tell is asked for in any case.
  private static func picked(
    _ prompted: [Persona.Sentence], _ missing: [Persona.Sentence]
  ) -> [Persona.Sentence] {
    Array(prompted.prefix(max(2, 5 - missing.count))) + missing
  }

  /// Cuts from the end of the topics that can spare most until the persona fits its page.
  private static func trim(_ said: inout [(topic: Persona.Topic, sentences: [Persona.Sentence])]) {
    let floors: [(Persona.Topic, Int)] = [
      (.worth, 2), (.whatTheyBuy, 4), (.whoTheyAre, 4), (.questions, 5), (.reach, 3), (.whenTheyBuy, 3),
      (.questions, 4), (.pains, 2), (.whatTheyBuy, 3), (.whoTheyAre, 3), (.questions, 3), (.whenTheyBuy, 2),
      (.doNext, 1), (.reach, 2), (.wants, 3), (.questions, 2),
    ]
    for (topic, floor) in floors {
      guard let place = said.firstIndex(where: { $0.topic == topic }) else { continue }
      while said.reduce(0, { $0 + $1.sentences.count }) > mostSentences, said[place].sentences.count > floor {
        // A question for what the data lacks is the only trace of its field.
        let last = said[place].sentences.lastIndex { topic != .questions || $0.fields.isEmpty }
        guard let last else { break }
        said[place].sentences.remove(at: last)
      }
    }
  }

  /// The strongest trait of each attribute, then those attributes that no sentence tells. A level that many columns
  /// share, such as “no internet service”, has one line.
  private func apart(_ rules: SentenceRules, _ sentences: [Persona.Sentence]) -> [Trait] {
    // Hours say again what times of day say.
    var seen: Set<String> = rules.first("daypart") == nil ? [] : ["hour"]
    var alike: Set<String> = []
    let each = rules.telling.filter { trait in
      guard seen.insert(trait.attribute).inserted else { return false }
      guard let level = trait.level, !trait.isFlag, !rules.isAnswer(level) else { return true }
      let (mine, others) = Wording.values(trait, rules.money)
      return alike.insert("\(level) \(mine) \(others)").inserted
    }
    let cited = Set(sentences.flatMap(\.evidence).map(\.id))
    let told = Set(rules.segment.traits.filter { cited.contains($0.id) }.map(\.attribute))
    let untold = each.dropFirst(PersonaWriter.strongest).filter { !told.contains($0.attribute) }
    return Array(
      (each.prefix(PersonaWriter.strongest) + untold).prefix(PersonaWriter.mostApart))
  }

  private func undescribed(_ segment: SegmentProfile) -> Persona {
    let count = segment.segment.customers
    func sentence(_ text: String) -> Persona.Sentence {
      Persona.Sentence(text, .ask, rule: "smallGroup")
    }
    return Persona(
      segment: segment.segment, customerShare: segment.customerShare, apart: [],
      sections: [
        Persona.Section(
          topic: .whoTheyAre,
          sentences: [
            sentence(
              "\(Wording.customers(count)): fewer than 10, too few to describe without pointing at persons."),
            sentence(
              count == 1
                ? "Ask this customer directly, or form fewer segments."
                : "Ask them one by one, or form fewer segments."),
          ])
      ], isDescribed: false)
  }
}
