public import SegueCore
public import SegueNumerics

extension MiniBatchKMeans {
  /// Clusters a table by batches drawn from it, and assigns every row once at the end.
  ///
  /// For tables on which every iteration of ``KMeans`` over all rows takes too long. Starts afresh:
  /// batches seen before do not count.
  ///
  /// - Parameters:
  ///   - points: n×d, already scaled as for k-means.
  ///   - monitor: told after every batch; cancelling its task stops the fit there.
  /// - Returns: Centroids, labels of the nearest of them, sizes, and the inertia around them; `iterations`
  ///   counts batches and the history holds the inertia at the end alone.
  /// - Throws: ``SegueError`` with all offences of the options; as ``KMeans/fit(_:monitor:)``;
  ///   `CancellationError` if cancelled.
  /// - Complexity: O(b·k·d) time per batch of b rows until settled, and O(n·k·d) once at the end.
  public func fit(_ points: Matrix, monitor: Monitor = .silent) throws -> KMeansModel {
    let own = options.diagnostics
    if !own.isEmpty { throw SegueError(.usage, own) }
    var kMeans = KMeansOptions()
    kMeans.k = options.k
    try kMeans.validate(points)
    var stream = MiniBatchKMeans(options, seed: seed)
    var generator = seed.generator(for: .miniBatch, index: -1)
    let n = points.rowCount
    let first = generator.sample(max(options.batchRows, options.resolvedStartRows), outOf: n)
    try stream.update(points.selecting(rows: first))
    // Rows that differ may be too rare for a sample; the whole table has enough of them.
    if stream.centroids == nil, first.count < n { try stream.update(points) }
    try stream.start()
    var batches = 1
    let size = min(options.batchRows, n)
    let (limit, overflow) = options.epochs.multipliedReportingOverflow(by: n)
    while !stream.hasSettled, overflow || stream.rowsSeen < limit {
      try monitor.checkpoint("k = \(options.k), batch \(batches + 1)")
      try stream.update(points.selecting(rows: (0..<size).map { _ in generator.index(below: n) }))
      batches += 1
    }
    return try stream.assigned(points, batches: batches)
  }

  /// The model of all rows; a centroid that no row is nearest to takes the row farthest from its own.
  private func assigned(_ points: Matrix, batches: Int) throws -> KMeansModel {
    guard var places = centroids else {
      throw SegueError(.software, [Diagnostic("minibatch.start", "the batches left no centroids")])
    }
    var round = 0
    while true {
      let (labels, distances) = try KMeansModel(placedAt: places).nearest(to: points)
      let sizes = NumberedClusters.sizes(labels, clusterCount: options.k)
      // Ties within rounding could keep a cluster empty, so there are not more rounds than clusters.
      guard round < options.k, let empty = sizes.firstIndex(of: 0),
        let farthest = distances.indices.max(by: { (distances[$0], $1) < (distances[$1], $0) }),
        distances[farthest] > 0
      else {
        let inertia = distances.reduce(0) { $0 + $1 * $1 }
        return KMeansModel(
          numbering: places, labels: labels, inertia: inertia, iterations: batches,
          inertiaHistory: [inertia])
      }
      for column in 0..<points.columnCount { places[empty, column] = points[farthest, column] }
      round += 1
    }
  }
}
