import SegueCore
import SegueFeatures
import SegueJourney
import SegueProfile

/// A profile without orders, for maps of journeys alone.
func bareProfile(_ labels: [Int32], segments: Int) -> StudyProfile {
  let column = labels.map(Double.init)
  let features = FeatureTable(
    [Feature("x", label: "x", unit: .plain, sources: [])], columns: [column], FeatureOptions())
  return Profiler(features, attributes: [], purchases: nil, currency: nil)
    .profile(labels: labels, count: segments, stability: nil).profile
}

/// Journeys through the six standard stages; each stage is passed with a probability of its own.
struct Walks {
  var customers: [Int32] = []
  var times: [Int64] = []
  var events: [Int32] = []
  var answers = Answers()

  /// - Parameter rate: the chance to pass from a stage, by customer and stage.
  init(customers count: Int, journeys: Int, _ generator: inout RandomGenerator, rate: (Int, Int) -> Double) {
    for customer in 0..<count {
      for journey in 0..<(1 + generator.index(below: journeys)) {
        for stage in 0..<6 {
          customers.append(Int32(customer))
          times.append(Int64(journey * 30 + stage) * 86_400)
          events.append(Int32(stage))
          if generator.unit() >= rate(customer, stage) { break }
        }
      }
      if generator.unit() < 0.5 {
        answers.customers.append(Int32(customer))
        answers.metrics.append(.csat)
        answers.scores.append(Double(1 + generator.index(below: 5)))
        answers.stages.append(Int32(generator.index(below: 6)))
      }
    }
  }

  func maps(_ labels: [Int32], segments: Int) -> [JourneyMap] {
    let profile = bareProfile(labels, segments: segments)
    // The profile orders segments by size; label them alike.
    let touchpoints = Touchpoints(
      customers: customers, times: times, events: events, channels: customers.map { _ in -1 },
      eventNames: ["a", "b", "c", "d", "e", "f"], channelNames: [])
    let aggregate = JourneyAggregate(
      touchpoints, answers: answers, labels: labels, segments: segments, stageOfEvent: [0, 1, 2, 3, 4, 5],
      stages: 6,
      gapDays: 7)
    return JourneyMapper(profile, aggregate, model: .standard).maps()
  }
}
