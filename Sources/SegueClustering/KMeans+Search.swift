internal import SegueCore
internal import SegueNumerics

/// One fit: descents from several starts, each followed by swaps, and the best of them.
///
/// Trusts its input: `KMeansOptions.validate` has seen it, or it is a resample of such input, in
/// which clusters may stay empty.
struct KMeansSearch: Sendable {
  let points: PackedPoints
  let options: KMeansOptions
  let seed: Seed

  var k: Int { options.k }

  func best(monitor: Monitor) throws -> Partition {
    let restarts = options.resolvedRestarts
    guard points.chunks.count > 1 else {
      try monitor.checkpoint("k = \(k)")
      let ends = try parallelMap(restarts) { restart in try descend(restart, monitor: .silent) }
      // The whole descent wins, not its pieces; ties go to the earliest.
      return ends.min { $0.inertia < $1.inertia }!
    }
    // Chunks keep the cores busy; descents follow one another, and those that cannot win are given up.
    var best: Partition?
    func follow(_ start: Matrix) throws {
      let end = try lloyd(from: start, toReach: best?.inertia ?? .infinity, monitor: monitor)
      if end.inertia < best?.inertia ?? .infinity { best = end }
    }
    if let starts = try startsOfSample(restarts, monitor: monitor) {
      for start in starts { try follow(start) }
    } else {
      for restart in 0..<restarts {
        var generator = seed.generator(for: .centroidSeeding, index: restart)
        try follow(seedCentroids(&generator))
      }
    }
    var winner = best!
    try polish(&winner, monitor: monitor)
    return winner
  }

  /// Where to descend from, if a sample of the rows can tell: the two best ends of all restarts on the sample.
  ///
  /// Which valley a start leads to shows on a sample; only its floor needs all rows. Nil for tables that are not
  /// several times as large as such a sample, or if there is but one restart.
  private func startsOfSample(_ restarts: Int, monitor: Monitor) throws -> [Matrix]? {
    let size = max(65_536, 256 * k)
    guard restarts > 1, points.rowCount >= 4 * size else { return nil }
    var generator = seed.generator(for: .centroidSeeding, index: -1)
    let rows = generator.sample(size, outOf: points.rowCount)
    let sample = KMeansSearch(points: points.selecting(rows: rows), options: options, seed: seed)
    var ends: [Partition] = []
    for restart in 0..<restarts {
      try monitor.checkpoint("k = \(k)", Double(restart) / Double(restarts))
      var generator = seed.generator(for: .centroidSeeding, index: restart)
      let goal = ends.count > 1 ? ends[1].inertia : .infinity
      let end = try sample.lloyd(from: sample.seedCentroids(&generator), toReach: goal, monitor: .silent)
      // The same valley twice is no second chance.
      let isKnown = ends.contains { ($0.inertia - end.inertia).magnitude <= 1e-6 * end.inertia }
      if !isKnown { ends = (ends + [end]).sorted { $0.inertia < $1.inertia }.prefix(2).map { $0 } }
    }
    return ends.map(\.centroids)
  }

  /// Restart number `restart`: a start, its descent, and swaps until so many in a row fail.
  private func descend(_ restart: Int, monitor: Monitor) throws -> Partition {
    var generator = seed.generator(for: .centroidSeeding, index: restart)
    var best = try lloyd(from: seedCentroids(&generator), monitor: monitor)
    try polish(&best, monitor: monitor)
    let patience = options.resolvedSwaps(rowCount: points.rowCount)
    // Moves of single rows gain about 1/n each; a swap that ends further off cannot catch up.
    let reach = 10 / Double(points.rowCount)
    var failures = 0
    while failures < patience {
      let promising = best.inertia * (1 + reach)
      let start =
        failures % 3 < 2 ? swapCentroid(of: best, &generator) : nudgeCentroids(of: best, &generator)
      var swapped = try lloyd(from: start, toReach: promising, monitor: monitor)
      if swapped.inertia < promising { try polish(&swapped, monitor: monitor) }
      if swapped.inertia < best.inertia * (1 - 1e-12) {
        best = swapped
        failures = 0
      } else {
        failures += 1
      }
    }
    return best
  }

  /// The centroids of `partition`, each moved a fifth of the way to some row: far enough to leave a
  /// shallow optimum, near enough to stay in its valley.
  private func nudgeCentroids(of partition: Partition, _ generator: inout RandomGenerator) -> Matrix {
    var centroids = partition.centroids
    for j in 0..<k {
      let row = generator.index(below: points.rowCount)
      for column in 0..<points.columnCount {
        centroids[j, column] += 0.2 * (points[row, column] - centroids[j, column])
      }
    }
    return centroids
  }

  /// The centroids of `partition` with a random one moved to a row drawn by its squared distance.
  private func swapCentroid(of partition: Partition, _ generator: inout RandomGenerator) -> Matrix {
    let distances = partition.assignment.squaredDistances(partition.centroids)
    let masses = points.weights.map { zip(distances, $0).map(*) } ?? distances
    var rest = generator.unit() * masses.reduce(0, +)
    let row =
      masses.firstIndex { mass in
        rest -= mass
        return rest < 0
      } ?? generator.index(below: points.rowCount)
    let target = generator.index(below: k)
    var centroids = partition.centroids
    for column in 0..<points.columnCount { centroids[target, column] = points[row, column] }
    return centroids
  }
}
