internal import SegueCore
internal import SegueNumerics

/// One fit: descents from several starts, each followed by swaps, and the best of them.
///
/// Trusts its input: distinct rows, centred. If fewer than k rows can be told apart, clusters stay empty.
struct PrototypeSearch: Sendable {
  let points: MixedRows
  let options: KPrototypesOptions
  let gamma: Double
  let seed: Seed

  var k: Int { options.k }

  func best(monitor: Monitor) throws -> PrototypePartition {
    let restarts = options.resolvedRestarts(rowCount: points.rowCount)
    var ends: [PrototypePartition] = []
    if points.chunks.count > 1 {
      // Chunks keep the cores busy; descents follow one another.
      for restart in 0..<restarts {
        try monitor.checkpoint("k = \(k)", Double(restart) / Double(restarts))
        // Where the best so far is out of reach, a descent can creep for hundreds of iterations, and
        // moves of single rows, which gain about 1/n each, would not get it there.
        let goal = ends.map(\.cost).min().map { $0 * (1 + 10 / Double(points.rowCount)) } ?? .infinity
        ends.append(try descend(restart, toReach: goal, monitor: monitor))
      }
    } else {
      try monitor.checkpoint("k = \(k)")
      ends = try parallelMap(restarts) { restart in try descend(restart, toReach: .infinity, monitor: .silent)
      }
    }
    // The whole descent wins, not its pieces; ties go to the earliest.
    return try settled(ends.min { $0.cost < $1.cost }!, monitor: monitor)
  }

  /// Moves of single rows usually gain less than this share; a descent that ends further off cannot catch up.
  private static let reach = 0.01

  /// Restart number `restart`: a start, its descent, and swaps until so many in a row fail.
  private func descend(
    _ restart: Int, toReach goal: Double, monitor: Monitor
  ) throws -> PrototypePartition {
    var generator = seed.generator(for: .centroidSeeding, index: restart)
    var best = try iterate(from: seedPrototypes(&generator), toReach: goal, monitor: monitor)
    if best.cost >= goal { return best }
    try polish(&best, monitor: monitor)
    let patience = options.resolvedSwaps(rowCount: points.rowCount)
    var failures = 0
    var distances = patience > 0 ? assign(best).flatMap(\.distances) : []
    while failures < patience {
      let goal = best.cost * (1 + PrototypeSearch.reach)
      var swapped = try iterate(
        from: swapPrototype(of: best, distances, &generator), toReach: goal, monitor: monitor)
      if swapped.cost < goal { try polish(&swapped, monitor: monitor) }
      if swapped.cost < best.cost * PrototypeMoves.worthwhile {
        best = swapped
        failures = 0
        distances = assign(best).flatMap(\.distances)
      } else {
        failures += 1
      }
    }
    return best
  }

  /// The prototypes of `partition` with a random one put on a row drawn by its distance.
  private func swapPrototype(
    of partition: PrototypePartition, _ distances: [Double], _ generator: inout RandomGenerator
  ) -> PrototypePartition {
    var total = 0.0
    let weights = distances.indices.map { distances[$0] * points.weights[$0] * points.scales[$0] }
    for weight in weights { total += weight }
    let row = PrototypeSearch.draw(weights, total: total, &generator)
    var start = PrototypePartition(points, k: k)
    (start.means, start.modes) = (partition.means, partition.modes)
    start.place(generator.index(below: k), on: row, of: points)
    return start
  }

  /// An index with probability proportional to its weight; any if all weights are zero.
  static func draw(_ weights: [Double], total: Double, _ generator: inout RandomGenerator) -> Int {
    guard total > 0 else { return generator.index(below: weights.count) }
    var rest = generator.unit() * total
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      last = index
      if rest < weight { return index }
      rest -= weight
    }
    // Rounding pushed the draw past the end.
    return last
  }

  /// Greedy k-means++ on the mixed distance: each next prototype is the best of 2 + ⌊ln k⌋ rows drawn by
  /// their distance to the nearest prototype so far (Arthur & Vassilvitskii 2007). Distances over fewer
  /// values than there are columns are scaled up, so that rows with gaps are not taken for close.
  private func seedPrototypes(_ generator: inout RandomGenerator) -> PrototypePartition {
    let chunks = points.chunks
    let candidateCount = 2 + Int(Elementary.log(Double(k)))
    let total = points.weights.reduce(0, +)
    var start = PrototypePartition(points, k: k)
    var nearest: [Double] = []
    func trial(_ j: Int, on row: Int) -> (distances: [Double], sum: Double) {
      start.place(j, on: row, of: points)
      let (p, q) = (points.numberCount, points.categoryCount)
      let position = Array(start.means[j * p..<(j + 1) * p])
      let modes = Array(start.modes[j * q..<(j + 1) * q])
      let bounds = nearest
      let parts = chunks.parallelMap { rows in
        prototypeDistances(
          rows, of: points, to: position, modes: modes, gamma: gamma,
          boundedBy: bounds.isEmpty ? [] : Array(bounds[rows]))
      }
      return (Array(parts.map(\.distances).joined()), parts.reduce(0) { $0 + $1.sum })
    }
    nearest = trial(0, on: PrototypeSearch.draw(points.weights, total: total, &generator)).distances
    for j in 1..<k {
      let weights = zip(nearest, points.weights).map { $0 * $1 }
      let total = weights.reduce(0, +)
      var chosen: (row: Int, distances: [Double], sum: Double)?
      for _ in 0..<candidateCount {
        let row = PrototypeSearch.draw(weights, total: total, &generator)
        let (distances, sum) = trial(j, on: row)
        if sum < chosen?.sum ?? .infinity { chosen = (row, distances, sum) }
      }
      start.place(j, on: chosen!.row, of: points)
      nearest = chosen!.distances
    }
    return start
  }
}
