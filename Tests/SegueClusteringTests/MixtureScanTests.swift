import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

private func scan(
  _ points: Matrix, _ range: ClosedRange<Int> = 1...6,
  _ covariances: [MixtureCovariance] = MixtureCovariance.allCases
) throws -> MixtureScan {
  var options = MixtureScanOptions()
  (options.range, options.covariances, options.mixture.starts) = (range, covariances, 24)
  return try MixtureScan(points, options: options)
}

@Suite("How many components")
struct MixtureScanTests {
  @Test("planted blobs are counted", arguments: [2, 3, 4, 5])
  func planted(centers: Int) throws {
    let blobs = Blobs(rows: 500, columns: 2, centers: centers, separation: 6, seed: Seed(UInt64(centers)))
    let found = try scan(blobs.points, 1...7)
    #expect(found.choice.k == centers, "\(found.choice.reason)")
    #expect(found.model.k == centers && found.model.covariance == found.choice.covariance)
    #expect(adjustedRandIndex(found.model.labels, blobs.labels) > 0.95)
    #expect(found.choice.reason.hasPrefix("\(centers) components (\(found.choice.covariance.rawValue)) have"))
  }

  @Test("a single cloud is one group", arguments: (0..<10).map { Seed($0) })
  func single(seed: Seed) throws {
    let choice = try scan(Cloud.normal(rows: 300, columns: 3, seed: seed), 1...4).choice
    #expect(choice.k == 1, "\(choice.reason)")
    #expect(choice.reason.hasPrefix("One group: one component"))
    #expect(choice.runnerUp != nil)
  }

  @Test("the choice has the lowest BIC, and its model comes back from the same seed")
  func consistent() throws {
    let found = try scan(Iris.points, 1...3)
    #expect(found.candidates.count == 12)
    let lowest = try #require(found.candidates.filter { !$0.isCollapsed }.min { $0.bic < $1.bic })
    let choice = found.choice
    #expect((choice.k, choice.covariance) == (lowest.k, lowest.covariance))
    #expect(found.model.bic == lowest.bic)
    #expect(choice.runnerUp.map { $0.bic >= lowest.bic } == true)
    #expect(try fitMixture(Iris.points, k: choice.k, choice.covariance, starts: 24) == found.model)
    // mclust's best of these four kinds of covariance.
    #expect((lowest.bic - 574.0178).magnitude < 0.01)
  }

  @Test("two components that make one skewed group are told from two groups by ICL")
  func skewed() throws {
    var generator = Seed(2).generator(for: .testData)
    let rows = (0..<600).map { _ in [Elementary.exp(0.8 * generator.normal()), generator.normal()] }
    let choice = try scan(Matrix(rows: rows)).choice
    #expect(choice.k > 1)
    #expect(choice.lowestICL.k < choice.k)
    #expect(choice.reason.contains("several may describe one group"))
  }

  @Test("where everything collapses, BIC is said to decide nothing")
  func collapsed() throws {
    let found = try scan(Matrix(rows: (0..<60).map { [Double($0 % 3), Double($0 % 3)] }), 1...3, [.full])
    #expect(found.candidates.allSatisfy { $0.isCollapsed })
    #expect(found.choice.reason.hasPrefix("No mixture keeps all its components from collapsing"))
  }

  @Test("the range is cut to the distinct rows, and bad ranges are refused")
  func ranges() throws {
    let four: [[Double]] = [[0, 0], [1, 2], [2, 2], [3, 4]]
    let points = Matrix(rows: (0..<20).map { four[$0 % 4] })
    let tried = try scan(points, 1...9, [.spherical]).candidates.map { $0.k }
    #expect(tried == [1, 2, 3, 4])
    let start = #expect(throws: SegueError.self) { try scan(points, 0...2) }
    #expect(start?.diagnostics.map(\.code) == ["scan.range"])
    let kinds = #expect(throws: SegueError.self) { try scan(points, 1...2, []) }
    #expect(kinds?.diagnostics.map(\.code) == ["scan.covariances"])
    let many = #expect(throws: SegueError.self) { try scan(points, 30...40) }
    #expect(many?.diagnostics.map(\.code) == ["mixture.k"])
  }
}
