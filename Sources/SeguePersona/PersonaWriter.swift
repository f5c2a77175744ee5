public import SegueProfile

/// Writes a persona per segment. Every sentence is made by a rule from figures that it carries along.
public struct PersonaWriter {
  let profile: StudyProfile
  /// Sentences about pain that other evidence gives, by segment: drop-off, low scores.
  let pains: [[Persona.Sentence]]
  /// Whether the study has feedback and touchpoints; decides what is asked instead of said.
  let hasFeedback: Bool
  let hasTouchpoints: Bool

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
    guard segment.isDescribed else {
      return Persona(
        segment: segment.segment, customerShare: segment.customerShare, revenueShare: nil,
        medianOrderValue: nil,
        apart: [], rule: nil,
        sections: [
          Persona.Section(
            topic: .whoTheyAre,
            sentences: [
              Persona.Sentence(
                "Fewer than 10 customers: too few to describe without pointing at persons.", .ask,
                rule: "smallGroup")
            ])
        ], isDescribed: false)
    }
    let rules = SentenceRules(segment: segment, profile: profile)
    let sections: [(Persona.Topic, [Persona.Sentence])] = [
      (.whoTheyAre, rules.whoTheyAre()),
      (.whatTheyBuy, rules.whatTheyBuy()),
      (.whenTheyBuy, rules.whenTheyBuy()),
      (.wants, rules.wants()),
      (.pains, pain(index, rules)),
      (.reach, rules.reach()),
      (.doNext, rules.doNext()),
      (.questions, rules.questions(hasFeedback: hasFeedback, hasTouchpoints: hasTouchpoints)),
    ]
    return Persona(
      segment: segment.segment, customerShare: segment.customerShare,
      revenueShare: segment.purchases?.revenueShare, medianOrderValue: segment.purchases?.orderValue.median,
      apart: rules.apart(), rule: segment.rule,
      sections: sections.filter { !$1.isEmpty }.map { Persona.Section(topic: $0, sentences: $1) },
      isDescribed: true)
  }

  private func pain(_ index: Int, _ rules: SentenceRules) -> [Persona.Sentence] {
    let known = pains[index].prefix(2) + rules.refundPain().prefix(1)
    if !known.isEmpty { return Array(known) }
    let silence =
      hasFeedback || hasTouchpoints
      ? "Nothing where they do worse than the others. Ask what they put up with."
      : profile.purchases == nil
        ? "No feedback and no touchpoints in the data. Ask what bothers them."
        : "No feedback and no touchpoints in the data. Ask what nearly kept them from the last order."
    return [Persona.Sentence(silence, .ask, rule: "noPain")]
  }
}
