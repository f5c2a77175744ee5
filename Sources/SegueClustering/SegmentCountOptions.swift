internal import SegueCore

/// Which numbers of segments are tried, and how hard.
public struct SegmentCountOptions: Hashable, Sendable, Codable {
  /// The default is 2...10; cut to what the distinct rows allow.
  public var range = 2...10
  /// How each k is fitted; its `k` is ignored.
  public var kMeans = KMeansOptions()
  /// Most rows to fit every k on in full. Of more, a sample of this size is, and a few iterations take its centroids
  /// to all rows, which costs the inertia about a ten-thousandth; the chosen k is then fitted in full. The default is
  /// 65,536.
  public var fitLimit = 65_536
  /// Most rows for silhouettes and borders; of more, a sample of this size. The default is 10,000.
  public var sampleLimit = Silhouette.defaultLimit
  /// Structureless clouds to compare with, half of them normal, half of them boxes. The default is 20.
  public var referenceCount = 20
  /// Most rows of a structureless cloud. The default is 500.
  public var referenceRowLimit = 500
  /// Bootstrap per cluster; nil leaves it out.
  public var stability: StabilityOptions? = StabilityOptions()
  /// Nil leaves it out.
  public var gap: GapOptions? = GapOptions()
  /// Nil leaves it out.
  public var prediction: PredictionOptions? = PredictionOptions()

  public init() {}
}
