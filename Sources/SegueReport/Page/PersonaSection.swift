import SegueCore
import SeguePersona
import SegueProfile

extension Report {
  var personaSection: HTML? {
    guard !personas.isEmpty else { return nil }
    return tag("section", ["id": "personas", "aria-label": "Personas"]) {
      tag("h2") { "Personas" }
      tag("p", ["class": "about"]) {
        "One for each segment. Nobody is made up: every sentence comes from the figures under “Evidence”."
      }
      BasisTag.legend
      tag("div", ["class": "people"]) {
        for (index, persona) in personas.enumerated() {
          card(persona, width: Report.cardWidth(index, of: personas.count))
        }
      }
    }
  }

  /// Three a row; a rest of one or two is spread, so that no row ends in a hole.
  package static func cardWidth(_ index: Int, of count: Int) -> String {
    if count == 1 { return "whole" }
    let rest = count % 3
    let spread = rest == 0 ? 0 : rest == 1 ? 4 : 2
    return index >= count - spread ? "half" : "third"
  }

  private func card(_ persona: Persona, width: String) -> HTML {
    let position = position(of: persona.segment)
    return tag(
      "article",
      ["class": "persona \(width)", "id": "persona-\(position + 1)", "style": Palette.style(persona.segment)]
    ) {
      tag("header") {
        tag("div", ["class": "mono", "aria-hidden": "true"]) { Report.monogram(persona.segment.name) }
        tag("div") {
          tag("h3") { persona.segment.name }
          tag("p") { persona.segment.tagline }
        }
      }
      if persona.isDescribed { facts(persona) }
      tag("div", ["class": "topics"]) {
        if persona.isDescribed {
          apart(persona)
          spotting(persona)
        }
        for section in persona.sections { topic(section) }
      }
      if persona.isDescribed { evidence(persona) }
    }
  }

  /// The first letter or digit of the name.
  static func monogram(_ name: String) -> String {
    name.first { $0.isLetter || $0.isNumber }.map { String($0).uppercased() } ?? "·"
  }

  private func facts(_ persona: Persona) -> HTML {
    tag("dl", ["class": "facts"]) {
      fact("of customers", NumberText.percent(persona.customerShare, 1))
      if let share = persona.revenueShare { fact("of revenue", NumberText.percent(share, 1)) }
      if let value = persona.medianOrderValue { fact("median order", study.money.string(value)) }
      if persona.revenueShare == nil { fact("customers", NumberText.integer(persona.segment.customers)) }
    }
  }

  private func fact(_ caption: String, _ figure: String) -> HTML {
    tag("div") {
      tag("dt") { caption }
      tag("dd") { figure }
    }
  }

  private func apart(_ persona: Persona) -> HTML? {
    guard !persona.apart.isEmpty else { return nil }
    let list = tag("ul", ["class": "traits"]) {
      for trait in persona.apart {
        let label = trait.label.prefix(1).uppercased() + trait.label.dropFirst()
        let value = trait.valueText(study.money)
        tag("li") {
          tag("span") { label }
          tag("b") { value }
          BarChart.diverging(
            trait.effect,
            label: "\(label): \(value), others \(trait.othersText(study.money)), "
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

  private func spotting(_ persona: Persona) -> HTML? {
    guard let rule = persona.rule, !rule.conditions.isEmpty else { return nil }
    let box = tag("div", ["class": "rule"]) {
      tag("code") { rule.text(study.money) }
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

  private func evidence(_ persona: Persona) -> HTML? {
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
    }
  }

  private func line(_ evidence: Persona.Evidence) -> HTML {
    var parts = ["n = \(NumberText.integer(evidence.n))"]
    if let effect = evidence.effect { parts.append("effect \(NumberText.fixed(effect, 2))") }
    if let interval = evidence.intervalText { parts.append("95% interval \(interval)") }
    if !evidence.sources.isEmpty { parts.append(evidence.sources.joined(separator: ", ")) }
    return tag("li") {
      tag("code") { evidence.id }
      " · " + parts.joined(separator: " · ")
    }
  }
}
