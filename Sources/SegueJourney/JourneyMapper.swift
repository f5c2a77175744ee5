import SegueCore
public import SegueProfile

/// Draws the map that the data supports for each segment, and leaves the rest as questions.
public struct JourneyMapper {
  let profile: StudyProfile
  let aggregate: JourneyAggregate
  let model: StageModel

  public init(_ profile: StudyProfile, _ aggregate: JourneyAggregate, model: StageModel) {
    self.profile = profile
    self.aggregate = aggregate
    self.model = model
  }

  /// One map per segment, in the order of the study.
  public func maps() -> [JourneyMap] {
    let pains = PainPointFinder(profile: profile, aggregate: aggregate, model: model).painPoints()
    return profile.segments.indices.map { index in
      let journeys = aggregate.segments[index]
      guard profile.segments[index].isDescribed else { return withheld(index) }
      return JourneyMap(
        segment: profile.segments[index].segment, model: model.title, journeys: journeys.journeys,
        customers: journeys.customers,
        stages: model.stages.indices.map { stage(index, $0, pains[index]) },
        emotions: model.stages.indices.compactMap { emotion(journeys.stages[$0].scores, at: $0) },
        painPoints: pains[index], unit: unit)
    }
  }

  /// A group too small to describe: a map of questions.
  private func withheld(_ index: Int) -> JourneyMap {
    JourneyMap(
      segment: profile.segments[index].segment, model: model.title, journeys: 0, customers: 0,
      stages: model.stages.indices.map { stage(index, $0, []) }, emotions: [], painPoints: [], unit: unit)
  }

  private var unit: String {
    guard let days = aggregate.gapDays else {
      return "A journey is everything a customer did: orders alone do not show what led to them."
    }
    return "A journey is a run of touchpoints of one customer with no silence longer than \(days) days."
  }

  private func stage(_ segment: Int, _ index: Int, _ pains: [JourneyMap.PainPoint]) -> JourneyMap.Stage {
    let mine = aggregate.segments[segment].stages[index]
    let overall = aggregate.segments.map { $0.stages[index].reached }.reduce(ClusteredRatio(), +)
    let others = aggregate.passedByOthers(than: segment, at: index)
    let isObserved = aggregate.observed[index] && profile.segments[segment].isDescribed
    let days = mine.daysToNext.flatMap { isObserved && $0.n >= PainPointFinder.smallestGroup ? $0 : nil }
    var stage = JourneyMap.Stage(
      name: model.stages[index].name, isObserved: isObserved, reach: isObserved ? mine.reached.ratio : nil,
      reachInterval: isObserved ? mine.reached.interval : nil, reachOverall: isObserved ? overall.ratio : nil,
      passing: isObserved ? mine.passed.ratio : nil, passingOthers: isObserved ? others.ratio : nil,
      medianDays: days?.median, medianDaysCount: days?.n, cells: [:])
    let words = model.stages[index]
    stage[.goal] = JourneyMap.Cell(words.goal, .inferred, rule: "stageModel")
    stage[.ourGoal] = JourneyMap.Cell(words.ourGoal, .inferred, rule: "stageModel")
    guard isObserved, mine.touchedJourneys >= PainPointFinder.smallestGroup else {
      let silence = isObserved ? "Too few to say (n = \(mine.touchedJourneys))" : self.silence(index)
      stage[.touchpoints] = JourneyMap.Cell(silence, .ask, n: isObserved ? mine.touchedJourneys : nil)
      stage[.channels] = JourneyMap.Cell("Where would you look for us?", .ask)
      stage[.actions] = JourneyMap.Cell("What did you do at this point?", .ask)
      stage[.painPoints] = JourneyMap.Cell(words.question, .ask)
      stage[.opportunities] = JourneyMap.Cell("Unknown until measured", .ask)
      stage[.kpi] = JourneyMap.Cell("Record events of this stage", .ask)
      stage[.message] = JourneyMap.Cell("—", .ask)
      return stage
    }
    stage[.touchpoints] = list(mine.events, n: mine.touchedJourneys)
    stage[.channels] =
      mine.channels.isEmpty
      ? JourneyMap.Cell("Record the channel", .ask)
      : list(mine.channels, n: mine.channels.reduce(0) { $0 + $1.count })
    stage[.actions] = actions(mine)
    stage[.kpi] = keyFigures(mine, others)
    let here = pains.filter { $0.stage == index }
    stage[.painPoints] = painCell(here, mine)
    stage[.opportunities] = opportunity(here, mine)
    stage[.message] = message(words.steps[0], mine, hasPain: !here.isEmpty)
    return stage
  }

  /// A stage is not in the data, or too rarely to be told from passing it unseen.
  private func silence(_ stage: Int) -> String {
    guard let share = aggregate.seenShare[stage], share > 0 else { return "Not in the data" }
    return "Hardly tracked: seen in \(NumberText.percent(share)) of the journeys that got further"
  }

  private func list(_ counts: [JourneyAggregate.Count], n: Int) -> JourneyMap.Cell {
    let text = counts.prefix(3).map { "\($0.name.humanized) \(NumberText.percent($0.share, 0))" }
    return JourneyMap.Cell(text.joined(separator: " · "), .observed, n: n)
  }

