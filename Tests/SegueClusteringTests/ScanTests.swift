import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

extension SegmentCountOptions {
  /// Without what the choice does not ask.
  static var quick: SegmentCountOptions {
    var options = SegmentCountOptions()
    (options.gap, options.prediction) = (nil, nil)
    return options
  }
}

@Suite("Choosing the number of segments")
struct ScanTests {
  @Test("the planted number of blobs is found", arguments: [3, 4, 5, 6, 7], [0])
  func planted(centers: Int, repetition: Int) throws {
    let seed = Seed(UInt64(10 * centers + repetition))
    let blobs = Blobs(rows: 400, columns: 3, centers: centers, separation: 6, seed: seed)
    let choice = try SegmentCountScan(blobs.points, options: .quick).choice
    #expect(choice.k == centers, "\(choice.reason)")
    #expect(choice.verdict == .clustered, "\(choice.reason)")
    #expect(choice.runnerUp != choice.k)
  }

  @Test("two close islands are not taken for one because the others are far", arguments: [4, 6])
  func closeIslands(seed: UInt64) throws {
    let blobs = Blobs(rows: 500, columns: 3, centers: 6, separation: 6, seed: Seed(seed))
    let choice = try SegmentCountScan(blobs.points, options: .quick).choice
    #expect(choice.k == 6, "\(choice.reason)")
  }

  @Test("one normal cloud has no clusters", arguments: [(300, 2), (400, 3), (250, 6)])
  func normal(rows: Int, columns: Int) throws {
    let choice = try SegmentCountScan(
      Cloud.normal(rows: rows, columns: columns, seed: Seed(3)), options: .quick
    )
    .choice
    #expect(choice.verdict == .noClusters, "\(choice.reason)")
  }

  @Test("a filled cube has no clusters", arguments: [2, 3])
  func cube(columns: Int) throws {
    let choice = try SegmentCountScan(Cloud.cube(rows: 400, columns: columns, seed: Seed(4)), options: .quick)
      .choice
    #expect(choice.verdict == .noClusters, "\(choice.reason)")
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

  @Test("counts in two columns are no groups, however many rows share a value")
  func counts() throws {
    var generator = Seed(8).generator(for: .testData)
    let points = Matrix(
      rows: (0..<800).map { _ in
        (0..<2).map { _ in Elementary.log((-3 * Elementary.log(1 - generator.unit())).rounded(.down) + 1) }
      })
    let choice = try SegmentCountScan(points, options: .quick).choice
    #expect(choice.verdict == .noClusters, "\(choice.reason)")
    #expect(choice.advice != nil)
  }

  @Test("borders are thin between groups and thick where one group was cut")
  func borders() throws {
    let blobs = Blobs(rows: 600, columns: 5, centers: 3, separation: 7, seed: Seed(11))
    var options = SegmentCountOptions.quick
    (options.range, options.stability) = (3...4, nil)
    let scan = try SegmentCountScan(blobs.points, options: options)
    #expect(try #require(scan[3]).borders.maximum < 0.1)
    let cut = try #require(scan[4]).borders
    #expect(cut.maximum > 0.5)
    // Two of the four are halves of one group.
    #expect(cut.clusters.count { $0 > 0.5 } == 2)
    #expect(scan.choice.k == 3 && scan[3]?.stability == nil)
  }

  @Test("what is asked for is measured, on samples of the size asked for")
  func samples() throws {
    let blobs = Blobs(rows: 2_000, columns: 2, centers: 3, separation: 8, seed: Seed(12))
    var options = SegmentCountOptions()
    (options.range, options.sampleLimit) = (2...4, 500)
    options.stability?.rowLimit = 400
    options.gap?.rowLimit = 300
    options.prediction?.rowLimit = 200
    let scan = try SegmentCountScan(blobs.points, options: options)
    #expect(scan.sampleCount == 500 && scan.hopkins.rowCount == 500)
    #expect(scan.candidates.allSatisfy { $0.quality.silhouette.isSampled && $0.borders.rowCount == 500 })
    #expect(scan.candidates.allSatisfy { $0.stability?.rowCount == 400 })
    #expect(scan.gap?.rowCount == 300 && scan.gap?.entries.map(\.k) == [1, 2, 3, 4])
    #expect(scan.predictionStrength?.rowCount == 200)
    #expect(scan.gap?.k(by: .firstSEmax) == 3 && scan.predictionStrength?.k == 3)
    #expect(scan.choice.k == 3 && scan.choice.verdict == .clustered && scan.choice.advice == nil)
    let quality = ClusterQuality(
      blobs.points, labels: try #require(scan.model(k: 3)).labels, clusterCount: 3, silhouetteLimit: 500)
    let candidate = try #require(scan[3]).quality
    #expect(candidate.silhouette == quality.silhouette)
    #expect((candidate.calinskiHarabasz / quality.calinskiHarabasz - 1).magnitude < 1e-12)
    #expect((candidate.daviesBouldin / quality.daviesBouldin - 1).magnitude < 1e-12)
  }

  @Test("many rows are fitted by way of a sample, and the chosen number in full")
  func largeTables() throws {
    let blobs = Blobs(rows: 3_000, columns: 2, centers: 3, separation: 8, seed: Seed(13))
    var options = SegmentCountOptions.quick
    (options.range, options.stability) = (2...6, nil)
    let whole = try SegmentCountScan(blobs.points, options: options)
    options.fitLimit = 1_000
    let scan = try SegmentCountScan(blobs.points, options: options)
    #expect(scan.choice.k == 3)
    #expect(scan.model(k: 3) == whole.model(k: 3))
    #expect(scan[3]?.quality == whole[3]?.quality)
    for (quick, full) in zip(scan.candidates, whole.candidates) {
      #expect((quick.inertia / full.inertia - 1).magnitude < 0.02, "\(quick.k)")
    }
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
