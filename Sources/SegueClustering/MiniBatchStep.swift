internal import SegueCore
internal import SegueNumerics

/// What a batch says about the centroids it was held against.
struct BatchStep: Sendable {
  /// Σ w·(x − c) of the rows of each cluster, k×d.
  private(set) var residuals: [Double]
  /// Σ w of the rows of each cluster.
  private(set) var weights: [Double]
  /// Σ w·‖x − c‖² over all rows.
  var squaredDistance: Double { costs.reduce(0, +) }
  /// Σ w over all rows.
  var weight: Double { weights.reduce(0, +) }
  /// w·‖x − c‖² of each row.
  private let costs: [Double]

  /// - Throws: what ``KMeansModel/nearest(to:)`` throws.
  init(_ batch: Matrix, _ rowWeights: [Double], nearestOf centroids: Matrix) throws {
    let (k, d) = (centroids.rowCount, batch.columnCount)
    let (labels, distances) = try KMeansModel(placedAt: centroids).nearest(to: batch)
    let partials = Chunks(rowCount: batch.rowCount).parallelMap { rows in
      var residuals = [Double](repeating: 0, count: k * d)
      var weights = [Double](repeating: 0, count: k)
      for row in rows {
        let (j, weight) = (Int(labels[row]), rowWeights[row])
        weights[j] += weight
        for column in 0..<d {
          let difference = batch.elements[row * d + column] - centroids.elements[j * d + column]
          residuals[j * d + column] += weight * difference
        }
      }
      return (residuals, weights)
    }
    residuals = [Double](repeating: 0, count: k * d)
    weights = [Double](repeating: 0, count: k)
    for partial in partials {
      for index in residuals.indices { residuals[index] += partial.0[index] }
      for j in weights.indices { weights[j] += partial.1[j] }
    }
    costs = zip(rowWeights, distances).map { $0 * $1 * $1 }
  }

  /// A row with probability proportional to its cost; nil if every row lies on its centroid.
  func draw(_ generator: inout RandomGenerator) -> Int? {
    var rest = generator.unit() * squaredDistance
    var last: Int?
    for (row, cost) in costs.enumerated() where cost > 0 {
      last = row
      if rest < cost { return row }
      rest -= cost
    }
    return last
  }
}

/// A running average of mean squared distances, and for how long it has not fallen.
struct BatchProgress: Hashable, Sendable {
  private(set) var average: Double?
  /// Batches since the average was last lower than ever by more than the tolerance.
  private(set) var stale = 0
  private var lowest = Double.infinity
  /// Rows that the average stands for.
  private var rows = 0.0

  /// Older rows fade: the average stands for so many at most, unless a batch has more.
  private static let horizon = 20_000.0

  mutating func record(_ value: Double, rows count: Int, tolerance: Double) {
    rows = max(Double(count), min(rows + Double(count), BatchProgress.horizon))
    let earlier = average ?? value
    let now = earlier + (value - earlier) * (Double(count) / rows)
    average = now
    if now < lowest * (1 - tolerance) {
      (lowest, stale) = (now, 0)
    } else {
      stale += 1
    }
  }
}

extension KMeansModel {
  /// Centroids alone, to measure rows against.
  init(placedAt centroids: Matrix) {
    self.init(
      centroids: centroids, labels: [], sizes: [], inertia: 0, iterations: 0, inertiaHistory: [])
  }
}
