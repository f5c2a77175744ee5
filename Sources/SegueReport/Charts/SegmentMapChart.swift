package import SegueProfile

/// Customers on two principal axes, a dot each, with the segments' names at their centres.
package struct SegmentMapChart {
  private static let width = 520.0
  private static let height = 364.0
  private static let lead = 15.0
  private static let frame = Box(x: 38, y: 8, width: 474, height: 314)
  /// Labels are planned larger than they are set, since narrow screens set them larger.
  package static let plannedFontSize = 15.0
  private static let centreRadius = 6.5

  private let map: Report.SegmentMap
  private let segments: [SegmentProfile]
  private let scaleX: LinearScale
  private let scaleY: LinearScale

  /// Segments that are too small to describe are left out: a dot would show a customer.
  package init(_ map: Report.SegmentMap, segments: [SegmentProfile]) {
    func isShown(_ point: Report.SegmentMap.Point) -> Bool {
      segments.indices.contains(point.segment) && segments[point.segment].isDescribed
        && point.x.isFinite && point.y.isFinite
    }
    self.map = Report.SegmentMap(
      points: map.points.filter(isShown), centroids: map.centroids.filter(isShown),
      horizontal: map.horizontal, vertical: map.vertical, note: map.note)
    self.segments = segments
    let all = self.map.points + self.map.centroids
    let frame = SegmentMapChart.frame.inset(by: 10)
    scaleX = LinearScale(all.map(\.x), to: (frame.x, frame.right))
    scaleY = LinearScale(all.map(\.y), to: (frame.bottom, frame.y))
  }

  package var labels: [LabelPlacement.Placed] {
    LabelPlacement(
      frame: SegmentMapChart.frame.inset(by: 3), fontSize: SegmentMapChart.plannedFontSize,
      markRadius: SegmentMapChart.centreRadius
    ).place(
      map.centroids.map { segments[$0.segment].segment.name },
      at: map.centroids.map { (scaleX($0.x), scaleY($0.y)) })
  }

  package var svg: HTML {
    let frame = SegmentMapChart.frame
    let names = map.centroids.map { segments[$0.segment].segment.name }.joined(separator: ", ")
    return SVG.picture(
      width: SegmentMapChart.width, height: SegmentMapChart.height,
      label: "Map of customers on two principal components. Segments: \(names).", class: "chart map"
    ) {
      for step in 1..<6 {
        let x = frame.x + frame.width * Double(step) / 6
        SVG.line(x, frame.y, x, frame.bottom, class: "grid")
      }
      for step in 1..<5 {
        let y = frame.y + frame.height * Double(step) / 5
        SVG.line(frame.x, y, frame.right, y, class: "grid")
      }
      dots
      leaders
      for centre in map.centroids {
        SVG.circle(
          scaleX(centre.x), scaleY(centre.y), SegmentMapChart.centreRadius, class: "centre",
          fill: Palette.fill(segments[centre.segment].segment))
      }
      for label in labels {
        SVG.text(
          anchorX(label), label.box.midY + 4.5, label.text, class: "name", anchor: anchor(label))
      }
      for (index, line) in caption(map.horizontal, frame.width).enumerated() {
        SVG.text(
          frame.midX, frame.bottom + 20 + Double(index) * SegmentMapChart.lead, line, class: "axis",
          anchor: .middle)
      }
      let vertical = caption(map.vertical, frame.height)
      for (index, line) in vertical.enumerated() {
        let x = frame.x - 10 - Double(vertical.count - 1 - index) * SegmentMapChart.lead
        tag(
          "text",
          [
            "x": "0", "y": "0", "class": "axis", "text-anchor": "middle",
            "transform": "translate(\(SVG.number(x)) \(SVG.number(frame.midY))) rotate(-90)",
          ]
        ) { line }
      }
    }
  }

  /// On two lines at most, at the size narrow screens set it in.
  private func caption(_ text: String, _ room: Double) -> [String] {
    var lines = TextFit.wrapped(text, to: room - 20, lines: 2, size: 13)
    let parts = text.split(separator: " · ")
    if lines.count > 1, let last = parts.last {
      // Between the figures and what they are made of, if both halves fit.
      let halves = [parts.dropLast().joined(separator: " · "), String(last)]
      if halves.allSatisfy({ TextFit.width($0, size: 13) <= room - 20 }) { lines = halves }
    }
    if let last = lines.popLast() { lines.append(last + " →") }
    return lines
  }

  /// A group a segment, so that colour and opacity are written once.
  private var dots: [HTML] {
    segments.indices.compactMap { position in
      let own = map.points.filter { $0.segment == position }
      guard !own.isEmpty else { return nil }
      return tag("g", ["class": "dots", "fill": Palette.fill(segments[position].segment)]) {
        for point in own { SVG.circle(scaleX(point.x), scaleY(point.y), 2.2) }
      }
    }
  }

  private var leaders: [HTML] {
    labels.filter(\.needsLeader).map { label in
      let mark = map.centroids[label.mark]
      let (x, y) = (scaleX(mark.x), scaleY(mark.y))
      return SVG.line(
        x, y, min(max(x, label.box.x), label.box.right), min(max(y, label.box.y), label.box.bottom),
        class: "leader")
    }
  }

  /// A label hugs its mark however wide the reader's font turns out.
  private func anchor(_ label: LabelPlacement.Placed) -> SVG.Anchor {
    let x = scaleX(map.centroids[label.mark].x)
    let offset = (x - label.box.midX) / label.box.width
    return offset < -0.25 ? .start : offset > 0.25 ? .end : .middle
  }

  private func anchorX(_ label: LabelPlacement.Placed) -> Double {
    switch anchor(label) {
    case .start: label.box.x
    case .middle: label.box.midX
    case .end: label.box.right
    }
  }
}

/// Maps the range of some values to a range of coordinates.
struct LinearScale {
  private let low: Double
  private let high: Double
  private let target: (Double, Double)

  init(_ values: [Double], to target: (Double, Double)) {
    low = values.min() ?? 0
    high = values.max() ?? 1
    self.target = target
  }

  /// The middle, where all values are the same.
  func callAsFunction(_ value: Double) -> Double {
    guard high > low else { return (target.0 + target.1) / 2 }
    return target.0 + (value - low) / (high - low) * (target.1 - target.0)
  }
}
