/// Counts of one segment while its journeys stream by.
struct JourneyTally {
  private let observed: [Bool]
  private var customers = 0
  private var journeys = 0
  private var stages: [JourneyAggregate.Stage]
  private var days: [[Double]]
  private var eventJourneys: [[Int]]
  private var channelTouches: [[Int]]
  private var scores: [[Answers.Metric: [Double]]]
  /// Of the customer at hand: journeys, and journeys that reached each stage.
  private var openJourneys = 0
  private var openReached: [Int]
  /// Last journey that showed an event at its stage, so that each counts once.
  private var lastJourney: [Int]

  init(observed: [Bool], events: Int, channels: Int) {
    self.observed = observed
    let count = observed.count
    stages = Array(repeating: JourneyAggregate.Stage(), count: count)
    for stage in 0..<count where observed[stage] {
      stages[stage].next = ((stage + 1)..<count).first { observed[$0] }
    }
    days = Array(repeating: [], count: count)
    eventJourneys = Array(repeating: Array(repeating: 0, count: events), count: count)
    channelTouches = Array(repeating: Array(repeating: 0, count: channels), count: count)
    scores = Array(repeating: [:], count: count)
    openReached = Array(repeating: 0, count: count)
    lastJourney = Array(repeating: -1, count: events)
  }

  mutating func add(
    _ range: Range<Int>, of touchpoints: Touchpoints, _ stageOfEvent: [Int32], _ purchaseEvents: Set<Int32>
  ) {
    var first = [Int64?](repeating: nil, count: observed.count)
    var depth = -1
    var hasPurchase = false
    for index in range {
      let event = Int(touchpoints.events[index])
      let stage = Int(stageOfEvent[event])
      guard stage >= 0 else { continue }
      depth = max(depth, stage)
      hasPurchase = hasPurchase || purchaseEvents.contains(touchpoints.events[index])
      if first[stage] == nil {
        first[stage] = touchpoints.times[index]
        stages[stage].touchedJourneys += 1
      }
      stages[stage].touches += 1
      if lastJourney[event] != journeys {
        lastJourney[event] = journeys
        eventJourneys[stage][event] += 1
      }
      let channel = Int(touchpoints.channels[index])
      if channel >= 0 { channelTouches[stage][channel] += 1 }
    }
    guard depth >= 0 else { return }
    journeys += 1
    openJourneys += 1
    for stage in 0...depth where observed[stage] {
      openReached[stage] += 1
      if hasPurchase { stages[stage].purchases += 1 }
      guard let start = first[stage] else { continue }
      let later = ((stage + 1)..<observed.count).compactMap { first[$0] }.filter { $0 >= start }.min()
      if let later { days[stage].append(Double(later - start) / 86_400) }
    }
  }

  mutating func closeCustomer() {
    guard openJourneys > 0 else { return }
    customers += 1
    for stage in stages.indices where observed[stage] {
      stages[stage].reached.add(hits: Double(openReached[stage]), of: Double(openJourneys))
      if let next = stages[stage].next {
        stages[stage].passed.add(hits: Double(openReached[next]), of: Double(openReached[stage]))
      }
      openReached[stage] = 0
    }
    openJourneys = 0
  }

  mutating func addAnswer(_ metric: Answers.Metric, _ score: Double, stage: Int) {
    scores[stage][metric, default: []].append(score)
  }

  func result(
    _ touchpoints: Touchpoints, _ scales: [Answers.Metric: Interval]
  ) -> JourneyAggregate.SegmentJourneys {
    var stages = stages
    for stage in stages.indices {
      stages[stage].daysToNext = NumberSummary(days[stage])
      stages[stage].events = JourneyTally.counts(
        eventJourneys[stage], touchpoints.eventNames, of: stages[stage].touchedJourneys)
      stages[stage].channels = JourneyTally.counts(
        channelTouches[stage], touchpoints.channelNames, of: channelTouches[stage].reduce(0, +))
      stages[stage].scores = Answers.Metric.allCases.compactMap { metric in
        scores[stage][metric].map { JourneyAggregate.Score(metric, $0, scales[metric]) }
      }
    }
    return JourneyAggregate.SegmentJourneys(customers: customers, journeys: journeys, stages: stages)
  }

  private static func counts(_ counts: [Int], _ names: [String], of total: Int) -> [JourneyAggregate.Count] {
    counts.indices.filter { counts[$0] > 0 }
      .sorted { (-counts[$0], names[$0]) < (-counts[$1], names[$1]) }
      .map {
        JourneyAggregate.Count(
          name: names[$0], count: counts[$0], share: Double(counts[$0]) / Double(max(1, total)))
      }
  }
}
