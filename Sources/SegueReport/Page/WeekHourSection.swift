import SegueCore
import SegueProfile

/// When each segment orders, side by side.
extension Report {
  var weekHourCard: HTML? {
    let shown = study.segments.filter { $0.weekHours != nil }
    guard let most = shown.compactMap({ $0.weekHours?.shares.joined().max() }).max(), most > 0 else {
      return nil
    }
    return tag("div", ["class": "card", "id": "week"]) {
      tag("h3") {
        "When they order"
        tag("small") { "share of a segment’s orders by weekday and hour" }
      }
      tag("ul", ["class": "weeks"]) {
        for profile in shown {
          if let hours = profile.weekHours {
            tag("li", ["style": Palette.style(profile.segment)]) {
              tag("p", ["class": "key"]) {
                tag("span", ["class": "sw"])
                tag("span") { profile.segment.name }
                tag("small") { "\(NumberText.integer(hours.orders)) orders" }
              }
              WeekHourChart(hours, of: profile.segment.name, most: most).svg
            }
          }
        }
      }
      tag("p", ["class": "note"]) {
        tag("span", ["class": "ramp", "aria-hidden": "true"]) {
          for step in 1...6 { tag("i", ["style": "background:var(--q\(step))"]) }
        }
        "From no order to \(NumberText.percent(most, 1)) of a segment’s orders in one hour of the week. The colours mean the "
          + "same in every segment. Segments with fewer than \(WeekHours.fewestOrders) orders have no chart."
      }
    }
  }
}
