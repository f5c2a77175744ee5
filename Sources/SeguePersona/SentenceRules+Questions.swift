import SegueCore
import SegueProfile

/// What an interviewer could ask: of what was found, and of what the data does not tell.
extension SentenceRules {
  /// - Parameter stated: fields that sentences already tell.
  /// - Returns: by falling use; those of missing fields are all among them.
  func questions(stated: Set<Persona.Field>) -> (prompted: [Persona.Sentence], missing: [Persona.Sentence]) {
    (prompted() + kindly(), missing(stated))
  }

  private func prompted() -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    if let refunded = segment.traits.first(where: { $0.attribute == "refunded" && $0.level == "yes" }),
      refunded.value >= 0.05
    {
      sentences.append(
        ask(
          "\(refunded.valueText(money)) of their orders were returned at least in part: what was wrong?",
          [evidence(refunded)], rule: "ask.refunds"))
    }
    if let pain = pains.first, let stage = SentenceRules.stage(pain) {
      let what =
        pain.rule == "pain.score"
        ? "What would make \(Wording.cut(stage)) better for them?"
        : "What stops them at \(Wording.cut(stage)), where more of them leave?"
      sentences.append(ask(what, pain.evidence, rule: "ask.pain"))
    }
    if let leaving {
      sentences.append(
        ask(
          "\(leaving.valueText(money)) of them left: what made them go, and what keeps the rest?",
          [evidence(leaving)], rule: "ask.pain"))
    }
    let lacking = telling.first {
      AttributeTopic($0) == .person && $0.effect >= 0.1
        && Answers.no.contains(($0.levelText ?? "").lowercased())
    }
    if let lacking {
      sentences.append(
        ask(
          "\(lacking.valueText(money)) go without \(Wording.inner(Wording.label(lacking))): not wanted, or not "
            + "known?",
          [evidence(lacking)], rule: "ask.without"))
    }
    return sentences
  }

  /// What to ask first of such customers, with a figure of theirs.
  private func kindly() -> [Persona.Sentence] {
    guard let purchases else { return byTraits() }
    let last = Wording.days(purchases.recencyDays.median)
    let once = NumberText.percent(1 - purchases.boughtAgain)
    let text: String
    var cited = figures("recencyDays")
    switch segment.segment.kind {
    case .slipping, .lapsed:
      text =
        purchases.gapDays.map {
          "What changed? They ordered about every \($0.median < 1.5 ? "day" : Wording.days($0.median)), and have "
            + "been silent for \(last)."
        } ?? "What changed? They have been silent for \(last)."
      cited += figures("gapDays")
    case .oneTime:
      text = "What would have brought them back? \(once) ordered once only, typically \(last) ago."
      cited += figures("boughtAgain")
    case .newcomer:
      text = "What would make a second order worth it? \(once) have ordered once only."
      cited = figures("boughtAgain")
    case .champion:
      let share = NumberText.percent(purchases.revenueShare)
      text = "What would they miss if you were gone? \(share) of revenue is theirs."
      cited = figures("revenueShare")
    case .regular:
      text =
        purchases.gapDays.map {
          "What brings them back about every \($0.median < 1.5 ? "day" : Wording.days($0.median)), and what would "
            + "sooner?"
        } ?? "What brings them back, and what would sooner?"
      cited = figures("gapDays")
    case .occasional, .other:
      let times = NumberText.compact(purchases.frequency.median)
      text =
        "What is the occasion when they order, typically \(times == "1" ? "once" : "\(times) times") so far?"
      cited = figures("frequency")
    }
    return [ask(text, cited, rule: "ask.kind")]
  }

  /// Without orders the strongest traits are what to ask about.
  private func byTraits() -> [Persona.Sentence] {
    var seen: Set<String> = []
    let traits = telling.filter {
      ($0.level == nil || $0.effect > 0) && ![.leaving, .complaint].contains(AttributeTopic($0))
        && $0.level.map(isAnswer) != true && seen.insert($0.attribute).inserted
    }
    return traits.prefix(2).map { trait in
      let label = Wording.inner(Wording.label(trait))
      let text =
        trait.level == nil
        ? "What is behind their \(trait.effect > 0 ? "high" : "low") \(label), typically "
          + "\(Wording.values(trait, money).mine)?"
        : trait.isFlag
          ? "What is behind \(label), yes for \(trait.valueText(money)) of them?"
          : "What is behind \(label) “\(Wording.level(trait))”, true of \(trait.valueText(money)) of them?"
      return ask(text, [evidence(trait)], rule: "ask.trait")
    }
  }

  // MARK: What the data does not tell

  private func missing(_ stated: Set<Persona.Field>) -> [Persona.Sentence] {
    var sentences: [Persona.Sentence] = []
    // Who is asked is said once; the heading stands over the rest.
    func they() -> String { sentences.isEmpty ? them : "they" }
    let wanted: [Persona.Field] = [.needs, .motivations, .goals].filter { !stated.contains($0) }
    if !wanted.isEmpty {
      sentences.append(ask(aims(wanted), [], rule: "ask.goals", wanted))
    }
    if !stated.contains(.painPoints) {
      sentences.append(
        hasFeedback || hasTouchpoints
          ? ask(
            "Nothing hurts \(sentences.isEmpty ? them : "them") more than the others: what do they put up with?",
            [], rule: "ask.noPain", [.painPoints])
          : ask(
            "How content are \(they()), and what bothers them? No answer of theirs is in the data.", [],
            rule: "ask.feedback", [.painPoints]))
    }
    if !stated.contains(.channels) {
      sentences.append(
        ask(
          "Where did \(they()) first hear of you? Nothing in the data tells.", [], rule: "ask.channel",
          [.channels])
      )
    }
    if !stated.contains(.interests) {
      sentences.append(
        ask(
          purchases == nil
            ? "What do \(they()) care for? Nothing in the data tells."
            : "What do \(they()) look for besides what they buy?", [], rule: "ask.interests", [.interests]))
    }
    if !stated.contains(.expectations) {
      sentences.append(
        ask("What would \(they()) call good service?", [], rule: "ask.expectations", [.expectations]))
    }
    if !stated.contains(.behaviour) {
      sentences.append(
        ask(
          "When and how often do \(they()) buy? The data holds no orders.", [], rule: "ask.behaviour",
          [.behaviour]))
    }
    if !stated.contains(.value) {
      sentences.append(
        ask("What are \(they()) worth in a year? The data holds no money.", [], rule: "ask.value", [.value]))
    }
    return sentences
  }

  private func aims(_ fields: [Persona.Field]) -> String {
    let words: [Persona.Field: String] = [
      .needs: "what do they need", .motivations: "what makes them choose you",
      .goals: "what do they want to get done",
    ]
    return "Ask \(them): \(fields.compactMap { words[$0] }.inWords)?"
  }

  /// The segment in a few words, so that questions of one study differ: `the 254 who bring 46% of revenue`.
  private var them: String {
    let count = NumberText.integer(customers)
    if let purchases {
      switch segment.segment.kind {
      case .champion, .regular, .other, .occasional:
        return "the \(count) who bring \(NumberText.percent(purchases.revenueShare)) of revenue"
      case .newcomer: return "the \(count) who came \(Wording.days(purchases.recencyDays.median)) ago"
      case .oneTime: return "the \(count) who last came \(Wording.days(purchases.recencyDays.median)) ago"
      case .slipping, .lapsed:
        return "the \(count) who have been silent for \(Wording.days(purchases.recencyDays.median))"
      }
    }
    return customers == 1 ? "this customer" : "these \(count) customers"
  }
}
