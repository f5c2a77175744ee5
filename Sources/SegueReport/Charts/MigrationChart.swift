import SegueCore
package import SegueProfile

/// Who went where: segments of the earlier run on the left, those of now on the right, and bands between them as wide
/// as they hold customers.
///
/// Every segment has a slot as high as its label, so labels never meet. Bands that are withheld are left out; what is
/// left of a bar for them says no more than the margins do.
package struct MigrationChart {
  package static let width = 760.0
  private static let labels = 206.0
  private static let bar = 12.0
  /// Of all customers on one side.
  private static let room = 330.0
  private static let gap = 10.0
  private static let top = 30.0
  package static let lineHeight = 16.0
  package static let plannedFontSize = 13.0

  /// One end of bands.
  private struct Node {
    var end: Migration.End
    var name: [String]
    var slot: Box
    /// Its mark, in the middle of the slot.
    var mark: Box
  }

  private let migration: Migration
  /// Nil for ends nobody is at.
  private let left: [Node?]
  private let right: [Node?]
  private let scale: Double
  private let height: Double

  /// Nil where nobody is in either run.
  package init?(_ migration: Migration) {
    let total = migration.from.reduce(0) { $0 + $1.customers }
    guard total > 0 else { return nil }
    self.migration = migration
    let scale = MigrationChart.room / Double(total)
    self.scale = scale
    let columns = [migration.from, migration.to].enumerated().map { side, ends in
      MigrationChart.stacked(ends, x: side == 0 ? MigrationChart.labels : MigrationChart.rightBar, scale)
    }
    (left, right) = (columns[0], columns[1])
    height = columns.joined().compactMap { $0?.slot.bottom }.max()! + 4
  }

  private static var rightBar: Double { width - labels - bar }

  private static func stacked(_ ends: [Migration.End], x: Double, _ scale: Double) -> [Node?] {
    var y = top
    return ends.map { end in
      guard end.customers > 0 else { return nil }
      let name = TextFit.wrapped(end.name, to: labels - 14, lines: 2, size: plannedFontSize, isBold: true)
      let text = Double(name.count + 1) * lineHeight
      let length = max(1, Double(end.customers) * scale)
      let slot = Box(x: x, y: y, width: bar, height: max(length, text))
      y = slot.bottom + gap
      return Node(
        end: end, name: name, slot: slot,
        mark: Box(x: x, y: slot.midY - length / 2, width: bar, height: length))
    }
  }

  package var svg: HTML {
    SVG.picture(
      width: MigrationChart.width, height: height,
      label:
        "Customers by segment before, on the left, and now, on the right. The table holds the same figures.",
      class: "chart migration"
    ) {
      SVG.text(MigrationChart.labels + MigrationChart.bar, 14, "before", class: "axis", anchor: .end)
      SVG.text(MigrationChart.rightBar, 14, "now", class: "axis")
      bands
      for node in left.compactMap(\.self) { label(node, isLeft: true) }
      for node in right.compactMap(\.self) { label(node, isLeft: false) }
    }
  }

  /// Boxes of all labels, for whoever checks that none covers another.
  package var labelBoxes: [Box] {
    [(left, 0.0), (right, MigrationChart.rightBar + MigrationChart.bar)].flatMap { nodes, x in
      nodes.compactMap { node in
        node.map { node in
          let height = Double(node.name.count + 1) * MigrationChart.lineHeight
          return Box(x: x, y: node.slot.midY - height / 2, width: MigrationChart.labels, height: height)
        }
      }
    }
  }

  private func label(_ node: Node, isLeft: Bool) -> [HTML] {
    let x = isLeft ? node.mark.x - 9 : node.mark.right + 9
    let anchor = isLeft ? SVG.Anchor.end : .start
    let count = Double(node.name.count + 1)
    let first = node.slot.midY - count * MigrationChart.lineHeight / 2 + 12
    let fill = node.end.color.map(Palette.fill(color:)) ?? "var(--mut)"
    return [SVG.rect(node.mark, radius: min(2, node.mark.height / 2), class: "mark", fill: fill)]
      + node.name.enumerated().map { line, text in
        SVG.text(x, first + Double(line) * MigrationChart.lineHeight, text, class: "name", anchor: anchor)
      } + [
        SVG.text(
          x, first + Double(node.name.count) * MigrationChart.lineHeight,
          NumberText.integer(node.end.customers), class: "axis", anchor: anchor)
      ]
  }

  private var bands: [HTML] {
    var drawn: [HTML] = []
    var reached = right.map { $0?.mark.y ?? 0 }
    for (row, node) in left.enumerated() {
      guard let node else { continue }
      var y = node.mark.y
      for (column, target) in right.enumerated() {
        guard let target, row < left.count - 1 || column < right.count - 1 else { continue }
        let cell = migration.cell(row, column)
        guard let customers = cell.customers, customers > 0 else { continue }
        let thickness = Double(customers) * scale
        let share = cell.share.map { " (\(NumberText.percent($0, 1)))" } ?? ""
        drawn.append(
          tag("g") {
            tag("title") {
              "\(node.end.name) → \(target.end.name): \(NumberText.count(customers, "customer"))\(share)"
            }
            SVG.path(
              MigrationChart.band(
                from: (node.mark.right, y), to: (target.mark.x, reached[column]), thickness),
              class: "flow",
              fill: node.end.color.map(Palette.fill(color:)) ?? "var(--mut)")
          })
        y += thickness
        reached[column] += thickness
      }
    }
    return drawn
  }

  private static func band(
    from a: (x: Double, y: Double), to b: (x: Double, y: Double), _ thickness: Double
  ) -> String {
    let middle = (a.x + b.x) / 2
    func point(_ x: Double, _ y: Double) -> String { "\(SVG.number(x)) \(SVG.number(y))" }
    return "M\(point(a.x, a.y))C\(point(middle, a.y)) \(point(middle, b.y)) \(point(b.x, b.y))"
      + "V\(SVG.number(b.y + thickness))"
      + "C\(point(middle, b.y + thickness)) \(point(middle, a.y + thickness)) \(point(a.x, a.y + thickness))Z"
  }
}
