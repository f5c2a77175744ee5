import SegueCore
import SegueFeatures
import SegueIngest
import SegueJourney
import SegueProfile

/// Brings events, orders and answers into the form journeys are counted from.
struct JourneyBuilder {
  let data: IngestedData
  let population: Population
  let model: StageModel
  let gapDays: Int

  struct Result {
    var aggregate: JourneyAggregate
    var remarks: [String]
  }

  /// - Parameter labels: the segment of each row.
  func build(labels: [Int32], segments: Int) -> Result {
    var remarks: [String] = []
    let touchpoints = data.events.map(fromEvents) ?? fromOrders()
    let stages = touchpoints.eventNames.map { name in
      EventStages.step(of: name).flatMap(model.stage(for:)).map(Int32.init) ?? -1
    }
    remarks += unmapped(touchpoints, stages)
    let answers = answers(&remarks)
    let aggregate = JourneyAggregate(
      touchpoints, answers: answers, labels: labels, segments: segments, stageOfEvent: stages,
      stages: model.stages.count, gapDays: data.events == nil ? nil : gapDays)
    return Result(aggregate: aggregate, remarks: remarks)
  }

  private func fromEvents(_ events: EventTable) -> Touchpoints {
    var names = events.event.texts.strings
    var customers: [Int32] = []
    var times: [Int64] = []
    var codes: [Int32] = []
    var channels: [Int32] = []
    for row in events.customer.indices where population.rowOf[Int(events.customer[row])] >= 0 {
      customers.append(population.rowOf[Int(events.customer[row])])
      times.append(events.time[row])
      codes.append(events.event.codes[row])
      channels.append(events.channel.codes[row])
    }
    // A log without purchases still has them in the orders.
    if !names.contains(where: { EventStages.step(of: $0) == .purchase }),
      let history = population.purchases?.history
    {
      for index in 0..<history.orderList.count {
        customers.append(history.orderList.customers[index])
        times.append(history.orderList.times[index].seconds)
        codes.append(Int32(names.count))
        channels.append(-1)
      }
      names.append("order")
    }
    return Touchpoints(
      customers: customers, times: times, events: codes, channels: channels, eventNames: names,
      channelNames: events.channel.texts.strings)
  }

  /// Orders show the purchase and whether another follows. Refunds are left to the profile: they are no
  /// step that a customer should pass.
  private func fromOrders() -> Touchpoints {
    guard let orders = population.purchases?.history.orderList else {
      return Touchpoints(customers: [], times: [], events: [], channels: [], eventNames: [], channelNames: [])
    }
    var events = [Int32](repeating: 0, count: orders.count)
    for index in events.indices.dropFirst() where orders.customers[index] == orders.customers[index - 1] {
      events[index] = 1
    }
    return Touchpoints(
      customers: orders.customers, times: orders.times.map(\.seconds), events: events,
      channels: [Int32](repeating: -1, count: events.count), eventNames: ["first_order", "repeat_order"],
      channelNames: [])
  }

  private func unmapped(_ touchpoints: Touchpoints, _ stages: [Int32]) -> [String] {
    var counts = [Int](repeating: 0, count: stages.count)
    for event in touchpoints.events where stages[Int(event)] < 0 { counts[Int(event)] += 1 }
    let names = counts.indices.filter { counts[$0] > 0 }
      .sorted { (-counts[$0], touchpoints.eventNames[$0]) < (-counts[$1], touchpoints.eventNames[$1]) }
    guard !names.isEmpty else { return [] }
    let list = names.prefix(8).map { "\(touchpoints.eventNames[$0]) (\(counts[$0]))" }.joined(separator: ", ")
    return [
      "Events of no known stage, left out of the journeys: \(list)\(names.count > 8 ? " and more" : "")."
    ]
  }

  private func answers(_ remarks: inout [String]) -> Answers {
    guard let feedback = data.feedback else { return Answers() }
    var answers = Answers()
    var unplaced = 0
    let stageOf = feedback.stage.texts.strings.map { model.stage(named: $0).map(Int32.init) ?? -1 }
    for row in feedback.customer.indices where population.rowOf[Int(feedback.customer[row])] >= 0 {
      let code = feedback.stage.codes.isEmpty ? -1 : feedback.stage.codes[row]
      let stage = code < 0 ? -1 : stageOf[Int(code)]
      if stage < 0 { unplaced += 1 }
      answers.customers.append(population.rowOf[Int(feedback.customer[row])])
      answers.metrics.append(JourneyBuilder.metric(feedback.metric[row]))
      answers.scores.append(feedback.score[row])
      answers.stages.append(stage)
    }
    for metric in [Answers.Metric.csat, .ces] {
      let scores = zip(answers.metrics, answers.scores).filter { $0.0 == metric }.map(\.1)
      guard let low = scores.min(), let high = scores.max() else { continue }
      answers.scales[metric] = JourneyBuilder.scale(from: low, to: high)
    }
    if unplaced > 0 { remarks.append("\(unplaced) answers name no stage of the model and stand in no map.") }
    return answers
  }

  /// The scale in use, by the answers seen: 1–5, 1–7, 0–10 or 0–100; nil if none holds them.
  private static func scale(from low: Double, to high: Double) -> Interval? {
    [Interval(1, 5), Interval(1, 7), Interval(0, 10), Interval(0, 100)]
      .first { $0.low <= low && high <= $0.high }
  }

  private static func metric(_ metric: FeedbackTable.Metric) -> Answers.Metric {
    switch metric {
    case .nps: .nps
    case .csat: .csat
    case .ces: .ces
    case .unknown: .score
    }
  }
}
