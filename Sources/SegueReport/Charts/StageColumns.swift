/// The columns that the pictures of a journey share with the grid below them.
///
/// A picture is one gap wider than the grid's columns together, so that column i starts at i pitches
/// in both, whatever the width.
struct StageColumns {
  static let width = 1040.0
  static let gap = 6.0

  let count: Int

  var pitch: Double { StageColumns.width / Double(max(1, count)) }

  func left(_ stage: Int) -> Double { Double(stage) * pitch }
  func right(_ stage: Int) -> Double { Double(stage + 1) * pitch - StageColumns.gap }
  func middle(_ stage: Int) -> Double { (left(stage) + right(stage)) / 2 }

  /// Diagonal strokes inside a box: drawn one by one, since a pattern would need a reference to resolve.
  static func hatching(_ box: Box) -> HTML {
    var data = ""
    for offset in stride(from: box.x - box.height + 8, to: box.right, by: 8) {
      // From the bottom edge up to the right, cut off at the sides of the box.
      let start = max(offset, box.x)
      let end = min(offset + box.height, box.right)
      guard end > start else { continue }
      data += "M\(SVG.number(start)) \(SVG.number(box.bottom - (start - offset)))"
      data += "L\(SVG.number(end)) \(SVG.number(box.bottom - (end - offset)))"
    }
    return SVG.path(data, class: "hatch")
  }
}
