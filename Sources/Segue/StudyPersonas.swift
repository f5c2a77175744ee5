import SegueCore
import SegueFeatures
import SegueIngest
import SegueJourney
import SeguePersona
import SegueProfile

/// What personas need beside the profile: pain points of journeys as figures and sentences, and the value of
/// customers who are lapsing.
struct StudyPersonas {
  let maps: [JourneyMap]
  let data: IngestedData
  let labels: [Int32]
  let lifecycle: Lifecycle?
  let value: StudyValue?

  /// Adds the figures that sentences cite, then writes the sentences.
  func written(_ profile: inout StudyProfile) -> [Persona] {
    let lapsing = lapsingFigures(profile)
    let pains = maps.map { map in map.painPoints.map { (figures(of: $0, map), $0) } }
    let extra = profile.segments.indices.map { index in
      (pains.indices.contains(index) ? pains[index].flatMap(\.0) : []) + lapsing[index]
    }
    PersonaFigures.complete(&profile, extra: extra)
    let sentences = profile.segments.indices.map { index in
      pains.indices.contains(index) ? pains[index].map { sentence($0, $1, profile.money) } : []
    }
    return PersonaWriter(
      profile, pains: sentences, hasFeedback: data.feedback != nil, hasTouchpoints: data.events != nil
    ).personas()
  }

  // MARK: Pain points

  /// `s1.dropOff.Decision`: the share that leaves, with its money a year; `s1.lowScore.Purchase.csat`: the score.
  private func figures(of point: JourneyMap.PainPoint, _ map: JourneyMap) -> [Figure] {
    let prefix = "s\(map.segment.id)."
    guard point.kind == .dropOff else {
      let metric = (point.metric?.rawValue ?? "score").lowercased()
      return [
        Figure(
          id: "\(prefix)lowScore.\(point.stageName).\(metric)",
          label: "\(StudyPersonas.name(of: point.metric)) at \(point.stageName)", unit: .plain,
          statistic: .mean,
          value: point.value, n: point.n, sources: sources(.feedback))
      ]
    }
    let id = "\(prefix)dropOff.\(point.stageName)"
    let label = "leave between \(point.stageName) and \(point.nextStageName ?? "the end")"
    let share = Figure(
      id: id, label: label, unit: .share, statistic: .share, value: 1 - point.value, n: point.n,
      sources: sources(.events))
    guard let worth = point.moneyPerYear else { return [share] }
    return [
      share,
      Figure(
        id: "\(id).money", label: "\(label): money a year, if they passed as often as the others",
        unit: .money,
        statistic: .sum, value: worth, interval: point.moneyInterval, n: point.n, sources: sources(.events)),
    ]
  }

  /// The evidence says how far the first figure is from that of the others.
  private func sentence(
    _ figures: [Figure], _ point: JourneyMap.PainPoint, _ money: MoneyText
  ) -> Persona.Sentence {
    var cited = figures.map {
      Persona.Evidence(
        id: $0.id, n: $0.n, interval: $0.interval, unit: $0.interval == nil ? nil : $0.unit,
        sources: $0.sources)
    }
    if point.kind == .dropOff {
      (cited[0].effect, cited[0].interval) = (point.difference, point.interval)
      cited[0].unit = nil
      var text =
        "\(NumberText.percent(1 - point.value)) leave between \(point.stageName) and "
        + "\(point.nextStageName ?? "the end"), against \(NumberText.percent(1 - point.others)) of the others"
      if let worth = point.moneyPerYear, worth >= 1 { text += ": \(money.short(worth)) a year" }
      return Persona.Sentence(text + ".", .observed, cited, rule: "pain.dropOff", fields: [.painPoints])
    }
    let places = point.metric == .nps ? 0 : 1
    return Persona.Sentence(
      "\(StudyPersonas.name(of: point.metric)) at \(point.stageName) is \(NumberText.fixed(point.value, places)), "
        + "against \(NumberText.fixed(point.others, places)) among the others.", .observed, cited,
      rule: "pain.score", fields: [.painPoints])
  }

  private static func name(of metric: Answers.Metric?) -> String {
    switch metric {
    case .nps: "Recommendation (NPS)"
    case .csat: "Satisfaction (CSAT)"
    case .ces: "Ease (CES)"
    case .score, nil: "Score"
    }
  }

  private func sources(_ kind: TableKind) -> [String] {
    let role: ColumnRole = kind == .events ? .event : .score
    let columns = data.sources.filter { $0.kind == kind }.compactMap { source in
      source.column(role).map { "\(Study.baseName(source.path)): \($0.header)" }
    }
    return columns.isEmpty ? [kind.rawValue] : columns
  }

  // MARK: Money at stake

  /// What is expected of the customers of each segment who are lapsing, where they are enough to speak of.
  private func lapsingFigures(_ profile: StudyProfile) -> [[Figure]] {
    var sums = [Double](repeating: 0, count: profile.segments.count)
    var counts = [Int](repeating: 0, count: profile.segments.count)
    guard let lifecycle, let values = value?.model.clv?.values, values.count == labels.count else {
      return sums.map { _ in [] }
    }
    for (row, label) in labels.enumerated() where lifecycle.stages[row] == .lapsing {
      sums[Int(label)] += values[row]
      counts[Int(label)] += 1
    }
    return profile.segments.indices.map { index in
      guard counts[index] >= TraitFinder.smallestGroup else { return [] }
      let segment = profile.segments[index]
      return [
        Figure(
          id: "s\(segment.segment.id).lapsingValue", label: "value expected of customers who are lapsing",
          unit: .money, statistic: .sum, value: sums[index], n: counts[index],
          sources: segment.traits.first { $0.attribute == "monetary" }?.sources ?? ["orders"])
      ]
    }
  }
}
