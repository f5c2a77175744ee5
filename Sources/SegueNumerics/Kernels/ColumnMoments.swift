internal import COpenBLAS

/// Mean of each column of an n×d matrix: d values, zeros if there are no rows.
///
/// Two passes: the mean of the residuals corrects the rounding of the first.
package func columnMeans(_ points: Matrix) -> [Double] {
  guard points.rowCount > 0 else { return [Double](repeating: 0, count: points.columnCount) }
  let zero = [Double](repeating: 0, count: points.columnCount)
  let count = Double(points.rowCount)
  let first = columnSums(points, minus: zero).map { $0 / count }
  let correction = columnSums(points, minus: first).map { $0 / count }
  return zip(first, correction).map { $0 + $1 }
}

/// Covariance of the columns: d×d, divisor n − 1 (zeros when n < 2).
package func covariance(_ points: Matrix, means: [Double]) -> Matrix {
  let d = points.columnCount
  guard d > 0 else { return Matrix(rowCount: 0, columnCount: 0) }
  // The partial sums of all chunks together stay below 64 MB, or are two.
  let most = max(2, (8 << 20) / (d * d))
  let size = max(Chunks.defaultSize, (points.rowCount + most - 1) / most)
  let partials = Chunks(rowCount: points.rowCount, size: size).parallelMap { rows in
    crossProducts(rows, of: points, minus: means)
  }
  var total = Matrix(rowCount: d, columnCount: d)
  let divisor = Double(max(1, points.rowCount - 1))
  for partial in partials {
    for index in 0..<d * d { total.elements[index] += partial[index] / divisor }
  }
  for row in 0..<d {
    for column in 0..<row { total[row, column] = total[column, row] }
  }
  return total
}

private func columnSums(_ points: Matrix, minus offset: [Double]) -> [Double] {
  let d = points.columnCount
  let partials = Chunks(rowCount: points.rowCount).parallelMap { rows in
    var sums = [Double](repeating: 0, count: d)
    unsafe points.elements.withUnsafeBufferPointer { x in
      for row in rows {
        for column in 0..<d { sums[column] += unsafe x[row &* d &+ column] - offset[column] }
      }
    }
    return sums
  }
  var total = [Double](repeating: 0, count: d)
  for partial in partials {
    for column in 0..<d { total[column] += partial[column] }
  }
  return total
}

/// Rows that are centred at a time: few enough to stay in the cache, many enough for BLAS.
let centredBlockSize = 512

/// Σ (x − m)(x − m)ᵀ over `rows`: d×d, of which the upper triangle counts.
private func crossProducts(_ rows: Range<Int>, of points: Matrix, minus means: [Double]) -> [Double] {
  _ = BLAS.isSetUp
  let d = points.columnCount
  var products = [Double](repeating: 0, count: d * d)
  var block = [Double](repeating: 0, count: centredBlockSize * d)
  for start in stride(from: rows.lowerBound, to: rows.upperBound, by: centredBlockSize) {
    let count = min(centredBlockSize, rows.upperBound - start)
    centre(start..<start + count, of: points, minus: means, into: &block)
    unsafe cblas_dgemm(  // products += blockᵀ · block; dsyrk is no faster at these shapes
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(d), Int32(d), Int32(count), 1, block, Int32(d), block,
      Int32(d), 1, &products, Int32(d))
  }
  return products
}

/// x − m of `rows`, to the front of `block`.
func centre(
  _ rows: Range<Int>, of points: Matrix, minus means: [Double], into block: inout [Double]
) {
  let d = points.columnCount
  unsafe points.elements.withUnsafeBufferPointer { x in
    unsafe means.withUnsafeBufferPointer { m in
      unsafe block.withUnsafeMutableBufferPointer { block in
        for row in 0..<rows.count {
          let start = (rows.lowerBound &+ row) &* d
          for column in 0..<d { unsafe block[row &* d &+ column] = x[start &+ column] - m[column] }
        }
      }
    }
  }
}
