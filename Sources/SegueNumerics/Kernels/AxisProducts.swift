internal import COpenBLAS

/// (X − m) · Aᵀ: the coordinates of centred points along axes, n×a.
///
/// Shapes: `points` n×d, `means` d, `axes` a×d.
package func project(_ points: Matrix, minus means: [Double], onto axes: Matrix) -> Matrix {
  _ = BLAS.isSetUp
  let (n, d, a) = (points.rowCount, points.columnCount, axes.rowCount)
  guard a > 0, d > 0 else { return Matrix(rowCount: n, columnCount: a) }
  let partials = Chunks(rowCount: n).parallelMap { rows in
    var products = [Double](repeating: 0, count: rows.count * a)
    var block = [Double](repeating: 0, count: centredBlockSize * d)
    unsafe products.withUnsafeMutableBufferPointer { products in
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: centredBlockSize) {
        let count = min(centredBlockSize, rows.upperBound - start)
        centre(start..<start + count, of: points, minus: means, into: &block)
        unsafe cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, Int32(count), Int32(a), Int32(d), 1, block, Int32(d),
          axes.elements, Int32(d), 0, products.baseAddress! + (start - rows.lowerBound) * a, Int32(a))
      }
    }
    return products
  }
  var elements: [Double] = []
  elements.reserveCapacity(n * a)
  for partial in partials { elements += partial }
  return Matrix(rowCount: n, columnCount: a, elements: elements)
}

/// X · Xᵀ: n×n, for points with fewer rows than columns.
package func rowProducts(_ points: Matrix) -> Matrix {
  _ = BLAS.isSetUp
  let (n, d) = (points.rowCount, points.columnCount)
  guard n > 0, d > 0 else { return Matrix(rowCount: n, columnCount: n) }
  let partials = Chunks(rowCount: n, size: 64).parallelMap { rows in
    var products = [Double](repeating: 0, count: rows.count * n)
    unsafe points.elements.withUnsafeBufferPointer { x in
      unsafe cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(n), Int32(d), 1,
        x.baseAddress! + rows.lowerBound * d, Int32(d), x.baseAddress!, Int32(d), 0, &products, Int32(n))
    }
    return products
  }
  return Matrix(rowCount: n, columnCount: n, elements: Array(partials.joined()))
}

/// W · X: combinations of rows, w×d, for weights w×n and points n×d.
package func combine(_ weights: Matrix, of points: Matrix) -> Matrix {
  _ = BLAS.isSetUp
  let (w, n, d) = (weights.rowCount, points.rowCount, points.columnCount)
  var sums = Matrix(rowCount: w, columnCount: d)
  guard w > 0, n > 0, d > 0 else { return sums }
  unsafe cblas_dgemm(
    CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(w), Int32(d), Int32(n), 1, weights.elements, Int32(n),
    points.elements, Int32(d), 0, &sums.elements, Int32(d))
  return sums
}
