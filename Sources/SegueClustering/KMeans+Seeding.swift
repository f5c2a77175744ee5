internal import SegueCore
internal import SegueNumerics

extension KMeansSearch {
  /// Where a descent starts, by `options.seeding`.
  ///
  /// - Returns: k×d in centred coordinates.
  func seedCentroids(_ generator: inout RandomGenerator) throws -> Matrix {
    switch options.seeding {
    case .plusPlus: plusPlus(&generator)
    case .parallel: try parallelSeeding(&generator)
    case .random: positions(of: generator.sample(k, outOf: points.rowCount))
    }
  }

  /// Greedy k-means++: each next centroid is the best of 2 + ⌊ln k⌋ rows drawn by squared distance
  /// to the nearest centroid so far (Arthur & Vassilvitskii 2007).
  private func plusPlus(_ generator: inout RandomGenerator) -> Matrix {
    let candidateCount = 2 + Int(Elementary.log(Double(k)))
    let nearest = NearestSoFar(points)
    var rows = [firstRow(&generator)]
    nearest.add(rows)
    while rows.count < k {
      let candidates = (0..<candidateCount).map { _ in nearest.draw(&generator) }
      let potentials = nearest.potentials(adding: candidates)
      let chosen = candidates[potentials.indices.min { potentials[$0] < potentials[$1] }!]
      nearest.add([chosen])
      rows.append(chosen)
    }
    return positions(of: rows)
  }

  /// k-means‖: five rounds, each drawing about k rows at once by squared distance, then k-means of the rows drawn,
  /// each weighing as much as it is nearest to (Bahmani et al. 2012, doi:10.14778/2180912.2180915).
  ///
  /// Few passes over the rows, whatever k.
  private func parallelSeeding(_ generator: inout RandomGenerator) throws -> Matrix {
    let nearest = NearestSoFar(points)
    var rows = [firstRow(&generator)]
    nearest.add(rows)
    for _ in 0..<5 {
      let drawn = nearest.drawEach(factor: Double(k), &generator)
      guard !drawn.isEmpty, rows.count + drawn.count <= Assignment.clusterLimit else { break }
      nearest.add(drawn)
      rows += drawn
    }
    guard rows.count > k else { return plusPlus(&generator) }
    let candidates = positions(of: rows)
    let served = Assignment(points, k: rows.count)
    served.update(to: candidates)
    let occupied = rows.indices.filter { served.counts[$0] > 0 }
    guard occupied.count > k else { return plusPlus(&generator) }
    var options = KMeansOptions()
    (options.k, options.restarts, options.swaps) = (k, 1, 0)
    let inner = PackedPoints(candidates, rows: occupied, weights: occupied.map { served.weights[$0] })
    let found = try KMeansSearch(points: inner, options: options, seed: Seed(generator.next()))
      .best(monitor: .silent)
    var centroids = found.centroids
    for j in 0..<k {
      for column in 0..<points.columnCount { centroids[j, column] += inner.center[column] }
    }
    return centroids
  }

  private func firstRow(_ generator: inout RandomGenerator) -> Int {
    guard let weights = points.weights else { return generator.index(below: points.rowCount) }
    var rest = generator.unit() * points.totalWeight
    for (row, weight) in weights.enumerated() {
      if rest < weight { return row }
      rest -= weight
    }
    return points.rowCount - 1
  }

  func positions(of rows: [Int]) -> Matrix {
    Matrix(rows: rows.map(points.row))
  }
}
