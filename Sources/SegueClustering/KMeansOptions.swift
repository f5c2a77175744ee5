public import SegueCore
internal import SegueNumerics

/// Where descents of k-means start.
public enum KMeansSeeding: String, Sendable, Codable, CaseIterable {
  /// Greedy k-means++: one centroid after another, each the best of a few rows drawn by squared distance.
  case plusPlus
  /// k-means‖: a few rounds that draw many rows at once, for large k.
  case parallel
  /// Rows by chance.
  case random
}

/// Every knob of ``KMeans``, with its default.
public struct KMeansOptions: Hashable, Sendable, Codable {
  /// Number of clusters, from 2 to the number of distinct rows. The default is 5.
  public var k = 5
  /// Independent descents from fresh k-means++ starts; the best whole descent wins.
  ///
  /// The default, nil, tries 8. On tables of hundreds of thousands of rows all restarts run on a sample of 65,536 rows
  /// or more, and the two best ends go on with all rows.
  public var restarts: Int? = nil
  /// Swaps tried in a row without success before a descent is given up. A swap moves one centroid
  /// to a row that is served badly and descends again (Fränti 2018, doi:10.1186/s40537-018-0122-y);
  /// every third one nudges all centroids instead, for landscapes of many shallow optima.
  ///
  /// The default, nil, spends 64 to 12 of them, the fewer the more rows, on tables up to 10,000 rows,
  /// where they find optima that restarts miss. 0 switches them off.
  public var swaps: Int? = nil
  /// How descents start. The default is greedy k-means++.
  public var seeding = KMeansSeeding.plusPlus
  /// Most iterations of one descent. The default is 300.
  public var maxIterations = 300
  /// A descent ends early when an iteration lowers inertia by less than this share of it.
  ///
  /// The default, 0, descends until no assignment changes.
  public var tolerance = 0.0

  public init() {}

  /// What is wrong with the options themselves, whatever the data; empty if nothing is.
  public var diagnostics: [Diagnostic] {
    var found: [Diagnostic] = []
    if k < 2 {
      found.append(Diagnostic("kmeans.k", "\(k) is no number of clusters", hint: "choose k of 2 or more"))
    }
    if let restarts, restarts < 1 {
      found.append(
        Diagnostic("kmeans.restarts", "\(restarts) restarts do nothing", hint: "choose 1 or more restarts"))
    }
    if let swaps, swaps < 0 {
      found.append(
        Diagnostic("kmeans.swaps", "\(swaps) swaps cannot be tried", hint: "choose 0 or more swaps"))
    }
    if maxIterations < 1 {
      found.append(
        Diagnostic(
          "kmeans.maxIterations", "\(maxIterations) iterations do nothing",
          hint: "choose 1 or more iterations"))
    }
    if !(tolerance >= 0 && tolerance < 1) {
      found.append(
        Diagnostic(
          "kmeans.tolerance", "\(tolerance) is no share of inertia",
          hint: "choose a tolerance from 0 to below 1"))
    }
    return found
  }

  /// The restarts that `nil` stands for.
  package var resolvedRestarts: Int { restarts ?? 8 }

  /// The swaps that `nil` stands for.
  package func resolvedSwaps(rowCount: Int) -> Int {
    if let swaps { return swaps }
    return rowCount <= 10_000 ? min(64, max(12, 48_000 / max(1, rowCount))) : 0
  }
}

extension KMeansOptions {
  /// Throws every offence of the options and of the data against them, together.
  func validate(_ points: Matrix) throws { try validate(.doubles(points)) }

