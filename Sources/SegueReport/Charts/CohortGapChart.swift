import SegueCore
package import SegueProfile

/// How long customers who came back had stayed away: gaps between order days, by length.
package struct CohortGapChart {
  private static let width = 600.0
  private static let height = 330.0
  private static let frame = Box(x: 44, y: 30, width: 546, height: 246)

  private let gaps: OrderGaps
  private let top: Double

  package init(_ gaps: OrderGaps) {
    self.gaps = gaps
    let most = gaps.bins.map { Double($0.gaps) / Double(max(1, gaps.days.n)) }.max() ?? 1
    let step = CohortGapChart.step(most)
    top = max(step, (most / step).rounded(.up) * step)
  }

  private static func step(_ most: Double) -> Double {
    [0.01, 0.02, 0.05, 0.1, 0.2].first { most / $0 <= 5 } ?? 0.25
  }

  package var svg: HTML {
    let frame = CohortGapChart.frame
    return SVG.picture(
      width: CohortGapChart.width, height: CohortGapChart.height,
      label: "Days between orders of the same customer: half of the gaps are at most "
        + "\(NumberText.fixed(gaps.days.median)) days long.", class: "chart gaps"
    ) {
      for share in stride(from: 0, through: top + 1e-9, by: CohortGapChart.step(top)) {
        SVG.line(frame.x, y(share), frame.right, y(share), class: "grid")
        SVG.text(frame.x - 8, y(share) + 4, NumberText.percent(share, 0), class: "axis", anchor: .end)
      }
      for (index, bin) in gaps.bins.enumerated() { bar(index, bin) }
      axis
      SVG.text(
        frame.midX, CohortGapChart.height - 8, "days from one order to the next", class: "axis",
        anchor: .middle)
      median
    }
  }

  private var barWidth: Double { CohortGapChart.frame.width / Double(max(1, gaps.bins.count)) }

  private func y(_ share: Double) -> Double {
    CohortGapChart.frame.bottom - CohortGapChart.frame.height * min(1, share / top)
  }

  private func share(_ bin: OrderGaps.Bin) -> Double { Double(bin.gaps) / Double(max(1, gaps.days.n)) }

  private func bar(_ index: Int, _ bin: OrderGaps.Bin) -> HTML {
    let frame = CohortGapChart.frame
    let height = max(frame.bottom - y(share(bin)), bin.gaps > 0 ? 1 : 0)
    return tag("g") {
      tag("title") {
        "\(CohortText.range(bin)): \(NumberText.count(bin.gaps, "gap")), \(NumberText.percent(share(bin), 1))"
      }
      SVG.rect(
        Box(
          x: frame.x + Double(index) * barWidth + 1, y: frame.bottom - height, width: barWidth - 2,
          height: height), radius: 2, class: bin.through == nil ? "fill rest" : "fill")
    }
  }

  /// Lengths stand at the borders of bins; what is longer than all has a name in place of a length.
  private var axis: [HTML] {
    let frame = CohortGapChart.frame
    let ends = gaps.bins.filter { $0.through != nil }
    let every = max(1, (ends.count + 6) / 7)
    var labels = [SVG.text(frame.x, frame.bottom + 20, "0", class: "axis", anchor: .middle)]
    for (index, bin) in ends.enumerated() where (index + 1).isMultiple(of: every) {
      // Not under the name of the last bin.
      if gaps.bins.count > ends.count, Double(ends.count - index - 1) * barWidth < 34 { continue }
      labels.append(
        SVG.text(
          frame.x + Double(index + 1) * barWidth, frame.bottom + 20, NumberText.integer(bin.through ?? 0),
          class: "axis", anchor: .middle))
    }
    if gaps.bins.count > ends.count {
      labels.append(SVG.text(frame.right, frame.bottom + 20, "longer", class: "axis", anchor: .end))
    }
    return labels
  }

  private var median: [HTML] {
    let frame = CohortGapChart.frame
    let width = gaps.bins.first?.through ?? 1
    let reach = gaps.bins.reduce(0) { max($0, $1.through ?? 0) }
    guard gaps.days.median <= Double(reach) else { return [] }
    let x = frame.x + gaps.days.median / Double(width) * barWidth
    let isLate = x > frame.midX
    return [
      SVG.line(x, frame.y - 12, x, frame.bottom, class: "mark"),
      SVG.text(
        x + (isLate ? -7 : 7), frame.y - 4, "half within \(NumberText.fixed(gaps.days.median)) days",
        class: "name", anchor: isLate ? .end : .start),
    ]
  }
}
