import SegueProfile

/// An sRGB colour.
package struct Color: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  /// `Color(0x0F766E)`.
  package init(_ hex: UInt32) {
    red = UInt8(truncatingIfNeeded: hex >> 16)
    green = UInt8(truncatingIfNeeded: hex >> 8)
    blue = UInt8(truncatingIfNeeded: hex)
  }

  /// `#0f766e`.
  package var css: String {
    "#"
      + [red, green, blue].map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }
}

/// The colours of segments and of the heat map, in light and in dark.
///
/// Segment colours are ordered so that the first ones differ most, also for the colour-blind: each was
/// picked for its distance from those before it under simulated protanopia, deuteranopia and
/// tritanopia, so neighbours differ in lightness where hue is not enough. No chart relies on colour alone.
package struct Palette: Sendable {
  package var card: Color
  package var page: Color
  package var ink: Color
  /// For areas and marks: at least 3:1 on card and page.
  package var fills: [Color]
  /// For text in the segment's colour, and behind text in the colour of the card: at least 4.5:1.
  package var texts: [Color]
  /// Six steps from nothing to the most, and the text that is legible on each.
  package var ramp: [Color]
  package var rampText: [Color]

  package static let light = Palette(
    card: Color(0xFFFFFF), page: Color(0xF6F7F9), ink: Color(0x14181F),
    fills: [
      0x0F766E, 0x2563EB, 0xC96A08, 0x86198F, 0x64748B, 0xEC4899, 0x1E1B4B, 0x16A34A, 0x7C2D12, 0x0284C7,
      0x052E16, 0xBE123C,
    ].map(Color.init),
    texts: [
      0x0F766E, 0x1D4ED8, 0x9A4F06, 0x86198F, 0x526075, 0xBE1F6B, 0x1E1B4B, 0x12743A, 0x7C2D12, 0x03659B,
      0x052E16, 0xBE123C,
    ].map(Color.init),
    ramp: [0xF1F6F5, 0xD9E9E7, 0xB7D6D3, 0x8FBFBB, 0x61A49E, 0x0F766E].map(Color.init),
    rampText: [0x14181F, 0x14181F, 0x14181F, 0x14181F, 0x14181F, 0xFFFFFF].map(Color.init))

  package static let dark = Palette(
    card: Color(0x161B22), page: Color(0x0E1116), ink: Color(0xE6EAF0),
    fills: [
      0x2DD4BF, 0x60A5FA, 0xF59E0B, 0xE879F9, 0x94A3B8, 0xFB7185, 0xC4B5FD, 0x65C466, 0xC08457, 0xA5E3FC,
      0xD9F99D, 0x8B7CF6,
    ].map(Color.init),
    texts: [
      0x2DD4BF, 0x60A5FA, 0xF59E0B, 0xE879F9, 0x94A3B8, 0xFB7185, 0xC4B5FD, 0x65C466, 0xC98F64, 0xA5E3FC,
      0xD9F99D, 0x9D90F8,
    ].map(Color.init),
    ramp: [0x1B222A, 0x1A3035, 0x1C4346, 0x1F5B5B, 0x27A091, 0x2DD4BF].map(Color.init),
    rampText: [0xE6EAF0, 0xE6EAF0, 0xE6EAF0, 0xE6EAF0, 0x0E1116, 0x0E1116].map(Color.init))

  /// The number of a segment's colour; after the last the first comes again.
  private static func slot(_ color: Int) -> Int { color % light.fills.count + 1 }

  /// `var(--s3)`, for marks.
  static func fill(_ segment: Segment) -> String { fill(color: segment.color) }

  /// - Parameter color: that of a segment, from 0.
  static func fill(color: Int) -> String { "var(--s\(slot(color)))" }

  /// `--c:var(--s3);--ct:var(--t3)`, for everything inside an element of the segment.
  static func style(_ segment: Segment) -> String {
    style(color: segment.color)
  }

  static func style(color: Int) -> String { "--c:var(--s\(slot(color)));--ct:var(--t\(slot(color)))" }

  var properties: HTML.Trusted {
    HTML.Trusted(property: "s", colors: fills) + HTML.Trusted(property: "t", colors: texts)
      + HTML.Trusted(property: "q", colors: ramp) + HTML.Trusted(property: "qt", colors: rampText)
  }
}
