internal import SegueCore
internal import SegueNumerics

extension KMeansSearch {
  /// Lloyd's iteration from `start` until no label changes.
  ///
  /// - Parameter goal: given up when inertia would miss it even after 8 more steps like the last.
  func lloyd(
    from start: Matrix, toReach goal: Double = .infinity, monitor: Monitor
  ) throws -> Partition {
    var partition = Partition(centroids: start, assignment: Assignment(points, k: k))
    let report = points.chunks.count > 1
    for iteration in 0..<options.maxIterations {
      if report { try monitor.checkpoint("k = \(k), iteration \(iteration + 1)") }
      let moved = partition.assignment.update(to: partition.centroids)
      repairEmptyClusters(partition)
      partition.centroids = partition.assignment.means(keeping: partition.centroids)
      let earlier = partition.inertia
      partition.inertia = partition.assignment.inertiaOfMeans
      partition.history.append(partition.inertia)
      partition.isConverged = moved == 0
      if partition.isConverged { break }
      guard earlier.isFinite else { continue }
      let gain = earlier - partition.inertia
      if gain < options.tolerance * earlier { break }
      if partition.inertia - 8 * gain > goal { break }
    }
    return partition
  }

  /// Gives each empty cluster the row farthest from its centroid, unless no row is away from its own.
  private func repairEmptyClusters(_ partition: Partition) {
    let assignment = partition.assignment
    guard assignment.counts.contains(0) else { return }
    let distances = assignment.squaredDistances(partition.centroids)
    var order = distances.indices.filter { distances[$0] > 0 }.sorted {
      distances[$0] != distances[$1] ? distances[$0] > distances[$1] : $0 < $1
    }[...]
    for j in 0..<k where assignment.counts[j] == 0 {
      guard let next = order.firstIndex(where: { assignment.counts[assignment[$0]] > 1 }) else { return }
      assignment.move(order[next], to: j)
      order = order[(next + 1)...]
    }
  }

  /// Moves single rows while that lowers inertia, and leaves means, counts and inertia exact.
  ///
  /// Each pass finds, in parallel, every row whose move would pay if it were alone, and then tries
  /// those in order against the centroids as they stand. No row found means none can be moved: a
  /// Hartigan optimum, which is also a fixed point of Lloyd.
  func polish(_ partition: inout Partition, monitor: Monitor) throws {
    let assignment = partition.assignment
    for _ in 0..<options.maxIterations {
      try monitor.checkpoint("k = \(k), last moves")
      let found = assignment.updateAndFindMoves(partition.centroids)
      partition.centroids = assignment.means(keeping: partition.centroids)
      var moved = found.moved > 0
      for row in found.improving {
        guard let target = betterHome(for: row, in: partition) else { continue }
        let home = assignment[row]
        assignment.move(row, to: target)
        for j in [home, target] {
          for column in 0..<points.columnCount {
            partition.centroids[j, column] =
              assignment.sums[j * points.columnCount + column] / assignment.weights[j]
          }
        }
        moved = true
      }
      guard moved else { break }
      partition.history.append(assignment.inertiaOfMeans)
    }
    assignment.recomputeSums()
    partition.centroids = assignment.means(keeping: partition.centroids)
    partition.inertia = assignment.inertia(partition.centroids).inertia
    partition.isConverged = true
  }

  /// The cluster in which the row costs least, if that is another and the move lowers inertia.
  private func betterHome(for row: Int, in partition: Partition) -> Int? {
    let (weights, home) = (partition.assignment.weights, partition.assignment[row])
    let weight = points.weight(of: row)
    guard partition.assignment.counts[home] > 1, weights[home] > weight else { return nil }
    let x = points.row(row)
    func squaredDistance(_ j: Int) -> Double {
      zip(x, partition.centroids.row(j)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let saved = squaredDistance(home) * weights[home] / (weights[home] - weight)
    // A gain must exceed rounding, or a move and its reverse could alternate for ever.
    var (cheapest, target) = (saved * (1 - 1e-12), home)
    for j in 0..<k where j != home {
      let cost = squaredDistance(j) * weights[j] / (weights[j] + weight)
      if cost < cheapest { (cheapest, target) = (cost, j) }
    }
    return target == home ? nil : target
  }
}
