import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Quality, stability and axes")
struct QualityTests {
  @Test("silhouettes equal the definition", arguments: (0..<10).map { Seed($0) })
  func silhouettes(seed: Seed) throws {
    let points = Cloud.normal(rows: 60, columns: 3, seed: seed)
    let model = try fit(points, k: 4, seed: seed)
    let silhouette = Silhouette(points, labels: model.labels, clusterCount: 4)
    let naive = naiveSilhouettes(points, labels: model.labels, clusterCount: 4)
    for (value, exact) in zip(silhouette.values, naive) { #expect((value - exact).magnitude < 1e-12) }
    #expect((silhouette.mean - naive.reduce(0, +) / 60).magnitude < 1e-12)
    #expect(!silhouette.isSampled)
  }

  @Test("a row alone in its cluster has silhouette 0")
  func singleton() {
    let points = Matrix(rows: [[0], [1], [9]])
    #expect(Silhouette(points, labels: [0, 0, 1], clusterCount: 2).values[2] == 0)
  }

  @Test("a sampled silhouette says so, is near the exact one and does not depend on threads")
  func sampled() throws {
    let blobs = Blobs(rows: 4_000, columns: 2, centers: 4, separation: 4, seed: Seed(2))
    let exact = Silhouette(blobs.points, labels: blobs.labels, clusterCount: 4)
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = Silhouette(blobs.points, labels: blobs.labels, clusterCount: 4, limit: 1_000)
    Threads.count = 2
    let two = Silhouette(blobs.points, labels: blobs.labels, clusterCount: 4, limit: 1_000)
    #expect(one == two)
    #expect(one.isSampled && one.rows.count == 1_000)
    #expect((one.mean - exact.mean).magnitude < 0.02)
  }

  @Test("islands come back from resamples, slices of one cloud do not")
  func stability() throws {
    let blobs = Blobs(rows: 400, columns: 2, centers: 4, separation: 8, seed: Seed(5))
    let islands = try ClusterStability(blobs.points, model: fit(blobs.points, k: 4))
    #expect(islands.verdicts.allSatisfy { $0 == .highlyStable })
    let cloud = Cloud.normal(rows: 400, columns: 2, seed: Seed(5))
    let slices = try ClusterStability(cloud, model: fit(cloud, k: 7))
    #expect(slices.minimum < 0.75)
    #expect(slices.rowCount == 400 && slices.resamples == 50)
  }

  @Test("stability does not depend on threads")
  func stabilityThreads() throws {
    let points = Cloud.normal(rows: 300, columns: 2, seed: Seed(6))
    let model = try fit(points, k: 3)
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try ClusterStability(points, model: model)
    Threads.count = 2
    #expect(try ClusterStability(points, model: model) == one)
  }

  @Test(
    "the verdict follows Hennig's limits",
    arguments: [
      (0.85, ClusterStability.Verdict.highlyStable), (0.849, .stable), (0.75, .stable), (0.6, .doubtful),
      (0.59, .unstable),
    ])
  func verdict(jaccard: Double, expected: ClusterStability.Verdict) {
    #expect(ClusterStability.Verdict(jaccard: jaccard) == expected)
  }

  @Test("the largest loading of each axis is positive, and projections carry the variance")
  func axes() throws {
    let axes = try PrincipalAxes(Iris.points, count: 2)
    #expect(axes.loadings.rowCount == 2)
    for axis in 0..<2 { #expect(axes.loadings.row(axis).max { $0.magnitude < $1.magnitude }! > 0) }
    let projected = axes.project(Iris.points)
    let variances = naiveCovariance(projected)
    for axis in 0..<2 { #expect((variances[axis, axis] - axes.explainedVariance[axis]).magnitude < 1e-10) }
    #expect(variances[0, 1].magnitude < 1e-10)
  }

  @Test("axes of rows that do not vary carry nothing, and one row has none")
  func degenerateAxes() throws {
    let axes = try PrincipalAxes(Matrix(rowCount: 5, columnCount: 2, repeating: 3))
    #expect(axes.explainedVarianceRatio == [0, 0])
    #expect(throws: SegueError.self) { try PrincipalAxes(Matrix(rows: [[1, 2]])) }
  }

  @Test("the adjusted Rand index is 1 for renamed labels and as published for a worked table")
  func rand() {
    #expect(adjustedRandIndex([0, 0, 1, 1], [1, 1, 0, 0]) == 1)
    // scikit-learn's documentation of adjusted_rand_score: 0.57…
    #expect((adjustedRandIndex([0, 0, 1, 2], [0, 0, 1, 1]) - 4.0 / 7).magnitude < 1e-12)
  }
}
