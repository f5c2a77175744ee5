import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Ward linkage")
struct WardTests {
  private static let seeds = (0..<20).map { Seed($0) }

  private func totalSquares(_ points: Matrix) -> Double {
    naiveInertia(points, labels: [Int32](repeating: 0, count: points.rowCount), clusterCount: 1)
  }

  private func close(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    (a - b).magnitude <= tolerance * max(a.magnitude, b.magnitude)
  }

  @Test("merges, heights, sizes and leaf order are those of scipy", arguments: WardFigures.all)
  func scipy(figures: WardFigures) throws {
    let tree = try Ward(figures.points)
    #expect(tree.merges.count == figures.merges.count)
    for (merge, expected) in zip(tree.merges, figures.merges) {
      #expect((merge.first, merge.second) == (expected.0, expected.1))
      #expect(close(merge.height, expected.2, 1e-13))
      #expect(merge.size == Double(expected.3))
    }
    #expect(tree.leaves() == figures.leaves)
    let correlation = try #require(try tree.copheneticCorrelation(with: figures.points))
    #expect(close(correlation, figures.copheneticCorrelation))
  }

  @Test("iris has the heights of scipy and, cut into three, the labels of scikit-learn")
  func iris() throws {
    let tree = try Ward(Iris.points)
    #expect(tree.merges.count == 149)
    for (merge, height) in zip(tree.merges, WardFigures.irisHeights) {
      #expect((merge.height - height).magnitude < 1e-9)
    }
    #expect(try tree.labels(k: 3) == WardFigures.irisLabels)
    let correlation = try #require(try tree.copheneticCorrelation(with: Iris.points))
    #expect(close(correlation, WardFigures.irisCopheneticCorrelation))
  }

  @Test("each merge is the cheapest of all that are possible", arguments: seeds)
  func greedy(seed: Seed) throws {
    let points = Cloud.normal(rows: 24, columns: 2, seed: seed)
    let tree = try Ward(points)
    for k in (2...24).reversed() {
      let labels = try tree.labels(k: k)
      let now = naiveInertia(points, labels: labels, clusterCount: k)
      var cheapest = Double.infinity
      for b in 1..<Int32(k) {
        for a in 0..<b {
          // The last cluster takes the number that becomes free.
          let joined = labels.map { $0 == b ? a : $0 }.map { $0 == Int32(k) - 1 ? b : $0 }
          cheapest = min(cheapest, naiveInertia(points, labels: joined, clusterCount: k - 1) - now)
        }
      }
      let height = tree.merges[24 - k].height
      #expect((height * height / 2 - cheapest).magnitude < 1e-11)
    }
  }

  @Test("heights never fall, and half their squares add up to the total inertia", arguments: seeds)
  func identity(seed: Seed) throws {
    let points = Blobs(rows: 300, columns: 3, centers: 4, seed: seed).points
    let tree = try Ward(points)
    #expect(zip(tree.merges, tree.merges.dropFirst()).allSatisfy { $0.height <= $1.height })
    let sum = tree.merges.reduce(0) { $0 + $1.height * $1.height / 2 }
    #expect(close(sum, totalSquares(points)))
    #expect(tree.merges.last?.size == 300)
  }

  @Test("a cut into k leaves the inertia that the merges below it have added", arguments: 1...12)
  func cuts(k: Int) throws {
    let points = Cloud.normal(rows: 60, columns: 4, seed: Seed(4))
    let tree = try Ward(points)
    let labels = try tree.labels(k: k)
    let sizes = (0..<Int32(k)).map { j in labels.count { $0 == j } }
    #expect(sizes.allSatisfy { $0 > 0 } && zip(sizes, sizes.dropFirst()).allSatisfy { $0 >= $1 })
    let below = tree.merges.prefix(60 - k).reduce(0) { $0 + $1.height * $1.height / 2 }
    #expect(close(below, naiveInertia(points, labels: labels, clusterCount: k), 1e-11))
  }

