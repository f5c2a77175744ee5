/// Helpers for inline SVG: numbers, labelled pictures, the few shapes that charts are made of.
package enum SVG {
  /// One decimal at most: `12`, `12.5`, never `-0`. What is no number becomes 0.
  package static func number(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "0" }
    let tenths = Int64((value * 10).rounded(.toNearestOrAwayFromZero))
    let text = String(tenths.magnitude / 10)
    let sign = tenths < 0 ? "-" : ""
    return tenths % 10 == 0 ? sign + text : "\(sign)\(text).\(tenths.magnitude % 10)"
  }

  /// A picture with a name for those who cannot see it.
  package static func picture(
    width: Double, height: Double, label: String, class name: String, stretches: Bool = false,
    @HTMLBuilder _ children: () -> [HTML]
  ) -> HTML {
    tag(
      "svg",
      [
        "viewBox": "0 0 \(number(width)) \(number(height))", "role": "img", "aria-label": label,
        "class": name,
        "preserveAspectRatio": stretches ? "none" : nil,
      ]
    ) {
      tag("title") { label }
      children()
    }
  }

  package enum Anchor: String, Sendable {
    case start
    case middle
    case end
  }

  static func text(
    _ x: Double, _ y: Double, _ text: String, class name: String, anchor: Anchor = .start
  ) -> HTML {
    tag(
      "text",
      [
        "x": number(x), "y": number(y), "class": name,
        "text-anchor": anchor == .start ? nil : anchor.rawValue,
      ]
    ) { text }
  }

  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String) -> HTML {
    shape(
      "line", ["x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2), "class": name])
  }

  static func circle(
    _ x: Double, _ y: Double, _ radius: Double, class name: String? = nil, fill: String? = nil
  ) -> HTML {
    shape("circle", ["cx": number(x), "cy": number(y), "r": number(radius), "class": name, "fill": fill])
  }

  static func rect(_ box: Box, radius: Double = 0, class name: String, fill: String? = nil) -> HTML {
    shape(
      "rect",
      [
        "x": number(box.x), "y": number(box.y), "width": number(box.width), "height": number(box.height),
        "rx": radius > 0 ? number(radius) : nil, "class": name, "fill": fill,
      ])
  }

  static func path(_ data: String, class name: String, fill: String? = nil, stroke: String? = nil) -> HTML {
    shape("path", ["d": data, "class": name, "fill": fill, "stroke": stroke])
  }
}

/// A rectangle; y grows downwards.
package struct Box: Hashable, Sendable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  package var right: Double { x + width }
  package var bottom: Double { y + height }
  package var midX: Double { x + width / 2 }
  package var midY: Double { y + height / 2 }

  package func overlaps(_ other: Box) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  package func contains(_ other: Box) -> Bool {
    other.x >= x && other.y >= y && other.right <= right && other.bottom <= bottom
  }

  func inset(by margin: Double) -> Box {
    Box(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }
}
