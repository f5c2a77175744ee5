internal import SegueCore
internal import SegueNumerics

/// The search for positive parameters of highest likelihood, in their logarithms and from several starts.
struct MaximumLikelihood {
  /// As the paper names them.
  var model: String
  var names: [String]
  /// Parameters, not logarithms; the best end wins, ties go to the earlier start.
  var starts: [[Double]]
  /// Customers in the likelihood.
  var customers: Double

  /// Beyond these logarithms nothing changes any more that a Double could tell.
  private static let reach = 25.0
  /// Logarithms further out than this were not found inside but were still moving away.
  private static let edge = 11.5
  private static let tolerance = 1e-9
  /// Where rounding ends the search, a gradient per customer below this is as good as none.
  private static let vanishing = 1e-6

  /// - Parameter mean: log-likelihood per customer and its derivatives by the logarithms of the parameters.
  /// - Returns: the logarithms of the parameters and the report of the fit.
  func fit(
    _ monitor: Monitor, mean: ([Double]) -> (value: Double, gradient: [Double])
  ) throws -> (logs: [Double], fit: ModelFit) {
    func loss(_ logs: [Double]) throws -> (value: Double, gradient: [Double]) {
      guard logs.allSatisfy({ $0.magnitude <= Self.reach }) else { return (.nan, logs) }
      let (value, gradient) = mean(logs)
      return (-value, gradient.map { -$0 })
    }
    var search = LBFGS()
    search.tolerance = Self.tolerance
    search.maxMove = 2
    var best: LBFGS.Minimum?
    for start in starts {
      let found = try search.minimize(
        from: start.map(Elementary.log), observe: { _ in try monitor.checkpoint("fitting \(model)") }, loss)
      if found.ending != .undefinedStart, best == nil || found.value < best!.value { best = found }
    }
    guard let best else {
      throw SegueError.data(
        Diagnostic(
          "value.likelihood", "the likelihood of \(model) cannot be computed for these customers",
          hint: "look for extreme figures in the data"))
    }
    return (best.point, report(best, information(at: best.point, mean)))
  }

  /// Minus the second derivatives per customer, from central differences of the gradient.
  private func information(
    at logs: [Double], _ mean: ([Double]) -> (value: Double, gradient: [Double])
  ) -> Matrix {
    let step = 1e-4
    let d = logs.count
    var negative = Matrix(rowCount: d, columnCount: d)
    for row in 0..<d {
      var (ahead, behind) = (logs, logs)
      ahead[row] += step
      behind[row] -= step
      let (up, down) = (mean(ahead).gradient, mean(behind).gradient)
      for column in 0..<d { negative[row, column] = (down[column] - up[column]) / (2 * step) }
    }
    for row in 0..<d {
      for column in 0..<row {
        let both = 0.5 * (negative[row, column] + negative[column, row])
        (negative[row, column], negative[column, row]) = (both, both)
      }
    }
    return negative
  }

  private func report(_ best: LBFGS.Minimum, _ information: Matrix) -> ModelFit {
    let d = names.count
    var covariance: [Double] = []
    // Differences of the gradient are sure to about 1e-9: what is flatter than that is flat.
    if information.firstNonFinite == nil, Cholesky(information, minus: 1e-9) != nil,
      let cholesky = Cholesky(information)
    {
      let inverse = cholesky.packedInverseFactor
      func lower(_ row: Int, _ column: Int) -> Double { inverse[row * (row + 1) / 2 + column] }
      covariance = (0..<d * d).map { index in
        let (i, j) = (index / d, index % d)
        return (max(i, j)..<d).reduce(0) { $0 + lower($1, i) * lower($1, j) } / customers
      }
    }
    let steepest = best.gradient.reduce(0) { max($0, $1.magnitude) }
    let isFlat = best.isConverged || (best.ending == .stalled && steepest < Self.vanishing)
    let outside = names.indices.filter { best.point[$0].magnitude > Self.edge }
    var remarks: [String] = []
    if !isFlat {
      remarks.append(
        "The fit of \(model) did not converge: the likelihood was still rising when the search ended. "
          + "What is computed from it is rough.")
    }
    for index in outside {
      let direction = best.point[index] < 0 ? "towards 0" : "beyond all bounds"
      remarks.append(
        "In the fit of \(model) the parameter \(names[index]) runs \(direction): "
          + "the data does not tell it from that limit.")
    }
    if covariance.isEmpty {
      remarks.append("No standard errors for \(model): its likelihood has no peak in every direction.")
    }
    return ModelFit(
      parameters: names.indices.map { index in
        let value = Elementary.exp(best.point[index])
        let error = covariance.isEmpty ? nil : value * Elementary.sqrt(covariance[index * d + index])
        return .init(names[index], value, standardError: error)
      },
      logLikelihood: -best.value * customers, customers: Int(customers.rounded()),
      isConverged: isFlat && outside.isEmpty, iterations: best.iterations, gradient: steepest,
      covariance: covariance, remarks: remarks)
  }
}

extension ModelFit {
  /// Standard error of a figure whose derivatives by the logarithms of the parameters are `slopes`;
  /// nil where the fit has no covariance.
  func standardError(_ slopes: [Double]) -> Double? {
    guard !covariance.isEmpty else { return nil }
    let d = slopes.count
    var variance = 0.0
    for i in 0..<d {
      for j in 0..<d { variance += slopes[i] * covariance[i * d + j] * slopes[j] }
    }
    return Elementary.sqrt(max(0, variance))
  }
}
