public import SegueCore
public import SegueNumerics

/// Whether clusters come back when the rows are drawn anew: mean Jaccard similarity per cluster
/// (Hennig 2007, doi:10.1016/j.csda.2006.11.025).
public struct ClusterStability: Hashable, Sendable, Codable {
  /// Hennig's reading of a mean Jaccard similarity, as documented for `fpc::clusterboot`.
  public enum Verdict: String, Sendable, Codable {
    case highlyStable
    case stable
    case doubtful
    case unstable

    public init(jaccard: Double) {
      switch jaccard {
      case 0.85...: self = .highlyStable
      case 0.75...: self = .stable
      case 0.6...: self = .doubtful
      default: self = .unstable
      }
    }
  }

  /// Mean over resamples of the best Jaccard similarity found for each cluster, 0…1.
  public var jaccard: [Double]
  public var resamples: Int
  /// How many rows were resampled from: all of them, or a sample.
  public var rowCount: Int

  public var verdicts: [Verdict] { jaccard.map(Verdict.init(jaccard:)) }
  public var minimum: Double { jaccard.min() ?? 0 }
  public var mean: Double { jaccard.isEmpty ? 0 : jaccard.reduce(0, +) / Double(jaccard.count) }
}

/// How ``ClusterStability`` is measured.
public struct StabilityOptions: Hashable, Sendable, Codable {
  /// Bootstrap resamples. The default is 50.
  public var resamples = 50
  /// Most rows to resample from; of more, a sample of this size is drawn first. The default is 2,000.
  public var rowLimit = 2_000
  /// Descents per resample. The default is 4: with fewer, some resamples miss their best split, and clusters look
  /// less stable than they are.
  public var restarts = 4

  public init() {}
}

extension ClusterStability {
  /// Bootstraps the rows, clusters each resample anew and looks for every cluster of `model` in it.
  ///
  /// As in `fpc::clusterboot` (method "boot", rows drawn more than once used once): a resample is the
  /// set of rows hit by n draws with replacement, about 63 % of them; a cluster's similarity is the
  /// largest |A ∩ B| / |A ∪ B| over the clusters B of the resample, with A cut to the rows drawn.
  /// - Parameters:
  ///   - points: n×d, the points `model` was fitted on.
  ///   - seed: the resample numbered b draws from its own generator, so threads do not matter.
  /// - Throws: `CancellationError` if cancelled.
  /// - Complexity: O(resamples · restarts · m·k·d) time per iteration, m = min(n, `rowLimit`).
  public init(
    _ points: Matrix, model: KMeansModel, options: StabilityOptions = StabilityOptions(),
    seed: Seed = Seed(0),
    monitor: Monitor = .silent
  ) throws {
    try monitor.checkpoint("stability of k = \(model.k)")
    var sampler = seed.generator(for: .bootstrap, index: -1)
    let base = sampler.sample(options.rowLimit, outOf: points.rowCount)
    let k = model.k
    let similarities = try parallelMap(options.resamples) { resample in
      try Task.checkCancellation()
      var generator = seed.generator(for: .bootstrap, index: resample)
      var isDrawn = [Bool](repeating: false, count: base.count)
      for _ in base { isDrawn[generator.index(below: base.count)] = true }
      let rows = base.indices.filter { isDrawn[$0] }.map { base[$0] }
      var search = KMeansOptions()
      (search.k, search.restarts, search.swaps) = (k, options.restarts, 0)
      let inner = Seed(generator.next())
      let found = try KMeansSearch(points: PackedPoints(points, rows: rows), options: search, seed: inner)
        .best(monitor: .silent)
      return ClusterStability.bestJaccard(
        of: rows.map { model.labels[$0] }, in: found.labels, clusterCount: k)
    }
    jaccard = (0..<k).map { j in
      // A cluster of which a resample holds no row says nothing about it there.
      let seen = similarities.compactMap { $0[j] }
      return seen.isEmpty ? 0 : seen.reduce(0, +) / Double(seen.count)
    }
    resamples = options.resamples
    rowCount = base.count
  }

  /// For each cluster of `labels` its largest Jaccard similarity with a cluster of `others`; nil if it has no row.
  static func bestJaccard(of labels: [Int32], in others: [Int32], clusterCount k: Int) -> [Double?] {
    var both = [Int](repeating: 0, count: k * k)
    for (a, b) in zip(labels, others) { both[Int(a) * k + Int(b)] += 1 }
    let sizes = (0..<k).map { a in (0..<k).reduce(0) { $0 + both[a * k + $1] } }
    let otherSizes = (0..<k).map { b in (0..<k).reduce(0) { $0 + both[$1 * k + b] } }
    return (0..<k).map { a in
      guard sizes[a] > 0 else { return nil }
      return (0..<k).map { b in
        let shared = both[a * k + b]
        return Double(shared) / Double(sizes[a] + otherSizes[b] - shared)
      }.max()
    }
  }
}
