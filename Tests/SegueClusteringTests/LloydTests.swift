import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

/// Lloyd's iteration as the book has it, in double precision.
private func naiveLloyd(_ points: Matrix, from start: Matrix) -> (labels: [Int32], passes: Int) {
  var (centroids, labels, passes) = (start, [Int32](), 0)
  while true {
    let found = naiveNearest(points, to: centroids)
    passes += 1
    if found == labels { return (labels, passes) }
    labels = found
    centroids = naiveCentroids(points, labels: labels, clusterCount: start.rowCount)
  }
}

@Suite("Lloyd's iteration, accelerated")
struct LloydTests {
  private func start(_ points: Matrix, k: Int, seed: Seed) -> Matrix {
    var generator = seed.generator(for: .testData, index: 9)
    return points.selecting(rows: generator.sample(k, outOf: points.rowCount))
  }

  @Test(
    "label for label and step for step what the plain iteration does",
    arguments: [(300, 2, 3), (300, 3, 8), (500, 8, 20), (400, 16, 12), (400, 33, 5), (300, 70, 9)],
    (0..<4).map { Seed($0) })
  func equalsPlain(shape: (rows: Int, columns: Int, k: Int), seed: Seed) throws {
    let points = Cloud.normal(rows: shape.rows, columns: shape.columns, seed: seed)
    let start = start(points, k: shape.k, seed: seed)
    let naive = naiveLloyd(points, from: start)
    let model = try KMeans().lloyd(points, from: start)
    #expect(model.labels == naive.labels)
    #expect(model.iterations == naive.passes)
    let inertia = naiveInertia(points, labels: naive.labels, clusterCount: shape.k)
    #expect((model.inertia - inertia).magnitude <= 1e-12 * inertia)
  }

  @Test("the same bits with every instruction set and on one thread and two", arguments: [3, 8, 20, 40])
  func reproducible(columns: Int) throws {
    let points = Blobs(rows: 40_000, columns: columns, centers: 8, separation: 2, seed: Seed(5)).points
    let start = start(points, k: 12, seed: Seed(6))
    defer {
      InstructionSet.limit(2)
      Threads.count = 0
    }
    var models: [KMeansModel] = []
    for level in 0...2 {
      for threads in 1...2 {
        InstructionSet.limit(level)
        Threads.count = threads
        models.append(try KMeans().lloyd(points, from: start))
      }
    }
    #expect(models.dropFirst().allSatisfy { $0 == models[0] })
  }

  @Test("rows in single precision give what the same values give in double", arguments: [3, 24])
  func singlePrecision(columns: Int) throws {
    let floats = Cloud.normal(rows: 2_000, columns: columns, seed: Seed(2)).elements.map { Float($0) }
    let doubles = Matrix(rowCount: 2_000, columnCount: columns, elements: floats.map { Double($0) })
    let single = FloatMatrix(rowCount: 2_000, columnCount: columns, elements: floats)
    let start = start(doubles, k: 6, seed: Seed(1))
    #expect(try KMeans().lloyd(single, from: start) == KMeans().lloyd(doubles, from: start))
    #expect(try KMeans().fit(single) == KMeans().fit(doubles))
  }

  @Test("weights do what repeated rows do", arguments: (0..<10).map { Seed($0) })
  func weights(seed: Seed) throws {
    let points = Cloud.normal(rows: 200, columns: 3, seed: seed)
    var generator = seed.generator(for: .testData, index: 3)
    let repeats = (0..<200).map { _ in 1 + generator.index(below: 4) }
    let repeated = points.selecting(
      rows: repeats.indices.flatMap { [Int](repeating: $0, count: repeats[$0]) })
    let start = start(points, k: 5, seed: seed)
    let weighted = try KMeans().lloyd(points, from: start, weights: repeats.map(Double.init))
    let plain = try KMeans().lloyd(repeated, from: start)
    #expect(zip(weighted.labels, repeats).flatMap { [Int32](repeating: $0, count: $1) } == plain.labels)
    #expect((weighted.inertia / plain.inertia - 1).magnitude < 1e-12)
    // A whole fit finds the same valley where there is one.
    let blobs = Blobs(rows: 200, columns: 3, centers: 4, separation: 8, seed: seed).points
    var options = KMeansOptions()
    options.k = 4
    let fit = try KMeans(options).fit(blobs, weights: repeats.map(Double.init))
    let twin = try KMeans(options).fit(
      blobs.selecting(rows: repeats.indices.flatMap { [Int](repeating: $0, count: repeats[$0]) }))
    #expect((fit.inertia / twin.inertia - 1).magnitude < 1e-12)
  }

