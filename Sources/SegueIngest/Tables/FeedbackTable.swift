/// The usable rows of all feedback files, column by column. Answers in words are not kept.
public struct FeedbackTable: Sendable {
  public enum Metric: String, CaseIterable, Sendable, Codable, Hashable {
    /// Net promoter score, 0…10.
    case nps = "NPS"
    /// Customer satisfaction.
    case csat = "CSAT"
    /// Customer effort score.
    case ces = "CES"
    case unknown
  }

  /// Index into ``IngestedData/customerIDs``.
  public var customer: [Int32] = []
  /// ``SegueCore/LocalTime`` seconds.
  public var time: [Int64] = []
  public var metric: [Metric] = []
  public var score: [Double] = []
  /// The best possible score where the file says so, else NaN.
  public var scale: [Double] = []
  /// -1 where unknown.
  public var stage = Labels()
  /// -1 where unknown.
  public var channel = Labels()
  public var hasText: [Bool] = []

  public init() {}

  public var rowCount: Int { customer.count }

  /// Keeps some rows, in their order.
  package mutating func keep(_ rows: [Int32]) {
    customer = customer.picked(rows)
    time = time.picked(rows)
    metric = metric.picked(rows)
    score = score.picked(rows)
    scale = scale.picked(rows)
    stage.codes = stage.codes.picked(rows)
    channel.codes = channel.codes.picked(rows)
    hasText = hasText.picked(rows)
  }
}
