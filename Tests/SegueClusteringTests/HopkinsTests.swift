import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Hopkins statistic")
struct HopkinsTests {
  @Test("rows spread evenly are about half way, and rarely told from an even spread", arguments: [2, 5, 12])
  func uniform(columns: Int) throws {
    let found = try (0..<100).map {
      try Hopkins(Cloud.cube(rows: 500, columns: columns, seed: Seed($0)), probes: 50, seed: Seed($0))
    }
    let mean = found.reduce(0) { $0 + $1.statistic } / 100
    #expect((mean - 0.5).magnitude < 0.06, "\(mean)")
    let rejected = found.count { $0.pValue < 0.05 }
    // In many columns most rows lie near an edge, and the chance is known to come out too small.
    if columns < 10 { #expect(rejected <= 20, "\(rejected)") }
  }

  @Test("heaps are near 1")
  func heaps() throws {
    let blobs = Blobs(rows: 500, columns: 3, centers: 4, seed: Seed(1))
    let hopkins = try Hopkins(blobs.points)
    #expect(hopkins.statistic > 0.9)
    #expect(hopkins.pValue < 1e-6)
    #expect(hopkins.probes == 50 && hopkins.rowCount == 500)
  }

  @Test("the chance is that of the beta distribution", arguments: (0..<10).map { Seed($0) })
  func beta(seed: Seed) throws {
    let points = Cloud.normal(rows: 100, columns: 2, seed: seed)
    let one = try Hopkins(points, probes: 1, seed: seed)
    #expect((one.pValue - (1 - one.statistic)).magnitude < 1e-12)
    let two = try Hopkins(points, probes: 2, seed: seed)
    let x = two.statistic
    #expect((two.pValue - (1 - 3 * x * x + 2 * x * x * x)).magnitude < 1e-12)
  }

  @Test("rows that are equal, in columns that do not vary, still give a number")
  func degenerate() throws {
    let hopkins = try Hopkins(Matrix(rowCount: 20, columnCount: 2, repeating: 3))
    #expect(hopkins.statistic == 0.5)
    let far = try Hopkins(Matrix(rows: (0..<50).map { [Double($0) * 1e140, 1] }))
    #expect((0...1).contains(far.statistic) && (0...1).contains(far.pValue))
  }

  @Test("the same on one thread and on two")
  func threads() throws {
    let points = Cloud.normal(rows: 300, columns: 4, seed: Seed(2))
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try Hopkins(points)
    Threads.count = 2
    #expect(try Hopkins(points) == one)
  }
}
