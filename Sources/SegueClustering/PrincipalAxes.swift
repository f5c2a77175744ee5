internal import SegueCore
public import SegueNumerics

/// The directions in which points vary most, and points seen along them.
public struct PrincipalAxes: Hashable, Sendable, Codable {
  /// Column means, d.
  public var mean: [Double]
  /// Variance along each axis, falling, divisor n − 1; min(n, d, asked for) values. What rounding alone
  /// may have made is 0: columns that are constant or follow from others leave such axes.
  public var explainedVariance: [Double]
  /// The share of the total variance each axis carries; zeros if nothing varies.
  public var explainedVarianceRatio: [Double]
  /// One axis a row, unit length, in the columns of the points. The loading of largest size is
  /// positive (the first of equals), so that a map is never mirrored from run to run.
  public var loadings: Matrix

  /// - Parameters:
  ///   - points: n×d, n ≥ 2, scaled as the eye should weigh them.
  ///   - count: how many axes to keep; all min(n, d) of them by default.
  /// - Throws: ``SegueError`` `kmeans.nonfinite`, or `axes.rows` if fewer than 2 rows or no columns.
  /// - Complexity: with m = min(n, d), O(n·d·m + m³) time and O(m²) memory, if n < d O(n·d).
  ///
  /// Eigenvectors of the covariance matrix (Pearson 1901, doi:10.1080/14786440109462720) by LAPACK
  /// `dsyevd`; of the products of rows where there are fewer rows than columns.
  public init(_ points: Matrix, count: Int? = nil) throws {
    guard points.rowCount >= 2, points.columnCount >= 1 else {
      throw SegueError.data(
        Diagnostic("axes.rows", "axes need 2 rows and a column", hint: "bring more rows or features"))
    }
    try PointChecks.requireFinite(points)
    let most = min(points.rowCount, points.columnCount)
    let kept = max(0, min(count ?? most, most))
    mean = columnMeans(points)
    let (variances, axes) =
      points.rowCount < points.columnCount
      ? try PrincipalAxes.wide(points, mean, kept) : try PrincipalAxes.tall(points, mean, kept)
    let total = variances.reduce(0, +)
    explainedVariance = Array(variances.prefix(kept))
    explainedVarianceRatio = explainedVariance.map { total > 0 ? $0 / total : 0 }
    loadings = axes
    for axis in 0..<kept {
      let row = loadings.row(axis)
      // Sizes that differ by rounding only count as equal.
      let largest = row.map(\.magnitude).max() ?? 0
      guard let lead = row.first(where: { $0.magnitude >= largest * (1 - 1e-9) }), lead < 0 else { continue }
      for column in 0..<points.columnCount { loadings[axis, column].negate() }
    }
  }

  /// The axes kept that carry any variance: the rank of the points, if all axes were kept.
  public var rank: Int { explainedVariance.count { $0 > 0 } }

  /// The fewest axes that together carry a share of the total variance, such as 0.9; nil if the axes kept
  /// do not.
  public func axisCount(carrying share: Double) -> Int? {
    var sum = 0.0
    // Shares of all axes add up to 1 but for rounding.
    let goal = share - 1e-12
    for (axis, ratio) in explainedVarianceRatio.enumerated() {
      sum += ratio
      if sum >= goal { return axis + 1 }
    }
    return nil
  }

  /// Coordinates along the axes: n×axes, in the units of the points.
  ///
  /// - Precondition: `points` has the columns the axes were computed from.
  public func project(_ points: Matrix) -> Matrix {
    precondition(points.columnCount == mean.count, "project the columns the axes were computed from")
    return SegueNumerics.project(points, minus: mean, onto: loadings)
  }

  private typealias Decomposition = (variances: [Double], axes: Matrix)

  private static func tall(_ points: Matrix, _ mean: [Double], _ kept: Int) throws -> Decomposition {
    let eigen = try eigen(of: covariance(points, means: mean))
    return (cleared(eigen.values, mean), eigen.vectors.selecting(rows: Array(0..<kept)))
  }

  /// With X centred, an eigenvector u of X·Xᵀ belongs to the axis Xᵀ·u of the same variance.
  private static func wide(_ points: Matrix, _ mean: [Double], _ kept: Int) throws -> Decomposition {
    var centered = points
    for row in 0..<points.rowCount {
      for column in 0..<points.columnCount { centered[row, column] -= mean[column] }
    }
    var products = rowProducts(centered)
    let divisor = Double(points.rowCount - 1)
    for index in products.elements.indices { products.elements[index] /= divisor }
    let eigen = try eigen(of: products)
    let variances = cleared(eigen.values, mean)
    let axes = combine(eigen.vectors.selecting(rows: Array(0..<kept)), of: centered)
    return (variances, orthonormal(axes, carrying: variances))
  }

  private static func eigen(of matrix: Matrix) throws -> SymmetricEigen {
    guard let eigen = SymmetricEigen(matrix) else {
      throw SegueError(.software, [Diagnostic("axes.eigen", "the eigenvalues did not converge")])
    }
    return eigen
  }

  /// Variances without those that rounding alone explains: of the eigenvalues, or of values far from 0.
  private static func cleared(_ values: [Double], _ mean: [Double]) -> [Double] {
    let digit = Double.ulpOfOne
    let distance = 4 * digit * mean.reduce(0) { max($0, $1.magnitude) }
    let noise = max(
      Double(values.count) * digit * max(0, values.first ?? 0), Double(mean.count) * distance * distance)
    return values.map { $0 > noise ? $0 : 0 }
  }

  /// The rows made orthogonal to those before and of unit length, by Gram and Schmidt, twice. Rows that
  /// carry nothing become whatever direction is farthest from all before.
  private static func orthonormal(_ rows: Matrix, carrying variances: [Double]) -> Matrix {
    let d = rows.columnCount
    var axes: [[Double]] = []
    /// The length that each column's own direction has left once the axes are taken out, squared.
    var left = [Double](repeating: 1, count: d)
    /// Nil if less than a hundredth is left of what is not `certain`.
    func remainder(_ row: [Double], isCertain: Bool) -> [Double]? {
      var vector = unit(row)
      for _ in 0..<2 {
        for axis in axes {
          let share = zip(vector, axis).reduce(0) { $0 + $1.0 * $1.1 }
          for column in 0..<d { vector[column] -= share * axis[column] }
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard isCertain || length > 0.01 else { return nil }
        vector = unit(vector)
      }
      return vector
    }
    for index in 0..<rows.rowCount {
      var axis = variances[index] > 0 ? remainder(Array(rows.row(index)), isCertain: false) : nil
      if axis == nil {
        var direction = [Double](repeating: 0, count: d)
        direction[left.indices.max { (left[$0], $1) < (left[$1], $0) } ?? 0] = 1
        axis = remainder(direction, isCertain: true)
      }
      guard let axis else { continue }
      for column in 0..<d { left[column] -= axis[column] * axis[column] }
      axes.append(axis)
    }
    return Matrix(rowCount: rows.rowCount, columnCount: d, elements: Array(axes.joined()))
  }

  private static func unit(_ vector: [Double]) -> [Double] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? vector.map { $0 / length } : vector
  }
}
