internal import SegueCore
internal import SegueNumerics

/// Where ascents of EM begin: partitions by k-means in two metrics, and rows drawn at random as means.
struct MixtureStarts: Sendable {
  /// n×d in standard coordinates.
  let rows: Matrix
  let weights: [Double]?
  let options: MixtureOptions
  let seed: Seed
  /// The rows turned and stretched so that their covariance is the identity; nil where balls have to stay balls.
  private let sphered: Matrix?

  init(rows: Matrix, weights: [Double]?, options: MixtureOptions, seed: Seed) {
    self.rows = rows
    self.weights = weights
    self.options = options
    self.seed = seed
    sphered = options.covariance == .spherical || options.k == 1 ? nil : MixtureStarts.sphered(rows)
  }

  func start(_ index: Int) throws -> MixtureParameters {
    let k = options.k
    guard k > 1 else { return parameters(of: [Int32](repeating: 0, count: rows.rowCount)) }
    var generator = seed.generator(for: .mixtureStarts, index: index + 1)
    if index % 3 < 2 {
      let metric = index % 3 == 1 ? sphered ?? rows : rows
      var kMeans = KMeansOptions()
      (kMeans.k, kMeans.restarts, kMeans.swaps) = (k, 1, 0)
      // A sample may hold fewer distinct rows than the table.
      if let model = try recover({ try KMeans(kMeans, seed: Seed(generator.next())).fit(metric) }) {
        return parameters(of: model.labels)
      }
    }
    return parameters(around: draw(k, &generator))
  }

  /// Distinct rows by chance, likelier the more they weigh; fewer if too few weigh anything.
  private func draw(_ count: Int, _ generator: inout RandomGenerator) -> [Int] {
    guard let weights else { return generator.sample(count, outOf: rows.rowCount) }
    // The smallest exponential waiting times are a weighted sample without replacement (Efraimidis &
    // Spirakis 2006, doi:10.1016/j.ipl.2005.11.003).
    let keys = weights.map { weight in -Elementary.log(1 - generator.unit()) / weight }
    return Array(keys.indices.filter { weights[$0] > 0 }.sorted { keys[$0] < keys[$1] }.prefix(count))
  }

  private func recover(_ fit: () throws -> KMeansModel) throws -> KMeansModel? {
    do { return try fit() } catch is SegueError { return nil }
  }

  /// Weights, means and covariances of the parts of a partition.
  private func parameters(of labels: [Int32]) -> MixtureParameters {
    let (k, d) = (options.k, rows.columnCount)
    var (sizes, sums) = ([Double](repeating: 0, count: k), Matrix(rowCount: k, columnCount: d))
    for row in 0..<rows.rowCount {
      let (j, weight) = (Int(labels[row]), weights?[row] ?? 1)
      sizes[j] += weight
      for column in 0..<d { sums[j, column] += weight * rows[row, column] }
    }
    for j in 0..<k where sizes[j] > 0 {
      for column in 0..<d { sums[j, column] /= sizes[j] }
    }
    var result = MixtureParameters(
      kind: options.covariance, weights: sizes, means: sums,
      covariances: [Matrix](repeating: Matrix.identity(d), count: k),
      isFloored: [Bool](repeating: false, count: k))
    result.maximize(scatter(of: labels, around: sums, sizes: sizes), floor: 1e-3)
    return result
  }

  /// Moments of a partition as `MixtureParameters.maximize` reads them; first moments are zero.
  private func scatter(of labels: [Int32], around means: Matrix, sizes: [Double]) -> [Double] {
    let (d, isFull) = (rows.columnCount, options.covariance == .full || options.covariance == .tied)
    let count = 1 + d + (isFull ? d * (d + 1) / 2 : d)
    var moments = [Double](repeating: 0, count: sizes.count * count)
    for j in sizes.indices { moments[j * count] = sizes[j] }
    var difference = [Double](repeating: 0, count: d)
    for row in 0..<rows.rowCount {
      let (j, weight) = (Int(labels[row]), weights?[row] ?? 1)
      for column in 0..<d { difference[column] = rows[row, column] - means[j, column] }
      var next = j * count + 1 + d
      for i in 0..<d {
        for c in isFull ? 0...i : i...i {
          moments[next] += weight * difference[i] * difference[c]
          next += 1
        }
      }
    }
    return moments
  }

  /// Equal weights, and the covariance of all rows, shrunk to the volume of a k-th part, around each of k rows.
  private func parameters(around chosen: [Int]) -> MixtureParameters {
    let k = options.k
    var all = parameters(of: [Int32](repeating: 0, count: rows.rowCount)).covariances[0]
    let shrinkage = Elementary.exp(-2 / Double(rows.columnCount) * Elementary.log(Double(k)))
    for index in all.elements.indices { all.elements[index] *= shrinkage }
    return MixtureParameters(
      kind: options.covariance, weights: [Double](repeating: 1 / Double(k), count: k),
      means: rows.selecting(rows: chosen), covariances: [Matrix](repeating: all, count: k),
      isFloored: [Bool](repeating: false, count: k))
  }

  /// Along principal axes, each scaled to variance one; nil if the rows lie in fewer dimensions.
  private static func sphered(_ rows: Matrix) -> Matrix? {
    guard let axes = try? PrincipalAxes(rows), axes.explainedVarianceRatio.last ?? 0 > 1e-9 else {
      return nil
    }
    var turned = axes.project(rows)
    for row in 0..<turned.rowCount {
      for axis in 0..<turned.columnCount { turned[row, axis] /= axes.explainedVariance[axis].squareRoot() }
    }
    return turned
  }
}

extension Matrix {
  static func identity(_ size: Int) -> Matrix {
    var result = Matrix(rowCount: size, columnCount: size)
    for i in 0..<size { result[i, i] = 1 }
    return result
  }
}
