import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Choosing the number of segments")
struct ScanTests {
  @Test("the planted number of blobs is found", arguments: [3, 4, 5, 6, 7], [0, 1])
  func planted(centers: Int, repetition: Int) throws {
    let seed = Seed(UInt64(10 * centers + repetition))
    let blobs = Blobs(rows: 400, columns: 3, centers: centers, separation: 6, seed: seed)
    let choice = try SegmentCountScan(blobs.points).choice
    #expect(choice.k == centers, "\(choice.reason)")
    #expect(choice.verdict == .clustered, "\(choice.reason)")
    #expect(choice.runnerUp != choice.k)
  }

  @Test("two close islands are not taken for one because the others are far", arguments: [4, 6])
  func closeIslands(seed: UInt64) throws {
    let blobs = Blobs(rows: 500, columns: 3, centers: 6, separation: 6, seed: Seed(seed))
    let choice = try SegmentCountScan(blobs.points).choice
    #expect(choice.k == 6, "\(choice.reason)")
  }

  @Test("one normal cloud is a continuum", arguments: [(300, 2), (400, 3), (250, 6)])
  func normal(rows: Int, columns: Int) throws {
    let choice = try SegmentCountScan(Cloud.normal(rows: rows, columns: columns, seed: Seed(3))).choice
    #expect(choice.verdict == .continuum, "\(choice.reason)")
  }

  @Test("a filled cube is a continuum", arguments: [2, 3])
  func cube(columns: Int) throws {
    let choice = try SegmentCountScan(Cloud.cube(rows: 400, columns: columns, seed: Seed(4))).choice
    #expect(choice.verdict == .continuum, "\(choice.reason)")
  }

  @Test("the range is cut to what the distinct rows allow")
  func cut() throws {
    let points = Matrix(rows: (0..<60).map { [Double($0 % 4)] })
    let scan = try SegmentCountScan(points)
    #expect(scan.candidates.map(\.k) == [2, 3, 4])
    #expect(scan.model(k: 4)?.inertia == 0)
    #expect(scan[4]?.silhouette == 1)
  }

  @Test("a scan is the same on one thread and on two, and says how far it is")
  func threads() throws {
    let points = Blobs(rows: 200, columns: 2, centers: 3, seed: Seed(9)).points
    var options = SegmentCountOptions()
    options.range = 2...4
    Threads.count = 1
    defer { Threads.count = 0 }
    let one = try SegmentCountScan(points, options: options)
    Threads.count = 2
    #expect(try SegmentCountScan(points, options: options) == one)
  }

  @Test("bad input is refused with a diagnostic")
  func badInput() {
    var options = SegmentCountOptions()
    options.range = 1...4
    let error = #expect(throws: SegueError.self) { try SegmentCountScan(Iris.points, options: options) }
    #expect(error?.diagnostics.map(\.code) == ["scan.range"])
    #expect(throws: SegueError.self) { try SegmentCountScan(Matrix(rows: [[1], [.nan], [2]])) }
  }
}
