import SegueCore

/// How far a segment's journeys get, stage by stage: counts and moments, no customer.
///
/// A journey is a run of touchpoints of one customer without a silence longer than the gap. It
/// *reached* a stage if it touched that stage or a later one, so reach never rises along the stages.
/// Stages that the data cannot show are skipped, not counted as losses.
public struct JourneyAggregate: Sendable, Codable {
  /// One per segment, in the order of the study.
  public var segments: [SegmentJourneys]
  /// Which stages any touchpoint shows.
  public var observed: [Bool]
  /// Silence that ends a journey, in days; nil where the whole history of a customer is one journey.
  public var gapDays: Int?
  /// Days from the first to the last touchpoint, both counted; 0 without touchpoints.
  public var periodDays: Int

  public struct SegmentJourneys: Sendable, Codable {
    public var customers: Int
    public var journeys: Int
    public var stages: [Stage]
  }

  public struct Stage: Sendable, Codable {
    /// Of all journeys, those that got here or further.
    public var reached = ClusteredRatio()
    /// Of those, the ones that got to the next observed stage or further.
    public var passed = ClusteredRatio()
    /// The next observed stage; nil for the last.
    public var next: Int?
    /// Journeys with a touchpoint of this very stage, and how many touchpoints those have.
    public var touchedJourneys = 0
    public var touches = 0
    /// From the first touch here to the first touch of a later stage, in days.
    public var daysToNext: NumberSummary?
    /// Share of `touchedJourneys` with the event, by falling count.
    public var events: [Count] = []
    /// Share of `touches` by channel, by falling count.
    public var channels: [Count] = []
    public var scores: [Score] = []
  }

  public struct Count: Sendable, Codable {
    public var name: String
    public var count: Int
    public var share: Double
  }

  /// Answers to one question at one stage.
  public struct Score: Sendable, Codable {
    public var metric: Answers.Metric
    public var n: Int
    public var mean: Double
    /// Of `figure`, in its own units.
    public var standardError: Double
    /// Share of promoters less share of detractors, in points, for NPS.
    public var netPromoter: Double?
    /// Lowest and highest figure possible; nil for a score of unknown scale.
    public var scale: Interval?

    /// The figure people quote: NPS in points, otherwise the mean.
    public var figure: Double { netPromoter ?? mean }
  }
}

extension JourneyAggregate {
  /// - Parameters:
  ///   - labels: the segment of each customer row, `0..<segments`.
  ///   - stageOfEvent: stage of each of `touchpoints.eventNames`; −1 for an event of no stage.
  ///   - gapDays: nil takes a customer's whole history as one journey.
  /// - Complexity: O(touchpoints), after their sorting.
  public init(
    _ touchpoints: Touchpoints, answers: Answers, labels: [Int32], segments segmentCount: Int,
    stageOfEvent: [Int32], stages stageCount: Int, gapDays: Int?
  ) {
    self.gapDays = gapDays
    periodDays = 0
    if let first = touchpoints.times.min(), let last = touchpoints.times.max() {
      periodDays = LocalTime(seconds: first).day.days(until: LocalTime(seconds: last).day) + 1
    }
    var observed = [Bool](repeating: false, count: stageCount)
    for event in touchpoints.events where stageOfEvent[Int(event)] >= 0 {
      observed[Int(stageOfEvent[Int(event)])] = true
    }
    self.observed = observed
    var tallies = (0..<segmentCount).map { _ in
      SegmentTally(
        observed: observed, events: touchpoints.eventNames.count, channels: touchpoints.channelNames.count)
    }
    let gap = gapDays.map { Int64($0) * 86_400 } ?? .max
    var index = 0
    while index < touchpoints.count {
      let customer = touchpoints.customers[index]
      let segment = Int(labels[Int(customer)])
      while index < touchpoints.count, touchpoints.customers[index] == customer {
        var end = index + 1
        while end < touchpoints.count, touchpoints.customers[end] == customer,
          touchpoints.times[end] - touchpoints.times[end - 1] <= gap
        { end += 1 }
        if segment >= 0 { tallies[segment].add(index..<end, of: touchpoints, stageOfEvent) }
        index = end
      }
      if segment >= 0 { tallies[segment].closeCustomer() }
    }
    for (position, customer) in answers.customers.enumerated() {
      let segment = labels[Int(customer)]
      guard segment >= 0, answers.stages[position] >= 0 else { continue }
      tallies[Int(segment)].addAnswer(
        answers.metrics[position], answers.scores[position], stage: Int(answers.stages[position]))
    }
    segments = tallies.map { $0.result(touchpoints, answers.scales) }
  }
}

/// Counts of one segment while its journeys stream by.
private struct SegmentTally {
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

  mutating func add(_ range: Range<Int>, of touchpoints: Touchpoints, _ stageOfEvent: [Int32]) {
    var first = [Int64?](repeating: nil, count: observed.count)
    var depth = -1
    for index in range {
      let event = Int(touchpoints.events[index])
      let stage = Int(stageOfEvent[event])
      guard stage >= 0 else { continue }
      depth = max(depth, stage)
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
      stages[stage].events = SegmentTally.counts(
        eventJourneys[stage], touchpoints.eventNames, of: stages[stage].touchedJourneys)
      stages[stage].channels = SegmentTally.counts(
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

extension JourneyAggregate.Score {
  fileprivate init(_ metric: Answers.Metric, _ values: [Double], _ scale: Interval?) {
    let n = Double(values.count)
    // Sorted, so that the order of answers does not show in the last digit.
    let values = values.sorted()
    let mean = values.reduce(0, +) / n
    guard metric == .nps else {
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let variance = values.count > 1 ? squares / (n - 1) : 0
      self.init(
        metric: metric, n: values.count, mean: mean, standardError: (variance / n).squareRoot(),
        netPromoter: nil, scale: scale)
      return
    }
    let promoters = Double(values.filter { $0 >= 9 }.count) / n
    let detractors = Double(values.filter { $0 <= 6 }.count) / n
    let net = promoters - detractors
    let variance = promoters + detractors - net * net
    self.init(
      metric: metric, n: values.count, mean: mean, standardError: 100 * (max(0, variance) / n).squareRoot(),
      netPromoter: 100 * net, scale: scale)
  }
}
