import SegueCore
import SegueProfile
import Testing

/// What "95 %" is worth: how often intervals hold the truth that data was drawn from.
@Suite("Coverage of intervals and false discoveries")
struct CoverageTests {
  private static let repetitions = 1_500

  @Test(
    "intervals of shares hold the truth in 92 to 98 of 100 samples",
    arguments: [(30, 0.1), (30, 0.5), (100, 0.04), (100, 0.3), (500, 0.02), (500, 0.7)])
  func shares(n: Int, truth: Double) {
    var generator = Seed(UInt64(n)).generator(for: .testData)
    var covered = 0
    for _ in 0..<CoverageTests.repetitions {
      let hits = (0..<n).reduce(0.0) { sum, _ in sum + (generator.unit() < truth ? 1 : 0) }
      let interval = Statistics.wilson(hits, of: Double(n))
      if interval.low <= truth && truth <= interval.high { covered += 1 }
    }
    check(covered)
  }

  /// Values are whole numbers drawn from a geometric-like law, so a third of all pairs tie.
  @Test(
    "intervals of Cliff's delta hold the truth, with ties and unequal groups",
    arguments: [30, 100, 500], [0.0, 0.5, 1.0, 2.0])
  func deltas(n: Int, shift: Double) {
    var generator = Seed(UInt64(n) * 10 + UInt64(shift * 2)).generator(for: .testData)
    func draw(_ shift: Double) -> Double {
      (-2 * Elementary.log(1 - generator.unit()) + shift).rounded(.down)
    }
    let truth = CoverageTests.trueDelta(shift)
    var covered = 0
    let labels = (0..<n).map { _ in Int32(0) } + (0..<2 * n).map { _ in Int32(1) }
    for _ in 0..<CoverageTests.repetitions / 2 {
      let values = (0..<n).map { _ in draw(shift) } + (0..<2 * n).map { _ in draw(0) }
      let interval = CliffsDelta.ofGroups(values, labels: labels, groups: 2)[0]!.interval
      if interval.low <= truth && truth <= interval.high { covered += 1 }
    }
    check(covered * 2)
  }

  /// P(X > Y) − P(X < Y) for ⌊E + shift⌋ and ⌊E'⌋ with exponential E, E' of mean 2, by summing over whole numbers.
  private static func trueDelta(_ shift: Double) -> Double {
    func below(_ x: Double) -> Double { x <= 0 ? 0 : 1 - Elementary.exp(-x / 2) }
    var delta = 0.0
    for k in 0..<200 {
      let (low, high) = (Double(k), Double(k + 1))
      let mine = below(high - shift) - below(low - shift)
      delta += mine * (below(low) - (1 - below(high)))
    }
    return delta
  }

  @Test(
    "intervals of clustered ratios hold the truth, whatever customers have in common",
    arguments: [30, 100, 300], [0.0, 0.15, 0.3])
  func ratios(customers: Int, spread: Double) {
    var generator = Seed(UInt64(customers) + UInt64(spread * 100)).generator(for: .testData)
    let truth = 0.4
    var covered = 0
    for _ in 0..<CoverageTests.repetitions {
      var ratio = ClusteredRatio()
      for _ in 0..<customers {
        // Half of the customers lie `spread` above the mean, half below.
        let own = truth + (generator.unit() < 0.5 ? spread : -spread)
        let observations = 1 + generator.index(below: 8)
        let hits = (0..<observations).reduce(0.0) { sum, _ in sum + (generator.unit() < own ? 1 : 0) }
        ratio.add(hits: hits, of: Double(observations))
      }
      let interval = ratio.interval!
      if interval.low <= truth && truth <= interval.high { covered += 1 }
    }
    check(covered)
  }

  private func check(_ covered: Int) {
    let coverage = Double(covered) / Double(CoverageTests.repetitions)
    #expect(coverage >= 0.92 && coverage <= 0.98, "coverage \(coverage)")
  }

  @Test("p-values of groups of ten are no smaller than chance makes them")
  func smallGroups() {
    var generator = Seed(77).generator(for: .testData)
    let labels = (0..<310).map { Int32($0 < 10 ? 0 : 1) }
    let repetitions = 4_000
    var (deltas, shares) = (0, 0)
    for _ in 0..<repetitions {
      let values = labels.map { _ in Double(generator.index(below: 6)) }
      if CliffsDelta.ofGroups(values, labels: labels, groups: 2)[0]!.pValue < 0.001 { deltas += 1 }
      var sides = [ClusteredRatio(), ClusteredRatio()]
      for label in labels { sides[Int(label)].add(hits: generator.unit() < 0.05 ? 1 : 0, of: 1) }
      if sides[0].difference(to: sides[1])!.p < 0.001 { shares += 1 }
    }
    // Expected 4; with the variance of the sample alone deltas would come to 50.
    #expect(deltas <= 12, "\(deltas)")
    #expect(shares <= 12, "\(shares)")
  }

  @Test("segments drawn at random have notable traits in at most one study of twenty")
  func randomLabels() {
    let studies = 200
    var withDiscovery = 0
    var (discoveries, comparisons) = (0, 0)
    for study in 0..<studies {
      var generator = Seed(UInt64(study)).generator(for: .testData)
      let labels = (0..<240).map { _ in Int32(generator.index(below: 8)) }
      let traits = TraitFinder(labels: labels, segments: 4 + 4).traits(RandomAttributes(240, &generator).all)
      let found = traits.joined().filter { $0.qValue < 0.05 }.count
      comparisons += traits.joined().count
      discoveries += found
      if found > 0 { withDiscovery += 1 }
    }
    // Under the null the chance of any discovery in a study is at most 5 %: 10 expected, 3σ is 9.
    #expect(withDiscovery <= 19, "\(withDiscovery) of \(studies)")
    #expect(Double(discoveries) / Double(comparisons) < 0.002, "\(discoveries) of \(comparisons)")
  }
}
