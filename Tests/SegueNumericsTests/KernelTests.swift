import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Kernels agree with their naive twins")
struct KernelTests {
  /// Column counts on both sides of each switch: of loops made for one number, of blocks to rows, of whole vectors.
  static let shapes = [
    (1, 1, 1), (7, 2, 3), (64, 3, 2), (65, 1, 4), (300, 4, 7), (300, 8, 6), (300, 16, 5), (300, 17, 5),
    (203, 40, 9), (17_000, 5, 8), (17_000, 33, 4),
  ]

  @Test("labels, sums, counts and inertia", arguments: shapes, [0, 1, 2])
  func assignment(shape: (rows: Int, columns: Int, k: Int), level: Int) {
    InstructionSet.limit(level)
    defer { InstructionSet.limit(2) }
    let points = Cloud.normal(rows: shape.rows, columns: shape.columns, seed: Seed(1))
    let packed = PackedPoints(points, center: [Double](repeating: 0, count: shape.columns))
    let assignment = Assignment(packed, k: shape.k)
    var labels = [Int32](repeating: -1, count: shape.rows)
    // Several passes, so that bounds come into play and sums are carried on.
    for pass in 0..<6 {
      var centroids = Cloud.normal(rows: shape.k, columns: shape.columns, seed: Seed(2))
      for index in centroids.elements.indices { centroids.elements[index] += 0.03 * Double(pass % 4) }
      let found = naiveNearest(points, to: centroids)
      let changed = zip(found, labels).count { $0 != $1 }
      labels = found
      #expect(assignment.update(to: centroids) == changed)
      #expect(assignment.allLabels == labels)
      #expect(assignment.counts == (0..<shape.k).map { j in labels.count { $0 == Int32(j) } })
      let squares = labels.indices.map {
        naiveSquaredDistance(points.row($0), centroids.row(Int(labels[$0])))
      }
      let inertia = squares.reduce(0, +)
      #expect((assignment.inertia(centroids).inertia - inertia).magnitude <= 1e-12 * inertia)
      #expect(zip(assignment.squaredDistances(centroids), squares).allSatisfy { ($0 - $1).magnitude < 1e-11 })
    }
    let carried = assignment.sums
    assignment.recomputeSums()
    for j in 0..<shape.k {
      for column in 0..<shape.columns {
        let sum = labels.indices.reduce(0) { $0 + (labels[$1] == Int32(j) ? points[$1, column] : 0) }
        #expect((carried[j * shape.columns + column] - sum).magnitude < 1e-9)
        #expect((assignment.sums[j * shape.columns + column] - sum).magnitude < 1e-9)
      }
    }
  }

  @Test("ties go to the lowest index", arguments: [2, 20], [0, 1, 2])
  func ties(columns: Int, level: Int) {
    InstructionSet.limit(level)
    defer { InstructionSet.limit(2) }
    let points = Matrix(rowCount: 90, columnCount: columns, repeating: 0)
    let centroids = Matrix(rows: [1.0, -1, 1].map { [Double](repeating: $0, count: columns) })
    let assignment = Assignment(PackedPoints(points, center: [Double](repeating: 0, count: columns)), k: 3)
    assignment.update(to: centroids)
    #expect(assignment.allLabels == [Int32](repeating: 0, count: 90))
  }

  @Test("what single precision cannot tell apart is told apart in double", arguments: [3, 20])
  func nearTies(columns: Int) {
    // Centroids at ±1 and points within a millionth of the middle, far finer than a float resolves at their size.
    var generator = Seed(3).generator(for: .testData)
    let points = Matrix(
      rowCount: 500, columnCount: columns,
      elements: (0..<500 * columns).map { index in
        index % columns == 0 ? (generator.unit() - 0.5) * 1e-6 : 100 * generator.normal()
      })
    let centroids = Matrix(
      rows: [1.0, -1].map { side in (0..<columns).map { $0 == 0 ? side : 0 } })
    let assignment = Assignment(PackedPoints(points, center: [Double](repeating: 0, count: columns)), k: 2)
    assignment.update(to: centroids)
    #expect(assignment.allLabels == (0..<500).map { points[$0, 0] >= 0 ? 0 : 1 })
  }

