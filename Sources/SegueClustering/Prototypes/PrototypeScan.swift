public import SegueCore
internal import SegueNumerics

/// Which numbers of clusters are tried, and how hard.
public struct PrototypeScanOptions: Hashable, Sendable, Codable {
  /// The default is 2...10; cut to what the rows allow.
  public var range = 2...10
  /// How each k is fitted; its `k` is ignored.
  public var kPrototypes = KPrototypesOptions()
  public var stability = StabilityOptions()

  public init() {}
}

/// Every number of clusters tried, with its scores; γ is estimated once for all. The choice is a
/// reading of it: ``choice``.
public struct PrototypeScan: Hashable, Sendable, Codable {
  public struct Candidate: Hashable, Sendable, Codable {
    public var k: Int
    public var silhouette: MixedSilhouette
    public var stability: ClusterStability
    public var model: PrototypeModel
  }

  /// The k to take, and why.
  public struct Choice: Hashable, Sendable, Codable {
    public var k: Int
    /// The next best by the same rule; nil if no other k was eligible.
    public var runnerUp: Int?
    /// Whether every cluster of `k` comes back when the rows are drawn anew.
    public var isStable: Bool
    /// One sentence, with the figures that decided.
    public var reason: String
  }

  /// Rising k.
  public var candidates: [Candidate]

  public subscript(k: Int) -> Candidate? { candidates.first { $0.k == k } }

  /// Fits and scores every k of `options.range`.
  ///
  /// - Throws: ``SegueError`` as ``KPrototypes/fit(_:weights:monitor:)``, `scan.range` if the range starts
  ///   below 2; `CancellationError` if cancelled.
  /// - Complexity: a fit and `stability.resamples` fits of at most `stability.rowLimit` rows per k, and
  ///   the distances of at most ``MixedSilhouette/defaultLimit`` rows once.
  public init(
    _ table: MixedTable, options: PrototypeScanOptions = PrototypeScanOptions(), seed: Seed = Seed(0),
    monitor: Monitor = .silent
  ) throws {
    guard options.range.lowerBound >= 2 else {
      throw SegueError.usage(
        Diagnostic(
          "scan.range", "\(options.range.lowerBound) is no number of clusters",
          hint: "start the range at 2 or more"))
    }
    var search = options.kPrototypes
    search.k = options.range.lowerBound
    let rows = try PreparedRows(table, weights: nil, options: search)
    var models: [PrototypeModel] = []
    for (index, k) in options.range.enumerated() where k == search.k || k <= rows.points.rowCount {
      try monitor.checkpoint("trying k = \(k)", Double(index) / Double(options.range.count))
      do {
        models.append(try rows.model(k: k, options: options.kPrototypes, seed: seed, monitor: monitor))
      } catch let error as SegueError where !models.isEmpty && error.isAboutDistinctRows {
        break
      }
    }
    try monitor.checkpoint("silhouettes")
    let silhouettes = MixedSilhouette.measure(
      models.map(\.labels), k: models.map(\.k), rows.all, rows.gamma.value, seed, MixedSilhouette.defaultLimit
    )
    candidates = try zip(models, silhouettes).map { model, silhouette in
      Candidate(
        k: model.k, silhouette: silhouette,
        stability: try ClusterStability(
          rows, model: model, options: options.stability, seed: seed, monitor: monitor),
        model: model)
    }
  }

  /// Stability first: a cluster that does not come back when the rows are drawn anew is an accident of
  /// the sample. Of the k whose every cluster has a mean Jaccard similarity of at least 0.75 (Hennig 2007,
  /// doi:10.1016/j.csda.2006.11.025) the one with the highest silhouette is taken; if there is none, the k
  /// whose weakest cluster comes back most often.
  public var choice: Choice {
    let stable = candidates.filter { $0.stability.minimum >= PrototypeScan.stabilityThreshold }
    let ranked = (stable.isEmpty ? candidates : stable).sorted { a, b in
      let (x, y) =
        stable.isEmpty ? (a.stability.minimum, b.stability.minimum) : (a.silhouette.mean, b.silhouette.mean)
      return x != y ? x > y : a.k < b.k
    }
    let best = ranked[0]
    let jaccard = "Jaccard at least \(NumberText.fixed(best.stability.minimum, 2))"
    let silhouette = "silhouette \(NumberText.fixed(best.silhouette.mean, 2))"
    let reason =
      stable.isEmpty
      ? "No number of clusters comes back whole when the rows are drawn anew; with \(best.k) the weakest "
        + "does most often (\(jaccard)), \(silhouette)."
      : "\(best.k) clusters all come back when the rows are drawn anew (\(jaccard)), and no other number that "
        + "does separates them better: \(silhouette)."
    return Choice(
      k: best.k, runnerUp: ranked.dropFirst().first?.k, isStable: !stable.isEmpty, reason: reason)
  }

  /// Least mean Jaccard similarity of every cluster of an eligible k.
  public static let stabilityThreshold = 0.75
}

extension SegueError {
  fileprivate var isAboutDistinctRows: Bool { diagnostics.contains { $0.code == "kprototypes.distinct" } }
}

extension ClusterStability {
  /// Bootstraps the rows as ``init(_:model:options:seed:monitor:)`` does for k-means.
  init(
    _ rows: PreparedRows, model: PrototypeModel, options: StabilityOptions, seed: Seed, monitor: Monitor
  ) throws {
    try monitor.checkpoint("stability of k = \(model.k)")
    var sampler = seed.generator(for: .bootstrap, index: -1)
    let base = sampler.sample(options.rowLimit, outOf: rows.all.rowCount)
    var search = KPrototypesOptions()
    (search.k, search.restarts, search.swaps) = (model.k, options.restarts, 0)
    let similarities = try parallelMap(options.resamples) { [search] resample in
      try Task.checkCancellation()
      var generator = seed.generator(for: .bootstrap, index: resample)
      var isDrawn = [Bool](repeating: false, count: base.count)
      for _ in base { isDrawn[generator.index(below: base.count)] = true }
      let drawn = base.indices.filter { isDrawn[$0] }.map { base[$0] }
      var (points, place) = rows.all.selecting(rows: drawn).folded()
      _ = points.center()
      let found = try PrototypeSearch(
        points: points, options: search, gamma: rows.gamma.value, seed: Seed(generator.next())
      ).best(monitor: .silent)
      return ClusterStability.bestJaccard(
        of: drawn.map { model.labels[$0] }, in: place.map { found.labels[$0] }, clusterCount: model.k)
    }
    let jaccard = (0..<model.k).map { j in
      // A cluster of which a resample holds no row says nothing about it there.
      let seen = similarities.compactMap { $0[j] }
      return seen.isEmpty ? 0 : seen.reduce(0, +) / Double(seen.count)
    }
    self.init(jaccard: jaccard, resamples: options.resamples, rowCount: base.count)
  }
}