  /// - Returns: the ranges of the columns, which the check takes a pass for.
  @discardableResult
  func validate(
    _ points: PointRows, weights: [Double]? = nil, needsDistinctRows: Bool = true
  ) throws -> ColumnRanges {
    let own = diagnostics.filter { $0.code != "kmeans.k" }
    if !own.isEmpty { throw SegueError(.usage, own) }
    let n = points.rowCount
    guard points.columnCount > 0 else {
      throw SegueError.data(
        Diagnostic(
          "kmeans.columns", "there is no column to cluster by", hint: "choose at least one numeric feature"))
    }
    guard n >= 2 else {
      throw SegueError.data(
        Diagnostic(
          "kmeans.rows", "\(n == 1 ? "one row" : "no row") cannot be split", hint: "bring 2 rows or more"))
    }
    let most = min(n, Assignment.clusterLimit)
    guard (2...most).contains(k) else {
      throw SegueError.usage(
        Diagnostic(
          "kmeans.k", "k = \(k) does not fit \(n) rows",
          hint: most == 2 ? "choose k = 2" : "choose k between 2 and \(most)"))
    }
    try PointChecks.requireUsable(weights, rowCount: n)
    let ranges = try PointChecks.requireFinite(points, weights: weights)
    guard needsDistinctRows else { return ranges }
    let distinct = PointChecks.distinctRows(points, upTo: k)
    guard distinct >= k else {
      throw SegueError.data(
        Diagnostic(
          "kmeans.distinct",
          distinct == 1
            ? "all rows are equal, so there is nothing to tell clusters apart"
            : "only \(distinct) distinct rows for k = \(k)",
          hint: distinct == 1
            ? "add a feature that varies"
            : distinct == 2 ? "choose k = 2" : "choose k between 2 and \(distinct)"))
    }
    return ranges
  }
}

/// What every algorithm here asks of its points.
enum PointChecks {
  static func requireFinite(_ points: Matrix) throws { try requireFinite(.doubles(points)) }

  /// Throws `kmeans.nonfinite` or `kmeans.magnitude` with the first offending row and column, counted from 1.
  @discardableResult
  static func requireFinite(_ points: PointRows, weights: [Double]? = nil) throws -> ColumnRanges {
    let ranges = ColumnRanges(points, weights: weights)
    if ranges.isUsable { return ranges }
    for row in 0..<points.rowCount {
      for column in 0..<points.columnCount {
        let value = points[row, column]
        if !value.isFinite {
          throw SegueError.data(
            Diagnostic(
              "kmeans.nonfinite",
              "row \(row + 1), column \(column + 1) is \(value.isNaN ? "not a number" : "infinite")",
              hint: "fill the gap or leave the row out"))
        }
        if value.magnitude > ColumnRanges.largestMagnitude {
          throw SegueError.data(
            Diagnostic(
              "kmeans.magnitude",
              "row \(row + 1), column \(column + 1) is too large to square: \(value)",
              hint: "scale the column"))
        }
      }
    }
    return ranges
  }

  /// Throws `kmeans.weights` unless there is one positive, finite weight a row.
  static func requireUsable(_ weights: [Double]?, rowCount: Int) throws {
    guard let weights else { return }
    guard weights.count == rowCount else {
      throw SegueError.usage(
        Diagnostic(
          "kmeans.weights", "\(weights.count) weights for \(rowCount) rows", hint: "give one weight a row"))
    }
    if let row = weights.firstIndex(where: { !($0 > 0 && $0 <= ColumnRanges.largestMagnitude) }) {
      throw SegueError.data(
        Diagnostic(
          "kmeans.weights", "the weight of row \(row + 1) is \(weights[row])",
          hint: "weights are positive numbers; leave out rows that shall not count"))
    }
  }

  /// Number of distinct rows, counted no further than `limit`.
  static func distinctRows(_ points: Matrix, upTo limit: Int) -> Int {
    distinctRows(.doubles(points), upTo: limit)
  }

  static func distinctRows(_ points: PointRows, upTo limit: Int) -> Int {
    var seen = Set<[Double]>()
    for row in 0..<points.rowCount where seen.count < limit {
      seen.insert((0..<points.columnCount).map { points[row, $0] })
    }
    return seen.count
  }
}
