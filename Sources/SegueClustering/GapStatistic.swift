public import SegueCore
public import SegueNumerics

/// How ``GapStatistic`` is measured.
public struct GapOptions: Hashable, Sendable, Codable {
  /// What is summed within clusters.
  public enum Power: Int, Hashable, Sendable, Codable {
    /// Distances between rows, the default of `cluster::clusGap`.
    case distance = 1
    /// Their squares, as in the paper: half the inertia.
    case square = 2
  }

  /// Structureless tables to compare with. The default is 50.
  public var references = 50
  /// Most rows; of more, a sample of this size is drawn first. The default is 1,000.
  public var rowLimit = 1_000
  public var power = Power.square
  public var orientation = ReferenceBox.Orientation.principalAxes
  /// Descents per k on a reference. The default is 3.
  public var restarts = 3

  public init() {}
}

/// How much tighter the rows lie in k clusters than rows drawn evenly from a box would
/// (Tibshirani, Walther & Hastie 2001, doi:10.1111/1467-9868.00293).
public struct GapStatistic: Hashable, Sendable, Codable {
  public struct Entry: Hashable, Sendable, Codable {
    public var k: Int
    /// ln of the dispersion within clusters: Σ over clusters of the distances between their rows, each
    /// pair once, raised to the power and divided by twice the size of the cluster.
    public var logDispersion: Double
    /// Its mean over the references.
    public var expected: Double
    public var gap: Double { expected - logDispersion }
    /// Standard deviation over the references, times √(1 + 1/B).
    public var standardError: Double
  }

  /// Which k the gaps speak for, by the names of `cluster::maxSE`.
  public enum Rule: String, Hashable, Sendable, Codable, CaseIterable {
    /// The smallest k whose gap is within a standard error of the first local maximum.
    case firstSEmax
    /// The smallest k whose gap is within a standard error of the next one: the rule of the paper.
    case Tibs2001SEmax
    /// The k of the largest gap.
    case globalmax
  }

  /// k = 1, 2, …; ends before a k that leaves no dispersion.
  public var entries: [Entry]
  public var references: Int
  /// How many rows were used: all of them, or a sample.
  public var rowCount: Int

  public subscript(k: Int) -> Entry? { entries.first { $0.k == k } }

  /// - Parameters:
  ///   - points: n×d, finite, n ≥ 2, not all rows equal.
  ///   - largest: the largest k, below the number of distinct rows.
  /// - Throws: `CancellationError` if cancelled.
  /// - Complexity: O(`references` · `restarts` · m·k²·d) time per iteration, m = min(n, `rowLimit`), and
  ///   O(m²·d) per reference and k for the power 1.
  public init(
    _ points: Matrix, upTo largest: Int, options: GapOptions = GapOptions(), seed: Seed = Seed(0),
    monitor: Monitor = .silent
  ) throws {
    try monitor.checkpoint("gap statistic")
    var sampler = seed.generator(for: .gapStatistic, index: -1)
    let rows = sampler.sample(options.rowLimit, outOf: points.rowCount)
    let sample = rows.count < points.rowCount ? points.selecting(rows: rows) : points
    let box = try ReferenceBox(around: sample, options.orientation)
    let most = min(largest, PointChecks.distinctRows(sample, upTo: largest + 1) - 1)
    let own = try GapStatistic.logDispersions(
      of: sample, upTo: most, KMeansOptions(), options.power, seed: seed, monitor: monitor)
    var quick = KMeansOptions()
    (quick.restarts, quick.swaps) = (options.restarts, 0)
    let search = quick
    let references = try parallelMap(options.references) { index in
      try Task.checkCancellation()
      var generator = seed.generator(for: .gapStatistic, index: index)
      let reference = box.draw(sample.rowCount, &generator)
      return try GapStatistic.logDispersions(
        of: reference, upTo: most, search, options.power, seed: seed, monitor: .silent)
    }
    let count = Double(max(1, options.references))
    entries = own.indices.map { index in
      let mean = references.reduce(0) { $0 + $1[index] } / count
      let variance = references.reduce(0) { $0 + ($1[index] - mean) * ($1[index] - mean) } / max(1, count - 1)
      return Entry(
        k: index + 1, logDispersion: own[index], expected: mean,
        standardError: Elementary.sqrt(variance * (1 + 1 / count)))
    }
    self.references = options.references
    rowCount = sample.rowCount
  }

  /// The number of clusters by one of the rules; 1 if there is no entry.
  public func k(by rule: Rule) -> Int {
    guard let last = entries.last else { return 1 }
    switch rule {
    case .globalmax:
      return entries.max { $0.gap < $1.gap }!.k
    case .Tibs2001SEmax:
      let pair = zip(entries, entries.dropFirst()).first { $0.gap >= $1.gap - $1.standardError }
      return pair?.0.k ?? last.k
    case .firstSEmax:
      let peak = zip(entries, entries.dropFirst()).first { $1.gap < $0.gap }?.0 ?? last
      return entries.first { $0.k < peak.k && $0.gap >= peak.gap - peak.standardError }?.k ?? peak.k
    }
  }

  /// ln W of k = 1…`largest`.
  private static func logDispersions(
    of points: Matrix, upTo largest: Int, _ options: KMeansOptions, _ power: GapOptions.Power, seed: Seed,
    monitor: Monitor
  ) throws -> [Double] {
    guard largest >= 1 else { return [] }
    let packed = PackedPoints(points)
    let origin = [Double](repeating: 0, count: points.columnCount)[...]
    return try (1...largest).map { k in
      var labels = [Int32](repeating: 0, count: points.rowCount)
      var inertia = 0.0
      if k == 1 {
        for row in 0..<points.rowCount { inertia += packed.squaredDistance(from: row, to: origin) }
      } else {
        var options = options
        options.k = k
        let found = try KMeansSearch(points: packed, options: options, seed: seed).best(monitor: monitor)
        (labels, inertia) = (found.labels, found.inertia)
      }
      switch power {
      case .square: return Elementary.log(inertia / 2)
      case .distance: return Elementary.log(dispersion(of: points, labels, clusterCount: k))
      }
    }
  }

  /// Σ over clusters of the distances between their rows, each pair once, over twice the size.
  private static func dispersion(of points: Matrix, _ labels: [Int32], clusterCount k: Int) -> Double {
    let grouped = GroupedRows(points, groupings: [labels], groupCounts: [k])
    let counts = labels.reduce(into: [Int](repeating: 0, count: k)) { $0[Int($1)] += 1 }
    let sums = grouped.distanceSums(from: 0..<points.rowCount)
    return labels.indices.reduce(0) { total, row in
      let own = Int(labels[row])
      return total + sums[row * k + own] / Double(4 * counts[own])
    }
  }
}
