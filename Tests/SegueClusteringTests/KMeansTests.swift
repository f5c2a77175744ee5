import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

func fit(_ points: Matrix, k: Int, seed: Seed = Seed(0)) throws -> KMeansModel {
  var options = KMeansOptions()
  options.k = k
  return try KMeans(options, seed: seed).fit(points)
}

@Suite("k-means")
struct KMeansTests {
  @Test("iris reaches the published optima", arguments: Iris.publishedInertia.sorted { $0.key < $1.key })
  func published(k: Int, inertia: Double) throws {
    let found = try fit(Iris.points, k: k).inertia
    #expect((found - inertia).magnitude < 1e-4, "\(found)")
  }

  @Test("an iteration never raises inertia", arguments: (0..<50).map { Seed($0) })
  func inertiaNeverRises(seed: Seed) throws {
    let blobs = Blobs(rows: 600, columns: 3, centers: 4, seed: seed)
    // More clusters than there are blobs, so that they compete.
    let model = try fit(blobs.points, k: 6, seed: seed)
    for (earlier, later) in zip(model.inertiaHistory, model.inertiaHistory.dropFirst()) {
      #expect(later <= earlier * (1 + 1e-12))
    }
  }

  @Test("labels, centroids, sizes and inertia belong together", arguments: (0..<20).map { Seed($0) })
  func consistency(seed: Seed) throws {
    let points = Cloud.normal(rows: 80, columns: 2, seed: seed)
    let model = try fit(points, k: 5, seed: seed)
    #expect(model.labels == naiveNearest(points, to: model.centroids))
    let centroids = naiveCentroids(points, labels: model.labels, clusterCount: 5)
    for (a, b) in zip(model.centroids.elements, centroids.elements) { #expect((a - b).magnitude < 1e-12) }
    let inertia = naiveInertia(points, labels: model.labels, clusterCount: 5)
    #expect((model.inertia - inertia).magnitude < 1e-12 * inertia)
    #expect(model.sizes == (0..<5).map { j in model.labels.count { $0 == Int32(j) } })
    #expect(zip(model.sizes, model.sizes.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(model.iterations == model.inertiaHistory.count)
    #expect(naiveImprovingMoves(points, labels: model.labels, clusterCount: 5).isEmpty)
  }

  @Test("planted blobs are found", arguments: [3, 4, 5, 6, 7])
  func planted(centers: Int) throws {
    let blobs = Blobs(rows: 500, columns: 3, centers: centers, separation: 8, seed: Seed(UInt64(centers)))
    let model = try fit(blobs.points, k: centers)
    #expect(adjustedRandIndex(model.labels, blobs.labels) > 0.99)
  }

  @Test("the same seed gives the same bits on one thread and on two", arguments: [3, 20])
  func threads(columns: Int) throws {
    let points = Blobs(rows: 40_000, columns: columns, centers: 5, separation: 3, seed: Seed(1)).points
    var options = KMeansOptions()
    (options.k, options.restarts, options.maxIterations) = (6, 1, 20)
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try KMeans(options, seed: Seed(3)).fit(points)
    Threads.count = 2
    let two = try KMeans(options, seed: Seed(3)).fit(points)
    #expect(one == two)
  }

  @Test("shuffled rows keep their clusters", arguments: (0..<5).map { Seed($0) })
  func permutation(seed: Seed) throws {
    let points = Blobs(rows: 300, columns: 2, centers: 4, seed: seed).points
    var generator = seed.generator(for: .testData, index: 2)
    let order = (0..<300).map { ($0, generator.next()) }.sorted { $0.1 < $1.1 }.map(\.0)
    let plain = try fit(points, k: 4)
    let shuffled = try fit(points.selecting(rows: order), k: 4)
    #expect((plain.inertia - shuffled.inertia).magnitude < 1e-9 * plain.inertia)
    #expect(shuffled.labels == order.map { plain.labels[$0] })
  }

  @Test("moving and scaling all points changes no label", arguments: [(1e6, 1.0), (0, 1e-3), (-5, 4096)])
  func invariance(shift: Double, scale: Double) throws {
    let points = Blobs(rows: 300, columns: 3, centers: 5, separation: 4, seed: Seed(8)).points
    var moved = points
    for index in moved.elements.indices { moved.elements[index] = moved.elements[index] * scale + shift }
    #expect(try fit(points, k: 5).labels == fit(moved, k: 5).labels)
  }

  @Test("as many clusters as distinct rows leave nothing over")
  func everyRowItsOwn() throws {
    let points = Matrix(rows: [[0], [1], [3], [3], [7]])
    let model = try fit(points, k: 4)
    #expect(model.inertia == 0)
    #expect(model.sizes == [2, 1, 1, 1])
    #expect(model.labels[2] == 0 && model.labels[3] == 0)
  }

  @Test("a model puts its own rows where they were, and new rows next to the nearest")
  func nearest() throws {
    let model = try fit(Iris.points, k: 3)
    #expect(try model.nearest(to: Iris.points).labels == model.labels)
    let (labels, distances) = try model.nearest(to: model.centroids)
    #expect(labels == [0, 1, 2])
    #expect(distances.allSatisfy { $0 < 1e-12 })
    #expect(throws: SegueError.self) { try model.nearest(to: Matrix(rows: [[1, 2]])) }
  }

  @Test("a cancelled task stops the fit")
  func cancellation() async {
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try fit(Iris.points, k: 3)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
