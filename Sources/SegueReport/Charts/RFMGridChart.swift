import SegueCore
package import SegueProfile

/// Customers by recency and frequency score, as a heat map with the names that marketers use.
package struct RFMGridChart {
  private static let width = 520.0
  private static let height = 360.0
  private static let frame = Box(x: 50, y: 8, width: 462, height: 300)
  private static let gap = 3.0
  private static let padding = 7.0
  package static let nameSize = 10.5

  private let grid: RFMGrid
  private let most: Double

  package init(_ grid: RFMGrid) {
    self.grid = grid
    most = grid.cells.map(\.share).max() ?? 0
  }

  /// Where a cell stands; frequency grows upwards.
  package func box(_ cell: RFMGrid.Cell) -> Box {
    let frame = RFMGridChart.frame
    let (width, height) = (frame.width / Double(grid.bins), frame.height / Double(grid.bins))
    return Box(
      x: frame.x + width * Double(cell.recency - 1), y: frame.bottom - height * Double(cell.frequency),
      width: width, height: height
    ).inset(by: RFMGridChart.gap / 2)
  }

  /// The name on as many lines as the cell has room for above its share.
  package func nameLines(_ cell: RFMGrid.Cell) -> [String] {
    let box = box(cell)
    let lines = Int((box.height - 26) / 12)
    guard let name = cell.name, lines > 0 else { return [] }
    return TextFit.wrapped(
      name, to: box.width - 2 * RFMGridChart.padding, lines: min(lines, 2), size: RFMGridChart.nameSize)
  }

  package var svg: HTML {
    let frame = RFMGridChart.frame
    return SVG.picture(
      width: RFMGridChart.width, height: RFMGridChart.height,
      label: "Share of customers by recency score across and frequency score upwards.", class: "chart rfm"
    ) {
      for cell in grid.cells { node(cell) }
      for score in 1...max(1, grid.bins) {
        let middle = (Double(score) - 0.5) / Double(grid.bins)
        SVG.text(
          frame.x - 8, frame.bottom - frame.height * middle + 4, "F \(score)", class: "axis", anchor: .end)
        SVG.text(
          frame.x + frame.width * middle, frame.bottom + 18, "R \(score)", class: "axis", anchor: .middle)
      }
      SVG.text(
        frame.midX, RFMGridChart.height - 10, "Recency score · \(grid.bins) = most recent →", class: "axis",
        anchor: .middle)
      tag(
        "text",
        [
          "x": "0", "y": "0", "class": "axis", "text-anchor": "middle",
          "transform": "translate(12 \(SVG.number(frame.midY))) rotate(-90)",
        ]
      ) { "Frequency score →" }
    }
  }

  private func node(_ cell: RFMGrid.Cell) -> HTML {
    let box = box(cell)
    let step = RFMGridChart.step(cell.share, most: most)
    let lines = nameLines(cell)
    let left = box.x + RFMGridChart.padding
    let share = cell.customers == 0 ? "–" : NumberText.percent(cell.share)
    let fits = TextFit.width(share, size: 12, isBold: true) <= box.width - 4
    let top = box.midY - Double(lines.count) * 6 - 7
    return tag("g") {
      tag("title") {
        "R \(cell.recency), F \(cell.frequency): \(cell.name ?? "nobody"), "
        "\(NumberText.integer(cell.customers)) customers"
      }
      SVG.rect(box, radius: 5, class: "q q\(step)")
      for (index, line) in lines.enumerated() {
        SVG.text(left, top + 10 + Double(index) * 12, line, class: "cellname qt\(step)")
      }
      if fits {
        if lines.isEmpty {
          SVG.text(box.midX, box.midY + 4, share, class: "share qt\(step)", anchor: .middle)
        } else {
          SVG.text(left, top + 12 + Double(lines.count) * 12, share, class: "share qt\(step)")
        }
      }
    }
  }

  /// 1 for an empty cell, 2…6 by share of the fullest.
  static func step(_ share: Double, most: Double) -> Int {
    guard share > 0, most > 0 else { return 1 }
    return min(6, 2 + Int(share / most * 4.999))
  }
}
