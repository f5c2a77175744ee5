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
  let partials = Chunks(rowCount: points.rowCount).parallelMap { rows in
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

/// Upper triangle of Σ (x − m)(x − m)ᵀ over `rows`: d×d, the lower triangle stays zero.
private func crossProducts(_ rows: Range<Int>, of points: Matrix, minus means: [Double]) -> [Double] {
  let d = points.columnCount
  var products = [Double](repeating: 0, count: d * d)
  var residual = [Double](repeating: 0, count: d)
  unsafe points.elements.withUnsafeBufferPointer { x in
    for row in rows {
      for column in 0..<d { residual[column] = unsafe x[row &* d &+ column] - means[column] }
      for i in 0..<d {
        for j in i..<d { products[i * d + j] += residual[i] * residual[j] }
      }
    }
  }
  return products
}
