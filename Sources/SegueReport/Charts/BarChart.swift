import SegueCore

/// The small bars in tables and cards.
package enum BarChart {
  /// A bar from the left; `share` of the whole width.
  package static func bar(_ share: Double, label: String) -> HTML {
    let width = min(1, max(0, share.isFinite ? share : 0)) * 92
    return SVG.picture(width: 92, height: 10, label: label, class: "bar", stretches: true) {
      SVG.rect(
        Box(x: 0, y: 0, width: max(width, 2), height: 10), radius: min(3, max(width, 2) / 2), class: "fill")
    }
  }

  /// A bar from the middle: to the right for more than others, to the left for less. `effect` is −1…1.
  package static func diverging(_ effect: Double, label: String) -> HTML {
    let reach = min(1, max(-1, effect.isFinite ? effect : 0)) * 50
    return SVG.picture(width: 100, height: 8, label: label, class: "lift", stretches: true) {
      SVG.rect(Box(x: 0, y: 0, width: 100, height: 8), radius: 4, class: "track")
      SVG.rect(
        Box(x: min(50, 50 + reach), y: 0, width: max(reach.magnitude, 0.8), height: 8),
        class: reach < 0 ? "fill less" : "fill")
      SVG.rect(Box(x: 49.4, y: 0, width: 1.2, height: 8), class: "zero")
    }
  }
}
