public import SegueCore
public import SegueFeatures

/// The part of `model.json` that customers of another day need to score alike: every definition, and the cut points.
public struct RFMModel: Sendable, Codable, Hashable {
  public var asOf: CalendarDay
  /// Days; nil looked back as far as the data went.
  public var window: Int?
  /// Nil in files of versions that knew days only.
  public var recency: RFMOptions.Recency?
  public var frequency: RFMOptions.Frequency
  public var monetary: RFMOptions.Monetary
  public var bins: Int
  public var binning: RFMOptions.Binning
  /// Dimensions whose cut points were given and not counted.
  public var ownCuts: [RFMOptions.Dimension]?
  public var cutPoints: RFMScores.CutPoints
  public var segments: String

  public init(_ rfm: RFMTable, _ scores: RFMScores, _ options: RFMOptions) {
    asOf = rfm.asOf
    window = options.window
    // What was counted: nobody may have had a usual gap.
    recency = scores.cutPoints.recencyCadence == nil ? .days : .cadence
    frequency = options.frequency
    monetary = options.monetary
    bins = scores.bins
    binning = scores.binning
    let own = RFMOptions.Dimension.allCases.filter { options.cuts[$0] != nil }
    ownCuts = own.isEmpty ? nil : own
    cutPoints = scores.cutPoints
    segments = options.segments
  }

  /// What the model defines in place of what options say; the as-of day stays theirs.
  ///
  /// Made for ``RFMScores/init(_:cutPoints:_:names:)`` with the model's cut points.
  public func applied(to options: RFMOptions) -> RFMOptions {
    var result = options
    result.window = window
    result.recency = recency ?? .days
    result.frequency = frequency
    result.monetary = monetary
    result.bins = bins
    result.binning = binning
    result.cuts = RFMOptions.OwnCuts()
    result.segments = segments
    return result
  }
}
