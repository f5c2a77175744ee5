internal import SegueCore
internal import SegueNumerics

/// Weights, means and covariances of k components in standard coordinates, and the two steps that change them.
struct MixtureParameters: Hashable, Sendable {
  var kind: MixtureCovariance
  /// Shares, summing to one.
  var weights: [Double]
  /// k×d.
  var means: Matrix
  /// k of them, d×d, whatever the kind; equal ones if tied.
  var covariances: [Matrix]
  /// Whether the variance floor holds a covariance up.
  var isFloored: [Bool]

  var k: Int { weights.count }
  var columnCount: Int { means.columnCount }

  /// The mixture as kernels read it. Nil if a covariance is not positive definite.
  func density() -> MixtureDensity? {
    let d = columnCount
    var factors: [Double] = []
    var constants: [Double] = []
    for j in 0..<k {
      var logDeterminant = 0.0
      switch kind {
      case .full, .tied:
        if kind == .tied, j > 0 {
          factors += factors[..<(d * (d + 1) / 2)]
          constants.append(constants[0] + logWeight(j) - logWeight(0))
          continue
        }
        guard let cholesky = Cholesky(covariances[j]) else { return nil }
        factors += cholesky.packedInverseFactor
        logDeterminant = cholesky.logDeterminant
      case .diagonal, .spherical:
        for i in 0..<d {
          guard covariances[j][i, i] > 0 else { return nil }
          factors.append(1 / covariances[j][i, i].squareRoot())
          logDeterminant += Elementary.log(covariances[j][i, i])
        }
      }
      constants.append(
        logWeight(j) - 0.5 * (Double(d) * Elementary.log(2 * Double.pi) + logDeterminant))
    }
    return MixtureDensity(
      columnCount: d, isFull: kind == .full || kind == .tied, means: means.elements, factors: factors,
      constants: constants)
  }

  /// A component that lost all its weight stays finite.
  private func logWeight(_ j: Int) -> Double { Elementary.log(max(weights[j], 1e-300)) }

  /// The M step: the parameters of largest expected likelihood with no variance below `floor`.
  ///
  /// - Parameter moments: k × (1 + d + d(d + 1)/2) or k × (1 + 2d) sums around the present means.
  mutating func maximize(_ moments: [Double], floor: Double) {
    let (d, isFull) = (columnCount, kind == .full || kind == .tied)
    let count = moments.count / k
    let total = (0..<k).reduce(0) { $0 + moments[$1 * count] }
    var pooled = Matrix(rowCount: d, columnCount: d)
    for j in 0..<k {
      let base = j * count
      let weight = moments[base]
      weights[j] = weight / total
      // Nothing is left to take a mean of.
      guard weight > 1e-100 else { continue }
      let shift = (0..<d).map { moments[base + 1 + $0] / weight }
      var scatter = Matrix(rowCount: d, columnCount: d)
      var next = base + 1 + d
      for i in 0..<d {
        for c in isFull ? 0...i : i...i {
          let value = moments[next] / weight - shift[i] * shift[c]
          (scatter[i, c], scatter[c, i]) = (value, value)
          next += 1
        }
        means[j, i] += shift[i]
      }
      if kind == .tied {
        for index in pooled.elements.indices {
          pooled.elements[index] += weights[j] * scatter.elements[index]
        }
      } else {
        (covariances[j], isFloored[j]) = restrict(scatter, floor: floor)
      }
    }
    if kind == .tied {
      let (shared, floored) = restrict(pooled, floor: floor)
      covariances = [Matrix](repeating: shared, count: k)
      isFloored = [Bool](repeating: floored, count: k)
    }
  }

  /// The covariance of the kind that maximises the likelihood of a scatter among those without an eigenvalue
  /// below `floor`: eigenvalues below it are raised to it, and that keeps the ascent monotone (Ingrassia &
  /// Rocci 2007, doi:10.1016/j.csda.2006.10.011).
  private func restrict(_ scatter: Matrix, floor: Double) -> (Matrix, Bool) {
    let d = scatter.rowCount
    var result = Matrix(rowCount: d, columnCount: d)
    switch kind {
    case .diagonal:
      for i in 0..<d { result[i, i] = max(floor, scatter[i, i]) }
      return (result, (0..<d).contains { scatter[$0, $0] <= floor })
    case .spherical:
      let mean = (0..<d).reduce(0) { $0 + scatter[$1, $1] } / Double(d)
      for i in 0..<d { result[i, i] = max(floor, mean) }
      return (result, mean <= floor)
    case .full, .tied:
      if Cholesky(scatter, minus: floor) != nil { return (scatter, false) }
      // Finite input converges; should it ever not, a ball is an honest shape too.
      let eigen = SymmetricEigen(scatter)
      for i in 0..<d {
        for c in 0...i {
          let value =
            eigen.map { eigen in
              (0..<d).reduce(0) {
                $0 + max(floor, eigen.values[$1]) * eigen.vectors[$1, i] * eigen.vectors[$1, c]
              }
            } ?? (i == c ? max(floor, scatter[i, i]) : 0)
          (result[i, c], result[c, i]) = (value, value)
        }
      }
      return (result, true)
    }
  }

  /// Components whose likelihood says nothing: held up by the floor, or with a shape of their own and too few rows.
  ///
  /// A full covariance needs d + 1 rows. Variances along the columns need two, but among many rows some two always lie
  /// close by chance; so three.
  func collapsed(totalWeight: Double) -> [Int] {
    let needed =
      switch kind {
      case .full: Double(columnCount + 1)
      case .tied: 0.5
      case .diagonal, .spherical: 3.0
      }
    return (0..<k).filter { isFloored[$0] || weights[$0] * totalWeight < needed }
  }
}
