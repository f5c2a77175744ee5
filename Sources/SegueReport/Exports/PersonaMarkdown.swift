public import SegueCore
public import SeguePersona
import SegueProfile

/// `personas.md`: a page a persona, with the evidence of each sentence in a table.
public enum PersonaMarkdown {
  /// - Parameter title: the data set.
  public static func text(_ personas: [Persona], title: String, money: MoneyText) -> String {
    var text = "# Personas: \(Markdown.text(title))\n\n"
    text += "Each sentence is marked *observed* (from the data), *inferred* (by a stated rule) or *ask* "
    text += "(a question to research). Nobody is made up.\n"
    for persona in personas { text += "\n" + section(persona, money) }
    return text + rules(personas)
  }

  /// What made the sentences, in one place.
  private static func rules(_ personas: [Persona]) -> String {
    let rules = PersonaRule.used(by: personas)
    guard !rules.isEmpty else { return "" }
    return "\n## Rules of inference\n\n" + Markdown.header(["Rule", "Basis", "What it says"])
      + rules.map { Markdown.row([Markdown.code($0.id), $0.basis.rawValue, Markdown.cell($0.text)]) }.joined()
  }

  private static func section(_ persona: Persona, _ money: MoneyText) -> String {
    var text = "## \(Markdown.text(persona.segment.name))\n\n\(Markdown.text(persona.segment.tagline))\n"
    if persona.isDescribed {
      text += "\n" + facts(persona, money)
      text += apart(persona, money)
      text += spotting(persona, money)
    }
    for section in persona.sections {
      text += "\n### \(section.topic.title)\n\n"
      for sentence in section.sentences {
        text += "- \(Markdown.text(sentence.text)) *(\(sentence.basis.rawValue))*\n"
      }
    }
    return text + evidence(persona, money)
  }

  private static func facts(_ persona: Persona, _ money: MoneyText) -> String {
    var facts = ["**\(NumberText.percent(persona.customerShare, 1))** of customers"]
    if let share = persona.revenueShare { facts.append("**\(NumberText.percent(share, 1))** of revenue") }
    if let value = persona.medianOrderValue {
      facts.append("median order **\(Markdown.text(money.string(value)))**")
    }
    if let each = persona.expectedValue, let total = persona.expectedTotal, let days = persona.horizonDays {
      if let spent = persona.medianSpent {
        facts.append("typically spent so far **\(Markdown.text(money.string(spent)))**")
      }
      facts.append(
        "expected of each in \(PersonaCard.horizon(days)) **\(Markdown.text(money.string(each)))**, of all "
          + "**\(Markdown.text(money.short(total)))**")
    }
    return facts.joined(separator: " · ") + "\n"
  }

  private static func apart(_ persona: Persona, _ money: MoneyText) -> String {
    guard !persona.apart.isEmpty else { return "" }
    var text = "\n### What sets them apart\n\n"
    text += Markdown.header(["Trait", "Segment", "Others", "Comparison", "Effect"], right: [1, 2, 4])
    for trait in persona.apart {
      text += Markdown.row([
        Markdown.cell(trait.label), Markdown.cell(trait.valueText(money)),
        Markdown.cell(trait.othersText(money)), Markdown.cell(trait.comparison),
        NumberText.fixed(trait.effect, 2),
      ])
    }
    return text
  }

  private static func spotting(_ persona: Persona, _ money: MoneyText) -> String {
    guard let rule = persona.rule, !rule.conditions.isEmpty else { return "" }
    return "\n### How to spot one\n\n\(Markdown.code(rule.text(money))): finds "
      + "\(NumberText.percent(rule.recall, 0)) of them, \(NumberText.percent(rule.precision, 0)) right.\n"
  }

  private static func also(_ persona: Persona, _ money: MoneyText) -> String {
    guard !persona.alsoDiffers.isEmpty else { return "" }
    let parts = persona.alsoDiffers.map { trait in
      Markdown.text("\(trait.label) \(trait.valueText(money)) (others \(trait.othersText(money)))")
    }
    return "\nAlso differs: " + parts.joined(separator: "; ") + ".\n"
  }

  private static func evidence(_ persona: Persona, _ money: MoneyText) -> String {
    let lines = persona.sections.flatMap(\.sentences).flatMap { sentence in
      sentence.evidence.map { (sentence, $0) }
    }
    guard !lines.isEmpty else { return "" }
    var text = also(persona, money) + "\n### Evidence\n\n"
    text += Markdown.header(
      ["Sentence", "Figure", "n", "Effect", "95% interval", "Source", "Rule"], right: [2, 3])
    for (sentence, evidence) in lines {
      text += Markdown.row([
        Markdown.cell(sentence.text), Markdown.cell(evidence.id), NumberText.integer(evidence.n),
        evidence.effect.map { NumberText.fixed($0, 2) } ?? "", evidence.intervalText(money) ?? "",
        Markdown.cell(evidence.sources.joined(separator: ", ")), Markdown.cell(sentence.rule),
      ])
    }
    return text
  }
}
