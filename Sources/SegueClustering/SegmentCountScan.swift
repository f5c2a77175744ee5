public import SegueCore
public import SegueNumerics

/// Which numbers of segments are tried, and how hard.
public struct SegmentCountOptions: Hashable, Sendable, Codable {
  /// The default is 2...10; cut to what the distinct rows allow.
  public var range = 2...10
  /// How each k is fitted; its `k` is ignored.
  public var kMeans = KMeansOptions()
  public var stability = StabilityOptions()
  /// Structureless clouds to compare with, half of them normal, half of them boxes. The default is 24.
  public var referenceCount = 24
  /// Most rows of a structureless cloud. The default is 750.
  public var referenceRowLimit = 750

  public init() {}
}

/// Every number of segments tried, with its scores. The choice is a reading of it: ``choice``.
public struct SegmentCountScan: Hashable, Sendable, Codable {
  public struct Candidate: Hashable, Sendable, Codable {
    public var k: Int
    public var inertia: Double
    public var sizes: [Int]
    /// Mean silhouette, on a sample where there are more than ``Silhouette/defaultLimit`` rows.
    public var silhouette: Double
    public var calinskiHarabasz: Double
    public var daviesBouldin: Double
    public var stability: ClusterStability
    /// Silhouettes that clouds without clusters reach with the same k.
    public var reference: Reference

    /// Silhouette above the mean of clouds without clusters.
    public var separation: Double { silhouette - reference.mean }
  }

  /// Silhouettes of structureless clouds of the same covariance.
  public struct Reference: Hashable, Sendable, Codable {
    public var mean: Double
    public var maximum: Double
  }

  public var rowCount: Int
  /// Rising k.
  public var candidates: [Candidate]
  /// The fitted model of each candidate.
  public var models: [KMeansModel]

  public subscript(k: Int) -> Candidate? { candidates.first { $0.k == k } }

  public func model(k: Int) -> KMeansModel? { models.first { $0.k == k } }

  /// Fits and scores every k of `options.range`.
  ///
  /// - Parameters:
  ///   - points: n×d, scaled as for ``KMeans``.
  ///   - monitor: told before each k and each of its scores.
  /// - Throws: ``SegueError`` as ``KMeans/fit(_:monitor:)``, `scan.range` if the range starts below 2;
  ///   `CancellationError` if cancelled.
  /// - Complexity: a fit, a silhouette and `stability.resamples` smaller fits per k, and
  ///   `referenceCount` fits of at most `referenceRowLimit` rows per k.
  public init(
    _ points: Matrix, options: SegmentCountOptions = SegmentCountOptions(), seed: Seed = Seed(0),
    monitor: Monitor = .silent
  ) throws {
    guard options.range.lowerBound >= 2 else {
      throw SegueError.usage(
        Diagnostic(
          "scan.range", "\(options.range.lowerBound) is no number of segments",
          hint: "start the range at 2 or more"))
    }
    var kMeans = options.kMeans
    kMeans.k = options.range.lowerBound
    try kMeans.validate(points)
    let distinct = PointChecks.distinctRows(points, upTo: options.range.upperBound)
    let range =
      options.range.lowerBound...max(options.range.lowerBound, min(options.range.upperBound, distinct))
    rowCount = points.rowCount
    candidates = []
    models = []
    let steps = Double(range.count + 1)
    try monitor.checkpoint("clouds without clusters", 0)
    let clouds = try ReferenceClouds(like: points, rowLimit: options.referenceRowLimit, seed: seed)
    let references = try clouds.silhouettes(for: range, count: options.referenceCount)
    let packed = PackedPoints(points)
    for (index, k) in range.enumerated() {
      try monitor.checkpoint("trying k = \(k)", Double(index + 1) / steps)
      kMeans.k = k
      let model = try KMeansSearch(points: packed, options: kMeans, seed: seed).best(monitor: monitor)
        .model(in: packed)
      let quality = ClusterQuality(points, labels: model.labels, clusterCount: k, seed: seed)
      let stability = try ClusterStability(
        points, model: model, options: options.stability, seed: seed, monitor: monitor)
      let silhouettes = references.map { $0[index] }
      let reference = Reference(
        mean: silhouettes.reduce(0, +) / Double(max(1, silhouettes.count)), maximum: silhouettes.max() ?? 0)
      candidates.append(
        Candidate(
          k: k, inertia: model.inertia, sizes: model.sizes, silhouette: quality.silhouette.mean,
          calinskiHarabasz: quality.calinskiHarabasz, daviesBouldin: quality.daviesBouldin,
          stability: stability, reference: reference))
      models.append(model)
    }
  }
}
