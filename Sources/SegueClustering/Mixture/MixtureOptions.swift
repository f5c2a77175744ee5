public import SegueCore
internal import SegueNumerics

/// The shape that the components of a ``GaussianMixture`` may have.
public enum MixtureCovariance: String, Hashable, Sendable, Codable, CaseIterable {
  /// An ellipsoid of its own for each component (mclust: VVV).
  case full
  /// One ellipsoid for all (EEE).
  case tied
  /// Ellipsoids along the columns, one for each component (VVI).
  case diagonal
  /// Balls, each with a radius of its own (VII).
  case spherical

  /// Free numbers in k covariances of d columns.
  public func parameterCount(components k: Int, columns d: Int) -> Int {
    switch self {
    case .full: k * d * (d + 1) / 2
    case .tied: d * (d + 1) / 2
    case .diagonal: k * d
    case .spherical: k
    }
  }
}

/// Every knob of ``GaussianMixture``, with its default.
public struct MixtureOptions: Hashable, Sendable, Codable {
  /// Number of components, from 1 to the number of distinct rows. The default is 5.
  public var k = 5
  /// The default is `full`.
  public var covariance = MixtureCovariance.full
  /// Starts that are tried with few iterations; the most likely few are followed to the end.
  ///
  /// The default, nil, tries 96 on small tables and fewer on larger ones.
  public var starts: Int? = nil
  /// Most iterations of one ascent. The default is 2,000.
  public var maxIterations = 2000
  /// An ascent ends when it is estimated to gain less than this in log-likelihood per row, however long it
  /// goes on. The default is 1e-7.
  public var tolerance = 1e-7
  /// Least variance of a component in any direction, where each column of the table has variance one.
  ///
  /// Without a floor the likelihood has no maximum: a component on a single row makes it infinite. The default
  /// is 1e-6: a thousandth of the standard deviation. It binds nowhere else, so other fits are the plain maximum.
  public var varianceFloor = 1e-6

  public init() {}

  /// What is wrong with the options themselves, whatever the data; empty if nothing is.
  public var diagnostics: [Diagnostic] {
    var found: [Diagnostic] = []
    if k < 1 {
      found.append(Diagnostic("mixture.k", "\(k) is no number of components", hint: "choose k of 1 or more"))
    }
    if let starts, starts < 1 {
      found.append(
        Diagnostic("mixture.starts", "\(starts) starts do nothing", hint: "choose 1 or more starts"))
    }
    if maxIterations < 1 {
      found.append(
        Diagnostic(
          "mixture.maxIterations", "\(maxIterations) iterations do nothing",
          hint: "choose 1 or more iterations"))
    }
    if !(tolerance >= 0 && tolerance.isFinite) {
      found.append(
        Diagnostic(
          "mixture.tolerance", "\(tolerance) is no gain of log-likelihood",
          hint: "choose a tolerance of 0 or more"))
    }
    if !(varianceFloor >= 1e-10 && varianceFloor < 1) {
      found.append(
        Diagnostic(
          "mixture.varianceFloor", "\(varianceFloor) is no share of a column's variance",
          hint: "choose a floor from 1e-10 to below 1"))
    }
    return found
  }

  /// The starts that `nil` stands for.
  func resolvedStarts(rowCount: Int) -> Int {
    if let starts { return starts }
    switch rowCount {
    case ...2_000: return 96
    case ...6_000: return 48
    default: return 16
    }
  }
}

extension MixtureOptions {
  /// Throws every offence of the options and of the data against them, together.
  func validate(_ points: Matrix, weights: [Double]?) throws {
    let own = diagnostics
    if !own.isEmpty { throw SegueError(.usage, own) }
    let n = points.rowCount
    guard points.columnCount > 0 else {
      throw SegueError.data(
        Diagnostic(
          "mixture.columns", "there is no column to cluster by", hint: "choose at least one numeric feature"))
    }
    guard n >= 2 else {
      throw SegueError.data(
        Diagnostic(
          "mixture.rows", "\(n == 1 ? "one row has" : "no row has") no spread", hint: "bring 2 rows or more"))
    }
    guard k <= n else {
      throw SegueError.usage(
        Diagnostic("mixture.k", "k = \(k) does not fit \(n) rows", hint: "choose k between 1 and \(n)"))
    }
    try PointChecks.requireFinite(points)
    if let weights { try requireWeights(weights, rowCount: n) }
    let weighted = weights.map { weights in points.selecting(rows: (0..<n).filter { weights[$0] > 0 }) }
    guard (weighted ?? points).rowCount >= 2 else {
      throw SegueError.data(
        Diagnostic(
          "mixture.weights",
          "\(weighted?.rowCount == 1 ? "only one row has" : "no row has") a weight above 0",
          hint: "give two rows or more a weight above 0"))
    }
    let distinct = PointChecks.distinctRows(weighted ?? points, upTo: k)
    guard distinct >= k else {
      throw SegueError.data(
        Diagnostic(
          "mixture.distinct", "only \(distinct) distinct \(distinct == 1 ? "row" : "rows") for k = \(k)",
          hint: distinct == 1 ? "add a feature that varies" : "choose k between 1 and \(distinct)"))
    }
  }

  private func requireWeights(_ weights: [Double], rowCount: Int) throws {
    guard weights.count == rowCount else {
      throw SegueError.usage(
        Diagnostic(
          "mixture.weights", "\(weights.count) weights for \(rowCount) rows",
          hint: "bring a weight for each row"))
    }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0 <= PointChecks.largestWeight) }) {
      throw SegueError.data(
        Diagnostic(
          "mixture.weights", "row \(row + 1) has the weight \(weights[row])",
          hint: "a weight says how many rows a row stands for: 0 or more"))
    }
  }
}

extension PointChecks {
  /// Sums of larger weights would swallow the rows of weight one.
  fileprivate static let largestWeight = 1e12
}
