internal import SegueNumerics

/// Where one descent ended, in centred coordinates.
struct Partition: Sendable {
  /// k×d: the means of the clusters.
  var centroids: Matrix
  let assignment: Assignment
  var inertia = Double.infinity
  /// Inertia after each step.
  var history: [Double] = []
  /// Whether no label changed any more.
  var isConverged = false

  var labels: [Int32] { assignment.allLabels }
  var counts: [Int] { assignment.counts }

  /// The partition as callers see it, in the coordinates of the points.
  ///
  /// - Parameter order: the clusters in the order in which they are numbered; by falling weight if nil.
  func model(in points: PackedPoints, order: [Int]? = nil) -> KMeansModel {
    let (k, d) = (centroids.rowCount, centroids.columnCount)
    let weights = assignment.weights
    let order =
      order
      ?? (0..<k).sorted { a, b in
        if weights[a] != weights[b] { return weights[a] > weights[b] }
        return centroids.row(a).lexicographicallyPrecedes(centroids.row(b))
      }
    var newLabel = [Int32](repeating: 0, count: k)
    for (new, old) in order.enumerated() { newLabel[old] = Int32(new) }
    var restored = centroids.selecting(rows: order)
    for row in 0..<k {
      for column in 0..<d { restored[row, column] += points.center[column] }
    }
    var labels = labels
    for row in labels.indices { labels[row] = newLabel[Int(labels[row])] }
    return KMeansModel(
      centroids: restored, labels: labels, sizes: order.map { counts[$0] }, inertia: inertia,
      iterations: history.count, inertiaHistory: history)
  }
}
