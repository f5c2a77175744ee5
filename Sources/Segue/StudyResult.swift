public import SegueClustering
public import SegueCore
public import SegueFeatures
public import SegueIngest
public import SegueJourney
public import SeguePersona
public import SegueProfile

/// Every value a study passed through, for whoever wants more than the folder.
public struct StudyResult: Sendable {
  /// An input as it was read.
  public struct InputRecord: Sendable, Codable, Hashable {
    public var file: String
    public var kind: TableKind
    public var rows: Int
    public var bytes: Int
    public var sha256: String
  }

  public var title: String
  public var settings: ResolvedOptions
  public var inputs: [InputRecord]
  public var sources: [SourceInspection]
  public var ledger: CleaningLedger
  public var joining: Joining
  public var rejects: RejectList
  /// Customer id of each row, as read; all arrays below follow it.
  public var customerIDs: [String]
  public var rfm: RFMTable?
  public var scores: RFMScores?
  /// Nil where there are no orders, or too few to model; the remarks say so.
  public var value: StudyValue?
  public var features: FeatureTable
  /// What the features were made of, before gaps were filled, in their order.
  public var clusteredOn: [Attribute]
  public var model: KMeansModel
  /// Of all customers, or of the main group where they were parted by lifecycle.
  public var scan: SegmentCountScan?
  /// Nil where there are no orders.
  public var lifecycle: Lifecycle?
  /// The groups that were clustered each by itself; empty where all were clustered in one.
  public var groups: [SegmentGroup]
  /// How somebody new would be placed.
  public var rules: [GroupRule]
  /// Position of each customer's segment in `profile.segments`.
  public var labels: [Int32]
  /// To the segment's centroid, in scaled features.
  public var distances: [Double]
  /// The model's cluster of each segment.
  public var clusterOfSegment: [Int]
  public var quality: ClusterQuality
  public var axes: PrincipalAxes
  public var profile: StudyProfile
  public var grid: RFMGrid?
  public var journeys: JourneyAggregate
  public var maps: [JourneyMap]
  public var personas: [Persona]
  /// What was foretold at a past day, held against what came next; nil where the data is too short for it.
  public var backtest: Backtest?
  /// Under which ids are written; nil writes them as they are.
  public var redaction: Redaction?
  /// What became of the segments of an earlier study; nil where there is none.
  public var changes: StudyChanges?
  /// The earlier study, and the id of the next segment that is new; nil where there is none.
  public var comparedWith: StudyModel.Origin?
  public var nextID: Int?
  /// What a reader should act on, in sentences.
  public var warnings: [String]
  /// What a reader should know, in sentences.
  public var remarks: [String]

  public var options: StudyOptions { settings.options }

  /// The segments a group was split into, in the order of the report.
  public func segments(of group: SegmentGroup) -> [Segment] {
    zip(profile.segments, clusterOfSegment).filter { group.clusters.contains($0.1) }.map(\.0.segment)
  }

  /// The day the study looks from; nil where nothing in it is counted in days.
  public var asOf: CalendarDay? { rfm?.asOf ?? features.asOf }
}
