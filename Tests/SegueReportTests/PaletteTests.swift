import Foundation
import SegueProfile
import SegueReport
import Testing

@Suite("Palette")
struct PaletteTests {
  static let palettes = [Palette.light, Palette.dark]

  /// WCAG 2.2, contrast ratio of relative luminances.
  private func contrast(_ a: Color, _ b: Color) -> Double {
    func luminance(_ color: Color) -> Double {
      func linear(_ byte: UInt8) -> Double {
        let value = Double(byte) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    }
    let (light, dark) = (max(luminance(a), luminance(b)), min(luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)
  }

  @Test("marks stand out from card and page", arguments: [0, 1])
  func fills(_ index: Int) {
    let palette = PaletteTests.palettes[index]
    #expect(palette.fills.count >= 10)
    for fill in palette.fills {
      #expect(contrast(fill, palette.card) >= 3)
      #expect(contrast(fill, palette.page) >= 3)
    }
  }

  @Test("segments of later studies are given colours out of as many as there are", arguments: [0, 1])
  func size(_ index: Int) {
    #expect(PaletteTests.palettes[index].fills.count == SegmentMatching.colors)
  }

  @Test("text in a segment's colour, and text on it, meets AA", arguments: [0, 1])
  func texts(_ index: Int) {
    let palette = PaletteTests.palettes[index]
    // Text on a colour is white in light mode and the page's colour in dark mode.
    let on = index == 0 ? palette.card : palette.page
    #expect(palette.texts.count == palette.fills.count)
    for text in palette.texts {
      #expect(contrast(text, palette.card) >= 4.5)
      #expect(contrast(text, palette.page) >= 4.5)
      #expect(contrast(text, on) >= 4.5)
    }
  }

  @Test("every step of the heat map carries legible text", arguments: [0, 1])
  func ramp(_ index: Int) {
    let palette = PaletteTests.palettes[index]
    for (step, text) in zip(palette.ramp, palette.rampText) { #expect(contrast(step, text) >= 4.5) }
  }

  @Test("no two segments share a colour", arguments: [0, 1])
  func distinct(_ index: Int) {
    #expect(Set(PaletteTests.palettes[index].fills).count == PaletteTests.palettes[index].fills.count)
  }
}
