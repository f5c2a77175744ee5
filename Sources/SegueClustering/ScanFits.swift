internal import SegueCore
internal import SegueNumerics

/// The fits of a ``SegmentCountScan``: whole on small tables, by way of a sample on large ones.
///
/// Splitting a group in two takes k-means longest, a hundred iterations and more, and a scan does it for
/// every k beyond the true one. None of them is kept but the chosen one, so large tables get a short cut:
/// the best of several descents on a sample, taken to all rows by few iterations.
struct ScanFits: Sendable {
  /// Iterations over all rows from where the sample's descent ended, and the least share of inertia worth one more.
  private static let (iterations, tolerance) = (10, 1e-4)

  private let points: PackedPoints
  private let sample: PackedPoints?
  private let options: KMeansOptions
  private let seed: Seed

  init(_ matrix: Matrix, rowLimit: Int, _ options: KMeansOptions, seed: Seed) {
    points = PackedPoints(matrix)
    self.options = options
    self.seed = seed
    guard matrix.rowCount > rowLimit else {
      sample = nil
      return
    }
    var generator = seed.generator(for: .scanSample)
    let rows = generator.sample(rowLimit, outOf: matrix.rowCount)
    sample = PackedPoints(matrix, rows: rows, center: points.center)
  }

  /// Whether ``scanned(_:_:)`` takes the way over the sample.
  var isSampled: Bool { sample != nil }

  /// The model of `k` that is scored.
  func scanned(_ k: Int, _ monitor: Monitor) throws -> KMeansModel {
    guard let sample else { return try whole(k, monitor) }
    var options = options
    options.k = k
    let found = try KMeansSearch(points: sample, options: options, seed: seed).best(monitor: monitor)
    (options.maxIterations, options.tolerance) = (ScanFits.iterations, ScanFits.tolerance)
    return try KMeansSearch(points: points, options: options, seed: seed)
      .lloyd(from: found.centroids, monitor: monitor).model(in: points)
  }

  /// The model of `k` as ``KMeans`` fits it.
  func whole(_ k: Int, _ monitor: Monitor) throws -> KMeansModel {
    var options = options
    options.k = k
    return try KMeansSearch(points: points, options: options, seed: seed).best(monitor: monitor)
      .model(in: points)
  }
}
