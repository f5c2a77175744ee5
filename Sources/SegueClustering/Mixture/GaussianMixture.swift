public import SegueCore
public import SegueNumerics

/// Describes rows as drawn from `k` Gaussian components, and says how surely each row belongs to which.
///
/// Maximum likelihood by EM from many starts; the highest end without a collapsed component wins, ties to the
/// earliest. Same seed and data, same bits, on any number of threads and with any instruction set.
public struct GaussianMixture: Sendable {
  public let options: MixtureOptions
  public let seed: Seed

  public init(_ options: MixtureOptions = MixtureOptions(), seed: Seed = Seed(0)) {
    self.options = options
    self.seed = seed
  }

  /// - Parameters:
  ///   - points: n×d. Full, tied and diagonal fits do not depend on the units of the columns; spherical ones do.
  ///   - weights: how many rows each row stands for, n of them, or nil for one each.
  ///   - monitor: told before the starts are tried, and on large tables before every iteration; cancelling its
  ///     task stops the fit there.
  /// - Returns: The model, in the units of `points`, its components numbered by falling weight.
  /// - Throws: ``SegueError`` `mixture.k` if `k` is not in `1...n`, `mixture.distinct` if fewer than `k` rows
  ///   differ, `mixture.constant` for columns that do not vary, `mixture.weights`, `mixture.columns`,
  ///   `mixture.rows`, `kmeans.nonfinite` and `kmeans.magnitude` with the first offending row and column;
  ///   `CancellationError` if cancelled.
  /// - Complexity: O(n·k·d²) time per iteration (O(n·k·d) if diagonal or spherical), O(n·d) memory beyond `points`.
  ///   Tables above 16,384 rows are searched on a sample of so many.
  ///
  /// Dempster, Laird & Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x; Celeux & Govaert 1995 for the kinds of
  /// covariance, doi:10.1016/0031-3203(94)00125-6.
  public func fit(
    _ points: Matrix, weights: [Double]? = nil, monitor: Monitor = .silent
  ) throws -> MixtureModel {
    try options.validate(points, weights: weights)
    let standardization = try Standardization(
      points, weights: weights, isotropic: options.covariance == .spherical)
    let (ascent, setAside) = try MixtureSearch(
      points: points, weights: weights, standardization: standardization, options: options, seed: seed
    ).best(monitor: monitor)
    return MixtureModel(
      ascent, setAside: setAside, points: points, weights: weights, standardization: standardization)
  }
}
