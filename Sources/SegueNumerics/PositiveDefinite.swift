/// Small symmetric matrices, row by row: informations and covariances of models with few parameters.
package enum PositiveDefinite {
  /// The inverse of a matrix of n rows; nil unless it is positive definite by a margin that rounding leaves.
  ///
  /// Cholesky's factors of the matrix scaled to a diagonal of ones, so that units do not matter.
  package static func inverse(_ matrix: [Double], _ n: Int) -> [Double]? {
    let scales = (0..<n).map { 1 / matrix[$0 * n + $0].squareRoot() }
    guard scales.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
    var factor = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0...i {
        var sum = matrix[i * n + j] * scales[i] * scales[j]
        for k in 0..<j { sum -= factor[i * n + k] * factor[j * n + k] }
        if i == j {
          guard sum > 1e-11 else { return nil }
          factor[i * n + i] = sum.squareRoot()
        } else {
          factor[i * n + j] = sum / factor[j * n + j]
        }
      }
    }
    var inverse = [Double](repeating: 0, count: n * n)
    for column in 0..<n {
      // L z = e, then Lᵀ x = z.
      var x = [Double](repeating: 0, count: n)
      for i in column..<n {
        var sum = i == column ? 1.0 : 0
        for k in column..<i { sum -= factor[i * n + k] * x[k] }
        x[i] = sum / factor[i * n + i]
      }
      for i in (0..<n).reversed() {
        for k in i + 1..<n { x[i] -= factor[k * n + i] * x[k] }
        x[i] /= factor[i * n + i]
      }
      for i in 0..<n { inverse[i * n + column] = x[i] * scales[i] * scales[column] }
    }
    // Rounding makes both halves differ in their last digits.
    for i in 0..<n {
      for j in 0..<i {
        let mean = 0.5 * (inverse[i * n + j] + inverse[j * n + i])
        (inverse[i * n + j], inverse[j * n + i]) = (mean, mean)
      }
    }
    return inverse.allSatisfy(\.isFinite) ? inverse : nil
  }
}
