import SegueCore
package import SegueJourney
import SegueProfile

/// A journey map as a Mermaid `journey` diagram, which knows sections, tasks and scores from 1 to 5.
///
/// Scores are answers where there are any. Where there are none the share of journeys that get to the
/// stage stands in, and a line under the diagram says where: a diagram cannot leave a score out.
package enum MermaidJourney {
  package static func block(_ map: JourneyMap) -> String {
    var text = "```mermaid\njourney\n  title \(name(map.segment.name))\n"
    for (index, stage) in map.stages.enumerated() {
      guard let score = score(map, index) else { continue }
      text += "  section \(name(stage.name))\n"
      text += "    \(score.task): \(score.value): \(name(map.segment.name))\n"
    }
    return text + "```\n"
  }

  /// What the scores mean, stage by stage.
  package static func scale(_ map: JourneyMap) -> String {
    func names(_ isWanted: (Int) -> Bool) -> String {
      map.stages.indices.filter(isWanted).map { Markdown.text(map.stages[$0].name) }.joined(separator: ", ")
    }
    let answered = names { emotion(map, $0) != nil }
    let reached = names { emotion(map, $0) == nil && map.stages[$0].reach != nil }
    let silent = names { score(map, $0) == nil }
    var lines: [String] = []
    if !answered.isEmpty { lines.append("Scores from answers (1 frustrated to 5 satisfied): \(answered).") }
    if !reached.isEmpty {
      lines.append(
        "No answers, so the score stands for how many get there (1 nobody to 5 everybody): \(reached).")
    }
    if !silent.isEmpty { lines.append("No data, left out: \(silent).") }
    return lines.joined(separator: " ") + "\n"
  }

  private static func score(_ map: JourneyMap, _ stage: Int) -> (task: String, value: Int)? {
    if let emotion = emotion(map, stage) {
      let text = "\(EmotionChart.text(emotion)) of \(NumberText.integer(emotion.n)) answers"
      return (name(text), 1 + level((emotion.level + 1) / 2))
    }
    guard let reach = map.stages[stage].reach else { return nil }
    return (name("\(NumberText.percent(reach)) get here"), 1 + level(reach))
  }

  private static func level(_ share: Double) -> Int {
    Int((min(1, max(0, share)) * 4).rounded(.toNearestOrAwayFromZero))
  }

  /// The question with the most answers; the first of equals.
  private static func emotion(_ map: JourneyMap, _ stage: Int) -> JourneyMap.Emotion? {
    map.emotions.filter { $0.stage == stage }.reduce(nil) { best, next in
      next.n > best?.n ?? 0 ? next : best
    }
  }

  /// Characters that Mermaid reads as syntax, as its character codes; backticks would end the fence.
  package static func name(_ text: String) -> String {
    var result = ""
    for character in Markdown.flat(text) {
      switch character {
      case ":": result += "#58;"
      case ";": result += "#59;"
      case ",": result += "#44;"
      case "#": result += "#35;"
      case "<": result += "#60;"
      case ">": result += "#62;"
      case "%": result += "#37;"
      case "`": result += "#96;"
      case "\"": result += "#34;"
      case "{": result += "#123;"
      case "}": result += "#125;"
      default: result.append(character)
      }
    }
    return result.isEmpty ? "unnamed" : result
  }
}
