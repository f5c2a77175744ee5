import SegueCore
package import SegueJourney
import SegueProfile

/// How satisfied answers are along the stages. Drawn where there are answers and nowhere else.
package struct EmotionChart {
  package static let height = 116.0
  private static let top = 30.0
  private static let bottom = 100.0

  private let map: JourneyMap
  private let columns: StageColumns
  /// By stage, the answers the curve goes through and the rest.
  private let main: [Int: JourneyMap.Emotion]

  package init(_ map: JourneyMap) {
    self.map = map
    columns = StageColumns(count: map.stages.count)
    var main: [Int: JourneyMap.Emotion] = [:]
    for emotion in map.emotions where map.stages.indices.contains(emotion.stage) {
      // Most answers win; the first of equals. Questions are never blended into one figure.
      if emotion.n > main[emotion.stage]?.n ?? 0 { main[emotion.stage] = emotion }
    }
    self.main = main
  }

  package var svg: HTML? {
    guard !main.isEmpty else { return nil }
    return SVG.picture(
      width: StageColumns.width, height: EmotionChart.height, label: label, class: "chart emotion"
    ) {
      SVG.line(0, y(0), StageColumns.width - StageColumns.gap, y(0), class: "grid")
      SVG.text(2, 12, "satisfied", class: "axis")
      SVG.text(2, EmotionChart.height - 4, "frustrated", class: "axis")
      SVG.path(curve, class: "curve")
      for stage in map.stages.indices {
        if let emotion = main[stage] {
          point(emotion)
        } else {
          SVG.text(columns.middle(stage), y(0) - 6, "no answers", class: "axis", anchor: .middle)
        }
      }
    }
  }

  private var label: String {
    let parts = map.stages.indices.map { stage in
      "\(map.stages[stage].name) " + (main[stage].map(EmotionChart.text) ?? "no answers")
    }
    return "What customers say of each stage: " + parts.joined(separator: ", ")
  }

  private func y(_ level: Double) -> Double {
    let share = (min(1, max(-1, level)) + 1) / 2
    return EmotionChart.bottom - share * (EmotionChart.bottom - EmotionChart.top)
  }

  /// Joins neighbours only: across a stage without answers there is nothing to draw.
  private var curve: String {
    var data = ""
    for stage in map.stages.indices {
      guard let here = main[stage], let before = main[stage - 1] else { continue }
      let (x0, x1) = (columns.middle(stage - 1), columns.middle(stage))
      let middle = (x0 + x1) / 2
      let numbers = [x0, y(before.level), middle, y(before.level), middle, y(here.level), x1, y(here.level)]
        .map(SVG.number)
      data += "M\(numbers[0]) \(numbers[1])C\(numbers[2]) \(numbers[3]) \(numbers[4]) \(numbers[5]) "
      data += "\(numbers[6]) \(numbers[7])"
    }
    return data
  }

  private func point(_ emotion: JourneyMap.Emotion) -> HTML {
    let (x, y) = (columns.middle(emotion.stage), y(emotion.level))
    let others = map.emotions.filter { $0.stage == emotion.stage && $0.metric != emotion.metric }
    let text = ([emotion] + others).map(EmotionChart.text).joined(separator: " · ")
    return tag("g") {
      tag("title") { EmotionChart.note(emotion) }
      SVG.circle(x, y, 6, class: "centre")
      SVG.text(x, y - 12, text, class: "figure", anchor: .middle)
      SVG.text(x, y + 20, "n = \(NumberText.integer(emotion.n))", class: "axis", anchor: .middle)
    }
  }

  /// `NPS +31`, `CSAT 4.1`.
  package static func text(_ emotion: JourneyMap.Emotion) -> String {
    switch emotion.metric {
    case .nps: "NPS " + (emotion.figure > 0 ? "+" : "") + NumberText.fixed(emotion.figure)
    case .csat, .ces: "\(emotion.metric.rawValue) \(NumberText.fixed(emotion.figure, 1))"
    case .score: "Score \(NumberText.fixed(emotion.figure, 1))"
    }
  }

  static func note(_ emotion: JourneyMap.Emotion) -> String {
    "\(text(emotion)), n = \(NumberText.integer(emotion.n)), 95% interval "
      + "\(NumberText.compact(emotion.interval.low)) to \(NumberText.compact(emotion.interval.high))"
  }
}
