import SegueCore

/// How far a segment's journeys get, stage by stage: counts and moments, no customer.
///
/// A journey is a run of touchpoints of one customer without a silence longer than the gap. It
/// *reached* a stage if it touched that stage or a later one, so reach never rises along the stages.
/// Stages that the data cannot show are skipped, not counted as losses.
public struct JourneyAggregate: Sendable, Codable {
  /// One per segment, in the order of the study.
  public var segments: [SegmentJourneys]
  /// Stages that at least half of the journeys that got there or further were seen at.
  public var observed: [Bool]
  /// That share, by stage; nil where no journey got there.
  public var seenShare: [Double?]
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
    /// Of the journeys that got here or further, those with a purchase.
    public var purchases = 0
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
  ///   - purchaseEvents: indices into `touchpoints.eventNames` that mean a purchase.
  ///   - gapDays: nil takes a customer's whole history as one journey.
  /// - Complexity: O(touchpoints), after their sorting.
  public init(
    _ touchpoints: Touchpoints, answers: Answers, labels: [Int32], segments segmentCount: Int,
    stageOfEvent: [Int32], purchaseEvents: Set<Int32> = [], stages stageCount: Int, gapDays: Int?
  ) {
    self.gapDays = gapDays
    periodDays = 0
    if let first = touchpoints.times.min(), let last = touchpoints.times.max() {
      periodDays = LocalTime(seconds: first).day.days(until: LocalTime(seconds: last).day) + 1
    }
    seenShare = JourneyAggregate.seenShares(touchpoints, stageOfEvent, stageCount, gapDays)
    let observed = seenShare.map { ($0 ?? 0) >= 0.5 }
    self.observed = observed
    var tallies = (0..<segmentCount).map { _ in
      JourneyTally(
        observed: observed, events: touchpoints.eventNames.count, channels: touchpoints.channelNames.count)
    }
    touchpoints.forEachJourney(gapDays: gapDays) { journey, isLast in
      let segment = Int(labels[Int(touchpoints.customers[journey.lowerBound])])
      guard segment >= 0 else { return }
      tallies[segment].add(journey, of: touchpoints, stageOfEvent, purchaseEvents)
      if isLast { tallies[segment].closeCustomer() }
    }
    for (position, customer) in answers.customers.enumerated() {
      let segment = labels[Int(customer)]
      guard segment >= 0, answers.stages[position] >= 0 else { continue }
      tallies[Int(segment)].addAnswer(
        answers.metrics[position], answers.scores[position], stage: Int(answers.stages[position]))
    }
    segments = tallies.map { $0.result(touchpoints, answers.scales) }
  }

  /// Of the journeys that got to a stage or further, the share seen at that very stage. A stage that is
  /// mostly passed unseen is not tracked, and losses around it would be losses of tracking.
  private static func seenShares(
    _ touchpoints: Touchpoints, _ stageOfEvent: [Int32], _ stageCount: Int, _ gapDays: Int?
  ) -> [Double?] {
    var seen = [Int](repeating: 0, count: stageCount)
    var reached = seen
    var isSeen = [Bool](repeating: false, count: stageCount)
    touchpoints.forEachJourney(gapDays: gapDays) { journey, _ in
      for index in journey {
        let stage = Int(stageOfEvent[Int(touchpoints.events[index])])
        if stage >= 0 { isSeen[stage] = true }
      }
      guard let depth = isSeen.lastIndex(of: true) else { return }
      for stage in 0...depth {
        reached[stage] += 1
        if isSeen[stage] { seen[stage] += 1 }
        isSeen[stage] = false
      }
    }
    return zip(seen, reached).map { $1 > 0 ? Double($0) / Double($1) : nil }
  }
}

extension JourneyAggregate {
  /// Who of all other segments went on from a stage, taken together.
  package func passedByOthers(than segment: Int, at stage: Int) -> ClusteredRatio {
    segments.indices.filter { $0 != segment }.map { segments[$0].stages[stage].passed }
      .reduce(ClusteredRatio(), +)
  }
}

extension Touchpoints {
  /// Calls `body` with each journey as a range of touchpoints, and whether it is its customer's last.
  func forEachJourney(gapDays: Int?, _ body: (Range<Int>, Bool) -> Void) {
    let gap = gapDays.map { Int64($0) * 86_400 } ?? .max
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, customers[end] == customers[start], times[end] - times[end - 1] <= gap { end += 1 }
      body(start..<end, end == count || customers[end] != customers[start])
      start = end
    }
  }
}

extension JourneyAggregate.Score {
  init(_ metric: Answers.Metric, _ values: [Double], _ scale: Interval?) {
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
