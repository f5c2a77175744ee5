import SegueCore
import SegueProfile

extension Report {
  /// The document: head, navigation, sections, footer. A section without data has no place in it.
  var page: HTML {
    tag("html", ["lang": "en"]) {
      PageHead.node("\(title) · segments, personas, journeys", version: version)
      tag("body") {
        tag("a", ["class": "skip", "href": "#content"]) { "Skip to the report" }
        navigation
        tag("main", ["id": "content"]) {
          masthead
          segmentSection
          if let changes { ChangeSection(changes).node }
          personaSection
          journeySection
          cohortSection
          valueSection
          evidenceSection
        }
        colophon
      }
    }
  }

  private var navigation: HTML {
    tag("nav", ["aria-label": "Sections"]) {
      tag("div") {
        tag("a", ["class": "mark", "href": "#content"]) { "segue" }
        tag("a", ["href": "#segments"]) { "Segments" }
        if changes != nil { tag("a", ["href": "#changes"]) { "Changes" } }
        if !personas.isEmpty { tag("a", ["href": "#personas"]) { "Personas" } }
        if !journeys.isEmpty { tag("a", ["href": "#journeys"]) { "Journeys" } }
        if study.cohorts != nil { tag("a", ["href": "#cohorts"]) { "Cohorts" } }
        if study.value != nil { tag("a", ["href": "#value"]) { "Value" } }
        tag("a", ["href": "#evidence"]) { "Evidence" }
        if let asOf { tag("span", ["class": "chip"]) { "as of \(asOf.spelled)" } }
      }
    }
  }

  private var masthead: HTML {
    tag("header") {
      tag("p", ["class": "eyebrow"]) { Typography.kept(([title] + facts).joined(separator: " · ")) }
      tag("h1") { headline }
      if !summary.isEmpty || isSomethingSetAside {
        tag("p", ["class": "lead"]) {
          summary
          if isSomethingSetAside {
            " "
            tag("a", ["href": "#set-aside"]) { "See what was set aside" }
            "."
          }
        }
      }
      if let notice { tag("p", ["class": "notice"]) { notice } }
      if !tiles.isEmpty {
        tag("ul", ["class": "tiles"]) {
          for tile in tiles {
            tag("li") {
              tag("b") { Typography.kept(tile.figure) }
              tag("span") { tile.caption }
              if let note = tile.note { tag("small") { Typography.kept(note) } }
            }
          }
        }
      }
    }
  }

  /// What to know before believing the segments.
  private var notice: String? {
    switch scan?.verdict {
    case .noClusters:
      "The data does not fall into separate groups. These segments divide a continuum: useful to address "
        + "customers, but their borders could lie elsewhere."
    case .unstable:
      "Not all of these segments come back when customers are drawn anew: a few unusual customers decide where "
        + "the borders lie."
    case .clustered, nil: nil
    }
  }

  private var isSomethingSetAside: Bool { ledger?.lines.contains { $0.rows > 0 } ?? false }

  private var colophon: HTML {
    tag("footer") {
      tag("span") { "Segue \(version)" }
      if let asOf { tag("span") { "As of \(asOf.spelled)" } }
      tag("span") { "Made on the machine that holds the data; nothing was sent anywhere." }
    }
  }

  /// Position in the report of a segment, which decides its colour; segments unknown to the study come last.
  func position(of segment: Segment) -> Int {
    study.segments.firstIndex { $0.segment.id == segment.id } ?? study.segments.count
  }

  /// Tables and grids scroll by themselves where the page is narrow, by keyboard too.
  func scrolling(_ label: String, @HTMLBuilder _ children: () -> [HTML]) -> HTML {
    tag(
      "div", ["class": "scroll", "role": "region", "aria-label": label, "tabindex": "0"], children)
  }
}
