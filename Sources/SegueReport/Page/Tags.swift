import SegueJourney
import SeguePersona

/// The three words that say what a statement rests on.
enum BasisTag {
  static func node(_ basis: Persona.Basis) -> HTML {
    switch basis {
    case .observed: tag("span", ["class": "tag obs"]) { "observed" }
    case .inferred: tag("span", ["class": "tag inf"]) { "inferred" }
    case .ask: tag("span", ["class": "tag ask"]) { "ask" }
    }
  }

  static func node(_ basis: JourneyMap.Basis) -> HTML {
    switch basis {
    case .observed: node(Persona.Basis.observed)
    case .inferred: node(Persona.Basis.inferred)
    case .ask: node(Persona.Basis.ask)
    }
  }

  static var legend: HTML {
    tag("p", ["class": "legend"]) {
      tag("span") {
        node(Persona.Basis.observed)
        " from the data"
      }
      tag("span") {
        node(Persona.Basis.inferred)
        " by a stated rule"
      }
      tag("span") {
        node(Persona.Basis.ask)
        " a question to research"
      }
    }
  }
}
