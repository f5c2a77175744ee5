public import SegueCore
internal import SegueNumerics

/// Silhouettes on the distance of k-prototypes: for a row (b − a) / max(a, b), with a and b its mean
/// distances to the own and to the nearest other cluster (Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7).
///
/// The distance of two rows is √(‖x − y‖² + γ·mismatches), so that rows without categories have the
/// ``Silhouette`` they always had. With gaps it is over the columns that both rows hold, scaled up to
/// all; pairs that share none are passed over.
public struct MixedSilhouette: Hashable, Sendable, Codable {
  /// Up to this many rows are measured exactly; of more, a sample of this size is.
  public static let defaultLimit = 5_000

  public var mean: Double
  /// 0 for a cluster of which no row was drawn.
  public var clusterMeans: [Double]
  /// Rows measured: all of them, or a sample.
  public var rowCount: Int
  public var isSampled: Bool

  /// - Parameters:
  ///   - table: what `model` was fitted on.
  ///   - seed: draws the sample; the same rows whatever the labels, so that scores compare.
  /// - Throws: ``SegueError`` as ``PrototypeModel/nearest(to:)``, `kprototypes.rows` if the table has not the
  ///   rows of the model.
  /// - Complexity: O(m²·(p + q)) time, m = min(n, `limit`); distances are not kept.
  public init(
    _ table: MixedTable, model: PrototypeModel, seed: Seed = Seed(0),
    limit: Int = MixedSilhouette.defaultLimit
  ) throws {
    guard table.rowCount == model.labels.count else {
      throw SegueError.data(
        Diagnostic(
          "kprototypes.rows", "the model is of \(model.labels.count) rows, the table has \(table.rowCount)",
          hint: "bring the table the model was fitted on"))
    }
    let rows = try model.rows(of: table)
    self = MixedSilhouette.measure([model.labels], k: [model.k], rows, model.gamma.value, seed, limit)[0]
  }

  /// One for each labelling; each distance is computed once for all of them.
  static func measure(
    _ labelings: [[Int32]], k clusterCounts: [Int], _ rows: MixedRows, _ gamma: Double, _ seed: Seed,
    _ limit: Int
  ) -> [MixedSilhouette] {
    var generator = seed.generator(for: .silhouetteSample)
    let chosen = generator.sample(limit, outOf: rows.rowCount)
    let columns = MixedColumns(chosen.count < rows.rowCount ? rows.selecting(rows: chosen) : rows)
    let labelings = labelings.map { labels in chosen.map { Int(labels[$0]) } }
    let values = Chunks(rowCount: chosen.count, size: 64).parallelMap { range in
      range.map { row in
        let distances = mixedDistances(from: row, in: columns, gamma: gamma)
        return labelings.indices.map { value(of: row, labelings[$0], clusterCounts[$0], distances) }
      }
    }.joined()
    return labelings.indices.map { index in
      let (labels, k) = (labelings[index], clusterCounts[index])
      var (sums, sizes) = ([Double](repeating: 0, count: k), [Double](repeating: 0, count: k))
      for (value, label) in zip(values, labels) {
        sums[label] += value[index]
        sizes[label] += 1
      }
      return MixedSilhouette(
        mean: sums.reduce(0, +) / Double(chosen.count),
        clusterMeans: zip(sums, sizes).map { $1 > 0 ? $0 / $1 : 0 }, rowCount: chosen.count,
        isSampled: chosen.count < rows.rowCount)
    }
  }

  private init(mean: Double, clusterMeans: [Double], rowCount: Int, isSampled: Bool) {
    (self.mean, self.clusterMeans, self.rowCount, self.isSampled) = (mean, clusterMeans, rowCount, isSampled)
  }

  private static func value(of row: Int, _ labels: [Int], _ k: Int, _ distances: [Double]) -> Double {
    var (sums, counts) = ([Double](repeating: 0, count: k), [Double](repeating: 0, count: k))
    for (other, distance) in distances.enumerated() where distance == distance {
      sums[labels[other]] += distance
      counts[labels[other]] += 1
    }
    let own = labels[row]
    // The distance to itself is 0, so the own mean is over the others.
    guard counts[own] > 1 else { return 0 }
    let inside = sums[own] / (counts[own] - 1)
    var outside = Double.infinity
    for j in 0..<k where j != own && counts[j] > 0 { outside = min(outside, sums[j] / counts[j]) }
    let larger = max(inside, outside)
    return larger > 0 && outside.isFinite ? (outside - inside) / larger : 0
  }
}
