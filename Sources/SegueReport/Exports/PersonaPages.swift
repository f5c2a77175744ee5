public import SegueCore
public import SeguePersona
import SegueProfile

/// Personas by themselves: cards for a screen, or a sheet each to print. One file, no script, no request.
public enum PersonaPages {
  /// A page of A4 or Letter for each persona.
  ///
  /// - Parameter title: the data set.
  public static func sheets(
    _ personas: [Persona], title: String, money: MoneyText, version: String
  ) -> String {
    page("\(title) · personas", Stylesheet.sheets, version) {
      personas.enumerated().map { sheet($1, title, money, $0) }
    }
  }

  /// The cards of the report; a single one takes the whole width.
  public static func cards(
    _ personas: [Persona], title: String, money: MoneyText, version: String
  ) -> String {
    page("\(title) · personas", HTML.Trusted(""), version) {
      [
        tag("main", ["id": "personas"]) {
          BasisTag.legend
          tag("div", ["class": "people"]) {
            for (index, persona) in personas.enumerated() {
              PersonaCard(persona: persona, money: money, position: index)
                .node(width: Report.cardWidth(index, of: personas.count))
            }
          }
          PersonaCard.rules(personas)
        }
      ]
    }
  }

  private static func page(
    _ title: String, _ style: HTML.Trusted, _ version: String, _ content: () -> [HTML]
  ) -> String {
    tag("html", ["lang": "en"]) {
      tag("head") {
        tag("meta", ["charset": "utf-8"])
        tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        tag("meta", ["name": "generator", "content": "Segue \(version)"])
        tag("title") { title }
        Stylesheet.node
        tag("style") { HTML.trusted(style) }
      }
      tag("body") { content() }
    }.document()
  }

  private static func sheet(_ persona: Persona, _ title: String, _ money: MoneyText, _ index: Int) -> HTML {
    let card = PersonaCard(persona: persona, money: money, position: index)
    let sentences = persona.sections.flatMap(\.sentences)
    var first = 1
    let topics: [HTML] = persona.sections.map { section in
      defer { first += section.sentences.count }
      return topic(section, first)
    }
    return tag("article", ["class": "sheet persona", "style": Palette.style(persona.segment)]) {
      card.header
      if persona.isDescribed { card.facts }
      tag("div", ["class": "topics"]) {
        if persona.isDescribed {
          card.apart
          card.spotting
        }
        topics
      }
      if sentences.contains(where: { !$0.evidence.isEmpty }) { evidence(sentences) }
      tag("footer") {
        tag("span") { title }
        tag("span") { legend(sentences) }
      }
    }
  }

  private static func topic(_ section: Persona.Section, _ first: Int) -> HTML {
    tag("div") {
      tag("h4") { section.topic.title }
      for (index, sentence) in section.sentences.enumerated() {
        tag("p") {
          Typography.kept(sentence.text)
          // Joined to its sentence: a number alone on a line tells nothing.
          tag("sup", ["class": sentence.basis.rawValue]) { "\u{2060}\(first + index)" }
        }
      }
    }
  }

  /// Which numbers rest on what, for a page without colour.
  private static func legend(_ sentences: [Persona.Sentence]) -> String {
    Persona.Basis.allCases.compactMap { basis in
      let numbers = sentences.indices.filter { sentences[$0].basis == basis }.map { "\($0 + 1)" }
      return numbers.isEmpty ? nil : "\(basis.rawValue) \(numbers.joined(separator: " "))"
    }.joined(separator: " · ")
  }

  private static func evidence(_ sentences: [Persona.Sentence]) -> HTML {
    tag("ol", ["class": "sources"]) {
      for sentence in sentences {
        tag("li") {
          sentence.evidence.isEmpty
            ? "–"
            : sentence.evidence.map { "\($0.id) n = \(NumberText.integer($0.n))" }.joined(separator: "; ")
        }
      }
    }
  }
}
