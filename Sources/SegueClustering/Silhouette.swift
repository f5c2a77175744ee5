public import SegueCore
public import SegueNumerics

/// How much nearer each row is to its own cluster than to the next: (b − a) / max(a, b), −1…1,
/// with a and b the mean Euclidean distances to the own and to the nearest other cluster
/// (Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7). A row alone in its cluster has 0.
public struct Silhouette: Hashable, Sendable, Codable {
  /// Up to this many rows are measured exactly; of more, a sample of this size is.
  public static let defaultLimit = 5_000

  /// The rows measured, ascending: all of them, or the sample.
  public var rows: [Int]
  /// One value per entry of `rows`.
  public var values: [Double]
  /// Mean per cluster; 0 for a cluster of which no row was drawn.
  public var clusterMeans: [Double]
  public var mean: Double
  /// Whether `rows` is a sample.
  public var isSampled: Bool

  /// - Parameters:
  ///   - points: n×d, finite.
  ///   - labels: n labels in `0..<clusterCount`.
  ///   - seed: draws the sample; the same rows whatever the labels, so that scores compare.
  /// - Complexity: O(m²·d) time, m = min(n, `limit`), O(m·d) memory: distances are not kept.
  public init(
    _ points: Matrix, labels: [Int32], clusterCount k: Int, seed: Seed = Seed(0),
    limit: Int = Silhouette.defaultLimit
  ) {
    let n = points.rowCount
    var generator = seed.generator(for: .silhouetteSample)
    let rows = generator.sample(limit, outOf: n)
    let own = rows.map { Int(labels[$0]) }
    let center = columnMeans(points)
    var members = [[Int]](repeating: [], count: k)
    for (row, label) in zip(rows, own) { members[label].append(row) }
    let clusters = members.map { PackedPoints(points, rows: $0, center: center) }
    let values = Chunks(rowCount: rows.count, size: 64).parallelMap { range in
      range.map { index in
        let position = zip(points.row(rows[index]), center).map { $0 - $1 }
        return Silhouette.value(of: position, in: own[index], among: clusters)
      }
    }
    self.rows = rows
    self.values = Array(values.joined())
    isSampled = rows.count < n
    var sums = [Double](repeating: 0, count: k)
    for (value, label) in zip(self.values, own) { sums[label] += value }
    clusterMeans = zip(sums, members).map { $1.isEmpty ? 0 : $0 / Double($1.count) }
    mean = rows.isEmpty ? 0 : self.values.reduce(0, +) / Double(rows.count)
  }

  private static func value(of position: [Double], in own: Int, among clusters: [PackedPoints]) -> Double {
    let size = clusters[own].rowCount
    guard size > 1 else { return 0 }
    // The distance to itself is 0, so the own sum is over the others.
    let inside = distanceSum(from: position, to: clusters[own]) / Double(size - 1)
    var outside = Double.infinity
    for (j, cluster) in clusters.enumerated() where j != own && cluster.rowCount > 0 {
      outside = min(outside, distanceSum(from: position, to: cluster) / Double(cluster.rowCount))
    }
    let larger = max(inside, outside)
    return larger > 0 && outside.isFinite ? (outside - inside) / larger : 0
  }
}
