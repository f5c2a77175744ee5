import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Mini-batch k-means")
struct MiniBatchTests {
  private static let seeds = (0..<30).map { Seed($0) }

  private func options(_ k: Int) -> MiniBatchOptions {
    var options = MiniBatchOptions()
    options.k = k
    return options
  }

  private func rows(_ range: Range<Int>, of points: Matrix) -> Matrix {
    points.selecting(rows: Array(range.clamped(to: 0..<points.rowCount)))
  }

  /// Feeds `points` in batches of `size`.
  private func stream(
    _ points: Matrix, k: Int, size: Int, weights: [Double]? = nil, seed: Seed = Seed(0)
  ) throws -> MiniBatchKMeans {
    var stream = MiniBatchKMeans(options(k), seed: seed)
    for start in stride(from: 0, to: points.rowCount, by: size) {
      let range = start..<min(start + size, points.rowCount)
      try stream.update(rows(range, of: points), weights: weights.map { Array($0[range]) })
    }
    return stream
  }

  private func inertia(_ distances: [Double]) -> Double { distances.reduce(0) { $0 + $1 * $1 } }

  @Test("a stream read once ends within two percent of the inertia of k-means", arguments: seeds)
  func quality(seed: Seed) throws {
    let points = Blobs(rows: 6_000, columns: 4, centers: 6, separation: 4, seed: seed).points
    let best = try fit(points, k: 6, seed: seed).inertia
    let found = try stream(points, k: 6, size: 250, seed: seed)
    #expect(try inertia(found.assign(points).distances) < 1.02 * best)
    let model = try MiniBatchKMeans(options(6), seed: seed).fit(points)
    #expect(model.inertia < 1.02 * best && model.inertia > best * (1 - 1e-9))
  }

  @Test("without clusters to find, a table ends within three percent of k-means", arguments: seeds.prefix(5))
  func cloud(seed: Seed) throws {
    let points = Cloud.normal(rows: 12_000, columns: 3, seed: seed)
    let best = try fit(points, k: 8, seed: seed).inertia
    #expect(try MiniBatchKMeans(options(8), seed: seed).fit(points).inertia < 1.03 * best)
  }

  @Test("the model of a table belongs together", arguments: seeds.prefix(10))
  func consistency(seed: Seed) throws {
    let points = Cloud.normal(rows: 700, columns: 2, seed: seed)
    let model = try MiniBatchKMeans(options(7), seed: seed).fit(points)
    #expect(model.labels == naiveNearest(points, to: model.centroids))
    let inertia = model.labels.indices.reduce(0) {
      $0 + naiveSquaredDistance(points.row($1), model.centroids.row(Int(model.labels[$1])))
    }
    #expect((model.inertia - inertia).magnitude < 1e-10 * inertia)
    #expect(model.sizes == (0..<7).map { j in model.labels.count { $0 == Int32(j) } })
    #expect(zip(model.sizes, model.sizes.dropFirst()).allSatisfy { $0 >= $1 } && !model.sizes.contains(0))
  }

  @Test("each centroid is the mean of all rows that came to it")
  func means() throws {
    let blobs = Blobs(rows: 3_000, columns: 2, centers: 3, separation: 30, seed: Seed(3))
    let found = try stream(blobs.points, k: 3, size: 100)
    let labels = try found.assign(blobs.points).labels
    #expect(adjustedRandIndex(labels, blobs.labels) == 1)
    // So far apart, no row ever changes its cluster, and the running means are the means.
    let means = naiveCentroids(blobs.points, labels: labels, clusterCount: 3)
    let centroids = try #require(found.centroids)
    for (a, b) in zip(centroids.elements, means.elements) { #expect((a - b).magnitude < 1e-10) }
    #expect(found.centroidWeights.reduce(0, +) == 3_000 && found.rowsSeen == 3_000)
    let spread = try #require(found.meanSquaredDistance)
    #expect(
      (spread / (naiveInertia(blobs.points, labels: labels, clusterCount: 3) / 3_000) - 1).magnitude < 0.05)
  }

