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
    let touchpoints = data.events.map { fromEvents($0, &remarks) } ?? fromOrders()
    let steps = touchpoints.eventNames.map(EventStages.step(of:))
    let answers = answers(&remarks)
    let aggregate = JourneyAggregate(
      touchpoints, answers: answers, labels: labels, segments: segments,
      stageOfEvent: steps.map { $0.flatMap(model.stage(for:)).map(Int32.init) ?? -1 },
      purchaseEvents: Set(steps.indices.filter { steps[$0] == .purchase }.map(Int32.init)),
      stages: model.stages.count, gapDays: data.events == nil ? nil : gapDays)
    return Result(aggregate: aggregate, remarks: remarks)
  }

  private func fromEvents(_ events: EventTable, _ remarks: inout [String]) -> Touchpoints {
    let named = PersonalText.hide(events.event.texts.strings, events.event.codes)
    let channel = PersonalText.hide(events.channel.texts.strings, events.channel.codes)
    var names = named.names
    // Events of no stage are no steps: left in, a heartbeat would bridge the silence between two journeys.
    let isKnown = names.map { EventStages.step(of: $0) != nil }
    var unknown = [Int](repeating: 0, count: names.count)
    var strangers = 0
    var customers: [Int32] = []
    var times: [Int64] = []
    var codes: [Int32] = []
    var channels: [Int32] = []
    for row in events.customer.indices {
      let (place, code) = (population.rowOf[Int(events.customer[row])], Int(named.codes[row]))
      if !isKnown[code] { unknown[code] += 1 }
      if place < 0 { strangers += 1 }
      guard place >= 0, isKnown[code] else { continue }
      customers.append(place)
      times.append(events.time[row])
      codes.append(Int32(code))
      channels.append(channel.codes[row])
    }
    remarks += JourneyBuilder.unmapped(names, unknown)
    if strangers > 0 {
      remarks.append(
        "\(NumberText.integer(strangers)) events of people without an order enter no journey: the maps are those of buyers."
      )
    }
    // A log without purchases still has them in the orders, as far as it reaches.
    if !names.contains(where: { EventStages.step(of: $0) == .purchase }),
      let orders = population.purchases?.history.orderList, let first = times.min(), let last = times.max()
    {
      for index in 0..<orders.count where (first...last).contains(orders.times[index].seconds) {
        customers.append(orders.customers[index])
        times.append(orders.times[index].seconds)
        codes.append(Int32(names.count))
        channels.append(-1)
      }
      names.append("order")
    }
    return Touchpoints(
      customers: customers, times: times, events: codes, channels: channels, eventNames: names,
      channelNames: channel.names)
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

  private static func unmapped(_ eventNames: [String], _ counts: [Int]) -> [String] {
    let names = counts.indices.filter { counts[$0] > 0 }
      .sorted { (-counts[$0], eventNames[$0]) < (-counts[$1], eventNames[$1]) }
    guard !names.isEmpty else { return [] }
    let list = names.prefix(8).map { "\(eventNames[$0]) (\(NumberText.integer(counts[$0])))" }
    return [
      "Events of no known stage, left out of the journeys: \(list.joined(separator: ", "))"
        + "\(names.count > 8 ? " and more" : "")."
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
    if answers.metrics.contains(.ces) { remarks.append("CES is read with higher answers as easier.") }
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
