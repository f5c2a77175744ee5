import SegueCore
import SeguePersona
import SegueProfile

/// A persona as a card: facts, what sets it apart, sentences by topic, and the evidence one click away.
struct PersonaCard {
  let persona: Persona
  let money: MoneyText
  /// Of the segment in the report, from 0.
  let position: Int

  func node(width: String) -> HTML {
    tag(
      "article",
      ["class": "persona \(width)", "id": "persona-\(position + 1)", "style": Palette.style(persona.segment)]
    ) {
      header
      if persona.isDescribed { facts }
      tag("div", ["class": "topics"]) {
        if persona.isDescribed {
          apart
          spotting
        }
        for section in persona.sections { topic(section) }
      }
      if persona.isDescribed { evidence }
    }
  }

  var header: HTML {
    tag("header") {
      tag("div", ["class": "mono", "aria-hidden": "true"]) { Report.monogram(persona.segment.name) }
      tag("div") {
        tag("h3") { persona.segment.name }
        tag("p") { persona.segment.tagline }
      }
    }
  }

  /// Size and money now, then what is expected where the study has a forecast.
  var facts: HTML {
    tag("dl", ["class": "facts"]) {
      fact("of customers", NumberText.percent(persona.customerShare, 1))
      if let share = persona.revenueShare { fact("of revenue", NumberText.percent(share, 1)) }
      if let value = persona.medianOrderValue { fact("median order", money.string(value)) }
      if persona.revenueShare == nil { fact("customers", NumberText.integer(persona.segment.customers)) }
      if let each = persona.expectedValue, let total = persona.expectedTotal, let days = persona.horizonDays {
        if let spent = persona.medianSpent { fact("typically spent so far", money.string(spent)) }
        fact("expected of each in \(PersonaCard.horizon(days))", money.string(each))
        fact("expected of all", money.short(total))
      }
    }
  }

  static func horizon(_ days: Int) -> String {
    days == 365 ? "a year" : days == 1 ? "1 day" : "\(NumberText.integer(days)) days"
  }

  private func fact(_ caption: String, _ figure: String) -> HTML {
    tag("div") {
      tag("dt") { caption }
      tag("dd") { Typography.kept(figure) }
    }
  }

  var apart: HTML? {
    guard !persona.apart.isEmpty else { return nil }
    let list = tag("ul", ["class": "traits"]) {
      for trait in persona.apart {
        let label = trait.labelWords
        let value = trait.valueText(money)
        tag("li") {
          tag("span") { label }
          tag("b") { value }
          BarChart.diverging(
            trait.effect,
            label: "\(label): \(value), others \(trait.othersText(money)), "
              + "effect \(NumberText.fixed(trait.effect, 2))")
          // The heading says once against whom.
          tag("em") { trait.comparison.replacing(" the others", with: "") }
        }
      }
    }
    let heading = tag("h4") {
      "What sets them apart"
      tag("em") { "against the others" }
    }
    return tag("div") { [heading, list] }
  }

  var spotting: HTML? {
    guard let rule = persona.rule, !rule.conditions.isEmpty else { return nil }
    let box = tag("div", ["class": "rule"]) {
      tag("code") { rule.text(money) }
      tag("span") {
        "finds \(NumberText.percent(rule.recall, 0)) of them, \(NumberText.percent(rule.precision, 0)) right"
      }
    }
    return tag("div") { [tag("h4") { "How to spot one" }, box] }
  }

  /// One tag at the heading where all sentences rest on the same; else one at each sentence.
  private func topic(_ section: Persona.Section) -> HTML {
    let bases = Set(section.sentences.map(\.basis))
    let heading = tag("h4") {
      section.topic.title
      if bases.count == 1, let basis = bases.first { BasisTag.node(basis) }
    }
    let sentences = section.sentences.map { sentence in
      tag("p") {
        Typography.kept(sentence.text)
        if bases.count > 1 {
          " "
          BasisTag.node(sentence.basis)
        }
      }
    }
    return tag("div") { [heading] + sentences }
  }

  private var evidence: HTML? {
    let sentences = persona.sections.flatMap(\.sentences)
    guard !sentences.isEmpty else { return nil }
    return tag("details", ["class": "proof"]) {
      tag("summary") {
        "Evidence"
        tag("span", ["class": "unseen"]) { " for \(persona.segment.name)" }
      }
      tag("ol") {
        for sentence in sentences {
          tag("li") {
            sentence.text
            " "
            BasisTag.node(sentence.basis)
            tag("ul") {
              for evidence in sentence.evidence { line(evidence) }
              tag("li") { "Rule: \(sentence.rule)" }
            }
          }
        }
      }
      if !persona.alsoDiffers.isEmpty {
        tag("p", ["class": "note"]) {
          "Also differs: "
            + persona.alsoDiffers.map { trait in
              "\(trait.label) \(trait.valueText(money)) (others \(trait.othersText(money)))"
            }.joined(separator: "; ") + "."
        }
      }
    }
  }

  private func line(_ evidence: Persona.Evidence) -> HTML {
    tag("li") {
      tag("code") { evidence.id }
      " · " + PersonaCard.proof(evidence, money)
    }
  }

  /// `n = 451 · effect 0.35 · 95% interval 0.31 to 0.39`
  private static func proof(_ evidence: Persona.Evidence, _ money: MoneyText) -> String {
    var parts = ["n = \(NumberText.integer(evidence.n))"]
    if let effect = evidence.effect { parts.append("effect \(NumberText.fixed(effect, 2))") }
    if let interval = evidence.intervalText(money) { parts.append("95% interval \(interval)") }
    if !evidence.sources.isEmpty { parts.append(evidence.sources.joined(separator: ", ")) }
    return parts.joined(separator: " · ")
  }

  /// Rules of inference: what made each sentence, said once for all personas.
  static func rules(_ personas: [Persona]) -> HTML? {
    let rules = PersonaRule.used(by: personas)
    guard !rules.isEmpty else { return nil }
    return tag("details", ["class": "rulebook", "id": "persona-rules"]) {
      tag("summary") { "Rules of inference" }
      tag("p", ["class": "note"]) {
        "Every sentence above was made by one of these rules, and names it under “Evidence”. “Differs” means: it "
          + "survives the control of false discoveries at 5% and is no trifle."
      }
      tag("dl") {
        for rule in rules {
          tag("div") {
            tag("dt") {
              tag("code") { rule.id }
              BasisTag.node(rule.basis)
            }
            tag("dd") { rule.text }
          }
        }
      }
    }
  }
}
