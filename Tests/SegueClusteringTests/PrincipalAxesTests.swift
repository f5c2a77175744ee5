import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Principal axes")
struct PrincipalAxesTests {
  private static let seeds = (0..<10).map { Seed($0) }

  private func expectOrthonormal(_ axes: PrincipalAxes) {
    for i in 0..<axes.loadings.rowCount {
      for j in 0...i {
        let product = zip(axes.loadings.row(i), axes.loadings.row(j)).reduce(0) { $0 + $1.0 * $1.1 }
        #expect((product - (i == j ? 1 : 0)).magnitude < 1e-12)
      }
    }
  }

  @Test(
    "axes are orthonormal and projections have their variances, whatever the shape",
    arguments: [(200, 3), (40, 20), (20, 40), (5, 300), (2, 2), (2, 9), (21, 20), (20, 21)])
  func shapes(rows: Int, columns: Int) throws {
    let points = Cloud.normal(rows: rows, columns: columns, seed: Seed(1))
    let axes = try PrincipalAxes(points)
    #expect(axes.loadings.rowCount == min(rows, columns))
    #expect(axes.rank == min(rows - 1, columns))
    expectOrthonormal(axes)
    let projected = axes.project(points)
    let variances = naiveCovariance(projected)
    for i in 0..<axes.loadings.rowCount {
      for j in 0..<axes.loadings.rowCount {
        let expected = i == j ? axes.explainedVariance[i] : 0
        #expect((variances[i, j] - expected).magnitude < 1e-10 * axes.explainedVariance[0])
      }
    }
    let trace = (0..<columns).reduce(0) { $0 + naiveCovariance(points)[$1, $1] }
    #expect((axes.explainedVariance.reduce(0, +) - trace).magnitude < 1e-10 * trace)
    #expect((axes.explainedVarianceRatio.reduce(0, +) - 1).magnitude < 1e-12)
  }

  @Test("rows fewer than columns have the axes of the covariance matrix", arguments: seeds)
  func wide(seed: Seed) throws {
    let points = Cloud.normal(rows: 12, columns: 30, seed: seed)
    let axes = try PrincipalAxes(points, count: 11)
    let eigen = try #require(SymmetricEigen(naiveCovariance(points)))
    for axis in 0..<11 {
      #expect((axes.explainedVariance[axis] - eigen.values[axis]).magnitude < 1e-10)
      let product = zip(axes.loadings.row(axis), eigen.vectors.row(axis)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect((product.magnitude - 1).magnitude < 1e-9)
    }
  }

  @Test(
    "columns that follow from others are seen as such",
    arguments: [(60, 3, 8), (60, 1, 5), (10, 3, 25), (10, 1, 40)])
  func rank(rows: Int, rank: Int, columns: Int) throws {
    let base = Cloud.normal(rows: rows, columns: rank, seed: Seed(2))
    let mixing = Cloud.normal(rows: rank, columns: columns, seed: Seed(3))
    let points = Matrix(
      rows: (0..<rows).map { row in
        (0..<columns).map { column in
          (0..<rank).reduce(100) { $0 + base[row, $1] * mixing[$1, column] }
        }
      })
    let axes = try PrincipalAxes(points)
    #expect(axes.rank == rank)
    expectOrthonormal(axes)
  }

  @Test("constant columns carry nothing, also where their mean is no exact number", arguments: [7, 5_000])
  func constant(rows: Int) throws {
    let equal = try PrincipalAxes(Matrix(rowCount: rows, columnCount: 3, repeating: 0.1))
    #expect(equal.rank == 0 && equal.explainedVarianceRatio == [0, 0, 0])
    #expect(equal.axisCount(carrying: 0.5) == nil)
    var points = Matrix(rowCount: rows, columnCount: 3, repeating: 1e9 + 0.1)
    for row in 0..<rows { points[row, 1] = Double(row % 7) }
    let one = try PrincipalAxes(points)
    #expect(one.rank == 1 && one.explainedVarianceRatio == [1, 0, 0])
    #expect(Array(one.loadings.row(0)) == [0, 1, 0])
  }

  @Test("the fewest axes that carry a share of the variance are counted")
  func share() throws {
    let iris = try PrincipalAxes(Iris.points)
    // 0.9246, 0.0531, 0.0171, 0.0052: prcomp(iris[, 1:4]) of R.
    let expected: [(Double, Int?)] = [(0.5, 1), (0.93, 2), (0.99, 3), (1, 4), (1.01, nil), (.nan, nil)]
    for (share, count) in expected { #expect(iris.axisCount(carrying: share) == count) }
    #expect(try PrincipalAxes(Iris.points, count: 2).axisCount(carrying: 0.99) == nil)
  }

  @Test("swapping rows changes nothing but rounding, moving the points only the mean", arguments: seeds)
  func invariance(seed: Seed) throws {
    let points = Cloud.normal(rows: 50, columns: 4, seed: seed)
    var moved = points.selecting(rows: (0..<50).reversed())
    for index in moved.elements.indices { moved.elements[index] += 1_000 }
    let (plain, other) = (try PrincipalAxes(points), try PrincipalAxes(moved))
    for (a, b) in zip(plain.loadings.elements, other.loadings.elements) { #expect((a - b).magnitude < 1e-9) }
    for (a, b) in zip(plain.mean, other.mean) { #expect((a + 1_000 - b).magnitude < 1e-11) }
  }

  @Test("the same points give the same bits on one thread and on two", arguments: [3, 40])
  func threads(columns: Int) throws {
    let points = Cloud.normal(rows: 50_000, columns: columns, seed: Seed(1))
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try PrincipalAxes(points)
    let projected = one.project(points)
    Threads.count = 2
    #expect(try PrincipalAxes(points) == one)
    #expect(one.project(points) == projected)
  }

  @Test("counts beyond what there is and huge values leave finite axes")
  func limits() throws {
    #expect(try PrincipalAxes(Iris.points, count: 99).loadings.rowCount == 4)
    let none = try PrincipalAxes(Iris.points, count: -1)
    #expect(none.loadings.rowCount == 0 && none.project(Iris.points).columnCount == 0)
    let huge = try PrincipalAxes(Matrix(rows: [[1e150, 1], [-1e150, 2], [0, 3]]))
    #expect((huge.loadings.elements + huge.explainedVariance).allSatisfy { $0.isFinite })
    #expect(throws: SegueError.self) { try PrincipalAxes(Matrix(rows: [[1, .nan], [2, 3]])) }
    #expect(throws: SegueError.self) { try PrincipalAxes(Matrix(rowCount: 4, columnCount: 0)) }
  }
}
