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
  /// - Complexity: O(n·k·d + m²·d), m = min(n, `silhouetteLimit`).
  public init(
    _ points: Matrix, labels: [Int32], clusterCount: Int, seed: Seed = Seed(0),
    silhouetteLimit: Int = Silhouette.defaultLimit
  ) {
    silhouette = Silhouette(
      points, labels: labels, clusterCount: clusterCount, seed: seed, limit: silhouetteLimit)
    let packed = PackedPoints(points)
    (calinskiHarabasz, daviesBouldin) = ClusterQuality.dispersion(
      packed, labels: labels, clusterCount: clusterCount)
  }

  private static func dispersion(
    _ points: PackedPoints, labels: [Int32], clusterCount k: Int
  ) -> (calinskiHarabasz: Double, daviesBouldin: Double) {
    let (n, d) = (points.rowCount, points.columnCount)
    var centroids = Matrix(rowCount: k, columnCount: d)
    var counts = [Double](repeating: 0, count: k)
    for row in 0..<n {
      let j = Int(labels[row])
      counts[j] += 1
      for column in 0..<d { centroids[j, column] += points[row, column] }
    }
    for j in 0..<k {
      for column in 0..<d { centroids[j, column] /= max(1, counts[j]) }
    }
    var within = 0.0
    var spreads = [Double](repeating: 0, count: k)  // mean distance to the centroid
    for row in 0..<n {
      let j = Int(labels[row])
      let square = points.squaredDistance(from: row, to: centroids.row(j))
      within += square
      spreads[j] += square.squareRoot() / counts[j]
    }
    // The points are centred, so the overall mean is the origin.
    let between = (0..<k).reduce(0) { sum, j in
      sum + counts[j] * centroids.row(j).reduce(0) { $0 + $1 * $1 }
    }
    let harabasz = n > k ? (between / Double(k - 1)) / (within / Double(n - k)) : .infinity
    var bouldin = 0.0
    for i in 0..<k {
      var worst = 0.0
      for j in 0..<k where j != i {
        let gap = zip(centroids.row(i), centroids.row(j)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        if gap > 0 { worst = max(worst, (spreads[i] + spreads[j]) / gap.squareRoot()) }
      }
      bouldin += worst / Double(k)
    }
    return (harabasz, bouldin)
  }
}