  private func actions(_ stage: JourneyAggregate.Stage) -> JourneyMap.Cell {
    let perJourney = Double(stage.touches) / Double(stage.touchedJourneys)
    let count = NumberText.fixed(perJourney, 1)
    var text = count == "1.0" ? "1 touchpoint a journey" : "\(count) touchpoints a journey"
    if let days = stage.daysToNext, days.n >= PainPointFinder.smallestGroup {
      text += ", \(NumberText.duration(days: days.median)) to the next stage"
    }
    return JourneyMap.Cell(text, .observed, n: stage.touchedJourneys)
  }

  private func keyFigures(_ stage: JourneyAggregate.Stage, _ others: ClusteredRatio) -> JourneyMap.Cell {
    guard let passing = stage.passed.ratio, let theirs = others.ratio else {
      return JourneyMap.Cell(
        "\(NumberText.integer(stage.touchedJourneys)) journeys came this far", .observed,
        n: stage.touchedJourneys)
    }
    return JourneyMap.Cell(
      "\(NumberText.percent(passing, 0)) go on (others \(NumberText.percent(theirs, 0)))", .observed,
      n: Int(stage.passed.observations), interval: stage.passed.interval)
  }

  private func painCell(_ pains: [JourneyMap.PainPoint], _ stage: JourneyAggregate.Stage) -> JourneyMap.Cell {
    if let worst = pains.first {
      return JourneyMap.Cell(worst.text, .observed, n: worst.n, interval: worst.interval, isHot: true)
    }
    guard isCompared(stage) else { return JourneyMap.Cell(notCompared, .ask) }
    return JourneyMap.Cell("None beyond the others", .observed, n: Int(stage.reached.hits))
  }

  private func opportunity(_ pains: [JourneyMap.PainPoint], _ stage: JourneyAggregate.Stage)
    -> JourneyMap.Cell
  {
    guard let worst = pains.first else {
      guard isCompared(stage) else { return JourneyMap.Cell("Unknown until compared", .ask) }
      return JourneyMap.Cell("Keep: no gap to the others", .inferred, rule: "noGap")
    }
    if let worth = worst.moneyPerYear, let interval = worst.moneyInterval {
      return JourneyMap.Cell(
        "Close the gap to the others: about \(profile.money.short(worth)) a year", .inferred, n: worst.n,
        interval: interval, rule: "closeGap")
    }
    if worst.kind == .score {
      return JourneyMap.Cell("Ask those who answered low what went wrong", .inferred, rule: "lowScore")
    }
    return JourneyMap.Cell(
      "Close the gap to the others; its worth does not show in orders", .inferred, n: worst.n,
      rule: "closeGap")
  }

  /// Whether anything at this stage was held against the other segments.
  private func isCompared(_ stage: JourneyAggregate.Stage) -> Bool {
    aggregate.gapDays != nil
      && (stage.passed.customers >= PainPointFinder.smallestGroup
        || stage.scores.contains { $0.n >= PainPointFinder.smallestGroup })
  }

  private var notCompared: String {
    aggregate.gapDays == nil
      ? "Not compared: orders formed the segments" : "Nothing to compare after the last stage"
  }

  private func message(
    _ step: StageModel.Step, _ stage: JourneyAggregate.Stage, hasPain: Bool
  ) -> JourneyMap.Cell {
    let channel = stage.channels.first.map { $0.name.humanized.lowercased() } ?? "their usual channel"
    let idea: String
    switch step {
    case .awareness: idea = hasPain ? "say on the first page what they came for" : "greet, show what is new"
    case .consideration: idea = hasPain ? "compare, answer the usual doubt" : "remind of what they looked at"
    case .decision:
      idea = hasPain ? "total price and delivery date before checkout" : "keep the basket for them"
    case .purchase: idea = hasPain ? "confirm, say what happens next" : "thank, confirm"
    case .postPurchase: idea = hasPain ? "offer help before they ask" : "ask how it went"
    case .loyalty, .advocacy: idea = hasPain ? "make the reward visible" : "invite to review or refer"
    }
    return JourneyMap.Cell("By \(channel): \(idea)", .inferred, rule: "message.\(step.rawValue)")
  }

  private func emotion(_ scores: [JourneyAggregate.Score], at stage: Int) -> JourneyMap.Emotion? {
    let usable = scores.filter { $0.n >= PainPointFinder.smallestGroup && $0.scale != nil }
    let most = usable.max { ($0.n, $1.metric.rawValue) < ($1.n, $0.metric.rawValue) }
    guard let score = most, let scale = score.scale else { return nil }
    let half = Statistics.z975 * score.standardError
    return JourneyMap.Emotion(
      stage: stage, metric: score.metric, figure: score.figure, n: score.n,
      level: min(1, max(-1, 2 * (score.figure - scale.low) / (scale.high - scale.low) - 1)),
      interval: Interval(max(scale.low, score.figure - half), min(scale.high, score.figure + half)))
  }
}