  @Test(
    "moving, scaling and shuffling the rows changes no cluster",
    arguments: [(1e6, 1.0), (0, 1e-150), (0, 1e149), (-3, 4096)])
  func invariance(shift: Double, scale: Double) throws {
    let points = Cloud.normal(rows: 80, columns: 3, seed: Seed(9))
    var generator = Seed(9).generator(for: .testData, index: 1)
    let order = (0..<80).map { ($0, generator.next()) }.sorted { $0.1 < $1.1 }.map(\.0)
    var moved = points.selecting(rows: order)
    for index in moved.elements.indices { moved.elements[index] = moved.elements[index] * scale + shift }
    let (plain, other) = (try Ward(points), try Ward(moved))
    for (a, b) in zip(plain.merges, other.merges) {
      #expect(a.size == b.size)
      #expect(close(a.height * scale, b.height, 1e-8))
    }
    for k in [2, 5, 20] {
      let labels = try plain.labels(k: k)
      #expect(adjustedRandIndex(order.map { labels[$0] }, try other.labels(k: k)) == 1)
    }
  }

  @Test("a weight is as good as that many equal rows", arguments: seeds)
  func duplicates(seed: Seed) throws {
    let points = Cloud.normal(rows: 30, columns: 2, seed: seed)
    var generator = seed.generator(for: .testData, index: 3)
    let counts = (0..<30).map { _ in 1 + generator.index(below: 4) }
    let repeated = (0..<30).flatMap { row in [Int](repeating: row, count: counts[row]) }
    let weighted = try Ward(points, weights: counts.map(Double.init))
    let plain = try Ward(points.selecting(rows: repeated))
    #expect(plain.merges.prefix(repeated.count - 30).allSatisfy { $0.height == 0 })
    for (a, b) in zip(weighted.merges, plain.merges.suffix(29)) {
      #expect(a.size == b.size)
      #expect(close(a.height, b.height))
    }
    let labels = try weighted.labels(k: 6)
    #expect(adjustedRandIndex(repeated.map { labels[$0] }, try plain.labels(k: 6)) == 1)
  }

  @Test("equal distances make the same tree every time, equal rows one of height 0")
  func ties() throws {
    let grid = Matrix(rows: (0..<64).map { [Double($0 % 8), Double($0 / 8)] })
    let tree = try Ward(grid)
    #expect(try Ward(grid) == tree)
    #expect(zip(tree.merges, tree.merges.dropFirst()).allSatisfy { $0.height <= $1.height })
    #expect(close(tree.merges.reduce(0) { $0 + $1.height * $1.height / 2 }, totalSquares(grid)))
    let equal = try Ward(Matrix(rowCount: 9, columnCount: 2, repeating: 0.1))
    #expect(equal.merges.allSatisfy { $0.height == 0 } && equal.merges.last?.size == 9)
    #expect(try equal.copheneticCorrelation(with: Matrix(rowCount: 9, columnCount: 2, repeating: 0.1)) == nil)
  }

  @Test("every branch is drawn in one piece, the wanted one first", arguments: seeds)
  func drawing(seed: Seed) throws {
    let points = Cloud.normal(rows: 40, columns: 2, seed: seed)
    let tree = try Ward(points)
    let values = points.column(0)
    for order in [tree.leaves(), tree.leaves(largestFirst: true), try tree.leaves(ascending: values)] {
      #expect(order.sorted() == Array(0..<40))
      for k in 2...40 {
        let labels = try tree.labels(k: k)
        let changes = zip(order, order.dropFirst()).count { labels[$0] != labels[$1] }
        #expect(changes == k - 1)
      }
    }
    let halves = try tree.labels(k: 2)
    let leftmost = try tree.leaves(ascending: values)[0]
    #expect(halves[tree.leaves(largestFirst: true)[0]] == 0)
    func mean(_ label: Int32) -> Double {
      let members = halves.indices.filter { halves[$0] == label }
      return members.reduce(0) { $0 + values[$1] } / Double(members.count)
    }
    #expect(halves[leftmost] == (mean(0) < mean(1) ? 0 : 1))
  }

