public import SegueCore
public import SegueNumerics

/// Splits rows into `k` clusters of smallest total spread.
///
/// k-means++ starts, Lloyd's iteration, single-point moves until none lowers inertia, and, on
/// small tables, swaps of centroids. Each step only ever lowers inertia; the whole descent that
/// ends lowest wins, ties to the earliest. Same seed and data, same bits, on any number of threads
/// and with any instruction set.
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
  ///   - weights: how many rows each row stands for, n positive numbers; nil if all count alike.
  ///   - monitor: told after every descent, on large tables after every iteration; cancelling its
  ///     task stops the fit there.
  /// - Returns: Centroids k×d in the columns of `points`, n labels in `0..<k`, and the inertia
  ///   Σ w·‖x − c‖² in squared units of `points`. No single row can change cluster and lower it.
  /// - Throws: ``SegueError`` `kmeans.k` if `k` is not in `2...n`, `kmeans.distinct` if fewer
  ///   than `k` rows differ, `kmeans.nonfinite` with the row and column of the first NaN or infinity,
  ///   `kmeans.columns` and `kmeans.rows` if there is nothing to split, `kmeans.weights` for weights
  ///   that are none; `CancellationError` if cancelled.
  /// - Complexity: O(n·k·d) time per iteration at most; 4 bytes a value and 6 a row beyond `points`.
  ///
  /// Seeding: Arthur & Vassilvitskii 2007 (https://dl.acm.org/doi/10.5555/1283383.1283494), greedy variant.
  /// Iteration: Lloyd 1982, doi:10.1109/TIT.1982.1056489; rows that cannot have changed are passed over by
  /// the bounds of Hamerly 2010, doi:10.1137/1.9781611972801.12, where that pays. Moves: Hartigan 1975,
  /// "Clustering Algorithms"; Telgarsky & Vattani 2010, "Hartigan's method: k-means clustering without Voronoi".
  public func fit(_ points: Matrix, weights: [Double]? = nil, monitor: Monitor = .silent) throws
    -> KMeansModel
  {
    try fit(.doubles(points), weights, monitor)
  }

  /// As for rows in double precision, of the same values.
  public func fit(
    _ points: FloatMatrix, weights: [Double]? = nil, monitor: Monitor = .silent
  ) throws -> KMeansModel {
    try fit(.floats(points), weights, monitor)
  }

  /// Lloyd's iteration alone, from given centroids until no label changes: no restarts, no moves.
  ///
  /// - Parameter start: k×d, in the columns of `points`; its rows are the `k`.
  /// - Returns: Clusters numbered as in `start`, not by size. If `maxIterations` ends it first, labels are
  ///   those of the last centroids.
  /// - Throws: As ``fit(_:weights:monitor:)``, and `kmeans.start` if `start` has other columns or no numbers.
  public func lloyd(
    _ points: Matrix, from start: Matrix, weights: [Double]? = nil, monitor: Monitor = .silent
  ) throws -> KMeansModel {
    try lloyd(.doubles(points), start, weights, monitor)
  }

  /// As for rows in double precision, of the same values.
  public func lloyd(
    _ points: FloatMatrix, from start: Matrix, weights: [Double]? = nil, monitor: Monitor = .silent
  ) throws -> KMeansModel {
    try lloyd(.floats(points), start, weights, monitor)
  }

  private func fit(_ rows: PointRows, _ weights: [Double]?, _ monitor: Monitor) throws -> KMeansModel {
    let ranges = try options.validate(rows, weights: weights)
    let packed = PackedPoints(rows, weights: weights, ranges: ranges)
    return try KMeansSearch(points: packed, options: options, seed: seed).best(monitor: monitor)
      .model(in: packed)
  }

  private func lloyd(
    _ rows: PointRows, _ start: Matrix, _ weights: [Double]?, _ monitor: Monitor
  ) throws -> KMeansModel {
    var options = options
    options.k = start.rowCount
    let ranges = try options.validate(rows, weights: weights, needsDistinctRows: false)
    guard start.columnCount == rows.columnCount, ColumnRanges(.doubles(start)).isUsable else {
      throw SegueError.usage(
        Diagnostic(
          "kmeans.start",
          start.columnCount == rows.columnCount
            ? "the centroids to start from are not all numbers"
            : "the centroids to start from have \(start.columnCount) columns, the rows \(rows.columnCount)",
          hint: "give k rows of finite numbers with the columns of the points"))
    }
    let packed = PackedPoints(rows, weights: weights, ranges: ranges)
    let search = KMeansSearch(points: packed, options: options, seed: seed)
    var partition = try search.lloyd(from: packed.centered(start), monitor: monitor)
    if !partition.isConverged { partition.assignment.update(to: partition.centroids) }
    partition.inertia = partition.assignment.inertia(partition.centroids).inertia
    return partition.model(in: packed, order: Array(0..<start.rowCount))
  }
}
