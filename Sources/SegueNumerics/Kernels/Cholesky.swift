internal import COpenBLAS
internal import SegueCore

/// A = L·Lᵀ of a symmetric positive definite matrix, with L lower triangular.
package struct Cholesky: Sendable {
  /// L, d×d; what stands above the diagonal is not to be read.
  package let factor: Matrix

  /// LAPACK `dpotrf`. Nil if the matrix is not positive definite.
  ///
  /// - Parameters:
  ///   - matrix: d×d; only its lower triangle is read.
  ///   - shift: subtracted from the diagonal first, so nil tells that an eigenvalue is not above `shift`.
  /// - Complexity: O(d³).
  package init?(_ matrix: Matrix, minus shift: Double = 0) {
    precondition(matrix.rowCount == matrix.columnCount, "a symmetric matrix is square")
    _ = BLAS.isSetUp
    var a = matrix
    for i in 0..<a.rowCount { a[i, i] -= shift }
    var (n, info) = (Int32(a.rowCount), Int32(0))
    // The lower triangle by rows is the upper one by columns.
    unsafe dpotrf_("U", &n, &a.elements, &n, &info, 1)
    guard info == 0 else { return nil }
    factor = a
  }

  /// ln det A.
  package var logDeterminant: Double {
    (0..<factor.rowCount).reduce(0) { $0 + 2 * Elementary.log(factor[$1, $1]) }
  }

  /// L⁻¹ by LAPACK `dtrtri`: row by row, d(d + 1)/2 numbers, without the zeros above the diagonal.
  package var packedInverseFactor: [Double] {
    var a = factor
    var (n, info) = (Int32(a.rowCount), Int32(0))
    unsafe dtrtri_("U", "N", &n, &a.elements, &n, &info, 1, 1)
    return (0..<a.rowCount).flatMap { a.row($0).prefix($0 + 1) }
  }
}
