internal import SegueCore
internal import SegueNumerics

extension KMeansSearch {
  /// Lloyd's iteration from `start` until no label changes.
  ///
  /// - Parameter goal: given up when inertia would miss it even after 8 more steps like the last.
  func lloyd(
    from start: Matrix, toReach goal: Double = .infinity, monitor: Monitor
  ) throws -> Partition {
    var partition = Partition(
      centroids: start, labels: [], counts: [], inertia: .infinity, history: [])
    let report = points.chunks.count > 1
    for iteration in 0..<options.maxIterations {
      if report { try monitor.checkpoint("k = \(k), iteration \(iteration + 1)") }
      let centroids = partition.centroids
      let partials = points.chunks.parallelMap { assignNearest($0, of: points, to: centroids) }
      let labels = partials.count == 1 ? partials[0].labels : Array(partials.map(\.labels).joined())
      let converged = labels == partition.labels
      let inertia = partials.reduce(0) { $0 + $1.inertia }
      let earlier = partition.inertia
      partition.labels = labels
      partition.inertia = inertia
      partition.history.append(inertia)
      (partition.centroids, partition.counts) = means(partials, keeping: centroids)
      if converged { break }
      repairEmptyClusters(&partition)
      guard earlier.isFinite else { continue }
      if earlier - inertia < options.tolerance * earlier { break }
      if inertia - 8 * (earlier - inertia) > goal { break }
    }
    return partition
  }

  /// Folds chunks in order; an empty cluster keeps its place.
  private func means(_ partials: [ChunkAssignment], keeping old: Matrix) -> (Matrix, [Int]) {
    let d = points.columnCount
    var centroids = old
    var counts = [Int](repeating: 0, count: k)
    for j in 0..<k {
      for partial in partials { counts[j] += partial.counts[j] }
      guard counts[j] > 0 else { continue }
      for column in 0..<d {
        let sum = partials.reduce(0) { $0 + $1.sums[j * d + column] }
        centroids[j, column] = sum / Double(counts[j])
      }
    }
    return (centroids, counts)
  }

  /// Gives each empty cluster the row farthest from its centroid, unless no row is away from its own.
  private func repairEmptyClusters(_ partition: inout Partition) {
    for j in 0..<k where partition.counts[j] == 0 {
      var farthest = -1
      var distance = 0.0
      for row in 0..<points.rowCount where partition.counts[Int(partition.labels[row])] > 1 {
        let candidate = points.squaredDistance(
          from: row, to: partition.centroids.row(Int(partition.labels[row])))
        if candidate > distance { (farthest, distance) = (row, candidate) }
      }
      guard farthest >= 0 else { return }
      partition.move(farthest, to: j, in: points)
    }
  }

  /// Moves single rows while that lowers inertia, and leaves means, counts and inertia exact.
  ///
  /// Each pass finds, in parallel, every row whose move would pay if it were alone, and then tries
  /// those in order against the centroids as they stand. No row found means none can be moved: a
  /// Hartigan optimum, which is also a fixed point of Lloyd.
  func polish(_ partition: inout Partition, monitor: Monitor) throws {
    for _ in 0..<options.maxIterations {
      try monitor.checkpoint("k = \(k), last moves")
      refresh(&partition)
      let (centroids, labels, counts) = (partition.centroids, partition.labels, partition.counts)
      let candidates = points.chunks.parallelMap { rows in
        improvingMoves(rows, of: points, labels: labels, centroids: centroids, counts: counts)
      }.joined()
      var moved = false
      for row in candidates {
        let home = Int(partition.labels[row])
        guard partition.counts[home] > 1 else { continue }
        let saved =
          points.squaredDistance(from: row, to: partition.centroids.row(home))
          * MoveWeights.leaving(partition.counts[home])
        var (cheapest, target) = (saved * MoveWeights.worthwhile, home)
        for j in 0..<k where j != home {
          let cost =
            points.squaredDistance(from: row, to: partition.centroids.row(j))
            * MoveWeights.entering(partition.counts[j])
          if cost < cheapest { (cheapest, target) = (cost, j) }
        }
        guard target != home else { continue }
        partition.move(row, to: target, in: points)
        moved = true
      }
      guard moved else { return }
      refresh(&partition)
      partition.history.append(partition.inertia)
    }
  }

  /// Means, counts and inertia from the labels alone, so that nothing incremental lingers.
  private func refresh(_ partition: inout Partition) {
    let labels = partition.labels
    let partials = points.chunks.parallelMap { rows in
      clusterSums(rows, of: points, labels: labels, clusterCount: k)
    }
    (partition.centroids, partition.counts) = means(partials, keeping: partition.centroids)
    let centroids = partition.centroids
    partition.inertia = points.chunks.parallelMap { rows in
      rows.reduce(0) { $0 + points.squaredDistance(from: $1, to: centroids.row(Int(labels[$1]))) }
    }.reduce(0, +)
  }
}

extension Partition {
  /// Moves a row and shifts the two means by what it carried.
  mutating func move(_ row: Int, to target: Int, in points: PackedPoints) {
    let home = Int(labels[row])
    let (left, entered) = (Double(counts[home] - 1), Double(counts[target] + 1))
    for column in 0..<points.columnCount {
      let x = points[row, column]
      if left > 0 { centroids[home, column] -= (x - centroids[home, column]) / left }
      // An empty cluster has no mean yet, so the row's place becomes it.
      centroids[target, column] += (x - centroids[target, column]) / entered
    }
    labels[row] = Int32(target)
    counts[home] -= 1
    counts[target] += 1
  }
}
