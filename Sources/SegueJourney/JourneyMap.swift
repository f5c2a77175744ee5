public import SegueProfile

/// Stages × lanes for one segment. A cell is evidence, a rule's conclusion, or an open question.
public struct JourneyMap: Sendable, Codable {
  public enum Basis: String, Sendable, Codable {
    /// From the data, with n.
    case observed
    /// Concluded by a rule that the reader can look up.
    case inferred
    /// A question to research.
    case ask
  }

  public enum Lane: String, Sendable, Codable, CaseIterable {
    case goal
    case touchpoints
    case channels
    case actions
    case painPoints
    case opportunities
    case ourGoal
    case kpi
    case message

    public var title: String {
      switch self {
      case .goal: "Customer's goal"
      case .touchpoints: "Touchpoints"
      case .channels: "Channels"
      case .actions: "Actions"
      case .painPoints: "Pain points"
      case .opportunities: "Opportunities"
      case .ourGoal: "Our goal"
      case .kpi: "Key figures"
      case .message: "Message"
      }
    }
  }

  public struct Cell: Sendable, Codable {
    public var text: String
    public var basis: Basis
    /// Journeys, touchpoints or answers behind an observed cell.
    public var n: Int?
    public var interval: Interval?
    /// The rule behind an inferred cell, by its name in the documentation.
    public var rule: String?
    /// A significant pain point.
    public var isHot: Bool

    public init(
      _ text: String, _ basis: Basis, n: Int? = nil, interval: Interval? = nil, rule: String? = nil,
      isHot: Bool = false
    ) {
      self.text = text
      self.basis = basis
      self.n = n
      self.interval = interval
      self.rule = rule
      self.isHot = isHot
    }
  }

  public struct Stage: Sendable, Codable {
    public var name: String
    /// Whether any touchpoint shows this stage.
    public var isObserved: Bool
    /// Share of this segment's journeys that got here or further, and that of all journeys.
    public var reach: Double?
    public var reachInterval: Interval?
    public var reachOverall: Double?
    /// Share of those here that went on; nil for the last stage.
    public var passing: Double?
    public var passingOthers: Double?
    /// Median days to the next stage, and how many journeys it is from.
    public var medianDays: Double?
    public var medianDaysCount: Int?
    /// One per lane.
    public var cells: [String: Cell]

    public subscript(lane: Lane) -> Cell {
      get { cells[lane.rawValue] ?? Cell("—", .ask) }
      set { cells[lane.rawValue] = newValue }
    }
  }

  /// How content customers say they are at a stage; from answers only, never guessed.
  public struct Emotion: Sendable, Codable {
    public var stage: Int
    public var metric: Answers.Metric
    public var figure: Double
    public var n: Int
    /// −1 frustrated … 1 satisfied: the figure on its own scale.
    public var level: Double
    public var interval: Interval
  }

  /// Where this segment does significantly worse than the others.
  public struct PainPoint: Sendable, Codable {
    public enum Kind: String, Sendable, Codable {
      /// Journeys end here that go on elsewhere.
      case dropOff
      /// Answers are lower here than elsewhere.
      case score
    }

    public var kind: Kind
    public var stage: Int
    public var stageName: String
    public var nextStageName: String?
    public var metric: Answers.Metric?
    /// The segment's figure (share that goes on, or score) and that of the others.
    public var value: Double
    public var others: Double
    /// Value less others, with interval.
    public var difference: Double
    public var interval: Interval
    public var n: Int
    public var qValue: Double
    /// Journeys lost a year beyond what the others would lose.
    public var lostPerYear: Double?
    /// Money those are worth a year, and the assumption behind it.
    public var moneyPerYear: Double?
    public var moneyInterval: Interval?
    public var assumption: String?
    public var text: String
  }

  public var segment: Segment
  public var model: String
  public var journeys: Int
  public var customers: Int
  public var stages: [Stage]
  public var emotions: [Emotion]
  /// By falling money at stake.
  public var painPoints: [PainPoint]
  /// What is counted as a journey, as a sentence.
  public var unit: String
}
