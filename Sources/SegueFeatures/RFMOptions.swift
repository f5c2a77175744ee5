public import SegueCore

/// What recency, frequency and monetary mean, and how they are scored. Printed in the report.
public struct RFMOptions: Sendable, Codable, Hashable {
  public enum Dimension: String, Sendable, Codable, CaseIterable {
    case recency
    case frequency
    case monetary
  }

  public enum Recency: String, Sendable, Codable, CaseIterable {
    /// Days since the last order.
    case days
    /// The same in units of the customer's own usual gap: who is late by their own habit scores low.
    case cadence
  }

  public enum Frequency: String, Sendable, Codable, CaseIterable {
    case orders
    /// Days with at least one order.
    case orderDays
  }

  public enum Monetary: String, Sendable, Codable, CaseIterable {
    case total
    /// Per order.
    case mean
  }

  public enum Binning: String, Sendable, Codable, CaseIterable {
    /// Equal customers get equal scores: type-7 quantiles, a value on a cut point scores below it.
    case quantile
    /// As the R package rfm 0.3 does: quantile plus one, a value on a cut point scores above it.
    case rfmPackage
    /// Where values leave gaps: optimal one-dimensional k-means (``NaturalBreaks``).
    case natural
    /// Frequency by quantiles among those of one recency score, monetary among those of one recency and frequency
    /// score: even cells, but a 5 means another figure in each.
    case nested
  }

  /// The day recency counts to. Default: the day after the last order.
  public var asOf: CalendarDay?
  /// Days before the as-of day that count; earlier rows are set aside. Nil looks back as far as the data goes.
  public var window: Int?
  /// What recency counts in.
  public var recency = Recency.days
  /// What frequency counts.
  public var frequency = Frequency.orders
  /// What monetary sums.
  public var monetary = Monetary.total
  /// Scores per dimension, 2 to 9.
  public var bins = 5
  /// How values become scores.
  public var binning = Binning.quantile
  /// Cut points of one's own instead, ascending, one fewer than `bins`; a value on one scores as `binning` says.
  public var cuts = OwnCuts()
  /// The table from scores to names: a built-in one, a file, or `none`, which names customers by their scores, for
  /// any number of bins.
  public var segments = "standard"
  /// What the file holds, where `segments` is one.
  public var ownSegments: SegmentTable?

  public init() {}

  /// Cut points by dimension; nil where a dimension is cut by `binning`.
  public struct OwnCuts: Sendable, Codable, Hashable {
    public var recency: [Double]?
    public var frequency: [Double]?
    public var monetary: [Double]?

    public init() {}

    public subscript(dimension: Dimension) -> [Double]? {
      get {
        switch dimension {
        case .recency: recency
        case .frequency: frequency
        case .monetary: monetary
        }
      }
      set {
        switch dimension {
        case .recency: recency = newValue
        case .frequency: frequency = newValue
        case .monetary: monetary = newValue
        }
      }
    }
  }

  /// Every setting that cannot be used, together.
  public var diagnostics: [Diagnostic] {
    var found: [Diagnostic] = []
    if !(2...9).contains(bins) {
      found.append(Diagnostic("rfm.bins", "\(bins) scores per dimension", hint: "choose 2 to 9 with --bins"))
    }
    if let window, !(1...36_500).contains(window) {
      found.append(
        Diagnostic("rfm.window", "a window of \(window) days", hint: "choose 1 to 36500 with --window"))
    }
    if recency == .cadence, binning == .rfmPackage, cuts.recency == nil {
      found.append(
        Diagnostic(
          "rfm.recency", "the R package rfm cuts a day after each quantile, and cadence is not in days",
          hint: "say --recency days, or another --binning"))
    }
    return found + Dimension.allCases.compactMap(problem) + segmentDiagnostics
  }

  /// What is wrong with the cut points of a dimension.
  private func problem(_ dimension: Dimension) -> Diagnostic? {
    guard let cuts = cuts[dimension] else { return nil }
    let name = dimension.rawValue
    let text = cuts.map(RFMScores.spelled)
    let rising = "say --cuts \(name)= and \(bins - 1) rising numbers with commas between"
    if let place = cuts.indices.first(where: { !cuts[$0].isFinite }) {
      return Diagnostic("rfm.cuts", "\(text[place]) is no cut point of \(name)", hint: rising)
    }
    if let place = cuts.indices.dropFirst().first(where: { cuts[$0] <= cuts[$0 - 1] }) {
      return Diagnostic(
        "rfm.cuts", "the cut points of \(name) do not rise: \(text[place]) follows \(text[place - 1])",
        hint: cuts.count == bins - 1 && Set(cuts).count == cuts.count
          ? "say --cuts \(name)=\(cuts.sorted().map(RFMScores.spelled).joined(separator: ","))" : rising)
    }
    guard cuts.count != bins - 1 else { return nil }
    let other = (1...8).contains(cuts.count) ? ", or --bins \(cuts.count + 1)" : ""
    return Diagnostic(
      "rfm.cuts",
      "\(name) has \(cuts.count == 1 ? "1 cut point" : "\(cuts.count) cut points"), and \(bins) scores take "
        + "\(bins - 1)", hint: rising + other)
  }
}
