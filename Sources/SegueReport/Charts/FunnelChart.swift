import SegueCore
package import SegueJourney
import SegueProfile

/// How many of a segment's journeys get how far: a band that narrows from stage to stage, with all
/// journeys as a dashed line.
package struct FunnelChart {
  package static let height = 132.0
  private static let base = 128.0
  /// Above the tallest band: a line of losses, then a line of figures.
  private static let room = 84.0

  private let map: JourneyMap
  private let columns: StageColumns

  package init(_ map: JourneyMap) {
    self.map = map
    columns = StageColumns(count: map.stages.count)
  }

  package var svg: HTML {
    SVG.picture(
      width: StageColumns.width, height: FunnelChart.height, label: label, class: "chart funnel"
    ) {
      for stage in map.stages.indices {
        if map.stages[stage].reach == nil {
          gap(stage)
        } else {
          band(stage)
        }
      }
      overall
      for stage in map.stages.indices where map.stages[stage].reach != nil { figures(stage) }
      for pain in map.painPoints where pain.kind == .dropOff { loss(pain) }
    }
  }

  private var label: String {
    let parts = map.stages.map { stage in
      "\(stage.name) " + (stage.reach.map { NumberText.percent($0) } ?? "no data")
    }
    return "Share of journeys that reach each stage: " + parts.joined(separator: ", ")
  }

  private func y(_ reach: Double) -> Double {
    FunnelChart.base - min(1, max(0, reach)) * FunnelChart.room
  }

  /// Falls to the next stage's reach within the column; level where the next stage has no data.
  private func edge(_ stage: Int, _ reach: KeyPath<JourneyMap.Stage, Double?>) -> (from: Double, to: Double)?
  {
    guard let from = map.stages[stage][keyPath: reach] else { return nil }
    let next = stage + 1 < map.stages.count ? map.stages[stage + 1][keyPath: reach] : nil
    return (y(from), y(next ?? from))
  }

  private func curve(_ stage: Int, _ edge: (from: Double, to: Double)) -> String {
    let (left, right) = (columns.left(stage), columns.left(stage) + columns.pitch)
    let middle = (left + right) / 2
    let numbers = [middle, edge.from, middle, edge.to, right, edge.to].map(SVG.number)
    return "C\(numbers[0]) \(numbers[1]) \(numbers[2]) \(numbers[3]) \(numbers[4]) \(numbers[5])"
  }

  private func band(_ stage: Int) -> HTML? {
    guard let edge = edge(stage, \.reach) else { return nil }
    let left = columns.left(stage)
    let shade = stage % 2 == 0 ? "band" : "band alt"
    return SVG.path(
      "M\(SVG.number(left)) \(SVG.number(FunnelChart.base))V\(SVG.number(edge.from))"
        + curve(stage, edge) + "V\(SVG.number(FunnelChart.base))Z",
      class: shade)
  }

  private func gap(_ stage: Int) -> HTML {
    let box = Box(
      x: columns.left(stage), y: FunnelChart.base - FunnelChart.room,
      width: columns.pitch - StageColumns.gap, height: FunnelChart.room)
    return tag("g") {
      SVG.rect(box, radius: 4, class: "nodata")
      StageColumns.hatching(box)
      SVG.rect(Box(x: box.midX - 28, y: box.midY - 10, width: 56, height: 20), radius: 4, class: "plate")
      SVG.text(box.midX, box.midY + 4, "no data", class: "axis", anchor: .middle)
    }
  }

  private var overall: HTML? {
    var data = ""
    for stage in map.stages.indices {
      guard map.stages[stage].reach != nil, let edge = edge(stage, \.reachOverall) else { continue }
      if data.isEmpty || map.stages[stage - 1].reach == nil || map.stages[stage - 1].reachOverall == nil {
        data += "M\(SVG.number(columns.left(stage))) \(SVG.number(edge.from))"
      }
      data += curve(stage, edge)
    }
    return data.isEmpty ? nil : SVG.path(data, class: "overall")
  }

  /// Above whichever line is higher, so that neither runs through the figures.
  private func figures(_ stage: Int) -> HTML? {
    let own = map.stages[stage]
    guard let reach = own.reach else { return nil }
    let top = min(y(reach), own.reachOverall.map(y) ?? .infinity) - 7
    let text = NumberText.percent(reach)
    let offset = TextFit.width(text, size: 13, isBold: true) + 6
    return tag("g") {
      tag("title") { note(own) }
      SVG.text(columns.left(stage) + 2, top, text, class: "figure")
      if let all = own.reachOverall {
        SVG.text(columns.left(stage) + 2 + offset, top, "all " + NumberText.percent(all), class: "axis")
      }
    }
  }

  private func note(_ stage: JourneyMap.Stage) -> String {
    guard let reach = stage.reach else { return stage.name }
    var note = "\(stage.name): reached by \(NumberText.percent(reach)) of journeys"
    if let interval = stage.reachInterval {
      note += " (95% interval \(NumberText.percent(interval.low)) to \(NumberText.percent(interval.high)))"
    }
    return note
  }

  /// Significant losses only; how many leave, at the right end of the column they leave from.
  private func loss(_ pain: JourneyMap.PainPoint) -> HTML? {
    guard map.stages.indices.contains(pain.stage) else { return nil }
    return SVG.text(
      columns.right(pain.stage), 14, "▼ \(NumberText.percent(1 - pain.value)) leave", class: "loss",
      anchor: .end)
  }
}
