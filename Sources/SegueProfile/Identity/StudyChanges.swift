public import SegueCore

/// How a run differs from an earlier one: what became of the segments, who moved, what drifted, which figures changed.
public struct StudyChanges: Sendable, Codable {
  /// One of the two runs.
  public struct Run: Sendable, Codable, Hashable {
    public var title: String
    public var asOf: CalendarDay?
    public var customers: Int
    public var segments: Int
    public var currency: String?

    public init(title: String, asOf: CalendarDay?, customers: Int, segments: Int, currency: String?) {
      (self.title, self.asOf, self.customers) = (title, asOf, customers)
      (self.segments, self.currency) = (segments, currency)
    }
  }

  public var before: Run
  public var now: Run
  public var segments: [SegmentChange]
  public var migration: Migration
  /// The strongest first.
  public var drift: [FeatureDrift]
  /// Everybody first, then segments as in `segments`.
  public var figures: [FigureChanges]
  /// What a reader should know, in sentences.
  public var remarks: [String]

  /// Why there is nothing to say of the drift of some features is in the remarks.
  public init(
    before: Run, now: Run, _ matching: SegmentMatching, old: [Segment], new: [Segment],
    drift: [FeatureDrift], figures: [FigureChanges], remarks: [String]
  ) {
    (self.before, self.now, self.drift) = (before, now, FeatureDrift.sorted(drift))
    (self.figures, self.remarks) = (figures, remarks)
    migration = Migration(matching, old: old, new: new)
    segments = matching.changes(old: old, new: new, migration)
  }

  public func count(_ outcome: SegmentChange.Outcome) -> Int { segments.count { $0.outcome == outcome } }

  /// `5 kept, 1 split, 2 new`
  public var outline: String {
    let words: [(SegmentChange.Outcome, String)] = [
      (.kept, "kept"), (.split, "split"), (.merged, "merged"), (.gone, "gone"), (.born, "new"),
    ]
    return words.filter { count($0.0) > 0 }.map { "\(count($0.0)) \($0.1)" }.joined(separator: ", ")
  }

  /// Features whose index is above a limit, and above what chance makes.
  public func drifting(beyond limit: Double) -> [FeatureDrift] {
    drift.filter { $0.psi > limit && $0.psi > $0.chance }
  }
}

/// How far a feature has moved.
public struct FeatureDrift: Sendable, Codable, Hashable {
  /// 0.1 and 0.25 are convention (Siddiqi 2006, Credit Risk Scorecards), not tests.
  public enum Reading: String, Sendable, Codable {
    /// No more than chance makes of samples of this size.
    case chance
    /// Below 0.1.
    case little
    /// Below 0.25.
    case moderate
    case large

    public var words: String {
      switch self {
      case .chance: "no more than chance"
      case .little: "little"
      case .moderate: "moderate"
      case .large: "large"
      }
    }
  }

  public var name: String
  public var label: String
  public var unit: Unit
  /// The population stability index.
  public var psi: Double
  /// What chance alone reaches one time in twenty.
  public var chance: Double
  public var reading: Reading
  public var bins: Int
  /// Of numbers.
  public var medianBefore: Double?
  public var medianNow: Double?
  /// Whether it is counted to each run's own day, and so moves with it.
  public var countsToOwnDay: Bool

  /// - Parameters: values of each run, NaN where missing.
  /// - Returns: nil for fewer than ten customers in either run.
  public init?(
    _ name: String, label: String, unit: Unit, before: [Double], now: [Double], countsToOwnDay: Bool
  ) {
    guard let result = PopulationStability.numbers(before, now) else { return nil }
    self.init(name, label, unit, result)
    medianBefore = NumberSummary(before)?.median
    medianNow = NumberSummary(now)?.median
    self.countsToOwnDay = countsToOwnDay
  }

  /// - Parameters: levels of each run, nil where missing.
  public init?(_ name: String, label: String, before: [String?], now: [String?]) {
    guard let result = PopulationStability.categories(before, now) else { return nil }
    self.init(name, label, .plain, result)
  }

  private init(_ name: String, _ label: String, _ unit: Unit, _ result: PopulationStability.Result) {
    (self.name, self.label, self.unit) = (name, label, unit)
    (psi, chance, bins) = (result.index, result.chance, result.bins)
    reading =
      psi <= chance ? .chance : psi < 0.1 ? .little : psi < 0.25 ? .moderate : .large
    countsToOwnDay = false
  }

  static func sorted(_ drift: [FeatureDrift]) -> [FeatureDrift] {
    drift.sorted { ($1.psi, $0.name) < ($0.psi, $1.name) }
  }
}

/// Figures of everybody or of one segment, before and now.
public struct FigureChanges: Sendable, Codable, Hashable {
  public struct Value: Sendable, Codable, Hashable {
    /// `customers`, `revenue`, `orders`, `boughtAgain`, `customerShare`.
    public var name: String
    public var label: String
    public var unit: Unit
    public var before: Double?
    public var now: Double?
    /// 95 %; nil for counts and sums, which are not estimated.
    public var beforeInterval: Interval?
    public var nowInterval: Interval?

    public init(
      _ name: String, _ label: String, _ unit: Unit, before: Double?, now: Double?,
      beforeInterval: Interval? = nil, nowInterval: Interval? = nil
    ) {
      (self.name, self.label, self.unit) = (name, label, unit)
      (self.before, self.now) = (before, now)
      (self.beforeInterval, self.nowInterval) = (beforeInterval, nowInterval)
    }
  }

  /// Nil for everybody, and for segments of the other run alone.
  public var before: SegmentChange.Named?
  public var now: SegmentChange.Named?
  public var values: [Value]

  public init(before: Segment?, now: Segment?, values: [Value]) {
    self.before = before.map(SegmentChange.Named.init)
    self.now = now.map(SegmentChange.Named.init)
    self.values = values
  }
}
