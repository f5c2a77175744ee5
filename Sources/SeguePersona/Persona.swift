public import SegueCore
public import SegueProfile

/// A segment summed up on a page. Nothing in it is invented: no name of a person, no photo, no quote.
public struct Persona: Sendable, Codable {
  public enum Basis: String, Sendable, Codable, CaseIterable {
    /// From the data.
    case observed
    /// Concluded by a stated rule.
    case inferred
    /// A question to research.
    case ask
  }

  /// What a persona is expected to tell. Each is stated, or a question asks for it.
  public enum Field: String, Sendable, Codable, CaseIterable {
    case characteristics
    case interests
    case behaviour
    case value
    case needs
    case motivations
    case goals
    case expectations
    case painPoints
    case channels
    case nextStep
  }

  /// What a sentence rests on.
  ///
  /// A trait or a figure of the segment in `segments.json`; where both have the id, an effect tells the trait.
  public struct Evidence: Sendable, Codable, Hashable {
    public var id: String
    /// Customers, orders or answers behind it.
    public var n: Int
    public var effect: Double?
    /// 95 %, of the effect or of the figure.
    public var interval: Interval?
    /// Of the interval of a figure; an effect has none.
    public var unit: Unit?
    /// Columns it was read from.
    public var sources: [String]

    public init(
      id: String, n: Int, effect: Double? = nil, interval: Interval? = nil, unit: Unit? = nil,
      sources: [String]
    ) {
      self.id = id
      self.n = n
      self.effect = effect
      self.interval = interval
      self.unit = unit
      self.sources = sources
    }
  }

  public struct Sentence: Sendable, Codable {
    public var text: String
    public var basis: Basis
    /// What it tells or asks for.
    public var fields: [Field]
    /// For a question: what prompted it. Empty for groups too small to have figures.
    public var evidence: [Evidence]
    /// Id in ``PersonaRule/all``.
    public var rule: String

    public init(
      _ text: String, _ basis: Basis, _ evidence: [Evidence] = [], rule: String, fields: [Field] = []
    ) {
      self.text = text
      self.basis = basis
      self.fields = fields
      self.evidence = evidence
      self.rule = rule
    }
  }

  /// In the order of the page.
  public enum Topic: String, Sendable, Codable, CaseIterable {
    case whoTheyAre
    case worth
    case whatTheyBuy
    case whenTheyBuy
    case wants
    case pains
    case reach
    case doNext
    case questions

    public var title: String {
      switch self {
      case .whoTheyAre: "Who they are"
      case .worth: "What they are worth"
      case .whatTheyBuy: "What they buy"
      case .whenTheyBuy: "When they buy"
      case .wants: "What they seem to want"
      case .pains: "Where it hurts"
      case .reach: "Reach them"
      case .doNext: "Do next"
      case .questions: "Ask them"
      }
    }
  }

  public struct Section: Sendable, Codable {
    public var topic: Topic
    public var sentences: [Sentence]
  }

  public var segment: Segment
  public var customerShare: Double
  public var revenueShare: Double?
  /// Median order value of the segment, in currency units.
  public var medianOrderValue: Double?
  /// What the typical customer has spent so far, in currency units.
  public var medianSpent: Double?
  /// What is expected of a customer, and of all of them, within the horizon, in currency units of today.
  public var expectedValue: Double?
  public var expectedTotal: Double?
  /// Days that `expectedValue` looks ahead.
  public var horizonDays: Int?
  /// The strongest traits, and those that no sentence has room for; each in a line of the card.
  public var apart: [Trait]
  /// Whatever else differs from the others, strongest first: told here for completeness, in no sentence.
  public var alsoDiffers: [Trait] = []
  public var rule: SegmentRule?
  /// Only topics with something to say.
  public var sections: [Section]
  /// False for groups too small to describe: then `sections` only says so.
  public var isDescribed: Bool
}
