public import SegueCore
public import SegueNumerics

/// Splits rows into `k` clusters of smallest total spread.
///
/// k-means++ starts, Lloyd's iteration, single-point moves until none lowers inertia, and, on
/// small tables, swaps of centroids. Each step only ever lowers inertia; the whole descent that
/// ends lowest wins, ties to the earliest. Same seed and data, same bits, on any number of threads.
public struct KMeans: Sendable {
  public let options: KMeansOptions
  public let seed: Seed

  public init(_ options: KMeansOptions = KMeansOptions(), seed: Seed = Seed(0)) {
    self.options = options
    self.seed = seed
  }

  /// - Parameters:
  ///   - points: n×d, already scaled: k-means weighs columns by their variance, so days and euros
  ///     side by side measure only the euros.
  ///   - monitor: told after every descent, on large tables after every iteration; cancelling its
  ///     task stops the fit there.
  /// - Returns: Centroids k×d in the columns of `points`, n labels in `0..<k`, and the inertia
  ///   Σ‖x − c‖² in squared units of `points`. No single row can change cluster and lower it.
  /// - Throws: ``SegueError`` `kmeans.k` if `k` is not in `2...n`, `kmeans.distinct` if fewer
  ///   than `k` rows differ, `kmeans.nonfinite` with the row and column of the first NaN or infinity,
  ///   `kmeans.columns` and `kmeans.rows` if there is nothing to split; `CancellationError` if cancelled.
  /// - Complexity: O(n·k·d) time per iteration, O(n·(d + log k)) memory beyond `points`.
  ///
  /// Seeding: Arthur & Vassilvitskii 2007 (https://dl.acm.org/doi/10.5555/1283383.1283494), greedy variant.
  /// Iteration: Lloyd 1982, doi:10.1109/TIT.1982.1056489. Moves: Hartigan 1975, "Clustering
  /// Algorithms"; Telgarsky & Vattani 2010, "Hartigan's method: k-means clustering without Voronoi".
  public func fit(_ points: Matrix, monitor: Monitor = .silent) throws -> KMeansModel {
    try options.validate(points)
    let packed = PackedPoints(points)
    let best = try KMeansSearch(points: packed, options: options, seed: seed).best(monitor: monitor)
    return best.model(in: packed)
  }
}

/// Where one descent ended, in centred coordinates.
struct Partition: Sendable {
  /// Means of the clusters, k×d.
  var centroids: Matrix
  var labels: [Int32]
  var counts: [Int]
  var inertia: Double
  var history: [Double]

  /// The partition as callers see it: numbered by falling size, in the coordinates of the points.
  func model(in points: PackedPoints) -> KMeansModel {
    let (k, d) = (centroids.rowCount, centroids.columnCount)
    let order = (0..<k).sorted { a, b in
      if counts[a] != counts[b] { return counts[a] > counts[b] }
      return centroids.row(a).lexicographicallyPrecedes(centroids.row(b))
    }
    var newLabel = [Int32](repeating: 0, count: k)
    for (new, old) in order.enumerated() { newLabel[old] = Int32(new) }
    var restored = centroids.selecting(rows: order)
    for row in 0..<k {
      for column in 0..<d { restored[row, column] += points.center[column] }
    }
    return KMeansModel(
      centroids: restored, labels: labels.map { newLabel[Int($0)] }, sizes: order.map { counts[$0] },
      inertia: inertia, iterations: history.count, inertiaHistory: history)
  }
}
