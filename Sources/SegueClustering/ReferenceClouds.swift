internal import SegueCore
internal import SegueNumerics

/// Clouds without clusters in the shape of some points: what k-means makes of nothing.
///
/// Cutting any cloud into k pieces gives a silhouette well above 0, the higher the more elongated
/// the cloud. Two unimodal shapes are drawn, both with the covariance of the points: a normal, dense
/// in the middle, and a box along the principal axes with sharp corners (the reference of Tibshirani,
/// Walther & Hastie 2001, doi:10.1111/1467-9868.00293, here with the variances matched so that
/// outliers do not stretch it).
struct ReferenceClouds: Sendable {
  let axes: PrincipalAxes
  let rowCount: Int
  let seed: Seed

  init(like points: Matrix, rowLimit: Int, seed: Seed) throws {
    axes = try PrincipalAxes(points)
    rowCount = min(points.rowCount, rowLimit)
    self.seed = seed
  }

  /// Cloud number `index`: a normal if even, a box if odd.
  func cloud(_ index: Int) -> Matrix {
    var generator = seed.generator(for: .referenceData, index: index)
    let d = axes.mean.count
    let deviations = axes.explainedVariance.map(Elementary.sqrt)
    let halfWidth = Elementary.sqrt(3)  // of the box with variance 1
    var cloud = Matrix(rowCount: rowCount, columnCount: d)
    for row in 0..<rowCount {
      for (axis, deviation) in deviations.enumerated() {
        let draw = index % 2 == 0 ? generator.normal() : halfWidth * (2 * generator.unit() - 1)
        for column in 0..<d { cloud[row, column] += draw * deviation * axes.loadings[axis, column] }
      }
    }
    return cloud
  }

  /// Silhouettes of `count` clouds, each split into each k of `range`: count × |range|.
  func silhouettes(for range: ClosedRange<Int>, count: Int) throws -> [[Double]] {
    try parallelMap(count) { index in
      try Task.checkCancellation()
      let points = cloud(index)
      let packed = PackedPoints(points)
      return try range.map { k in
        var options = KMeansOptions()
        (options.k, options.restarts, options.swaps) = (k, 3, 0)
        let found = try KMeansSearch(points: packed, options: options, seed: seed).best(monitor: .silent)
        return Silhouette(points, labels: found.labels, clusterCount: k).mean
      }
    }
  }
}
