internal import SegueCore
internal import SegueNumerics

extension KMeansSearch {
  /// Greedy k-means++: each next centroid is the best of 2 + ⌊ln k⌋ rows drawn by squared distance
  /// to the nearest centroid so far (Arthur & Vassilvitskii 2007).
  ///
  /// - Returns: k×d, rows of the points, in centred coordinates.
  func seedCentroids(_ generator: inout RandomGenerator) -> Matrix {
    let (chunks, d) = (points.chunks, points.columnCount)
    let candidateCount = 2 + Int(Elementary.log(Double(k)))
    var centroids = Matrix(rowCount: k, columnCount: d)
    func place(_ row: Int, as j: Int) {
      for column in 0..<d { centroids[j, column] = points[row, column] }
    }
    let first = generator.index(below: points.rowCount)
    place(first, as: 0)
    let position = points.row(first)
    var nearest = chunks.parallelMap { rows in squaredDistances(rows, of: points, to: position) }
    for j in 1..<k {
      let weights = nearest.map(\.distances)
      let sums = nearest.map(\.sum)
      let rows = (0..<candidateCount).map { _ in Draw.row(weights: weights, sums: sums, &generator) }
      let positions = rows.map(points.row)
      let trials = chunks.parallelMap { range in
        positions.map { position in
          squaredDistances(
            range, of: points, to: position, boundedBy: weights[range.lowerBound / chunks.size])
        }
      }
      let potentials = positions.indices.map { candidate in trials.reduce(0) { $0 + $1[candidate].sum } }
      let chosen = potentials.indices.min { potentials[$0] < potentials[$1] }!
      place(rows[chosen], as: j)
      nearest = trials.map { $0[chosen] }
    }
    return centroids
  }
}
