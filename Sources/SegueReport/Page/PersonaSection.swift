import SegueCore
import SeguePersona
import SegueProfile

extension Report {
  var personaSection: HTML? {
    guard !personas.isEmpty else { return nil }
    let rules = PersonaCard.rules(personas)
    return tag("section", ["id": "personas", "aria-label": "Personas"]) {
      tag("h2") { "Personas" }
      tag("p", ["class": "about"]) {
        "One for each segment. Nobody is made up: every sentence comes from the figures under “Evidence”"
        if rules != nil {
          ", by one of the "
          tag("a", ["href": "#persona-rules"]) { "rules of inference" }
        }
        "."
      }
      BasisTag.legend
      tag("div", ["class": "people"]) {
        for (index, persona) in personas.enumerated() {
          PersonaCard(persona: persona, money: study.money, position: position(of: persona.segment))
            .node(width: Report.cardWidth(index, of: personas.count))
        }
      }
      rules
    }
  }

  /// Three a row; a rest of one or two is spread, so that no row ends in a hole.
  package static func cardWidth(_ index: Int, of count: Int) -> String {
    if count == 1 { return "whole" }
    let rest = count % 3
    let spread = rest == 0 ? 0 : rest == 1 ? 4 : 2
    return index >= count - spread ? "half" : "third"
  }

  /// The first letter or digit of the name.
  static func monogram(_ name: String) -> String {
    name.first { $0.isLetter || $0.isNumber }.map { String($0).uppercased() } ?? "·"
  }
}
