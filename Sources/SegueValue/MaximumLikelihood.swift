internal import SegueCore
internal import SegueNumerics

/// The search for the parameters under which the data are most likely, over their logarithms.
///
/// L-BFGS from several starts, then Newton's iteration with the information, which is taken from
/// differences of the analytic gradient. Parameters that leave e⁻²⁵…e²⁵ are stopped there: they run off.
struct MaximumLikelihood {
  typealias Function = ([Double]) -> (value: Double, gradient: [Double])

  struct Peak: Sendable {
    /// Logarithms of the parameters.
    var theta: [Double]
    var value: Double
    /// Largest component of the gradient per customer.
    var gradient: Double
    var iterations: Int
    /// Minus the second derivatives, row by row.
    var information: [Double]
  }

  /// Customers in the likelihood.
  var customers: Double
  /// What progress is reported as.
  var stage: String
  var monitor: Monitor

  static let furthest = 25.0

  /// - Parameters:
  ///   - starts: logarithms of parameters.
  ///   - rough: as `function`, from fewer data: it finds the start that is followed to the end.
  /// - Throws: `CancellationError`.
  func search(from starts: [[Double]], rough: Function? = nil, _ function: @escaping Function) throws -> Peak
  {
    var iterations = 0
    var best: LBFGS.Minimum?
    let coarse = rough ?? function
    if starts.count > 1 {
      for start in starts {
        let found = try climb(from: start, tolerance: 1e-5, limit: 100, coarse)
        iterations += found.iterations
        if found.value < best?.value ?? .infinity { best = found }
      }
    }
    let found = try climb(
      from: best?.point ?? starts[0], tolerance: 1e-4 / customers, limit: 500, function)
    return try polished(found, iterations + found.iterations, function)
  }

  private func climb(
    from start: [Double], tolerance: Double, limit: Int, _ function: Function
  ) throws -> LBFGS.Minimum {
    var search = LBFGS()
    search.tolerance = tolerance
    search.maxIterations = limit
    search.maxMove = 2
    return try search.minimize(
      from: start, observe: { (_: LBFGS.Step) throws in try monitor.checkpoint(stage) },
      { (theta: [Double]) throws in descent(theta, function) })
  }

  /// The negative mean per customer, which does not grow with the data; NaN beyond the limits.
  private func descent(_ theta: [Double], _ function: Function) -> (value: Double, gradient: [Double]) {
    guard theta.allSatisfy({ $0.magnitude <= Self.furthest }) else { return (.nan, theta) }
    let (value, gradient) = function(theta)
    return (-value / customers, gradient.map { -$0 / customers })
  }

  /// Newton's steps, as long as they lower the gradient: L-BFGS ends where the value no longer tells, which
  /// for flat directions is early.
  private func polished(_ found: LBFGS.Minimum, _ iterations: Int, _ function: Function) throws -> Peak {
    let n = found.point.count
    var peak = Peak(
      theta: found.point, value: -found.value * customers, gradient: largest(found.gradient),
      iterations: iterations, information: information(found.point, function))
    var gradient = found.gradient
    for _ in 0..<8 where peak.gradient > 1e-13 {
      try monitor.checkpoint(stage)
      guard let inverse = PositiveDefinite.inverse(peak.information, n) else { break }
      let step = (0..<n).map { row in
        -customers * (0..<n).reduce(0) { $0 + inverse[row * n + $1] * gradient[$1] }
      }
      let length = largest(step)
      guard length < 1 else { break }
      let theta = zip(peak.theta, step).map { $0 + $1 }
      let next = descent(theta, function)
      guard largest(next.gradient) < 0.9 * peak.gradient,
        -next.value * customers >= peak.value - 1e-12 * peak.value.magnitude
      else { break }
      gradient = next.gradient
      peak.theta = theta
      peak.value = -next.value * customers
      peak.gradient = largest(gradient)
      peak.iterations += 1
      if length > 1e-6 { peak.information = information(theta, function) }
    }
    return peak
  }

  private func largest(_ values: [Double]) -> Double {
    values.contains { !$0.isFinite } ? .infinity : values.reduce(0) { max($0, $1.magnitude) }
  }

  /// By central differences of fourth order, then made symmetric.
  private func information(_ theta: [Double], _ function: Function) -> [Double] {
    let (n, width) = (theta.count, 1e-3)
    var matrix = [Double](repeating: 0, count: n * n)
    for row in 0..<n {
      for (steps, weight) in [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)] {
        var moved = theta
        moved[row] += steps * width
        let gradient = function(moved).gradient
        for column in 0..<n { matrix[row * n + column] -= weight / (12 * width) * gradient[column] }
      }
    }
    return (0..<n * n).map { 0.5 * (matrix[$0] + matrix[$0 % n * n + $0 / n]) }
  }
}
