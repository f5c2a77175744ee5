import SegueCore
package import SegueProfile

/// When a segment orders: days of the week by hours, the stronger the colour the more of its orders.
package struct WeekHourChart {
  private static let cell = (width: 15.0, height: 17.0)
  private static let gap = 1.5
  private static let margin = (left: 30.0, top: 2.0, bottom: 18.0)
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  package static let width = margin.left + 24 * cell.width
  package static let height = margin.top + 7 * cell.height + margin.bottom

  private let hours: WeekHours
  private let most: Double
  private let name: String

  /// - Parameter most: the share with the strongest colour, the same for all segments that are compared.
  package init(_ hours: WeekHours, of name: String, most: Double) {
    self.hours = hours
    self.most = most
    self.name = name
  }

  /// Where a day and hour stand.
  package static func box(day: Int, hour: Int) -> Box {
    Box(
      x: margin.left + Double(hour) * cell.width, y: margin.top + Double(day) * cell.height,
      width: cell.width, height: cell.height
    ).inset(by: gap / 2)
  }

  /// The day and hour with the most orders, the earliest of equals.
  package var peak: (day: Int, hour: Int) {
    var found = (day: 0, hour: 0)
    for day in 0..<7 {
      for hour in 0..<24 where hours.shares[day][hour] > hours.shares[found.day][found.hour] {
        found = (day, hour)
      }
    }
    return found
  }

  package var svg: HTML {
    let peak = peak
    let share = NumberText.percent(hours.shares[peak.day][peak.hour], 1)
    return SVG.picture(
      width: WeekHourChart.width, height: WeekHourChart.height,
      label: "\(name): orders by day and hour, most on \(WeekHourChart.days[peak.day]) "
        + "at \(WeekHourChart.clock(peak.hour)) (\(share)).", class: "chart weekhours"
    ) {
      for (day, label) in WeekHourChart.days.enumerated() {
        SVG.text(
          WeekHourChart.margin.left - 6, WeekHourChart.box(day: day, hour: 0).midY + 4, label, class: "axis",
          anchor: .end)
        for hour in 0..<24 { node(day, hour) }
      }
      for hour in stride(from: 0, through: 24, by: 6) {
        SVG.text(
          WeekHourChart.margin.left + Double(hour) * WeekHourChart.cell.width, WeekHourChart.height - 4,
          WeekHourChart.clock(hour), class: "axis", anchor: hour == 0 ? .start : hour == 24 ? .end : .middle)
      }
    }
  }

  private func node(_ day: Int, _ hour: Int) -> HTML {
    let share = hours.shares[day][hour]
    return SVG.rect(
      WeekHourChart.box(day: day, hour: hour), radius: 2,
      class: "q q\(RFMGridChart.step(share, most: most))")
  }

  static func clock(_ hour: Int) -> String { "\(hour < 10 ? "0" : "")\(hour):00" }
}
