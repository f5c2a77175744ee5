import SegueCore
package import SegueProfile

/// Cumulative gains: the share of later revenue from the first so many customers of each method.
package struct GainsChart {
  private static let width = 560.0
  private static let height = 340.0
  private static let frame = Box(x: 46, y: 12, width: 340, height: 270)
  package static let plannedFontSize = 14.0

  private struct Series {
    var name: String
    var style: String
    var gains: [Backtest.Gain]
  }

  private let series: [Series]
  private let perfect: [Backtest.Gain]

  /// Nil without curves, as where no revenue came later.
  package init?(_ backtest: Backtest) {
    let styles = ["a", "b", "c", "d"]
    let methods = backtest.methods.filter { !$0.gains.isEmpty }
    guard !methods.isEmpty else { return nil }
    var drawn = methods.filter { !$0.method.isSingleFigure }.prefix(styles.count).enumerated().map {
      Series(name: $1.method.title, style: styles[$0], gains: $1.gains)
    }
    // Of the single figures the one that does best: it is the one to beat.
    let simplest = methods.filter { $0.method.isSingleFigure }
      .max { ($0[.gini]?.value ?? -1) < ($1[.gini]?.value ?? -1) }
    if let simplest {
      drawn.append(Series(name: simplest.method.title, style: "rule", gains: simplest.gains))
    }
    series = drawn
    perfect = backtest.perfectGains
  }

  package var svg: HTML {
    let frame = GainsChart.frame
    return SVG.picture(
      width: GainsChart.width, height: GainsChart.height,
      label: "Share of later revenue by share of customers, in the order of each method.",
      class: "chart gains"
    ) {
      for tick in stride(from: 0.0, through: 1.01, by: 0.25) {
        SVG.line(frame.x, y(tick), frame.right, y(tick), class: "grid")
        SVG.text(frame.x - 8, y(tick) + 4.5, NumberText.percent(tick, 0), class: "axis", anchor: .end)
        SVG.text(x(tick), frame.bottom + 20, NumberText.percent(tick, 0), class: "axis", anchor: .middle)
      }
      SVG.text(
        frame.midX, GainsChart.height - 10, "of customers, most promising first", class: "axis",
        anchor: .middle)
      SVG.line(x(0), y(0), x(1), y(1), class: "chance")
      if !perfect.isEmpty { SVG.path(path(perfect), class: "perfect") }
      for one in series.reversed() {
        tag("g", ["class": "series-\(one.style)"]) { SVG.path(path(one.gains), class: "line") }
      }
      names
    }
  }

  private func x(_ share: Double) -> Double { GainsChart.frame.x + share * GainsChart.frame.width }

  /// Refunds can lift a curve above all of the revenue for a while, or start it below nothing.
  private func y(_ share: Double) -> Double {
    GainsChart.frame.bottom - min(1.02, max(-0.02, share)) * GainsChart.frame.height
  }

  private func path(_ gains: [Backtest.Gain]) -> String {
    var data = ""
    for gain in gains {
      data += "\(data.isEmpty ? "M" : "L")\(SVG.number(x(gain.customers))) \(SVG.number(y(gain.revenue)))"
    }
    return data
  }

  /// A key beside the chart, in the order in which the curves stand at a third of the customers.
  private var names: [HTML] {
    let order = series.sorted { GainsChart.third($0.gains) > GainsChart.third($1.gains) }
    let left = GainsChart.frame.right + 14
    let step = GainsChart.plannedFontSize + 10
    var keys: [HTML] = []
    var height = 28.0
    func key(_ name: String, _ style: String, _ line: String) {
      keys.append(
        tag("g", ["class": style]) {
          SVG.line(left, height - 4.5, left + 22, height - 4.5, class: line)
          SVG.text(left + 28, height, name, class: "axis")
        })
      height += step
    }
    if !perfect.isEmpty { key("a perfect order", "whole", "perfect") }
    for one in order { key(one.name, "series-\(one.style)", "line") }
    key("chance", "whole", "chance")
    return keys
  }

  private static func third(_ gains: [Backtest.Gain]) -> Double { gains[min(33, gains.count - 1)].revenue }
}
