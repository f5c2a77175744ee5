import SegueCore
import SegueProfile

/// Touchpoints of 40 customers in 3 segments over 5 stages, some at the same second, with answers.
struct RandomLog {
  private var customers: [Int32] = []
  private var times: [Int64] = []
  private var events: [Int32] = []
  private var channels: [Int32] = []
  private var answers = Answers()
  private var labels: [Int32] = []
  /// Touchpoints that belong to a stage and a segment.
  private(set) var mapped = 0

  private static let stages: [Int32] = [0, 0, 1, 2, 2, 4, -1]

  init(_ seed: Seed) {
    var generator = seed.generator(for: .testData)
    labels = (0..<40).map { _ in Int32(generator.index(below: 4)) - 1 }
    for customer in 0..<40 {
      for _ in 0..<generator.index(below: 25) {
        customers.append(Int32(customer))
        times.append(Int64(generator.index(below: 60)) * 43_200)
        events.append(Int32(generator.index(below: RandomLog.stages.count)))
        channels.append(Int32(generator.index(below: 3)) - 1)
        if labels[customer] >= 0, RandomLog.stages[Int(events.last!)] >= 0 { mapped += 1 }
      }
      answers.customers.append(Int32(customer))
      answers.metrics.append(.csat)
      answers.scores.append(generator.unit() * 4 + 1)
      answers.stages.append(Int32(generator.index(below: 5)))
    }
  }

  var aggregate: JourneyAggregate {
    JourneyAggregate(
      Touchpoints(
        customers: customers, times: times, events: events, channels: channels,
        eventNames: RandomLog.stages.indices.map { "event \($0)" }, channelNames: ["web", "app"]),
      answers: answers, labels: labels, segments: 3, stageOfEvent: RandomLog.stages, stages: 5, gapDays: 5)
  }

  var reversed: RandomLog {
    var copy = self
    copy.customers.reverse()
    copy.times.reverse()
    copy.events.reverse()
    copy.channels.reverse()
    copy.answers = Answers(
      customers: answers.customers.reversed(), metrics: answers.metrics.reversed(),
      scores: answers.scores.reversed(),
      stages: answers.stages.reversed())
    return copy
  }
}