  @Test("moves that lower inertia", arguments: (0..<20).map { Seed($0) })
  func moves(seed: Seed) {
    let points = Cloud.normal(rows: 40, columns: 2, seed: seed)
    let k = 4
    let assignment = Assignment(PackedPoints(points, center: [0, 0]), k: k)
    assignment.update(to: points.selecting(rows: Array(0..<k)))
    var centroids = assignment.means(keeping: Matrix(rowCount: k, columnCount: 2))
    // Until only moves that Lloyd does not see are left.
    while assignment.update(to: centroids) > 0 { centroids = assignment.means(keeping: centroids) }
    let labels = assignment.allLabels
    let found = assignment.updateAndFindMoves(centroids)
    #expect(found.moved == 0)
    #expect(found.improving == naiveImprovingMoves(points, labels: labels, clusterCount: k))
  }

  @Test(
    "distances to the nearest of several rows, the same bits on every machine",
    arguments: [2, 3, 5, 8, 13, 40])
  func nearestSoFar(columns: Int) {
    let points = Cloud.normal(rows: 500, columns: columns, seed: Seed(4))
    let weights = (0..<500).map { 1 + Double($0 % 3) }
    defer { InstructionSet.limit(2) }
    let potentials = [0, 1, 2].map { level -> [Double] in
      InstructionSet.limit(level)
      let nearest = NearestSoFar(PackedPoints(points, weights: weights))
      nearest.add([17])
      let first = nearest.potential
      let trials = nearest.potentials(adding: [3, 400])
      nearest.add([400])
      return [first] + trials + [nearest.potential]
    }
    #expect(potentials[0] == potentials[1] && potentials[1] == potentials[2])
    func naive(_ rows: [Int]) -> Double {
      (0..<500).reduce(0) { sum, row in
        sum + weights[row] * rows.map { naiveSquaredDistance(points.row(row), points.row($0)) }.min()!
      }
    }
    let scale = PackedPoints(points, weights: weights).squaredScale
    for (found, rows) in zip(potentials[0], [[17], [17, 3], [17, 400], [17, 400]]) {
      #expect((found / scale / naive(rows) - 1).magnitude < 1e-6)
    }
  }

  @Test("means and covariance, also far from the origin", arguments: [0.0, 1e9])
  func moments(offset: Double) {
    var points = Cloud.normal(rows: 500, columns: 3, seed: Seed(6))
    let plain = naiveCovariance(points)
    for index in points.elements.indices { points.elements[index] += offset }
    let means = columnMeans(points)
    for (mean, naive) in zip(means, naiveMeans(points)) {
      #expect((mean - naive).magnitude <= 1e-14 * (1 + offset))
    }
    for (value, naive) in zip(covariance(points, means: means).elements, plain.elements) {
      #expect((value - naive).magnitude < 1e-15 * (1 + offset))
    }
  }

  @Test("eigenvectors rebuild the matrix, values fall", arguments: [1, 2, 5, 40])
  func eigen(d: Int) throws {
    let points = Cloud.normal(rows: d + 20, columns: d, seed: Seed(7))
    let matrix = covariance(points, means: columnMeans(points))
    let eigen = try #require(SymmetricEigen(matrix))
    #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
    for i in 0..<d {
      for j in 0..<d {
        let rebuilt = (0..<d).reduce(0) {
          $0 + eigen.values[$1] * eigen.vectors[$1, i] * eigen.vectors[$1, j]
        }
        #expect((rebuilt - matrix[i, j]).magnitude < 1e-12)
      }
    }
  }

  @Test("BLAS obeys when told to use one thread")
  func oneThread() {
    #expect(BLAS.threadCount == 1)
    #expect(!BLAS.coreName.isEmpty)
  }
}
