internal import SegueCore
public import SegueNumerics

/// The result of ``KMeans``: where the clusters are and which row is in which.
///
/// Clusters are numbered by falling size; equal sizes by their centroids, read left to right.
public struct KMeansModel: Hashable, Sendable, Codable {
  /// k×d, in the columns and units of the points.
  public var centroids: Matrix
  /// Cluster of each row, in `0..<k`.
  public var labels: [Int32]
  /// Rows per cluster, falling.
  public var sizes: [Int]
  /// Σ‖x − c‖² over all rows, in squared units of the points.
  public var inertia: Double
  /// Iterations of the descent that won.
  public var iterations: Int
  /// Inertia after each iteration of the descent that won; it never rises.
  public var inertiaHistory: [Double]

  public var k: Int { centroids.rowCount }

  /// The nearest centroid of each row of `points` and the distance to it, in units of the points.
  ///
  /// - Parameter points: n×d in the columns and scaling the model was fitted on.
  /// - Throws: ``SegueError`` `kmeans.nonfinite`, or `kmeans.columns` if the columns do not match.
  /// - Complexity: O(n·k·d).
  public func nearest(to points: Matrix) throws -> (labels: [Int32], distances: [Double]) {
    guard points.columnCount == centroids.columnCount else {
      throw SegueError.data(
        Diagnostic(
          "kmeans.columns",
          "the model has \(centroids.columnCount) columns, the points have \(points.columnCount)",
          hint: "bring the features the model was fitted on"))
    }
    try PointChecks.requireFinite(points)
    let packed = PackedPoints(points, center: columnMeans(centroids))
    let centered = packed.centered(centroids)
    let assignment = Assignment(packed, k: k)
    assignment.update(to: centered)
    return (assignment.allLabels, assignment.squaredDistances(centered).map { $0.squareRoot() })
  }
}
