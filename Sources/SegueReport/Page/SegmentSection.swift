import SegueCore
import SeguePersona
import SegueProfile

extension Report {
  /// The table of segments, their lifecycle, then the map and the grid beside each other.
  var segmentSection: HTML {
    tag("section", ["id": "segments", "aria-label": "Segments"]) {
      tag("div", ["class": "card"]) {
        tag("h2") { "Segments" }
        scrolling("Table of segments") { segmentTable }
        tag("p", ["class": "note"]) { SegmentColumn.note(columns, in: study) }
      }
      lifecycleCard
      weekHourCard
      if map != nil || grid != nil {
        tag("div", ["class": "two"]) {
          if let map {
            tag("div", ["class": grid == nil ? "card only" : "card"]) {
              tag("h3") { "Where the segments lie" }
              SegmentMapChart(map, segments: study.segments).svg
              if let note = map.note { tag("p", ["class": "note"]) { note } }
            }
          }
          if let grid {
            tag("div", ["class": map == nil ? "card only" : "card"]) {
              tag("h3") {
                "RFM grid"
                tag("small") { "share of customers, and the RFM name most of them carry" }
              }
              scrolling("RFM grid") { RFMGridChart(grid).svg }
              tag("p", ["class": "note"]) {
                "The stronger the colour, the more customers; a dash stands for nobody."
              }
            }
          }
        }
      }
      exemplarCard
    }
  }

  /// Why a segment has no figures, and where they are.
  func withheld(_ profile: SegmentProfile) -> String {
    let host = study.segments.first { $0.includes?.contains(profile.segment.id) == true }
    return "Fewer than 10 customers: figures "
      + (host.map { "counted with those of \($0.segment.name)" } ?? "withheld")
  }

  private var columns: [SegmentColumn] { SegmentColumn.all(in: study) }

  private var segmentTable: HTML {
    let columns = columns
    return tag("table", ["class": "segments"]) {
      tag("thead") {
        tag("tr") {
          tag("th", ["scope": "col"]) { "Segment" }
          for column in columns {
            tag("th", ["scope": "col", "class": column.isBar ? nil : "num"]) { column.title(in: study) }
          }
        }
      }
      tag("tbody") {
        for (position, profile) in study.segments.enumerated() {
          tag("tr", ["style": Palette.style(profile.segment)]) {
            name(profile, position)
            if profile.isDescribed {
              for column in columns { cell(column, profile) }
            } else {
              tag("td", ["colspan": "\(columns.count)", "class": "mut"]) {
                withheld(profile)
              }
            }
          }
        }
      }
      if study.segments.count > 1 {
        tag("tfoot") {
          tag("tr") {
            tag("th", ["scope": "row"]) { "Everybody" }
            for column in columns {
              tag("td", ["class": column.isBar ? nil : "num"]) { column.total(study) ?? "" }
            }
          }
        }
      }
    }
  }

  private func name(_ profile: SegmentProfile, _ position: Int) -> HTML {
    tag("th", ["scope": "row"]) {
      tag("span", ["class": "key"]) {
        tag("span", ["class": "sw"])
        if personas.contains(where: { $0.segment.id == profile.segment.id }) {
          tag("a", ["href": "#persona-\(position + 1)"]) { profile.segment.name }
        } else {
          tag("span") { profile.segment.name }
        }
      }
    }
  }

  private func cell(_ column: SegmentColumn, _ profile: SegmentProfile) -> HTML {
    guard column.isBar else {
      return tag("td", ["class": "num"]) { column.figure(profile, study.money) }
    }
    let share = column.share(profile)
    let most = study.segments.filter(\.isDescribed).compactMap(column.share).max() ?? 1
    return tag("td") {
      if let share {
        tag("div", ["class": "bars"]) {
          BarChart.bar(
            most > 0 ? share / most : 0,
            label: "\(profile.segment.name): \(NumberText.percent(share, 1)) of "
              + column.title(in: study).lowercased())
          tag("span") { NumberText.percent(share, 1) }
          tag("small") { column.amount(profile, study.money) }
        }
      } else {
        "–"
      }
    }
  }
}
