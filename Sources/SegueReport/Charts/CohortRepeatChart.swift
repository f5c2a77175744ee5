import SegueCore
package import SegueProfile

/// The share of customers who have ordered again, by days since the order before: a step curve for the
/// second order with its 95 % band, and thinner ones for the third and the fourth.
package struct CohortRepeatChart {
  private static let width = 600.0
  private static let height = 330.0
  private static let frame = Box(x: 44, y: 14, width: 446, height: 262)
  package static let plannedFontSize = 14.0

  private let curves: [RepeatCurve]
  private let days: Double
  private let top: Double

  /// - Parameter curves: at least one, that of the second order first.
  package init(_ curves: [RepeatCurve]) {
    self.curves = curves
    days = Double(max(1, curves.map(\.end.day).max() ?? 1))
    let highest = curves.enumerated().map { index, curve in
      curve.points.map { index == 0 ? $0.interval.high : $0.share }.filter(\.isFinite).max() ?? 0
    }.max()
    top = min(1, max(0.1, ((highest ?? 1) * 10 + 0.2).rounded(.up) / 10))
  }

  package var svg: HTML {
    let frame = CohortRepeatChart.frame
    return SVG.picture(
      width: CohortRepeatChart.width, height: CohortRepeatChart.height, label: label, class: "chart repeat"
    ) {
      for share in shares {
        SVG.line(frame.x, y(share), frame.right, y(share), class: "grid")
        SVG.text(frame.x - 8, y(share) + 4, NumberText.percent(share, 0), class: "axis", anchor: .end)
      }
      for day in ticks {
        SVG.text(x(day), frame.bottom + 20, NumberText.integer(day), class: "axis", anchor: .middle)
      }
      SVG.text(
        frame.midX, CohortRepeatChart.height - 8, "days after the order before", class: "axis",
        anchor: .middle)
      if let first = curves.first { band(first) }
      if let mark = curves.first?.headline { marker(mark) }
      for (index, curve) in curves.enumerated().reversed() {
        tag("g", ["class": CohortRepeatChart.style(index)]) { SVG.path(line(curve), class: "line") }
      }
      if let mark = curves.first?.headline {
        tag("g", ["class": CohortRepeatChart.style(0)]) {
          SVG.circle(x(mark.day), y(mark.share), 4, class: "dot")
        }
        SVG.text(
          x(mark.day) + 9, min(y(mark.share) + 20, frame.bottom - 6),
          "\(NumberText.percent(mark.share, 1)) within \(mark.day) days", class: "name")
      }
      names
    }
  }

  private var label: String {
    guard let curve = curves.first, let mark = curve.headline else {
      return "Share of customers who have ordered again, by days since the order before."
    }
    return "Share of customers who have ordered again, by days since the order before: "
      + "\(NumberText.percent(mark.share, 1)) within \(mark.day) days, "
      + "\(NumberText.percent(curve.end.share, 1)) within \(curve.end.day)."
  }

  /// Not more than five lines across.
  private var shares: [Double] {
    let step = top > 0.5 ? 0.2 : top > 0.2 ? 0.1 : 0.05
    return Array(stride(from: 0, through: top + 1e-9, by: step))
  }

  private var ticks: [Int] {
    let step = [1, 7, 14, 30, 60, 90, 180, 365, 730].first { days / Double($0) <= 8 } ?? 1_825
    return Array(stride(from: 0, through: Int(days), by: step))
  }

  private func x(_ day: Int) -> Double {
    CohortRepeatChart.frame.x + CohortRepeatChart.frame.width * Double(day) / days
  }

  private func y(_ share: Double) -> Double {
    CohortRepeatChart.frame.bottom
      - CohortRepeatChart.frame.height * min(1, max(0, share.isFinite ? share : 0) / top)
  }

  private func line(_ curve: RepeatCurve) -> String {
    steps(curve.points, \.share, startsPath: true)
  }

  private func steps(
    _ points: [RepeatCurve.Point], _ share: (RepeatCurve.Point) -> Double, startsPath: Bool
  ) -> String {
    var data = ""
    for (index, point) in points.enumerated() {
      let (x, y) = (SVG.number(x(point.day)), SVG.number(y(share(point))))
      data += index == 0 ? "\(startsPath ? "M" : "L")\(x) \(y)" : "H\(x)V\(y)"
    }
    return data
  }

  /// Along the upper limits and back along the lower ones.
  private func band(_ curve: RepeatCurve) -> HTML {
    var data = steps(curve.points, \.interval.high, startsPath: true)
    var previous: RepeatCurve.Point?
    for point in curve.points.reversed() {
      let (px, py) = (SVG.number(x(point.day)), SVG.number(y(point.interval.low)))
      // A step down to the level before a day comes at that day.
      data += previous == nil ? "L\(px) \(py)" : "V\(py)H\(px)"
      previous = point
    }
    return tag("g", ["class": CohortRepeatChart.style(0)]) { SVG.path(data + "Z", class: "band") }
  }

  private func marker(_ mark: RepeatCurve.Point) -> HTML {
    SVG.line(
      x(mark.day), y(mark.share), x(mark.day), CohortRepeatChart.frame.bottom, class: "mark")
  }

  /// Each where its curve ends, pushed apart where curves end together.
  private var names: [HTML] {
    let gap = CohortRepeatChart.plannedFontSize + 3
    let frame = CohortRepeatChart.frame
    var ends = curves.enumerated().map { (index: $0, end: $1.end, y: y($1.end.share), order: $1.order) }
    ends.sort { ($0.y, $0.index) < ($1.y, $1.index) }
    for index in ends.indices.dropFirst() { ends[index].y = max(ends[index].y, ends[index - 1].y + gap) }
    for index in ends.indices.reversed() {
      let limit = index == ends.count - 1 ? frame.bottom : ends[index + 1].y - gap
      ends[index].y = min(ends[index].y, limit)
    }
    return ends.map { end in
      tag("g", ["class": CohortRepeatChart.style(end.index)]) {
        SVG.text(
          min(x(end.end.day), frame.right) + 7, end.y + 4.5, "\(CohortText.ordinal(end.order)) order",
          class: "series")
      }
    }
  }

  /// Colours of the scan's lines serve here too.
  private static func style(_ index: Int) -> String {
    "series-\(["a", "b", "c"][min(index, 2)])\(index == 0 ? "" : " thin")"
  }
}