  @Test("an empty cluster gets the row farthest from its centroid")
  func emptyClusters() throws {
    let points = Matrix(rows: [[0], [1], [2], [10], [100]])
    let model = try KMeans().lloyd(points, from: Matrix(rows: [[1], [500], [600]]))
    #expect(model.sizes.allSatisfy { $0 > 0 })
    #expect(model.labels[4] != model.labels[0])
  }

  @Test("iterations can be cut short, and labels are then those of the last centroids")
  func cutShort() throws {
    let points = Cloud.normal(rows: 500, columns: 4, seed: Seed(3))
    var options = KMeansOptions()
    options.maxIterations = 2
    let model = try KMeans(options).lloyd(points, from: start(points, k: 6, seed: Seed(4)))
    #expect(model.iterations == 2)
    #expect(model.labels == naiveNearest(points, to: model.centroids))
  }

  @Test("values of extreme size keep their clusters", arguments: [1e-140, 1e-30, 1e30, 1e145])
  func extremes(scale: Double) throws {
    let points = Blobs(rows: 300, columns: 3, centers: 4, separation: 8, seed: Seed(7)).points
    var scaled = points
    for index in scaled.elements.indices { scaled.elements[index] *= scale }
    let start = start(points, k: 4, seed: Seed(8))
    var scaledStart = start
    for index in scaledStart.elements.indices { scaledStart.elements[index] *= scale }
    let model = try KMeans().lloyd(scaled, from: scaledStart)
    #expect(model.labels == (try KMeans().lloyd(points, from: start).labels))
    #expect(model.inertia.isFinite)
  }

  @Test("one row a billion times as far as the rest does not blur them")
  func whale() throws {
    var points = Blobs(rows: 300, columns: 3, centers: 4, separation: 8, seed: Seed(9)).points
    points[17, 1] = 1e12
    let start = start(points, k: 4, seed: Seed(10))
    #expect(try KMeans().lloyd(points, from: start).labels == naiveLloyd(points, from: start).labels)
  }

  @Test("centroids to start from must fit the rows")
  func badStart() {
    let points = Cloud.normal(rows: 20, columns: 2, seed: Seed(1))
    for start in [Matrix(rows: [[1], [2]]), Matrix(rows: [[1, .nan], [2, 3]])] {
      let error = #expect(throws: SegueError.self) { try KMeans().lloyd(points, from: start) }
      #expect(error?.diagnostics.map(\.code) == ["kmeans.start"])
    }
  }

  @Test("weights must be one positive number a row")
  func badWeights() {
    let points = Cloud.normal(rows: 20, columns: 2, seed: Seed(1))
    for weights in [[1.0], [Double](repeating: 0, count: 20), [Double](repeating: .nan, count: 20)] {
      let error = #expect(throws: SegueError.self) { try KMeans().fit(points, weights: weights) }
      #expect(error?.diagnostics.map(\.code) == ["kmeans.weights"])
    }
  }

  @Test("every way to seed finds planted blobs", arguments: KMeansSeeding.allCases)
  func seeding(seeding: KMeansSeeding) throws {
    let blobs = Blobs(rows: 3_000, columns: 3, centers: 6, separation: 8, seed: Seed(2))
    var options = KMeansOptions()
    (options.k, options.seeding) = (6, seeding)
    let model = try KMeans(options).fit(blobs.points)
    #expect(adjustedRandIndex(model.labels, blobs.labels) > 0.99)
  }

  @Test("a large table is searched on a sample and finished on all rows")
  func sampled() throws {
    let blobs = Blobs(rows: 300_000, columns: 2, centers: 5, separation: 7, seed: Seed(3))
    let model = try fit(blobs.points, k: 5)
    #expect(adjustedRandIndex(model.labels, blobs.labels) > 0.98)
    #expect(model.labels == (try model.nearest(to: blobs.points).labels))
  }
}
