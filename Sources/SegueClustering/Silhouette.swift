public import SegueCore
public import SegueNumerics

/// How much nearer each row is to its own cluster than to the next: (b − a) / max(a, b), −1…1,
/// with a and b the mean Euclidean distances to the own and to the nearest other cluster
/// (Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7). A row alone in its cluster has 0.
public struct Silhouette: Hashable, Sendable, Codable {
  /// Up to this many rows are measured exactly; of more, a sample of this size is.
  public static let defaultLimit = 10_000

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
  /// - Complexity: O(m²·d) time, m = min(n, `limit`), O(m·(d + k)) memory: distances are not kept.
  public init(
    _ points: Matrix, labels: [Int32], clusterCount k: Int, seed: Seed = Seed(0),
    limit: Int = Silhouette.defaultLimit
  ) {
    self =
      Silhouette.several(
        points, labelings: [labels], clusterCounts: [k], seed: seed, limit: limit)[0]
  }

  /// The silhouettes of several labelings of the same points; every distance is computed once for all of them.
  static func several(
    _ points: Matrix, labelings: [[Int32]], clusterCounts: [Int], seed: Seed = Seed(0),
    limit: Int = Silhouette.defaultLimit
  ) -> [Silhouette] {
    var generator = seed.generator(for: .silhouetteSample)
    let rows = generator.sample(limit, outOf: points.rowCount)
    let isSampled = rows.count < points.rowCount
    let own = isSampled ? labelings.map { labels in rows.map { labels[$0] } } : labelings
    let grouped = GroupedRows(
      isSampled ? points.selecting(rows: rows) : points, groupings: own, groupCounts: clusterCounts)
    let sizes = zip(own, clusterCounts).map { labels, k in
      labels.reduce(into: [Int](repeating: 0, count: k)) { $0[Int($1)] += 1 }
    }
    let values = Chunks(rowCount: rows.count, size: 64).parallelMap { range in
      let sums = grouped.distanceSums(from: range)
      var offset = 0
      return own.indices.map { labeling -> [Double] in
        defer { offset += clusterCounts[labeling] }
        return range.map { row in
          let place = (row - range.lowerBound) * grouped.groupCount + offset
          return value(
            of: sums[place..<place + clusterCounts[labeling]], in: Int(own[labeling][row]), sizes[labeling])
        }
      }
    }
    return own.indices.map { labeling in
      Silhouette(
        rows: rows, values: values.flatMap { $0[labeling] }, labels: own[labeling], sizes: sizes[labeling],
        isSampled: isSampled)
    }
  }

  private init(rows: [Int], values: [Double], labels: [Int32], sizes: [Int], isSampled: Bool) {
    self.rows = rows
    self.values = values
    self.isSampled = isSampled
    var sums = [Double](repeating: 0, count: sizes.count)
    for (value, label) in zip(values, labels) { sums[Int(label)] += value }
    clusterMeans = zip(sums, sizes).map { $1 == 0 ? 0 : $0 / Double($1) }
    mean = rows.isEmpty ? 0 : values.reduce(0, +) / Double(rows.count)
  }

  /// - Parameter sums: of the distances from one row to each cluster.
  private static func value(of sums: ArraySlice<Double>, in own: Int, _ sizes: [Int]) -> Double {
    guard sizes[own] > 1 else { return 0 }
    var (inside, outside) = (0.0, Double.infinity)
    for (j, sum) in sums.enumerated() where sizes[j] > 0 {
      if j == own {
        inside = sum / Double(sizes[j] - 1)  // the distance to itself is 0, so this is over the others
      } else {
        outside = min(outside, sum / Double(sizes[j]))
      }
    }
    let larger = max(inside, outside)
    return larger > 0 && outside.isFinite ? (outside - inside) / larger : 0
  }
}