  @Test("the same batches give the same bits on one thread and on two")
  func threads() throws {
    let points = Blobs(rows: 60_000, columns: 20, centers: 5, separation: 3, seed: Seed(1)).points
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try stream(points, k: 6, size: 40_000)
    let (first, model) = (one.centroids, try MiniBatchKMeans(options(6)).fit(points))
    Threads.count = 2
    #expect(try stream(points, k: 6, size: 40_000).centroids == first)
    #expect(try MiniBatchKMeans(options(6)).fit(points) == model)
  }

  @Test("a weight is as good as that many equal rows")
  func weights() throws {
    let blobs = Blobs(rows: 900, columns: 2, centers: 3, separation: 30, seed: Seed(4))
    let counts = (0..<900).map { $0 % 3 + 1 }
    let repeated = (0..<900).flatMap { [Int](repeating: $0, count: counts[$0]) }
    let weighted = try stream(blobs.points, k: 3, size: 300, weights: counts.map(Double.init))
    let plain = try stream(blobs.points.selecting(rows: repeated), k: 3, size: 600)
    func sorted(_ stream: MiniBatchKMeans) throws -> [[Double]] {
      let centroids = try #require(stream.centroids)
      return (0..<3).map { Array(centroids.row($0)) }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    for (a, b) in zip(try sorted(weighted).joined(), try sorted(plain).joined()) {
      #expect((a - b).magnitude < 1e-9)
    }
    #expect(weighted.centroidWeights.reduce(0, +) == plain.centroidWeights.reduce(0, +))
  }

  @Test("rows wait until there are enough, and may be told not to")
  func waiting() throws {
    let points = Blobs(rows: 600, columns: 2, centers: 3, separation: 20, seed: Seed(6)).points
    var stream = MiniBatchKMeans(options(3))
    try stream.update(rows(0..<300, of: points))
    #expect(stream.centroids == nil && stream.meanSquaredDistance == nil && stream.rowsSeen == 300)
    #expect(throws: SegueError.self) { try stream.assign(points) }
    var eager = stream
    try eager.start()
    #expect(eager.centroids?.rowCount == 3 && eager.centroidWeights.reduce(0, +) == 300)
    try stream.update(rows(300..<600, of: points))
    #expect(stream.centroids?.rowCount == 3 && stream.centroidWeights.reduce(0, +) == 600)
  }

  @Test("few distinct rows wait for the ones that are missing")
  func fewDistinct() throws {
    var stream = MiniBatchKMeans(options(3))
    for _ in 0..<20 { try stream.update(Matrix(rows: (0..<300).map { [Double($0 % 2)] })) }
    #expect(stream.centroids == nil)
    let error = #expect(throws: SegueError.self) { try stream.start() }
    #expect(error?.diagnostics.map(\.code) == ["kmeans.distinct"])
    try stream.update(Matrix(rows: (0..<600).map { [Double($0 % 3)] }))
    let places = try #require(stream.centroids).elements.sorted()
    #expect(places == [0, 1, 2])
    // All that came before is remembered by weight.
    #expect(stream.centroidWeights.reduce(0, +) == 6_600)
  }

  @Test("a centroid that nobody comes to any more moves to where rows are")
  func starvation() throws {
    var settings = options(2)
    settings.starvedAfter = 1_000
    var stream = MiniBatchKMeans(settings)
    func batch(_ places: [Double], _ seed: UInt64) -> Matrix {
      let noise = Cloud.normal(rows: 500, columns: 1, seed: Seed(seed))
      return Matrix(rows: noise.elements.enumerated().map { [places[$0 % places.count] + $1] })
    }
    try stream.update(batch([0, 100], 1))
    // The clouds at 0 and 100 are gone; two others came, both nearer to the centroid at 100.
    for seed in 2...40 { try stream.update(batch([200, 300], UInt64(seed))) }
    let places = try #require(stream.centroids).elements.sorted()
    #expect(stream.moves >= 1)
    #expect((places[0] - 200).magnitude < 10 && (places[1] - 300).magnitude < 10, "\(places)")
  }

  @Test("progress settles on a steady stream and not before")
  func settling() throws {
    let points = Blobs(rows: 30_000, columns: 2, centers: 4, separation: 8, seed: Seed(2)).points
    var stream = MiniBatchKMeans(options(4))
    try stream.update(rows(0..<1_000, of: points))
    #expect(!stream.hasSettled)
    for start in stride(from: 1_000, to: 30_000, by: 500) {
      try stream.update(rows(start..<start + 500, of: points))
    }
    #expect(stream.hasSettled)
  }

  @Test("a table ends early when settled, and small tables work")
  func tables() throws {
    let points = Blobs(rows: 20_000, columns: 2, centers: 4, separation: 8, seed: Seed(2)).points
    #expect(try MiniBatchKMeans(options(4)).fit(points).iterations < 49)
    let small = try MiniBatchKMeans(options(3)).fit(Matrix(rows: [[0], [0], [5], [5], [9]]))
    #expect(small.inertia == 0 && small.sizes == [2, 2, 1])
    // A value too rare for any sample is still found when k needs it.
    var rare = Matrix(rows: (0..<50_000).map { [Double($0 % 2)] })
    rare[17, 0] = 9
    #expect(try MiniBatchKMeans(options(3)).fit(rare).sizes == [25_000, 24_999, 1])
  }

  @Test("what a batch cannot be is refused, and nothing is learnt from it")
  func refusals() throws {
    var stream = try stream(Blobs(rows: 600, columns: 2, centers: 3, seed: Seed(1)).points, k: 3, size: 600)
    let before = (stream.centroids, stream.rowsSeen)
    func code(_ batch: Matrix, _ weights: [Double]? = nil) -> String? {
      do {
        try stream.update(batch, weights: weights)
        return nil
      } catch {
        return (error as? SegueError)?.diagnostics.first?.code
      }
    }
    #expect(code(Matrix(rows: [[1, .infinity]])) == "kmeans.nonfinite")
    #expect(code(Matrix(rows: [[1, 1e151]])) == "kmeans.magnitude")
    #expect(code(Matrix(rows: [[1, 1e150]]), [1e99]) == "kmeans.magnitude")
    #expect(code(Matrix(rows: [[1]])) == "kmeans.columns")
    #expect(code(Matrix(rowCount: 4, columnCount: 0)) == "kmeans.columns")
    for weights in [[1.0], [1, -1], [1, .nan], [1, .infinity]] {
      #expect(code(Matrix(rows: [[1, 1], [2, 2]]), weights) == "minibatch.weights")
    }
    #expect(code(Matrix(rowCount: 0, columnCount: 2)) == nil)
    #expect(stream.centroids == before.0 && stream.rowsSeen == before.1)
    #expect(code(Matrix(rows: [[1, 1], [2, 2]]), [0, 0]) == nil)
    #expect(stream.centroids == before.0)
    #expect(throws: SegueError.self) { try stream.assign(Matrix(rows: [[1]])) }
  }

  @Test("all offences of the options are reported together")
  func optionOffences() {
    var settings = MiniBatchOptions()
    (settings.k, settings.startRows, settings.starvedAfter, settings.tolerance) = (1, 0, 0, .nan)
    (settings.patience, settings.batchRows, settings.epochs) = (0, -1, 0)
    let error = #expect(throws: SegueError.self) {
      try MiniBatchKMeans(settings).fit(Matrix(rows: [[1], [2]]))
    }
    #expect(
      error?.diagnostics.map(\.code) == [
        "kmeans.k", "minibatch.startRows", "minibatch.starvedAfter", "minibatch.tolerance",
        "minibatch.patience", "minibatch.batchRows", "minibatch.epochs",
      ])
    #expect(error?.exitCode == 64)
  }

  @Test("a table that k-means refuses is refused", arguments: [[[1.0], [1], [3]], [[1], [.nan], [3], [4]]])
  func tableRefusals(rows: [[Double]]) {
    #expect(throws: SegueError.self) { try MiniBatchKMeans(options(3)).fit(Matrix(rows: rows)) }
  }
}
