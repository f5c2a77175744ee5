public import SegueProfile

/// A segment summed up on a page. Nothing in it is invented: no name of a person, no photo, no quote.
public struct Persona: Sendable, Codable {
  public enum Basis: String, Sendable, Codable {
    /// From the data.
    case observed
    /// Concluded by a stated rule.
    case inferred
    /// A question to research.
    case ask
  }

  /// What a sentence rests on.
  public struct Evidence: Sendable, Codable {
    /// Id of a trait in `segments.json`, or of a figure there.
    public var id: String
    public var n: Int
    public var effect: Double?
    public var interval: Interval?
    public var sources: [String]

    public init(id: String, n: Int, effect: Double? = nil, interval: Interval? = nil, sources: [String]) {
      self.id = id
      self.n = n
      self.effect = effect
      self.interval = interval
      self.sources = sources
    }
  }

  public struct Sentence: Sendable, Codable {
    public var text: String
    public var basis: Basis
    /// At least one for `observed`.
    public var evidence: [Evidence]
    /// The rule that made it.
    public var rule: String

    public init(_ text: String, _ basis: Basis, _ evidence: [Evidence] = [], rule: String) {
      self.text = text
      self.basis = basis
      self.evidence = evidence
      self.rule = rule
    }
  }

  /// In the order of the page.
  public enum Topic: String, Sendable, Codable, CaseIterable {
    case whoTheyAre
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
  /// The strongest traits, each in a line of the card.
  public var apart: [Trait]
  public var rule: SegmentRule?
  /// Only topics with something to say.
  public var sections: [Section]
  /// False for groups too small to describe: then `sections` only says so.
  public var isDescribed: Bool
}
