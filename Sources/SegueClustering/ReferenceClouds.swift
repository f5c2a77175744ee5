internal import SegueCore
internal import SegueNumerics

/// Clouds without clusters in the shape of some points: what k-means makes of nothing.
///
/// Cutting any cloud into k pieces gives a silhouette well above 0, the higher the more elongated
/// the cloud, and borders that look thin where rows are few. Two unimodal shapes are drawn, both with the
/// covariance of the points: a normal, dense in the middle, and a box along the principal axes with sharp
/// corners (the reference of Tibshirani, Walther & Hastie 2001, doi:10.1111/1467-9868.00293, here with the
/// variances matched so that outliers do not stretch it).
struct ReferenceClouds: Sendable {
  /// What one cloud shows, split into each k of a range.
  struct Figures: Sendable {
    var silhouettes: [Double]
    /// Of the densest border.
    var borders: [Double]
  }

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

  /// What `count` clouds show.
  func figures(for range: ClosedRange<Int>, count: Int) throws -> [Figures] {
    try parallelMap(count) { index in
      try Task.checkCancellation()
      let points = cloud(index)
      let packed = PackedPoints(points)
      let models = try range.map { k in
        var options = KMeansOptions()
        (options.k, options.restarts, options.swaps) = (k, 3, 0)
        return try KMeansSearch(points: packed, options: options, seed: seed).best(monitor: .silent)
          .model(in: packed)
      }
      let silhouettes = Silhouette.several(
        points, labelings: models.map(\.labels), clusterCounts: models.map(\.k))
      return Figures(
        silhouettes: silhouettes.map(\.mean),
        borders: models.map {
          BorderDensity([points], labels: $0.labels, centroids: $0.centroids).maximum
        })
    }
  }
}
