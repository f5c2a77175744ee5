import SegueClustering
public import SegueCore
public import SegueFeatures
public import SegueIngest
import SegueJourney

/// Every setting that can change a result. Defaults are the initialisers here and in the parts.
public struct StudyOptions: Sendable, Codable, Hashable {
  public var ingest = IngestOptions()
  public var rfm = RFMOptions()
  public var features = FeatureOptions()
  public var clustering = ClusteringOptions()
  public var journey = JourneyOptions()
  /// One number for every use of chance.
  public var seed = Seed(0)

  public init() {}
}

/// How customers are split.
public struct ClusteringOptions: Sendable, Codable, Hashable {
  /// Number of segments; nil finds it.
  public var k: Int?
  /// Starts of k-means, of which the best counts; nil lets the size of the table decide.
  public var restarts: Int?
  /// The largest number of segments tried when k is found.
  public var mostSegments = 10

  public init() {}
}

/// How journeys are cut and staged.
public struct JourneyOptions: Sendable, Codable, Hashable {
  /// Stage model by its id.
  public var stages = StageModel.standard.id
  /// Days of silence that end a journey.
  public var gapDays = 7

  public init() {}
}
