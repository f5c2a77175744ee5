import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Bisecting k-means")
struct BisectingTests {
  private static let seeds = (0..<20).map { Seed($0) }

  private func bisect(_ points: Matrix, k: Int, seed: Seed = Seed(0)) throws -> BisectingModel {
    var options = KMeansOptions()
    options.k = k
    return try BisectingKMeans(options, seed: seed).fit(points)
  }

  @Test("with two clusters it is k-means", arguments: seeds)
  func two(seed: Seed) throws {
    let points = Cloud.normal(rows: 90, columns: 3, seed: seed)
    let (bisected, plain) = (try bisect(points, k: 2, seed: seed).model, try fit(points, k: 2, seed: seed))
    #expect(bisected.labels == plain.labels && bisected.sizes == plain.sizes)
    #expect(bisected.centroids == plain.centroids)
    #expect((bisected.inertia - plain.inertia).magnitude <= 1e-12 * plain.inertia)
  }

  @Test("inertia falls with every split by what the split gains", arguments: seeds)
  func falling(seed: Seed) throws {
    let points = Blobs(rows: 400, columns: 3, centers: 5, separation: 3, seed: seed).points
    let result = try bisect(points, k: 9, seed: seed)
    var inertia = naiveInertia(points, labels: [Int32](repeating: 0, count: 400), clusterCount: 1)
    for (split, after) in zip(result.splits, result.model.inertiaHistory) {
      #expect(split.gain > 0)
      #expect((inertia - split.gain - after).magnitude < 1e-9 * inertia)
      inertia = after
    }
    #expect(result.splits.count == 8 && result.model.inertiaHistory.count == 8)
  }

  @Test("labels, centroids, sizes and inertia belong together", arguments: seeds)
  func consistency(seed: Seed) throws {
    let points = Cloud.normal(rows: 80, columns: 2, seed: seed)
    let model = try bisect(points, k: 6, seed: seed).model
    let centroids = naiveCentroids(points, labels: model.labels, clusterCount: 6)
    for (a, b) in zip(model.centroids.elements, centroids.elements) { #expect((a - b).magnitude < 1e-12) }
    let inertia = naiveInertia(points, labels: model.labels, clusterCount: 6)
    #expect((model.inertia - inertia).magnitude < 1e-12 * inertia)
    #expect(model.sizes == (0..<6).map { j in model.labels.count { $0 == Int32(j) } })
    #expect(zip(model.sizes, model.sizes.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test("each split takes the cluster of largest inertia, and the clusters of k nest in those of k − 1")
  func nesting() throws {
    let points = Cloud.normal(rows: 200, columns: 3, seed: Seed(5))
    let result = try bisect(points, k: 8)
    #expect(try result.labels(k: 8) == result.model.labels)
    #expect(try Set(result.labels(k: 1)) == [0])
    for k in 2...8 {
      let (coarse, fine) = (try result.labels(k: k - 1), try result.labels(k: k))
      #expect(Set(zip(coarse, fine).map { [$0, $1] }).count == k)
      let inertias = (0..<Int32(k - 1)).map { j in
        let part = points.selecting(rows: coarse.indices.filter { coarse[$0] == j })
        return naiveInertia(part, labels: [Int32](repeating: 0, count: part.rowCount), clusterCount: 1)
      }
      let (inertia, largest) = (result.splits[k - 2].inertia, inertias.max()!)
      #expect((inertia - largest).magnitude < 1e-9 * largest)
      let after = naiveInertia(points, labels: fine, clusterCount: k)
      #expect((after - result.model.inertiaHistory[k - 2]).magnitude < 1e-9 * after)
      // What is asked for at once is what is read off a longer fit.
      #expect(try adjustedRandIndex(bisect(points, k: k).model.labels, fine) == 1)
    }
  }

  @Test("planted blobs are found", arguments: [3, 4, 5, 6])
  func planted(centers: Int) throws {
    let blobs = Blobs(rows: 500, columns: 3, centers: centers, separation: 10, seed: Seed(UInt64(centers)))
    let model = try bisect(blobs.points, k: centers).model
    #expect(adjustedRandIndex(model.labels, blobs.labels) > 0.99)
  }

  @Test("the same seed gives the same bits on one thread and on two")
  func threads() throws {
    let points = Blobs(rows: 40_000, columns: 3, centers: 4, separation: 3, seed: Seed(1)).points
    var options = KMeansOptions()
    (options.k, options.restarts, options.maxIterations) = (5, 1, 20)
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try BisectingKMeans(options, seed: Seed(3)).fit(points)
    Threads.count = 2
    #expect(try BisectingKMeans(options, seed: Seed(3)).fit(points) == one)
  }

  @Test("as many clusters as distinct rows leave nothing over", arguments: [0.0, 0.1, 1e9])
  func everyRowItsOwn(shift: Double) throws {
    let points = Matrix(rows: [0.1, 0.1, 0.1, 1, 3, 3, 3, 7].map { [$0 + shift] })
    let model = try bisect(points, k: 4).model
    #expect(model.inertia < 1e-12)
    #expect(model.sizes == [3, 3, 1, 1])
  }

  @Test("what k-means refuses is refused, and so are distances too small to be squared")
  func refusals() {
    func code(_ rows: [[Double]], _ k: Int) -> String? {
      do {
        _ = try bisect(Matrix(rows: rows), k: k)
        return nil
      } catch {
        return (error as? SegueError)?.diagnostics.first?.code
      }
    }
    #expect(code([[1], [2], [3]], 4) == "kmeans.k")
    #expect(code([[1], [2], [3]], 1) == "kmeans.k")
    #expect(code([[1], [1], [3]], 3) == "kmeans.distinct")
    #expect(code([[1], [.nan], [3]], 2) == "kmeans.nonfinite")
    #expect(code([[1], [1e200], [3]], 2) == "kmeans.magnitude")
    #expect(code([[0], [1e-200], [3], [4]], 4) == "bisecting.split")
    let result = try? bisect(Matrix(rows: [[1], [2], [9]]), k: 2)
    #expect(throws: SegueError.self) { try result?.labels(k: 3) }
  }

  @Test("a cancelled task stops the fit")
  func cancellation() async {
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try bisect(Iris.points, k: 3)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
