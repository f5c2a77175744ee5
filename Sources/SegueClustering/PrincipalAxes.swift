internal import SegueCore
public import SegueNumerics

/// The directions in which points vary most, and points seen along them.
public struct PrincipalAxes: Hashable, Sendable, Codable {
  /// Column means, d.
  public var mean: [Double]
  /// Variance along each axis, falling, divisor n − 1; min(d, asked for) values.
  public var explainedVariance: [Double]
  /// The share of the total variance each axis carries; zeros if nothing varies.
  public var explainedVarianceRatio: [Double]
  /// One axis a row, unit length, in the columns of the points. The loading of largest size is
  /// positive (the first of equals), so that a map is never mirrored from run to run.
  public var loadings: Matrix

  /// - Parameters:
  ///   - points: n×d, n ≥ 2, scaled as the eye should weigh them.
  ///   - count: how many axes to keep; all d of them by default.
  /// - Throws: ``SegueError`` `kmeans.nonfinite`, or `axes.rows` if fewer than 2 rows or no columns.
  /// - Complexity: O(n·d² + d³).
  ///
  /// Eigenvectors of the covariance matrix (Pearson 1901, doi:10.1080/14786440109462720) by LAPACK `dsyevd`.
  public init(_ points: Matrix, count: Int? = nil) throws {
    guard points.rowCount >= 2, points.columnCount >= 1 else {
      throw SegueError.data(
        Diagnostic("axes.rows", "axes need 2 rows and a column", hint: "bring more rows or features"))
    }
    try PointChecks.requireFinite(points)
    mean = columnMeans(points)
    guard let eigen = SymmetricEigen(covariance(points, means: mean)) else {
      throw SegueError(.software, [Diagnostic("axes.eigen", "the eigenvalues did not converge")])
    }
    let d = points.columnCount
    let kept = max(0, min(count ?? d, d))
    let variances = eigen.values.map { max(0, $0) }
    let total = variances.reduce(0, +)
    explainedVariance = Array(variances.prefix(kept))
    explainedVarianceRatio = explainedVariance.map { total > 0 ? $0 / total : 0 }
    loadings = eigen.vectors.selecting(rows: Array(0..<kept))
    for axis in 0..<kept {
      let row = loadings.row(axis)
      // Sizes that differ by rounding only count as equal.
      let largest = row.map(\.magnitude).max() ?? 0
      guard let lead = row.first(where: { $0.magnitude >= largest * (1 - 1e-9) }), lead < 0 else { continue }
      for column in 0..<d { loadings[axis, column].negate() }
    }
  }

  /// Coordinates along the axes: n×axes, in the units of the points.
  ///
  /// - Precondition: `points` has the columns the axes were computed from.
  public func project(_ points: Matrix) -> Matrix {
    precondition(points.columnCount == mean.count, "project the columns the axes were computed from")
    var projected = Matrix(rowCount: points.rowCount, columnCount: loadings.rowCount)
    for row in 0..<points.rowCount {
      let x = points.row(row)
      for axis in 0..<loadings.rowCount {
        var sum = 0.0
        for (column, value) in x.enumerated() { sum += (value - mean[column]) * loadings[axis, column] }
        projected[row, axis] = sum
      }
    }
    return projected
  }
}
