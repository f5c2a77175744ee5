/// What customers did, in order: by customer, then time, then the order of the source.
public struct Touchpoints: Sendable {
  /// Row of the customer in the study's tables; rows without a segment are left out before.
  public var customers: [Int32]
  /// Local seconds.
  public var times: [Int64]
  /// Index into `eventNames`.
  public var events: [Int32]
  /// Index into `channelNames`; −1 where the source has none.
  public var channels: [Int32]
  public var eventNames: [String]
  public var channelNames: [String]

  /// Sorts by customer and time, keeping the source's order within the same second.
  public init(
    customers: [Int32], times: [Int64], events: [Int32], channels: [Int32], eventNames: [String],
    channelNames: [String]
  ) {
    let order = customers.indices.sorted { (customers[$0], times[$0], $0) < (customers[$1], times[$1], $1) }
    self.customers = order.map { customers[$0] }
    self.times = order.map { times[$0] }
    self.events = order.map { events[$0] }
    self.channels = order.map { channels[$0] }
    self.eventNames = eventNames
    self.channelNames = channelNames
  }

  public var count: Int { customers.count }
}

/// Answers of customers, already placed on stages.
public struct Answers: Sendable {
  public enum Metric: String, Sendable, Codable, CaseIterable {
    case nps = "NPS"
    case csat = "CSAT"
    case ces = "CES"
    case score
  }

  public var customers: [Int32]
  public var metrics: [Metric]
  public var scores: [Double]
  /// Stage of the model in use; −1 where the answer names none that it knows.
  public var stages: [Int32]

  /// Lowest and highest figure possible, by metric; NPS as net points. CES is asked on 1–7 and on 1–5.
  public var scales: [Metric: Interval] = [
    .nps: Interval(-100, 100), .csat: Interval(1, 5), .ces: Interval(1, 7),
  ]

  public init(customers: [Int32] = [], metrics: [Metric] = [], scores: [Double] = [], stages: [Int32] = []) {
    self.customers = customers
    self.metrics = metrics
    self.scores = scores
    self.stages = stages
  }
}
