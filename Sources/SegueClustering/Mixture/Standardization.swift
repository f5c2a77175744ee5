internal import SegueCore
internal import SegueNumerics

/// Centre and scale of each column: fits run where every column has mean zero and variance one.
///
/// There the variance floor means the same for days and for euros, and sums keep their digits far from the origin.
struct Standardization: Sendable {
  var center: [Double]
  var scale: [Double]

  /// Weighted means and standard deviations (divisor Σw); one scale for all columns, the root mean square of
  /// theirs, if balls have to stay balls.
  ///
  /// - Throws: ``SegueError`` `mixture.constant` with every column that does not vary beyond rounding,
  ///   `mixture.magnitude` if one varies by so little that squares leave the range of a double.
  init(_ points: Matrix, weights: [Double]?, isotropic: Bool) throws {
    let (n, d) = (points.rowCount, points.columnCount)
    var (lowest, highest) = (
      [Double](repeating: .infinity, count: d), [Double](repeating: -.infinity, count: d)
    )
    for row in 0..<n where weights.map({ $0[row] > 0 }) ?? true {
      for column in 0..<d {
        let x = points.elements[row &* d &+ column]
        if x < lowest[column] { lowest[column] = x }
        if x > highest[column] { highest[column] = x }
      }
    }
    try Standardization.requireSpread(lowest, highest)
    // In units of the range, so that nothing over- or underflows.
    let range = zip(lowest, highest).map { $1 - $0 }
    func average(_ term: @Sendable (Int, Double) -> Double) -> [Double] {
      let partials = Chunks(rowCount: n).parallelMap { rows in
        var sums = [Double](repeating: 0, count: d + 1)
        for row in rows {
          let weight = weights?[row] ?? 1
          sums[d] += weight
          for column in 0..<d { sums[column] += weight * term(column, points.elements[row &* d &+ column]) }
        }
        return sums
      }
      var total = [Double](repeating: 0, count: d + 1)
      for partial in partials { for index in 0...d { total[index] += partial[index] } }
      return (0..<d).map { total[$0] / total[d] }
    }
    let (low, width) = (lowest, range)
    let offsets = average { column, x in (x - low[column]) / width[column] }
    let variances = average { column, x in
      let deviation = (x - low[column]) / width[column] - offsets[column]
      return deviation * deviation
    }
    center = (0..<d).map { low[$0] + width[$0] * offsets[$0] }
    scale = (0..<d).map { width[$0] * variances[$0].squareRoot() }
    if isotropic {
      let widest = scale.max()!
      let common = widest * (scale.reduce(0) { $0 + ($1 / widest) * ($1 / widest) } / Double(d)).squareRoot()
      scale = [Double](repeating: common, count: d)
    }
  }

  init(center: [Double], scale: [Double]) {
    self.center = center
    self.scale = scale
  }

  /// Σ ln scale: what a row's log-density loses on the way back.
  var logVolume: Double { scale.reduce(0) { $0 + Elementary.log($1) } }

  /// The given rows in standard coordinates.
  func apply(to points: Matrix) -> Matrix {
    var moved = points
    let d = points.columnCount
    for row in 0..<points.rowCount {
      for column in 0..<d {
        moved.elements[row &* d &+ column] =
          (points.elements[row &* d &+ column] - center[column]) / scale[column]
      }
    }
    return moved
  }

  private static func requireSpread(_ lowest: [Double], _ highest: [Double]) throws {
    // Sums of decimals that should be equal differ by some units in the last place.
    let constant = lowest.indices.filter { column in
      let size = max(lowest[column].magnitude, highest[column].magnitude)
      return highest[column] - lowest[column] <= 1e-14 * size
    }
    guard constant.isEmpty else {
      throw SegueError(
        .data,
        constant.map { column in
          Diagnostic(
            "mixture.constant", "column \(column + 1) is \(lowest[column]) in every row",
            hint: "leave the column out: what does not vary has no density")
        })
    }
    if let column = lowest.indices.first(where: { highest[$0] - lowest[$0] < 1e-140 }) {
      throw SegueError.data(
        Diagnostic(
          "mixture.magnitude",
          "column \(column + 1) varies by too little to square: \(highest[column] - lowest[column])",
          hint: "scale the column"))
    }
  }
}
