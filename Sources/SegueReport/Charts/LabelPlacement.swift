/// Puts labels beside their marks so that none covers another label or a mark, or leaves the frame.
///
/// Each label takes the nearest free place, in the order given; what finds none is shortened, and left out
/// if that does not help either. A legend elsewhere names everything.
package struct LabelPlacement {
  package struct Placed: Sendable {
    /// Index of the mark.
    package var mark: Int
    package var text: String
    package var box: Box
    /// Whether it stands too far off to be understood without a line.
    package var needsLeader: Bool
  }

  private static let step = 4.0
  private static let shortest = 48.0

  package var frame: Box
  package var fontSize: Double
  package var markRadius: Double

  package init(frame: Box, fontSize: Double, markRadius: Double) {
    self.frame = frame
    self.fontSize = fontSize
    self.markRadius = markRadius
  }

  /// - Complexity: O(labels² · frame area / 16).
  package func place(_ names: [String], at marks: [(x: Double, y: Double)]) -> [Placed] {
    let dots = marks.map { mark in
      let reach = markRadius + 1
      return Box(x: mark.x - reach, y: mark.y - reach, width: 2 * reach, height: 2 * reach)
    }
    var placed: [Placed] = []
    for (index, name) in names.enumerated() {
      for room in [frame.width * 0.65, frame.width * 0.35, LabelPlacement.shortest] {
        guard let text = TextFit.shortened(name, to: room, size: fontSize, isBold: true) else { continue }
        let width = TextFit.width(text, size: fontSize, isBold: true)
        let taken = dots + placed.map(\.box)
        guard let spot = spot(for: width, beside: marks[index], avoiding: taken) else { continue }
        placed.append(
          Placed(mark: index, text: text, box: spot.box, needsLeader: spot.distance > markRadius + 12))
        break
      }
    }
    return placed
  }

  private func spot(
    for width: Double, beside mark: (x: Double, y: Double), avoiding taken: [Box]
  ) -> (box: Box, distance: Double)? {
    let height = fontSize * 1.35
    let gap = markRadius + 4
    // Where a reader looks first: right, left, above, below.
    let preferred = [
      (mark.x + gap, mark.y - height / 2), (mark.x - gap - width, mark.y - height / 2),
      (mark.x - width / 2, mark.y - gap - height), (mark.x - width / 2, mark.y + gap),
    ]
    for (x, y) in preferred {
      let box = Box(x: x, y: y, width: width, height: height)
      if frame.contains(box), !taken.contains(where: box.overlaps) { return (box, gap) }
    }
    var best: (box: Box, distance: Double)?
    for x in stride(from: frame.x, through: frame.right - width, by: LabelPlacement.step) {
      for y in stride(from: frame.y, through: frame.bottom - height, by: LabelPlacement.step) {
        let box = Box(x: x, y: y, width: width, height: height)
        let distance = box.distance(to: mark)
        if distance < (best?.distance ?? .infinity), !taken.contains(where: box.overlaps) {
          best = (box, distance)
        }
      }
    }
    return best
  }
}

extension Box {
  func distance(to point: (x: Double, y: Double)) -> Double {
    let dx = max(x - point.x, 0, point.x - right)
    let dy = max(y - point.y, 0, point.y - bottom)
    return (dx * dx + dy * dy).squareRoot()
  }
}
