internal import SegueCore
public import SegueNumerics

extension KMeansModel {
  /// A split that another method made, as the means of its parts describe it.
  ///
  /// - Parameters:
  ///   - points: n×d, finite.
  ///   - labels: n labels in `0..<k`; clusters keep their numbers.
  ///   - places: k×d, where a cluster without rows is said to be.
  /// - Complexity: O(n·d).
  public init(describing points: Matrix, labels: [Int32], places: Matrix, iterations: Int) {
    let (k, d) = (places.rowCount, points.columnCount)
    let parts = Chunks(rowCount: points.rowCount).parallelMap { rows in
      var sums = [Double](repeating: 0, count: k * d)
      var counts = [Int](repeating: 0, count: k)
      for row in rows {
        let j = Int(labels[row])
        counts[j] += 1
        for column in 0..<d { sums[j * d + column] += points[row, column] }
      }
      return (sums, counts)
    }
    var means = places
    var sizes = [Int](repeating: 0, count: k)
    for j in 0..<k {
      sizes[j] = parts.reduce(0) { $0 + $1.1[j] }
      for column in 0..<d where sizes[j] > 0 {
        means[j, column] = parts.reduce(0) { $0 + $1.0[j * d + column] } / Double(sizes[j])
      }
    }
    let centroids = means
    let inertia = Chunks(rowCount: points.rowCount).parallelMap { rows in
      rows.reduce(0) { total, row in
        (0..<d).reduce(total) { sum, column in
          let difference = points[row, column] - centroids[Int(labels[row]), column]
          return sum + difference * difference
        }
      }
    }.reduce(0, +)
    self.init(
      centroids: centroids, labels: labels, sizes: sizes, inertia: inertia, iterations: iterations,
      inertiaHistory: [inertia])
  }
}
