public import SegueCore
public import SegueJourney
import SegueProfile

/// `journeys.md`: for each segment a table of stages and lanes, a Mermaid diagram and the pain points.
public enum JourneyMarkdown {
  /// - Parameter title: the data set.
  public static func text(_ maps: [JourneyMap], title: String, money: MoneyText) -> String {
    var text = "# Journey maps: \(Markdown.text(title))\n\n"
    if let first = maps.first { text += "\(Markdown.text(first.model)). \(Markdown.text(first.unit))\n\n" }
    text += "Each cell is *observed* (from the data, with n), *inferred* (by a stated rule) or *ask* "
    text += "(a question to research).\n"
    for map in maps { text += "\n" + section(map, money) }
    return text
  }

  private static func section(_ map: JourneyMap, _ money: MoneyText) -> String {
    var text = "## \(Markdown.text(map.segment.name))\n\n"
    text +=
      "\(NumberText.integer(map.journeys)) journeys of \(NumberText.integer(map.customers)) customers.\n\n"
    text += table(map) + "\n"
    text += MermaidJourney.block(map) + "\n" + MermaidJourney.scale(map)
    return text + pains(map, money)
  }

  private static func table(_ map: JourneyMap) -> String {
    var text = Markdown.header(["Stage"] + map.stages.map { Markdown.cell($0.name) })
    text += Markdown.row(["**Get here**"] + map.stages.map(reach))
    for lane in JourneyMap.Lane.allCases where map.stages.contains(where: { $0.cells[lane.rawValue] != nil })
    {
      text += Markdown.row(["**\(lane.title)**"] + map.stages.map { cell($0[lane]) })
    }
    if !map.emotions.isEmpty {
      text += Markdown.row(
        ["**What they say**"]
          + map.stages.indices.map { stage in
            map.emotions.filter { $0.stage == stage }
              .map { Markdown.cell("\(EmotionChart.text($0)) (n = \(NumberText.integer($0.n)))") }
              .joined(separator: "; ")
          })
    }
    return text
  }

  private static func reach(_ stage: JourneyMap.Stage) -> String {
    guard let reach = stage.reach else { return "no data" }
    let all = stage.reachOverall.map { ", all \(NumberText.percent($0))" } ?? ""
    return NumberText.percent(reach) + all
  }

  private static func cell(_ cell: JourneyMap.Cell) -> String {
    if cell.text == "—" || cell.text.isEmpty { return "–" }
    let n = cell.n.map { ", n = \(NumberText.integer($0))" } ?? ""
    let text = Markdown.cell(cell.text)
    return "\(cell.isHot ? "**\(text)**" : text) *(\(cell.basis.rawValue)\(n))*"
  }

  private static func pains(_ map: JourneyMap, _ money: MoneyText) -> String {
    guard !map.painPoints.isEmpty else { return "" }
    var text = "\n### Pain points\n\n"
    for pain in map.painPoints {
      text += "- \(Markdown.text(pain.text)) (\(Report.proof(pain)))"
      if let worth = pain.moneyPerYear { text += " **\(Markdown.text(money.short(worth))) a year.**" }
      if let assumption = pain.assumption { text += " \(Markdown.text(assumption))" }
      text += "\n"
    }
    return text
  }
}
