public import SegueCore
public import SegueNumerics

/// The result of ``GaussianMixture``: k components, and how well and how surely they describe the rows.
///
/// Components are numbered by falling weight; equal weights by their means, read left to right.
public struct MixtureModel: Hashable, Sendable, Codable {
  public var covariance: MixtureCovariance
  /// Shares of the rows, k, falling, summing to one.
  public var weights: [Double]
  /// k×d, in the units of the points.
  public var means: Matrix
  /// k of them, d×d, in the units of the points, whatever the kind; equal ones if tied.
  public var covariances: [Matrix]
  /// Σ ln of the density of each row (natural logarithm, times its weight), in the units of the points.
  public var logLikelihood: Double
  /// Rows, or the sum of their weights.
  public var totalWeight: Double
  /// The likeliest component of each row, in `0..<k`.
  public var labels: [Int32]
  /// −Σ r ln r over all rows and components r of responsibility: 0 if every row surely belongs to one.
  public var entropy: Double
  /// −Σ ln of each row's largest responsibility: what assigning every row to one component costs.
  public var assignmentLoss: Double
  /// Share of the rows that no component is responsible for to 0.8 or more.
  public var unsureShare: Double
  /// Log-likelihood after each iteration of the ascent that won, over all rows; it never falls beyond rounding.
  public var logLikelihoodHistory: [Double]
  /// Whether the ascent ended because nothing was left to gain, and not by the limit of iterations.
  public var isConverged: Bool
  /// Components with no spread in some direction but the floor's, or too few rows to have a covariance.
  ///
  /// With any, the log-likelihood and the criteria depend on the floor and are not to be compared.
  public var collapsed: [Int]
  /// Starts that were given up because a component collapsed.
  public var startsSetAside: Int

  public var k: Int { weights.count }
  public var iterations: Int { logLikelihoodHistory.count }

  /// Free numbers: k − 1 weights, k·d coordinates of means, and those of the covariances.
  public var parameterCount: Int {
    let d = means.columnCount
    return k - 1 + k * d + covariance.parameterCount(components: k, columns: d)
  }

  /// −2·logLikelihood + parameters·ln n: lower is better (Schwarz 1978, doi:10.1214/aos/1176344136). R's mclust
  /// prints the same with the opposite sign.
  public var bic: Double { -2 * logLikelihood + Double(parameterCount) * Elementary.log(totalWeight) }

  /// −2·logLikelihood + 2·parameters: lower is better.
  public var aic: Double { -2 * logLikelihood + 2 * Double(parameterCount) }

  /// BIC plus twice the cost of assigning every row: lower is better. Prefers components that stand apart to those
  /// that only improve the density (Biernacki, Celeux & Govaert 2000, doi:10.1109/34.865189).
  public var icl: Double { bic + 2 * assignmentLoss }

  /// What a reader should know before trusting the figures.
  public var notes: [Diagnostic] {
    var found: [Diagnostic] = []
    if !collapsed.isEmpty {
      let names = collapsed.map { "\($0 + 1)" }.joined(separator: ", ")
      let subject = collapsed.count == 1 ? "component \(names) has" : "components \(names) have"
      found.append(
        Diagnostic(
          "mixture.collapsed", severity: .warning,
          "\(subject) no spread in some direction, or too few rows; likelihood, BIC and ICL say nothing",
          hint: "try fewer components, a simpler covariance, or leave out columns with few distinct values"))
    }
    if !isConverged {
      found.append(
        Diagnostic(
          "mixture.iterations", severity: .warning, "still climbing after \(iterations) iterations",
          hint: "allow more iterations"))
    }
    return found
  }

  /// Responsibilities: the probability that each row comes from each component.
  ///
  /// - Parameter points: n×d in the columns and units the model was fitted on; the same rows or new ones.
  /// - Returns: n×k, each row summing to one.
  /// - Throws: ``SegueError`` `kmeans.nonfinite`, `mixture.columns` if the columns do not match, `mixture.model`
  ///   if the model was changed into one that has no density.
  /// - Complexity: O(n·k·d²).
  public func memberships(of points: Matrix) throws -> Matrix {
    let d = means.columnCount
    guard points.columnCount == d else {
      throw SegueError.data(
        Diagnostic(
          "mixture.columns", "the model has \(d) columns, the points have \(points.columnCount)",
          hint: "bring the features the model was fitted on"))
    }
    try PointChecks.requireFinite(points)
    guard let (standardization, density) = standardDensity else {
      throw SegueError.data(
        Diagnostic("mixture.model", "a covariance of the model is not positive definite", hint: "fit it anew")
      )
    }
    let blocked = BlockedRows(points, center: standardization.center, scale: standardization.scale)
    let partials = blocked.chunks.parallelMap { mixtureResponsibilities($0, of: blocked, under: density) }
    return Matrix(
      rowCount: points.rowCount, columnCount: k, elements: Array(partials.map(\.elements).joined()))
  }

