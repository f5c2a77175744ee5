import SegueCore

/// Stability and silhouette over the number of segments, with the chosen number marked.
package struct ScanChart {
  private static let width = 520.0
  private static let height = 268.0
  private static let frame = Box(x: 40, y: 12, width: 356, height: 206)
  package static let plannedFontSize = 14.0

  private struct Series {
    var name: String
    var style: String
    var values: [Double?]
  }

  private let scan: Report.Scan
  private let rows: [Report.Scan.Row]
  private let low: Double
  private let high = 1.0

  package init(_ scan: Report.Scan) {
    self.scan = scan
    // A single segment has neither silhouette nor stability.
    rows = scan.rows.filter { $0.k > 1 }.sorted { $0.k < $1.k }
    // Silhouettes can be negative; then the axis reaches down to them.
    let least = rows.compactMap(\.silhouette).filter(\.isFinite).min() ?? 0
    low = least < 0 ? -0.25 * (least / -0.25).rounded(.up) : 0
  }

  private var series: [Series] {
    [
      Series(name: "mean stability", style: "a", values: rows.map(\.meanJaccard)),
      Series(name: "least stable", style: "b", values: rows.map(\.minJaccard)),
      Series(name: "silhouette", style: "c", values: rows.map(\.silhouette)),
    ].filter { $0.values.contains { $0?.isFinite == true } }
  }

  package var svg: HTML {
    let frame = ScanChart.frame
    return SVG.picture(
      width: ScanChart.width, height: ScanChart.height,
      label: "Stability and silhouette for each number of segments; \(scan.chosen) was taken.",
      class: "chart scan"
    ) {
      if let chosen = rows.firstIndex(where: { $0.k == scan.chosen }) {
        SVG.rect(
          Box(x: x(chosen) - 15, y: frame.y - 6, width: 30, height: frame.height + 34), radius: 6,
          class: "chosen")
      }
      for tick in stride(from: low, through: high + 0.01, by: 0.25) {
        SVG.line(frame.x, y(tick), frame.right, y(tick), class: tick == 0.75 ? "grid mark" : "grid")
        SVG.text(frame.x - 8, y(tick) + 4, NumberText.fixed(tick, 2), class: "axis", anchor: .end)
      }
      for (index, row) in rows.enumerated() {
        SVG.text(
          x(index), frame.bottom + 20, "\(row.k)", class: row.k == scan.chosen ? "figure" : "axis",
          anchor: .middle)
      }
      SVG.text(frame.midX, ScanChart.height - 8, "number of segments", class: "axis", anchor: .middle)
      for one in series { line(one) }
      names
    }
  }

  private func x(_ index: Int) -> Double {
    let frame = ScanChart.frame.inset(by: 14)
    guard rows.count > 1 else { return frame.midX }
    return frame.x + frame.width * Double(index) / Double(rows.count - 1)
  }

  private func y(_ value: Double) -> Double {
    let share = (min(high, max(low, value)) - low) / (high - low)
    return ScanChart.frame.bottom - share * ScanChart.frame.height
  }

  private func line(_ series: Series) -> HTML {
    var data = ""
    var isDrawing = false
    for (index, value) in series.values.enumerated() {
      guard let value, value.isFinite else {
        isDrawing = false
        continue
      }
      data += "\(isDrawing ? "L" : "M")\(SVG.number(x(index))) \(SVG.number(y(value)))"
      isDrawing = true
    }
    return tag("g", ["class": "series-\(series.style)"]) {
      SVG.path(data, class: "line")
      for (index, value) in series.values.enumerated() {
        if let value, value.isFinite { SVG.circle(x(index), y(value), 3.2, class: "dot") }
      }
    }
  }

  /// Each at the height of its line's end, pushed apart where lines end together.
  private var names: [HTML] {
    let gap = ScanChart.plannedFontSize + 3
    var ends = series.map { one in
      (one, y(one.values.last { $0?.isFinite == true }.flatMap { $0 } ?? 0))
    }
    ends.sort { $0.1 < $1.1 }
    for index in ends.indices.dropFirst() { ends[index].1 = max(ends[index].1, ends[index - 1].1 + gap) }
    let overshoot = (ends.last?.1 ?? 0) - ScanChart.frame.bottom
    if overshoot > 0 {
      for index in ends.indices.reversed() {
        let limit = index == ends.count - 1 ? ScanChart.frame.bottom : ends[index + 1].1 - gap
        ends[index].1 = min(ends[index].1, limit)
      }
    }
    return ends.map { one, height in
      tag("g", ["class": "series-\(one.style)"]) {
        SVG.text(ScanChart.frame.right + 6, height + 4.5, one.name, class: "series")
      }
    }
  }
}
