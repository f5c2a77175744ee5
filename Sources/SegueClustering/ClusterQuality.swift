public import SegueCore
public import SegueNumerics

/// How compact and how separate clusters are, by three indices as scikit-learn defines them.
public struct ClusterQuality: Hashable, Sendable, Codable {
  public var silhouette: Silhouette
  /// Between-cluster over within-cluster variance, larger is better
  /// (Caliński & Harabasz 1974, doi:10.1080/03610927408827101). Infinite if no cluster has any spread.
  public var calinskiHarabasz: Double
  /// Mean over clusters of the worst ratio of spreads to distance, smaller is better
  /// (Davies & Bouldin 1979, doi:10.1109/TPAMI.1979.4766909).
  public var daviesBouldin: Double

  /// - Parameters:
  ///   - points: n×d, finite.
  ///   - labels: n labels in `0..<clusterCount`, no cluster empty.
  ///   - seed: draws the rows of the silhouette when there are more than `silhouetteLimit`.
  /// - Complexity: O(n·d + m²·d), m = min(n, `silhouetteLimit`).
  public init(
    _ points: Matrix, labels: [Int32], clusterCount: Int, seed: Seed = Seed(0),
    silhouetteLimit: Int = Silhouette.defaultLimit
  ) {
    let silhouette = Silhouette(
      points, labels: labels, clusterCount: clusterCount, seed: seed, limit: silhouetteLimit)
    let counts = labels.reduce(into: [Int](repeating: 0, count: clusterCount)) { $0[Int($1)] += 1 }
    let mean = columnMeans(points)
    let partials = Chunks(rowCount: points.rowCount).parallelMap { rows in
      clusterTotals(rows, of: points, labels: labels, clusterCount: clusterCount, center: mean)
    }
    var centroids = Matrix(rowCount: clusterCount, columnCount: points.columnCount)
    for j in 0..<clusterCount {
      for column in 0..<points.columnCount {
        let sum = partials.reduce(0) { $0 + $1[j * points.columnCount + column] }
        centroids[j, column] = mean[column] + sum / Double(max(1, counts[j]))
      }
    }
    self.init(
      points, labels: labels, centroids: centroids, counts: counts, mean: mean, silhouette: silhouette)
  }

  /// - Parameters:
  ///   - centroids: means of the clusters, k×d; `counts` their rows.
  ///   - mean: of all rows.
  init(
    _ points: Matrix, labels: [Int32], centroids: Matrix, counts: [Int], mean: [Double],
    silhouette: Silhouette
  ) {
    self.silhouette = silhouette
    let (n, k) = (points.rowCount, centroids.rowCount)
    let partials = Chunks(rowCount: n).parallelMap { rows in
      clusterSpread(rows, of: points, labels: labels, centroids: centroids)
    }
    let within = partials.reduce(0) { $0 + $1.within }
    func squaredDistance(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
      zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let between = (0..<k).reduce(0) { $0 + Double(counts[$1]) * squaredDistance(centroids.row($1), mean) }
    calinskiHarabasz = n > k && within > 0 ? between / Double(k - 1) / (within / Double(n - k)) : .infinity
    let spreads = (0..<k).map { j in  // mean distance to the centroid
      partials.reduce(0) { $0 + $1.distances[j] } / Double(max(1, counts[j]))
    }
    daviesBouldin = 0
    for i in 0..<k {
      var worst = 0.0
      for j in 0..<k where j != i {
        let gap = squaredDistance(centroids.row(i), centroids.row(j))
        if gap > 0 { worst = max(worst, (spreads[i] + spreads[j]) / gap.squareRoot()) }
      }
      daviesBouldin += worst / Double(k)
    }
  }
}
