public import SegueClustering
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
  public var lifecycle = LifecycleOptions()
  public var value = ValueSettings()
  /// Names that people give to segments, by the name or the id they have.
  public var segmentNames: [String: String] = [:]
  public var journey = JourneyOptions()
  public var backtest = BacktestOptions()
  /// One number for every use of chance.
  public var seed = Seed(0)

  public init() {}
}

/// The method that splits rows.
public enum ClusteringAlgorithm: String, Sendable, Codable, CaseIterable {
  /// k-means: compact groups around means.
  case kmeans
  /// k-means on batches, for tables that take too long otherwise.
  case minibatch
  /// Splits the widest cluster in two until there are enough: groups within groups.
  case bisecting
  /// Gaussian mixtures: groups of any spread and tilt, each row in each of them with a probability.
  case gmm
  /// k-prototypes: numbers by distance, categories by whether they agree.
  case kprototypes
}

/// The shape of the components of a mixture.
public enum CovarianceChoice: String, Sendable, Codable, CaseIterable {
  /// The one of lowest BIC.
  case auto
  case full
  case tied
  case diagonal
  case spherical
}

/// Whether customers are parted by their lifecycle before they are clustered.
public enum LifecycleParting: String, Sendable, Codable, CaseIterable {
  /// Current customers, lapsed ones and one-time buyers are clustered each by themselves.
  case apart
  /// All are clustered in one.
  case together
}

/// How customers are split.
public struct ClusteringOptions: Sendable, Codable, Hashable {
  /// Number of segments; nil finds it.
  public var k: Int?
  /// Starts of k-means, of which the best counts; nil lets the size of the table decide.
  public var restarts: Int?
  public var algorithm = ClusteringAlgorithm.kmeans
  /// Where descents of k-means start.
  public var seeding = KMeansSeeding.plusPlus
  /// Of the components of a mixture.
  public var covariance = CovarianceChoice.auto
  /// What a category that differs costs k-prototypes, in units of squared scaled distance; nil estimates it.
  public var gamma: Double?
  /// The largest number of segments tried when k is found.
  public var mostSegments = 10
  /// Of customers with orders; tables have no lifecycle.
  public var lifecycle = LifecycleParting.apart

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
