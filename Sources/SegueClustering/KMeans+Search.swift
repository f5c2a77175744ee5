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
    let restarts = options.resolvedRestarts(rowCount: points.rowCount)
    guard points.chunks.count > 1 else {
      try monitor.checkpoint("k = \(k)")
      let ends = try parallelMap(restarts) { restart in try descend(restart, monitor: .silent) }
      // The whole descent wins, not its pieces; ties go to the earliest.
      return ends.min { $0.inertia < $1.inertia }!
    }
    // Chunks keep the cores busy; descents follow one another, and those that cannot win are given up.
    var best: Partition?
    for restart in 0..<restarts {
      try monitor.checkpoint("k = \(k)", Double(restart) / Double(restarts))
      let end = try descend(restart, toBeat: best?.inertia ?? .infinity, monitor: monitor)
      if end.inertia < best?.inertia ?? .infinity { best = end }
    }
    var winner = best!
    try polish(&winner, monitor: monitor)
    return winner
  }

  /// Restart number `restart` of a large table: a start and its descent, given up if it will not beat `goal`.
  private func descend(_ restart: Int, toBeat goal: Double, monitor: Monitor) throws -> Partition {
    var generator = seed.generator(for: .centroidSeeding, index: restart)
    return try lloyd(from: seedCentroids(&generator), toReach: goal, monitor: monitor)
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
