/// What one chunk of rows says about how far they lie from the centroids of their clusters.
package struct ClusterSpread: Sendable {
  /// Σ‖x − c‖² over the chunk.
  package var within = 0.0
  /// Σ‖x − c‖ per cluster.
  package var distances: [Double]
}

/// Shapes: `points` n×d, `labels` n in `0..<k`, `centroids` k×d in the coordinates of the points.
package func clusterSpread(
  _ rows: Range<Int>, of points: Matrix, labels: [Int32], centroids: Matrix
) -> ClusterSpread {
  let d = points.columnCount
  var spread = ClusterSpread(distances: [Double](repeating: 0, count: centroids.rowCount))
  unsafe points.elements.withUnsafeBufferPointer { x in
    unsafe centroids.elements.withUnsafeBufferPointer { c in
      for row in rows {
        let label = Int(labels[row])
        var square = 0.0
        for column in 0..<d {
          let difference = unsafe x[row &* d &+ column] - c[label &* d &+ column]
          square += difference * difference
        }
        spread.within += square
        spread.distances[label] += square.squareRoot()
      }
    }
  }
  return spread
}

/// The sum of the rows of each cluster, minus `center` each, over a chunk: k×d, row-major.
///
/// Shapes: `points` n×d, `labels` n in `0..<clusterCount`, `center` d.
package func clusterTotals(
  _ rows: Range<Int>, of points: Matrix, labels: [Int32], clusterCount: Int, center: [Double]
) -> [Double] {
  let d = points.columnCount
  var sums = [Double](repeating: 0, count: clusterCount * d)
  unsafe points.elements.withUnsafeBufferPointer { x in
    for row in rows {
      let place = Int(labels[row]) &* d
      for column in 0..<d { sums[place &+ column] += unsafe x[row &* d &+ column] - center[column] }
    }
  }
  return sums
}