  @Test("two leaves are as far apart as the merge that joins them is high")
  func cophenetic() throws {
    let points = Cloud.normal(rows: 30, columns: 2, seed: Seed(3))
    let tree = try Ward(points)
    for a in 0..<30 {
      for b in 0..<30 {
        let distance = tree.copheneticDistance(a, b)
        #expect(distance == tree.copheneticDistance(b, a))
        let joined = tree.merges.count { $0.height < distance }
        guard a != b else { continue }
        let (apart, together) = (try tree.labels(k: 30 - joined), try tree.labels(k: 29 - joined))
        #expect(apart[a] != apart[b] && together[a] == together[b])
      }
    }
  }

  @Test("a sample is stated, reproducible and never larger than its limit")
  func sample() throws {
    let blobs = Blobs(rows: 5_000, columns: 2, centers: 3, separation: 10, seed: Seed(1))
    let tree = try Ward(sampleOf: blobs.points, limit: 400, seed: Seed(7))
    #expect(tree.isSampled && tree.rows.count == 400 && tree.merges.count == 399)
    #expect(try Ward(sampleOf: blobs.points, limit: 400, seed: Seed(7)) == tree)
    #expect(try Ward(sampleOf: blobs.points, limit: 400, seed: Seed(8)).rows != tree.rows)
    #expect(adjustedRandIndex(try tree.labels(k: 3), tree.rows.map { blobs.labels[$0] }) > 0.98)
    #expect(try Ward(sampleOf: Iris.points) == Ward(Iris.points))
  }

  @Test("the tree over centroids is that of their sizes")
  func centroids() throws {
    let points = Blobs(rows: 400, columns: 2, centers: 5, separation: 8, seed: Seed(2)).points
    let model = try fit(points, k: 5)
    let tree = try Ward(model.centroids, weights: model.sizes.map(Double.init))
    let between = tree.merges.reduce(0) { $0 + $1.height * $1.height / 2 }
    #expect(close(between + model.inertia, totalSquares(points)))
  }

  private func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? SegueError)?.diagnostics.first?.code
    }
  }

  @Test("input that cannot be joined is refused with a reason")
  func refusals() throws {
    let three = Matrix(rows: [[1], [2], [4]])
    #expect(code { _ = try Ward(Matrix(rowCount: 0, columnCount: 2)) } == "ward.rows")
    #expect(code { _ = try Ward(Matrix(rowCount: 3, columnCount: 0)) } == "ward.columns")
    #expect(code { _ = try Ward(three, limit: 2) } == "ward.limit")
    #expect(code { _ = try Ward(sampleOf: three, limit: 0) } == "ward.limit")
    #expect(code { _ = try Ward(Matrix(rows: [[1], [.nan]])) } == "kmeans.nonfinite")
    #expect(code { _ = try Ward(Matrix(rows: [[1], [1e200]])) } == "kmeans.magnitude")
    for weights in [[1.0, 2], [1, 0, 1], [1, -1, 1], [1, .nan, 1], [.infinity, 1, 1], [1, 1e300, 1]] {
      #expect(code { _ = try Ward(three, weights: weights) } == "ward.weights")
    }
    let tree = try Ward(three)
    for k in [-1, 0, 4] { #expect(code { _ = try tree.labels(k: k) } == "ward.k") }
    #expect(code { _ = try tree.leaves(ascending: [1]) } == "ward.values")
    #expect(code { _ = try tree.copheneticCorrelation(with: Matrix(rows: [[1]])) } == "ward.rows")
  }

  @Test("one row is a tree of one leaf")
  func single() throws {
    let tree = try Ward(Matrix(rows: [[5, 6]]))
    #expect(tree.merges.isEmpty && tree.leaves() == [0])
    #expect(try tree.labels(k: 1) == [0])
    #expect(try tree.copheneticCorrelation(with: Matrix(rows: [[5, 6]])) == nil)
  }

  @Test("values at the limits of what can be squared leave finite heights")
  func limits() throws {
    let huge = try Ward(
      Matrix(rows: [[1e150, -1e150], [-1e150, 1e150], [0, 1]]), weights: [1e100, 1e100, 1])
    #expect(huge.merges.allSatisfy { $0.height.isFinite })
    let tiny = try Ward(Matrix(rows: [[1e-300], [3e-300], [4.5e-300], [0]]))
    #expect(tiny.merges.map(\.size) == [2, 2, 4])
    #expect(tiny.merges.allSatisfy { $0.height > 0 })
  }
}
