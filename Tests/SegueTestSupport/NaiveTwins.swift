package import SegueNumerics

// What kernels compute, in the fewest lines that are obviously right.

package func naiveSquaredDistance(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
  zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
}

/// The nearest centroid of each row, ties to the lowest index.
package func naiveNearest(_ points: Matrix, to centroids: Matrix) -> [Int32] {
  (0..<points.rowCount).map { row in
    let distances = (0..<centroids.rowCount).map { naiveSquaredDistance(points.row(row), centroids.row($0)) }
    return Int32(distances.indices.min { distances[$0] < distances[$1] }!)
  }
}

package func naiveMeans(_ points: Matrix) -> [Double] {
  (0..<points.columnCount).map { points.column($0).reduce(0, +) / Double(points.rowCount) }
}

package func naiveCentroids(_ points: Matrix, labels: [Int32], clusterCount: Int) -> Matrix {
  Matrix(
    rows: (0..<clusterCount).map { j in
      naiveMeans(points.selecting(rows: labels.indices.filter { labels[$0] == Int32(j) }))
    })
}

package func naiveInertia(_ points: Matrix, labels: [Int32], clusterCount: Int) -> Double {
  let centroids = naiveCentroids(points, labels: labels, clusterCount: clusterCount)
  return labels.indices.reduce(0) {
    $0 + naiveSquaredDistance(points.row($1), centroids.row(Int(labels[$1])))
  }
}

/// Rows whose move to another cluster lowers inertia by more than a billionth, each tried by itself.
package func naiveImprovingMoves(_ points: Matrix, labels: [Int32], clusterCount k: Int) -> [Int] {
  let before = naiveInertia(points, labels: labels, clusterCount: k)
  return labels.indices.filter { row in
    guard labels.count(where: { $0 == labels[row] }) > 1 else { return false }
    return (0..<Int32(k)).contains { target in
      var moved = labels
      moved[row] = target
      return naiveInertia(points, labels: moved, clusterCount: k) < before * (1 - 1e-9)
    }
  }
}

package func naiveCovariance(_ points: Matrix) -> Matrix {
  let means = naiveMeans(points)
  return Matrix(
    rows: (0..<points.columnCount).map { i in
      (0..<points.columnCount).map { j in
        zip(points.column(i), points.column(j)).reduce(0) { $0 + ($1.0 - means[i]) * ($1.1 - means[j]) }
          / Double(points.rowCount - 1)
      }
    })
}

package func naiveSilhouettes(_ points: Matrix, labels: [Int32], clusterCount: Int) -> [Double] {
  labels.indices.map { row in
    let means = (0..<Int32(clusterCount)).map { j -> Double in
      let others = labels.indices.filter { labels[$0] == j && $0 != row }
      let sum = others.reduce(0) {
        $0 + naiveSquaredDistance(points.row(row), points.row($1)).squareRoot()
      }
      return others.isEmpty ? .nan : sum / Double(others.count)
    }
    let inside = means[Int(labels[row])]
    let outside = means.enumerated().filter { $0.offset != Int(labels[row]) }.map(\.element).min()!
    return inside.isNaN ? 0 : (outside - inside) / max(inside, outside)
  }
}
