internal import COpenBLAS

/// The lower triangular L with L·Lᵀ = `matrix` (LAPACK `dpotrf`); nil unless positive definite.
///
/// - Parameter matrix: symmetric, d×d.
/// - Complexity: O(d³).
package func cholesky(_ matrix: Matrix) -> Matrix? {
  precondition(matrix.rowCount == matrix.columnCount, "a symmetric matrix is square")
  _ = BLAS.isSetUp
  let d = matrix.rowCount
  guard d > 0 else { return matrix }
  var n = Int32(d)
  var factor = matrix
  var info: Int32 = 0
  unsafe dpotrf_("U", &n, &factor.elements, &n, &info, 1)  // upper, column-major = lower, row-major
  guard info == 0 else { return nil }
  for row in 0..<d {
    for column in row + 1..<max(row + 1, d) { factor[row, column] = 0 }
  }
  return factor
}