  /// The model where the mixture as a whole has mean zero and variance one in each column.
  private var standardDensity: (Standardization, MixtureDensity)? {
    let d = means.columnCount
    guard covariances.count == k, means.rowCount == k,
      covariances.allSatisfy({ $0.rowCount == d && $0.columnCount == d })
    else { return nil }
    let center = (0..<d).map { column in (0..<k).reduce(0) { $0 + weights[$1] * means[$1, column] } }
    let scale = (0..<d).map { column in
      (0..<k).reduce(0) { sum, j in
        let offset = means[j, column] - center[column]
        return sum + weights[j] * (covariances[j][column, column] + offset * offset)
      }.squareRoot()
    }
    guard scale.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    var parameters = MixtureParameters(
      kind: covariance, weights: weights, means: means, covariances: covariances,
      isFloored: [Bool](repeating: false, count: k))
    for j in 0..<k {
      for i in 0..<d {
        parameters.means[j, i] = (means[j, i] - center[i]) / scale[i]
        for c in 0..<d { parameters.covariances[j][i, c] = covariances[j][i, c] / scale[i] / scale[c] }
      }
    }
    return parameters.density().map { (Standardization(center: center, scale: scale), $0) }
  }
}

extension MixtureModel {
  /// What an ascent ended at, back in the units of the points.
  init(
    _ ascent: MixtureAscent, setAside: Int, points: Matrix, weights rowWeights: [Double]?,
    standardization: Standardization
  ) {
    let parameters = ascent.parameters
    let (k, d) = (parameters.k, parameters.columnCount)
    let order = (0..<k).sorted { a, b in
      if parameters.weights[a] != parameters.weights[b] {
        return parameters.weights[a] > parameters.weights[b]
      }
      return parameters.means.row(a).lexicographicallyPrecedes(parameters.means.row(b))
    }
    var sorted = parameters
    sorted.weights = order.map { parameters.weights[$0] }
    sorted.means = parameters.means.selecting(rows: order)
    sorted.covariances = order.map { parameters.covariances[$0] }
    let blocked = BlockedRows(
      points, center: standardization.center, scale: standardization.scale, weights: rowWeights)
    let certainty = Certainty(blocked, weights: rowWeights, density: sorted.density()!)
    let loss = blocked.totalWeight * standardization.logVolume
    var (restoredMeans, restored) = (sorted.means, sorted.covariances)
    for j in 0..<k {
      for i in 0..<d {
        restoredMeans[j, i] = standardization.center[i] + standardization.scale[i] * sorted.means[j, i]
        for c in 0..<d { restored[j][i, c] *= standardization.scale[i] * standardization.scale[c] }
      }
    }
    self.init(
      covariance: parameters.kind, weights: sorted.weights, means: restoredMeans, covariances: restored,
      logLikelihood: ascent.logLikelihood - loss, totalWeight: blocked.totalWeight, labels: certainty.labels,
      entropy: certainty.entropy, assignmentLoss: certainty.assignmentLoss,
      unsureShare: certainty.unsure / blocked.totalWeight,
      logLikelihoodHistory: ascent.history.map { $0 - loss }, isConverged: ascent.isConverged,
      collapsed: ascent.collapsed.map { order.firstIndex(of: $0)! }.sorted(), startsSetAside: setAside)
  }
}

/// One pass over the rows after the fit.
private struct Certainty {
  /// Responsibility from which a row counts as surely assigned.
  static let sure = 0.8

  var labels: [Int32] = []
  var entropy = 0.0
  var assignmentLoss = 0.0
  var unsure = 0.0

  init() {}

  init(_ points: BlockedRows, weights: [Double]?, density: MixtureDensity) {
    let partials = points.chunks.parallelMap { rows in
      let shares = mixtureResponsibilities(rows, of: points, under: density)
      var part = Certainty()
      for (index, row) in rows.enumerated() {
        let weight = weights?[row] ?? 1
        var (label, largest) = (0, -1.0)
        for j in 0..<shares.columnCount {
          let share = shares.elements[index &* shares.columnCount &+ j]
          if share > largest { (label, largest) = (j, share) }
          if share > 0, share < 1 { part.entropy -= weight * share * Elementary.log(share) }
        }
        part.labels.append(Int32(label))
        part.assignmentLoss -= weight * Elementary.log(min(1, largest))
        if largest < Certainty.sure { part.unsure += weight }
      }
      return part
    }
    for part in partials {
      labels += part.labels
      entropy += part.entropy
      assignmentLoss += part.assignmentLoss
      unsure += part.unsure
    }
  }
}
