internal import SegueNumerics

extension KMeansModel {
  /// Gives clusters the numbers that callers see: by falling size, equal sizes by their centroids.
  ///
  /// - Parameter labels: which row of `centroids` each row of the points belongs to.
  init(
    numbering centroids: Matrix, labels: [Int32], inertia: Double, iterations: Int, inertiaHistory: [Double]
  ) {
    let order = NumberedClusters.order(centroids, labels: labels)
    let number = NumberedClusters.numbers(order)
    let sizes = NumberedClusters.sizes(labels, clusterCount: centroids.rowCount)
    self.init(
      centroids: centroids.selecting(rows: order), labels: labels.map { number[Int($0)] },
      sizes: order.map { sizes[$0] }, inertia: inertia, iterations: iterations,
      inertiaHistory: inertiaHistory)
  }
}

/// How clusters get their numbers.
enum NumberedClusters {
  static func sizes(_ labels: [Int32], clusterCount: Int) -> [Int] {
    var sizes = [Int](repeating: 0, count: clusterCount)
    for label in labels { sizes[Int(label)] += 1 }
    return sizes
  }

  /// The clusters by falling size, equal sizes by their centroids.
  static func order(_ centroids: Matrix, labels: [Int32]) -> [Int] {
    let sizes = sizes(labels, clusterCount: centroids.rowCount)
    return sizes.indices.sorted { a, b in
      if sizes[a] != sizes[b] { return sizes[a] > sizes[b] }
      return centroids.row(a).lexicographicallyPrecedes(centroids.row(b))
    }
  }

  /// The number of each cluster of `order`.
  static func numbers(_ order: [Int]) -> [Int32] {
    var numbers = [Int32](repeating: 0, count: order.count)
    for (number, cluster) in order.enumerated() { numbers[cluster] = Int32(number) }
    return numbers
  }
}
