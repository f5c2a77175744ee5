internal import SegueNumerics

/// How densely rows lie on the borders between clusters.
///
/// Seen along the line through the centroids of two clusters, their rows make two heaps with a valley
/// between them if the clusters are groups, and one heap or a plain if a cloud was cut in two. The density
/// of a border is that of its emptiest place over that of the thinner of the two heaps: 0 if nothing lies between, 1 if
/// there is no valley. Distances across the line do not count, so neither does the number of columns, and a
/// wide cluster may lie beside a narrow one.
///
/// The idea is that of valley seeking (Koontz & Fukunaga 1972, "A nonparametric valley-seeking technique for
/// cluster analysis") and of separation along the line between two clusters (Qiu & Joe 2006, "Separation index
/// and partial membership for clustering").
public struct BorderDensity: Hashable, Sendable, Codable {
  /// Of each cluster the density of its densest border.
  public var clusters: [Double]
  /// How many rows were looked at: all of them, or a sample.
  public var rowCount: Int

  /// The densest border of all.
  public var maximum: Double { clusters.max() ?? 0 }

  /// Steps of a tenth of the distance between centroids, from three before the first to three behind the second.
  private static let steps = 16
  /// Where the emptiest place may be, and where the heaps: windows of two steps.
  private static let valley = 5...9
  private static let heaps = (0...4, 10...14)

  /// - Parameters:
  ///   - copies: the points, n×d, finite; several with ties spread out by chance, to average over.
  ///   - labels: n labels in `0..<k`.
  ///   - centroids: k×d, in the columns of the points.
  /// - Complexity: O(n·k·d) per copy.
  init(_ copies: [Matrix], labels: [Int32], centroids: Matrix) {
    let (k, d, steps) = (centroids.rowCount, centroids.columnCount, BorderDensity.steps)
    // A tenth of ‖b − a‖² for every pair; rows are projected in the same units.
    let units = (0..<k * k).map { pair in
      zip(centroids.row(pair / k), centroids.row(pair % k)).reduce(0) {
        $0 + ($1.1 - $1.0) * ($1.1 - $1.0)
      } / 10
    }
    let partials = Chunks(rowCount: labels.count, size: 1_024).parallelMap { rows in
      var counts = [Int](repeating: 0, count: k * k * steps)
      for points in copies {
        for row in rows {
          let own = Int(labels[row])
          for other in 0..<k where other != own {
            let (a, b) = own < other ? (own, other) : (other, own)
            var along = 0.0
            for column in 0..<d {
              let start = centroids[a, column]
              along += (points[row, column] - start) * (centroids[b, column] - start)
            }
            let unit = units[a * k + b]
            let step = unit > 0 ? (along / unit + 3).rounded(.down) : -1
            if step >= 0, step < Double(steps) { counts[(a * k + b) * steps + Int(step)] += 1 }
          }
        }
      }
      return counts
    }
    var densest = [Double](repeating: 0, count: k)
    for a in 0..<k {
      for b in a + 1..<max(a + 1, k) {
        func window(_ step: Int) -> Double {
          let place = (a * k + b) * steps + step
          return Double(partials.reduce(0) { $0 + $1[place] + $1[place + 1] }) / Double(copies.count)
        }
        let heap = min(
          BorderDensity.heaps.0.map(window).max()!, BorderDensity.heaps.1.map(window).max()!)
        // Half a row more on either side keeps few rows from proving an empty border.
        let density = (BorderDensity.valley.map(window).min()! + 0.5) / (heap + 0.5)
        densest[a] = max(densest[a], density)
        densest[b] = max(densest[b], density)
      }
    }
    clusters = densest
    rowCount = labels.count
  }
}
