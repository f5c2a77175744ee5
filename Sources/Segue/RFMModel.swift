import SegueCore
public import SegueFeatures
public import SegueIngest

/// The RFM part of `model.json`: what scores mean and where they part, so that customers of another day are measured
/// alike.
public struct RFMModel: Sendable, Hashable {
  /// The definitions; the day is the one the study counted recency to, and the table is always there.
  public var options: RFMOptions
  /// Whether refunds lowered what was spent.
  public var refunds: IngestOptions.Refunds
  public var cutPoints: RFMScores.CutPoints
  /// How people call the model.
  public var file: String

  init(_ rfm: RFMTable, _ scores: RFMScores, _ study: StudyOptions) {
    options = study.rfm
    options.asOf = rfm.asOf
    if options.segments != SegmentTable.none { options.ownSegments = study.rfm.segmentTable }
    // Where a file lay is nobody's business.
    options.segments = Study.baseName(options.segments)
    options.ownSegments?.id = options.segments
    refunds = study.ingest.refunds
    cutPoints = scores.cutPoints
    file = "model.json"
  }

  /// Reads a study's `model.json`.
  ///
  /// - Throws: ``SegueError`` those of ``StudyModel/init(file:)``; `model.rfm` for the model of a study without orders.
  public init(file path: String) throws {
    let model = try StudyModel(file: path)
    guard let rfm = model.rfm else {
      throw SegueError.data(
        Diagnostic(
          "model.rfm", "the model holds no RFM scores: its study had no orders", at: .init(file: path),
          hint: "name the model.json of a study with orders"))
    }
    self = rfm
    file = path
  }

  /// Whether it says what a model of ours could.
  var isSound: Bool {
    let bins = options.bins
    func rises(_ cuts: [Double]) -> Bool {
      cuts.count == bins - 1 && cuts.allSatisfy(\.isFinite)
        && zip(cuts, cuts.dropFirst()).allSatisfy { $0 <= $1 }
    }
    func parts(_ cuts: [Double], _ within: [[Double]]?, _ groups: Int) -> Bool {
      guard let within else { return rises(cuts) }
      return cuts.isEmpty && within.count == groups && within.allSatisfy(rises)
    }
    guard (2...9).contains(bins), (options.ownSegments.map { $0.isWellFormed }) ?? true else { return false }
    return options.diagnostics.isEmpty
      && parts(cutPoints.recencyDays, cutPoints.recencyCadence.map { [$0] }, 1)
      && parts(cutPoints.frequency, cutPoints.frequencyWithin, bins)
      && parts(cutPoints.monetary, cutPoints.monetaryWithin, bins * bins)
  }
}

extension RFMModel: Codable {
  private enum CodingKeys: String, CodingKey {
    case refunds
    case cutPoints
    case segmentTable
  }

  /// The keys of the options and those of its own side by side.
  public func encode(to encoder: any Encoder) throws {
    var options = options
    options.ownSegments = nil
    try options.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(refunds, forKey: .refunds)
    try container.encode(cutPoints, forKey: .cutPoints)
    try container.encodeIfPresent(self.options.ownSegments, forKey: .segmentTable)
  }

  public init(from decoder: any Decoder) throws {
    options = try RFMOptions(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    refunds = try container.decode(IngestOptions.Refunds.self, forKey: .refunds)
    cutPoints = try container.decode(RFMScores.CutPoints.self, forKey: .cutPoints)
    options.ownSegments = try container.decodeIfPresent(SegmentTable.self, forKey: .segmentTable)
    file = "model.json"
  }
}

extension RFMModel {
  /// The settings that say what scores mean. The day that recency counts to is none of them.
  static let definitions = StudyOptions.settings.filter {
    $0.key == "ingest.refunds" || $0.key.hasPrefix("rfm.") && $0.key != "rfm.asOf"
  }

  /// Puts the model's definitions in the place of those of the settings.
  func define(_ study: inout StudyOptions) {
    let asOf = study.rfm.asOf
    study.rfm = options
    study.rfm.asOf = asOf
    study.ingest.refunds = refunds
  }
}
