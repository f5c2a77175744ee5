public import SegueCore
public import SegueNumerics

/// Splits the cluster of largest inertia in two until there are `k`.
///
/// Its clusters nest: those of k are parts of those of k − 1. The price is inertia, as a cut that is made
/// is never mended.
public struct BisectingKMeans: Sendable {
  /// `k` is the number of clusters at the end; the rest holds for every split.
  public let options: KMeansOptions
  public let seed: Seed

  public init(_ options: KMeansOptions = KMeansOptions(), seed: Seed = Seed(0)) {
    self.options = options
    self.seed = seed
  }

  /// A cluster that may yet be split.
  private struct Part {
    var node: Int
    var rows: [Int]
    var centroid: [Double]
    var inertia: Double
  }

  /// - Parameters:
  ///   - points: n×d, already scaled as for k-means.
  ///   - monitor: told before every split; cancelling its task stops the fit there.
  /// - Returns: The clusters and the splits. With k = 2 the clusters are those of ``KMeans``.
  /// - Throws: ``SegueError`` as ``KMeans/fit(_:monitor:)``, and `bisecting.split` if the rows of every
  ///   cluster lie too close together for their distances to be squared; `CancellationError` if cancelled.
  /// - Complexity: that of k − 1 fits of k-means with 2 clusters, each on the rows of one cluster;
  ///   O(n·d) memory.
  ///
  /// Steinbach, Karypis & Kumar 2000, "A comparison of document clustering techniques"; the largest
  /// inertia is split as in Savaresi & Boley 2004, doi:10.3233/IDA-2004-8403.
  public func fit(_ points: Matrix, monitor: Monitor = .silent) throws -> BisectingModel {
    try options.validate(points)
    let all = Array(0..<points.rowCount)
    let center = columnMeans(points)
    var parts = [
      Part(node: 0, rows: all, centroid: center, inertia: inertia(of: all, in: points, around: center))
    ]
    var splits: [BisectingModel.Split] = []
    var history: [Double] = []
    while parts.count < options.k {
      try monitor.checkpoint("split \(parts.count)", Double(splits.count) / Double(options.k - 1))
      let index = try widest(parts, in: points)
      let part = parts.remove(at: index)
      let halves = try split(part, number: splits.count, of: points)
      splits.append(
        BisectingModel.Split(
          node: part.node, sizes: halves.map(\.rows.count), inertia: part.inertia,
          partInertias: halves.map(\.inertia)))
      parts += halves
      history.append(parts.reduce(0) { $0 + $1.inertia })
    }
    return result(parts, splits, history, points)
  }

  /// The part of largest inertia that holds different rows, ties to the earliest node.
  private func widest(_ parts: [Part], in points: Matrix) throws -> Int {
    let order = parts.indices.sorted {
      (-parts[$0].inertia, parts[$0].node) < (-parts[$1].inertia, parts[$1].node)
    }
    // Equal rows can have an inertia of rounding alone.
    let found = order.first { index in
      let rows = parts[index].rows
      return rows.contains { !points.row($0).elementsEqual(points.row(rows[0])) }
    }
    guard let found, parts[found].inertia > 0 else { throw BisectingKMeans.indivisible }
    return found
  }

  private static let indivisible = SegueError.data(
    Diagnostic(
      "bisecting.split", "the rows of each cluster lie too close together to be told apart",
      hint: "scale the columns or choose a smaller k"))

  private func split(_ part: Part, number: Int, of points: Matrix) throws -> [Part] {
    var options = options
    options.k = 2
    // The first split is the fit that k = 2 would be; the others depend on their node alone.
    var generator = seed.generator(for: .bisection, index: part.node)
    let seed = part.node == 0 ? seed : Seed(generator.next())
    let isWhole = part.rows.count == points.rowCount
    let model = try KMeans(options, seed: seed).fit(isWhole ? points : points.selecting(rows: part.rows))
    guard !model.sizes.contains(0) else { throw BisectingKMeans.indivisible }
    return (0..<2).map { half in
      let rows = zip(part.rows, model.labels).filter { $0.1 == Int32(half) }.map(\.0)
      let centroid = Array(model.centroids.row(half))
      return Part(
        node: 2 * number + 1 + half, rows: rows, centroid: centroid,
        inertia: inertia(of: rows, in: points, around: centroid))
    }
  }

  private func result(
    _ parts: [Part], _ splits: [BisectingModel.Split], _ history: [Double], _ points: Matrix
  ) -> BisectingModel {
    var labels = [Int32](repeating: 0, count: points.rowCount)
    for (label, part) in parts.enumerated() {
      for row in part.rows { labels[row] = Int32(label) }
    }
    let centroids = Matrix(rows: parts.map(\.centroid))
    return BisectingModel(
      model: KMeansModel(
        numbering: centroids, labels: labels, inertia: history.last ?? 0, iterations: splits.count,
        inertiaHistory: history),
      splits: splits, nodes: NumberedClusters.order(centroids, labels: labels).map { parts[$0].node })
  }

  /// Σ‖x − c‖² over some rows, folded in chunk order.
  private func inertia(of rows: [Int], in points: Matrix, around centroid: [Double]) -> Double {
    let d = points.columnCount
    return Chunks(rowCount: rows.count).parallelMap { range in
      var sum = 0.0
      for index in range {
        let start = rows[index] * d
        for column in 0..<d {
          let difference = points.elements[start + column] - centroid[column]
          sum += difference * difference
        }
      }
      return sum
    }.reduce(0, +)
  }
}
