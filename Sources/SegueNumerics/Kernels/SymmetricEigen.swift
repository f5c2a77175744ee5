internal import COpenBLAS

/// Eigenvalues, descending, and eigenvectors of a symmetric matrix.
package struct SymmetricEigen: Sendable {
  package var values: [Double]
  /// Row `i` is the unit eigenvector of `values[i]`; its sign is whatever LAPACK left.
  package var vectors: Matrix

  /// LAPACK `dsyevd`, divide and conquer. Nil if it fails to converge, which finite input does not cause.
  ///
  /// - Parameter matrix: d×d; only its lower triangle (upper, row-major) is read.
  /// - Complexity: O(d³).
  package init?(_ matrix: Matrix) {
    precondition(matrix.rowCount == matrix.columnCount, "a symmetric matrix is square")
    _ = BLAS.isSetUp
    let d = matrix.rowCount
    guard d > 0 else {
      (values, vectors) = ([], matrix)
      return
    }
    var n = Int32(d)
    var a = matrix.elements
    var w = [Double](repeating: 0, count: d)
    var work = [Double](repeating: 0, count: 1 + 6 * d + 2 * d * d)
    var workCount = Int32(work.count)
    var integers = [Int32](repeating: 0, count: 3 + 5 * d)
    var integerCount = Int32(integers.count)
    var info: Int32 = 0
    unsafe dsyevd_("V", "L", &n, &a, &n, &w, &work, &workCount, &integers, &integerCount, &info, 1, 1)
    guard info == 0 else { return nil }
    // Column-major output: eigenvector i is a[i·d ..< (i+1)·d], ascending. Reverse the order.
    values = w.reversed()
    vectors = Matrix(
      rowCount: d, columnCount: d, elements: (0..<d).reversed().flatMap { a[$0 * d..<($0 + 1) * d] })
  }
}
