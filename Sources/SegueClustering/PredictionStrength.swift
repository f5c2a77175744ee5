public import SegueCore
public import SegueNumerics

/// How ``PredictionStrength`` is measured.
public struct PredictionOptions: Hashable, Sendable, Codable {
  /// Random halvings. The default is 50.
  public var splits = 50
  /// Most rows; of more, a sample of this size is drawn first. The default is 2,000.
  public var rowLimit = 2_000
  /// Descents per half. The default is 2.
  public var restarts = 2

  public init() {}
}

/// Whether clusters found in one half of the rows predict who belongs together in the other
/// (Tibshirani & Walther 2005, doi:10.1198/106186005X59243).
///
/// As `fpc::prediction.strength` with centroid classification: each half is clustered and the other half's
/// centroids classify it; the strength of a cluster is the share of its pairs of rows that are classified
/// together, that of a halving the least over clusters, averaged over both directions.
public struct PredictionStrength: Hashable, Sendable, Codable {
  /// From this strength on a number of clusters predicts well; the authors suggest 0.8 to 0.9.
  public static let threshold = 0.8

  public struct Entry: Hashable, Sendable, Codable {
    public var k: Int
    /// Mean over the halvings, 0…1.
    public var strength: Double
  }

  /// Rising k, from 2.
  public var entries: [Entry]
  public var splits: Int
  /// How many rows were used: all of them, or a sample.
  public var rowCount: Int

  public subscript(k: Int) -> Entry? { entries.first { $0.k == k } }

  /// The largest k that predicts well; 1 if none does.
  public var k: Int { entries.last { $0.strength >= PredictionStrength.threshold }?.k ?? 1 }

  /// - Parameters:
  ///   - points: n×d, finite.
  ///   - range: the k to try, from 2; cut to what the smaller half has distinct rows for.
  /// - Throws: `CancellationError` if cancelled.
  /// - Complexity: O(`splits` · `restarts` · m·k·d) time per iteration and k, m = min(n, `rowLimit`).
  public init(
    _ points: Matrix, range: ClosedRange<Int>, options: PredictionOptions = PredictionOptions(),
    seed: Seed = Seed(0), monitor: Monitor = .silent
  ) throws {
    try monitor.checkpoint("prediction strength")
    var sampler = seed.generator(for: .predictionStrength, index: -1)
    let base = sampler.sample(options.rowLimit, outOf: points.rowCount)
    let strengths = try parallelMap(options.splits) { split in
      try Task.checkCancellation()
      var generator = seed.generator(for: .predictionStrength, index: split)
      var order = base
      for index in order.indices.dropLast() {
        order.swapAt(index, index + generator.index(below: order.count - index))
      }
      let halves = [order[..<(order.count / 2)], order[(order.count / 2)...]].map {
        points.selecting(rows: Array($0))
      }
      let inner = Seed(generator.next())
      return try range.map { k -> Double? in
        guard halves.allSatisfy({ PointChecks.distinctRows($0, upTo: k) == k }) else { return nil }
        let models = try halves.map { half in
          var search = KMeansOptions()
          (search.k, search.restarts, search.swaps) = (k, options.restarts, 0)
          let packed = PackedPoints(half)
          return try KMeansSearch(points: packed, options: search, seed: inner).best(monitor: .silent)
            .model(in: packed)
        }
        let ways = try [(0, 1), (1, 0)].map { own, other in
          PredictionStrength.least(
            of: models[own].labels, predicted: try models[other].nearest(to: halves[own]).labels,
            clusterCount: k)
        }
        return (ways[0] + ways[1]) / 2
      }
    }
    entries = zip(range, range.indices).compactMap { k, _ in
      let found = strengths.compactMap { $0[k - range.lowerBound] }
      return found.isEmpty ? nil : Entry(k: k, strength: found.reduce(0, +) / Double(found.count))
    }
    splits = options.splits
    rowCount = base.count
  }

  /// The least share, over clusters, of pairs that are predicted to be together. A lone row has no pair and counts 1.
  static func least(of labels: [Int32], predicted: [Int32], clusterCount k: Int) -> Double {
    var cells = [Int](repeating: 0, count: k * k)
    for (own, other) in zip(labels, predicted) { cells[Int(own) * k + Int(other)] += 1 }
    return (0..<k).map { own in
      let row = cells[own * k..<(own + 1) * k]
      let size = row.reduce(0, +)
      guard size > 1 else { return 1 }
      return Double(row.reduce(0) { $0 + $1 * ($1 - 1) }) / Double(size * (size - 1))
    }.min() ?? 1
  }
}
