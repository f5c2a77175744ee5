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
    var ends: [Partition] = []
    if points.chunks.count > 1 {
      // Chunks keep the cores busy; descents follow one another.
      for restart in 0..<restarts {
        try monitor.checkpoint("k = \(k)", Double(restart) / Double(restarts))
        ends.append(try descend(restart, monitor: monitor))
      }
    } else {
      try monitor.checkpoint("k = \(k)")
      ends = try parallelMap(restarts) { restart in try descend(restart, monitor: .silent) }
    }
    // The whole descent wins, not its pieces; ties go to the earliest.
    return ends.min { $0.inertia < $1.inertia }!
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
      if swapped.inertia < best.inertia * MoveWeights.worthwhile {
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
    let errors = points.chunks.parallelMap { rows in
      rows.map { row in
        points.squaredDistance(from: row, to: partition.centroids.row(Int(partition.labels[row])))
      }
    }
    let row = Draw.row(weights: errors, sums: errors.map { $0.reduce(0, +) }, &generator)
    let target = generator.index(below: k)
    var centroids = partition.centroids
    for column in 0..<points.columnCount { centroids[target, column] = points[row, column] }
    return centroids
  }
}

/// Weighted draws of rows.
enum Draw {
  /// A row with probability proportional to its weight; any row if all weights are zero.
  ///
  /// - Parameters:
  ///   - weights: per chunk, per row of the chunk.
  ///   - sums: the sum of each chunk.
  static func row(weights: [[Double]], sums: [Double], _ generator: inout RandomGenerator) -> Int {
    let total = sums.reduce(0, +)
    var rest = generator.unit() * total
    let rowCount = weights.reduce(0) { $0 + $1.count }
    guard total > 0, total.isFinite else { return generator.index(below: rowCount) }
    var row = 0
    var last = 0
    for (chunk, sum) in zip(weights, sums) {
      if rest >= sum {
        // Rounding can push the draw past the end; the last row with weight then takes it.
        if sum > 0, let index = chunk.lastIndex(where: { $0 > 0 }) { last = row + index }
        rest -= sum
        row += chunk.count
        continue
      }
      for (index, weight) in chunk.enumerated() where weight > 0 {
        last = row + index
        if rest < weight { return last }
        rest -= weight
      }
      return last
    }
    return last
  }
}
