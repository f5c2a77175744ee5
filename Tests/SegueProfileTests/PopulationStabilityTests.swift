import SegueCore
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Population stability")
struct PopulationStabilityTests {
  private func drift(_ before: [Double], _ now: [Double]) -> FeatureDrift? {
    FeatureDrift("x", label: "x", unit: .plain, before: before, now: now, countsToOwnDay: false)
  }

  @Test("the same values have an index of 0, in any order")
  func same() throws {
    let values = (0..<500).map { Double(($0 * 37) % 101) }
    let found = try #require(drift(values, values.reversed()))
    #expect(found.psi == 0 && found.reading == .chance && found.bins == 10)
  }

  @Test("two bins by hand")
  func byHand() throws {
    // p = (30.5, 70.5)/101 of 100; q = (60.5, 40.5)/101: Σ (q − p)·ln(q/p).
    let before = [Double](repeating: 0, count: 30) + [Double](repeating: 1, count: 70)
    let now = [Double](repeating: 0, count: 60) + [Double](repeating: 1, count: 40)
    let found = try #require(drift(before, now))
    let (p, q) = ([30.5 / 101, 70.5 / 101], [60.5 / 101, 40.5 / 101])
    let index = zip(p, q).reduce(0.0) { $0 + ($1.1 - $1.0) * Elementary.log($1.1 / $1.0) }
    #expect((found.psi - index).magnitude < 1e-12 && found.bins == 2 && found.reading == .large)
    #expect((found.chance - 0.02 * 3.841_458_820_694_124).magnitude < 1e-9)
  }

  /// By scipy.stats.chi2.ppf(0.95, df) of SciPy 1.17.1.
  @Test(
    "95 % points of χ²",
    arguments: [
      (1, 3.841458820694124), (2, 5.991464547107979), (5, 11.070497693516351), (9, 16.918977604620448),
      (30, 43.77297182574219), (120, 146.56735758076744),
    ])
  func chiSquared(degrees: Int, point: Double) {
    #expect((PopulationStability.chiSquared95(degrees) / point - 1).magnitude < 1e-10)
  }

  @Test("without drift, one comparison in twenty is above the level of chance")
  func chance() {
    var above = 0
    for run in 0..<400 {
      var generator = Seed(52).generator(for: .testData, index: run)
      let before = (0..<300).map { _ in Double(generator.index(below: 100_000)) }
      let now = (0..<200).map { _ in Double(generator.index(below: 100_000)) }
      if drift(before, now)?.reading != .chance { above += 1 }
    }
    // 20 of 400 expected; deciles of the sample itself and bins that are not large add a little.
    #expect((8...40).contains(above), "\(above) of 400")
  }

  @Test("a shift is found, and a single value that became another")
  func shifts() {
    let values = (0..<1_000).map { Double($0 % 97) }
    #expect(drift(values, values.map { $0 + 40 })?.reading == .large)
    let constant = [Double](repeating: 3, count: 50)
    #expect(drift(constant, constant)?.psi == 0)
    #expect(drift(constant, constant.map { _ in 2 })?.reading == .large)
    #expect(drift(constant, constant.map { _ in 4 })?.reading == .large)
  }

  @Test("missing values count as a place of their own, rare and new levels together")
  func missing() {
    let values = (0..<200).map(Double.init)
    let holes = values.map { $0.truncatingRemainder(dividingBy: 2) == 0 ? Double.nan : $0 }
    #expect(drift(values, holes)?.reading == .large)
    let levels = (0..<200).map { ["a", "b", "c", "d"][$0 % 4] }
    let now = levels.map { $0 == "a" ? "z" : $0 }
    #expect(FeatureDrift("l", label: "l", before: levels, now: levels)?.psi == 0)
    #expect(FeatureDrift("l", label: "l", before: levels, now: now)?.reading == .large)
    let rare = (0..<200).map { $0 < 5 ? "r\($0)" : "a" }
    #expect(FeatureDrift("l", label: "l", before: rare, now: rare)?.bins == 2)
  }

  @Test("fewer than ten customers are too few")
  func few() {
    #expect(drift((0..<9).map(Double.init), (0..<100).map(Double.init)) == nil)
    #expect(drift((0..<100).map(Double.init), []) == nil)
  }
}
