package import SegueCore
package import SegueValue

/// Cumulative repeat order days over time, as they came and as the model had it, with the split marked.
package struct TrackingChart {
  private static let width = 500.0
  private static let height = 290.0
  private static let frame = Box(x: 60, y: 34, width: 342, height: 204)
  package static let plannedFontSize = 14.0

  private let holdout: Holdout
  private let track: [Holdout.Track]
  private let firstDay: CalendarDay?
  private let unitDays: Double

  /// - Parameter firstDay: day 0 of the tracking plot.
  /// - Returns: nil where there is nothing to draw.
  package init?(_ holdout: Holdout, firstDay: CalendarDay?, unitDays: Double) {
    self.holdout = holdout
    self.firstDay = firstDay
    self.unitDays = unitDays
    track = holdout.track.filter { $0.time.isFinite && $0.actual.isFinite && $0.expected.isFinite }
    guard track.count == holdout.track.count, track.count > 1,
      holdout.track.indices.contains(
        holdout.calibrationEnd), endTime > 0, most > 0
    else { return nil }
  }

  private var endTime: Double { track.map(\.time).max() ?? 0 }
  private var most: Double { track.map { max($0.actual, $0.expected) }.max() ?? 0 }

  package var svg: HTML {
    let frame = TrackingChart.frame
    let split = x(track[holdout.calibrationEnd].time)
    return SVG.picture(
      width: TrackingChart.width, height: TrackingChart.height, label: label, class: "chart track"
    ) {
      SVG.rect(Box(x: split, y: frame.y, width: frame.right - split, height: frame.height), class: "foretold")
      for tick in ticks {
        SVG.line(frame.x, y(tick), frame.right, y(tick), class: "grid")
        SVG.text(frame.x - 8, y(tick) + 4, NumberText.integer(Int(tick)), class: "axis", anchor: .end)
      }
      for (time, text) in dates { SVG.text(x(time), frame.bottom + 20, text, class: "axis", anchor: .middle) }
      SVG.line(split, frame.y - 4, split, frame.bottom, class: "cut")
      periods(split)
      line("actual", \.actual)
      line("expected", \.expected)
      names
      SVG.text(
        frame.midX, TrackingChart.height - 8, "repeat order days of all customers",
        class: "axis", anchor: .middle)
    }
  }

  private var label: String {
    let last = track[track.count - 1]
    return "Cumulative repeat order days: \(NumberText.fixed(last.actual)) came by the end, "
      + "the model had \(NumberText.fixed(last.expected))."
  }

  private func x(_ time: Double) -> Double {
    TrackingChart.frame.x + TrackingChart.frame.width * time / endTime
  }

  private func y(_ value: Double) -> Double {
    TrackingChart.frame.bottom - TrackingChart.frame.height * min(1, max(0, value / (ticks.last ?? most)))
  }

  /// Round numbers from 0 to the first above the most.
  private var ticks: [Double] {
    var step = 1.0
    var factors = [2.0, 2.5, 2.0]
    while step * 5 < most {
      step = (step * factors[0]).rounded(.up)
      factors.append(factors.removeFirst())
    }
    return (0...Int((most / step).rounded(.up))).map { Double($0) * step }
  }

  /// First days of months, five of them at the most; units of time where no day is known.
  private var dates: [(Double, String)] {
    guard let firstDay else { return numbers }
    let last = firstDay.adding(days: Int(endTime * unitDays))
    let (start, end) = (TrackingChart.month(firstDay), TrackingChart.month(last))
    guard end - start >= 3,
      let step = [1, 2, 3, 6, 12, 24, 60, 120].first(where: { (end - start) / $0 <= 4 })
    else { return numbers }
    return (start...end).compactMap { month in
      guard month % step == 0, let day = CalendarDay(year: month / 12, month: month % 12 + 1, day: 1),
        day >= firstDay
      else { return nil }
      let text = step >= 12 ? "\(month / 12)" : "\(CalendarDay.monthNames[month % 12]) \(month / 12)"
      return (Double(firstDay.days(until: day)) / unitDays, text)
    }
  }

  private var numbers: [(Double, String)] {
    (0...4).map { part in
      let time = endTime * Double(part) / 4
      return (time, part == 0 ? "day 0" : NumberText.fixed(time * unitDays))
    }
  }

  private static func month(_ day: CalendarDay) -> Int {
    let (year, month, _) = day.civil
    return year * 12 + month - 1
  }

  /// Left of the split what the model saw, right of it what it did not.
  private func periods(_ split: Double) -> [HTML] {
    let (frame, size) = (TrackingChart.frame, TrackingChart.plannedFontSize)
    let sides = [
      ("the model saw this", split - frame.x, split - 8, SVG.Anchor.end),
      ("and foretold this", TrackingChart.width - split, split + 8, .start),
    ]
    return sides.compactMap { text, room, place, anchor in
      TextFit.width(text, size: size) + 8 <= room
        ? SVG.text(place, frame.y - 12, text, class: "axis", anchor: anchor) : nil
    }
  }

  private func line(_ style: String, _ value: (Holdout.Track) -> Double) -> HTML {
    let data = track.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(SVG.number(x(point.time))) \(SVG.number(y(value(point))))"
    }.joined()
    return SVG.path(data, class: "line \(style)")
  }

  /// Each at the height of its line's end, pushed apart where lines end together.
  private var names: [HTML] {
    let gap = TrackingChart.plannedFontSize + 3
    let last = track[track.count - 1]
    var (actual, expected) = (y(last.actual), y(last.expected))
    let missing = (gap - (actual - expected).magnitude) / 2
    if missing > 0 {
      let sign = actual < expected ? -1.0 : 1.0
      (actual, expected) = (actual + sign * missing, expected - sign * missing)
    }
    let left = TrackingChart.frame.right + 6
    return [
      SVG.text(left, actual + 4.5, "came", class: "series actual"),
      SVG.text(left, expected + 4.5, "expected", class: "series expected"),
    ]
  }
}
