import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Numbers of clusters that are known")
struct FamiliesTests {
  static let seeds: [UInt64] = [40, 41]

  @Test("the true number is found in at least nine tenths of tables of every shape")
  func clustered() throws {
    var missed: [String] = []
    for family in Family.clustered {
      for seed in Self.seeds {
        let sample = family.sample(Seed(seed))
        let points = family == .oneColumn ? ReferenceMatrices.standardized(sample.points) : sample.points
        let choice = try SegmentCountScan(points, options: .quick, seed: Seed(seed)).choice
        if choice.verdict != .clustered || choice.k != sample.k {
          missed.append("\(family) \(seed): \(sample.k), not \(choice.k). \(choice.reason)")
        }
      }
    }
    #expect(10 * missed.count <= Family.clustered.count * Self.seeds.count, "\(missed)")
  }

  @Test(
    "one even or normal cloud has no clusters", arguments: [Family.uniform, .normal, .correlated], [40])
  func clouds(family: Family, seed: UInt64) throws {
    let choice = try SegmentCountScan(family.sample(Seed(seed)).points, options: .quick, seed: Seed(seed))
      .choice
    #expect(choice.verdict == .noClusters, "\(choice.reason)")
  }

  @Test("families are what they say", arguments: Family.allCases)
  func families(family: Family) {
    let sample = family.sample(Seed(1))
    #expect(
      (300...2_000).contains(sample.points.rowCount + 8) && (2...20).contains(sample.points.columnCount))
    #expect(sample.points.firstNonFinite == nil)
    #expect(Set(sample.membership.compactMap(\.self)) == Set(0..<sample.k))
    let strays = Double(sample.membership.count { $0 == nil }) / Double(sample.points.rowCount)
    #expect((strays - (family == .noise ? 0.2 : 0)).magnitude < 0.01)
    #expect((sample.k > 1) == Family.clustered.contains(family))
  }
}
