public import SegueCore
public import SegueNumerics

/// Every number of segments tried, with its scores. The choice is a reading of it: ``choice``.
public struct SegmentCountScan: Hashable, Sendable, Codable {
  public struct Candidate: Hashable, Sendable, Codable {
    public var k: Int
    public var inertia: Double
    public var sizes: [Int]
    /// The silhouette is of a sample where there are more than ``SegmentCountOptions/sampleLimit`` rows.
    public var quality: ClusterQuality
    /// How densely rows lie between the clusters, of the same sample.
    public var borders: BorderDensity
    /// What clouds without clusters reach with the same k.
    public var reference: Reference
    /// These three are nil where they were left out or k is too large for their samples.
    public var stability: ClusterStability?
    public var gap: GapStatistic.Entry?
    public var predictionStrength: Double?

    public var silhouette: Double { quality.silhouette.mean }
    public var calinskiHarabasz: Double { quality.calinskiHarabasz }
    public var daviesBouldin: Double { quality.daviesBouldin }

    /// Silhouette above the mean of clouds without clusters.
    public var separation: Double { silhouette - reference.mean }
  }

  /// What structureless clouds of the same covariance show.
  public struct Reference: Hashable, Sendable, Codable {
    /// Of their silhouettes.
    public var mean: Double
    public var maximum: Double
    /// A tenth of them have a densest border below this.
    public var thinBorder: Double
  }

  public var rowCount: Int
  /// Rows of the sample on which silhouettes and borders were measured: all of them, or as many as were asked for.
  public var sampleCount: Int
  /// Rising k.
  public var candidates: [Candidate]
  /// The fitted model of each candidate. Where there are more rows than ``SegmentCountOptions/fitLimit``, only that
  /// of the chosen k is fitted to the end.
  public var models: [KMeansModel]
  /// Whether rows lie in heaps at all; ties were spread out.
  public var hopkins: Hopkins
  /// Nil where it was left out.
  public var gap: GapStatistic?
  /// Nil where it was left out.
  public var predictionStrength: PredictionStrength?

  public subscript(k: Int) -> Candidate? { candidates.first { $0.k == k } }

  public func model(k: Int) -> KMeansModel? { models.first { $0.k == k } }

  /// Fits every k of `options.range` and scores it, on samples where there are many rows: see ``SegmentCountOptions``.
  ///
  /// - Parameters:
  ///   - points: n×d, scaled as for ``KMeans``.
  ///   - monitor: told before each k and each score.
  /// - Throws: ``SegueError`` as ``KMeans/fit(_:monitor:)``, `scan.range` if the range starts below 2;
  ///   `CancellationError` if cancelled.
  /// - Complexity: a fit and O(n·d) per k, O(m²·d) for silhouettes of all k together, m = min(n, `sampleLimit`),
  ///   and some hundred fits of at most 2,000 rows per k for each of the clouds, stability, gap and
  ///   prediction strength.
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
    let least = options.range.lowerBound
    let range = least...max(least, min(options.range.upperBound, distinct))
    let steps = Double(2 * range.count + 4)
    var step = 0.0
    func begin(_ stage: String) throws {
      try monitor.checkpoint(stage, step / steps)
      step += 1
    }
    let fits = ScanFits(points, rowLimit: options.fitLimit, kMeans, seed: seed)
    models = try range.map { k in
      try begin("trying k = \(k)")
      return try fits.scanned(k, monitor)
    }
    try begin("silhouettes")
    let silhouettes = Silhouette.several(
      points, labelings: models.map(\.labels), clusterCounts: models.map(\.k), seed: seed,
      limit: options.sampleLimit)
    let rows = silhouettes[0].rows
    let sample = silhouettes[0].isSampled ? points.selecting(rows: rows) : points
    var spreader = seed.generator(for: .hopkins, index: -1)
    // Where rows are few, where ties fall by chance would show.
    let spread = (0..<max(1, min(8, 4_000 / sample.rowCount))).map { _ in sample.spreadingTies(&spreader) }
    hopkins = try Hopkins(spread[0], seed: seed)
    try begin("clouds without clusters")
    let clouds = try ReferenceClouds(like: sample, rowLimit: options.referenceRowLimit, seed: seed)
      .figures(for: range, count: options.referenceCount)
    if let wanted = options.gap {
      try begin("gap statistic")
      gap = try GapStatistic(points, upTo: range.upperBound, options: wanted, seed: seed)
    }
    if let wanted = options.prediction {
      try begin("prediction strength")
      predictionStrength = try PredictionStrength(points, range: range, options: wanted, seed: seed)
    }
    rowCount = points.rowCount
    sampleCount = rows.count
    candidates = []
    let mean = columnMeans(points)
    func candidate(_ model: KMeansModel, _ silhouette: Silhouette) throws -> Candidate {
      let labels = silhouette.isSampled ? rows.map { model.labels[$0] } : model.labels
      let index = model.k - range.lowerBound
      return Candidate(
        k: model.k, inertia: model.inertia, sizes: model.sizes,
        quality: ClusterQuality(
          points, labels: model.labels, centroids: model.centroids, counts: model.sizes, mean: mean,
          silhouette: silhouette),
        borders: BorderDensity(spread, labels: labels, centroids: model.centroids),
        reference: Reference(
          mean: clouds.reduce(0) { $0 + $1.silhouettes[index] } / Double(max(1, clouds.count)),
          maximum: clouds.map { $0.silhouettes[index] }.max() ?? 0,
          thinBorder: Quantiles.quantile(0.1, of: clouds.map { $0.borders[index] }) ?? 1),
        stability: try options.stability.map {
          try ClusterStability(points, model: model, options: $0, seed: seed)
        },
        gap: gap?[model.k], predictionStrength: predictionStrength?[model.k]?.strength)
    }
    for (model, silhouette) in zip(models, silhouettes) {
      try begin("stability of k = \(model.k)")
      candidates.append(try candidate(model, silhouette))
    }
    // The chosen k is fitted in full; should that change the choice, so is the next.
    var whole: Set<Int> = fits.isSampled ? [] : Set(range)
    while whole.insert(choice.k).inserted {
      let k = choice.k
      let model = try fits.whole(k, monitor)
      models[k - range.lowerBound] = model
      candidates[k - range.lowerBound] = try candidate(
        model,
        Silhouette(points, labels: model.labels, clusterCount: k, seed: seed, limit: options.sampleLimit))
    }
  }
}
