import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Kernels agree with their naive twins")
struct KernelTests {
  /// Column counts on both sides of the switch from the plain loop to BLAS.
  static let shapes = [(1, 1, 1), (7, 2, 3), (8, 3, 2), (65, 1, 4), (300, 16, 5), (300, 17, 5), (203, 40, 9)]

  @Test("the nearest centroid, the sums and the inertia", arguments: shapes)
  func nearest(rows: Int, columns: Int, k: Int) {
    let points = Cloud.normal(rows: rows, columns: columns, seed: Seed(1))
    let centroids = Cloud.normal(rows: k, columns: columns, seed: Seed(2))
    let packed = PackedPoints(points, center: [Double](repeating: 0, count: columns))
    let result = assignNearest(0..<rows, of: packed, to: centroids)
    let labels = naiveNearest(points, to: centroids)
    #expect(result.labels == labels)
    #expect(result.counts == (0..<k).map { j in labels.count { $0 == Int32(j) } })
    let inertia = labels.indices.reduce(0) {
      $0 + naiveSquaredDistance(points.row($1), centroids.row(Int(labels[$1])))
    }
    #expect((result.inertia - inertia).magnitude <= 1e-12 * inertia)
    let sums = clusterSums(0..<rows, of: packed, labels: labels, clusterCount: k)
    #expect(sums.counts == result.counts)
    #expect(sums.sums == result.sums)
    for j in 0..<k {
      for column in 0..<columns {
        let sum = labels.indices.reduce(0) { $0 + (labels[$1] == Int32(j) ? points[$1, column] : 0) }
        #expect((result.sums[j * columns + column] - sum).magnitude < 1e-10)
      }
    }
  }

  @Test("ties go to the lowest index", arguments: [2, 20])
  func ties(columns: Int) {
    let points = Matrix(rowCount: 9, columnCount: columns, repeating: 0)
    let centroids = Matrix(rows: [1.0, -1, 1].map { [Double](repeating: $0, count: columns) })
    let packed = PackedPoints(points, center: [Double](repeating: 0, count: columns))
    #expect(assignNearest(0..<9, of: packed, to: centroids).labels == [Int32](repeating: 0, count: 9))
  }

  @Test("moves that lower inertia", arguments: (0..<20).map { Seed($0) })
  func moves(seed: Seed) {
    var generator = seed.generator(for: .testData, index: 1)
    let points = Cloud.normal(rows: 30, columns: 2, seed: seed)
    let k = 3
    let labels = (0..<30).map { $0 < k ? Int32($0) : Int32(generator.index(below: k)) }
    let packed = PackedPoints(points, center: [0, 0])
    let found = improvingMoves(
      0..<30, of: packed, labels: labels,
      centroids: naiveCentroids(points, labels: labels, clusterCount: k),
      counts: (0..<k).map { j in labels.count { $0 == Int32(j) } })
    #expect(found == naiveImprovingMoves(points, labels: labels, clusterCount: k))
  }

  @Test("squared distances, bounded and not", arguments: [1, 8, 13, 64])
  func distances(rows: Int) {
    let points = Cloud.normal(rows: rows, columns: 3, seed: Seed(4))
    let packed = PackedPoints(points, center: [0, 0, 0])
    let position = [0.5, -1, 2]
    let expected = (0..<rows).map { naiveSquaredDistance(points.row($0), position) }
    #expect(squaredDistances(0..<rows, of: packed, to: position).distances == expected)
    let bounds = expected.indices.map { Double($0 % 5) }
    let bounded = squaredDistances(0..<rows, of: packed, to: position, boundedBy: bounds)
    #expect(bounded.distances == zip(expected, bounds).map(min))
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
