import SegueCore
import SegueProfile
import Testing

@Suite("Ratios over customers with several observations")
struct ClusteredRatioTests {
  private func ratio(_ hits: [Double], _ of: [Double]) -> ClusteredRatio {
    var ratio = ClusteredRatio()
    for (x, m) in zip(hits, of) { ratio.add(hits: x, of: m) }
    return ratio
  }

  /// statsmodels 0.15.0: each observation regressed on a constant with `cov_type="cluster"`, customers as groups.
  @Test("the variance is that of a regression with clustered errors")
  func statsmodels() throws {
    let found = ratio([2, 0, 1, 5, 3, 0, 2, 4], [3, 1, 4, 6, 3, 2, 5, 4])
    #expect((try #require(found.ratio) - 0.60714286).magnitude < 1e-8)
    #expect((try #require(found.variance) - 0.01558131).magnitude < 1e-8)
    #expect(found.customers == 8 && found.observations == 28 && found.hits == 17)
  }

  @Test("one observation each is the plain share with Wilson's interval")
  func plain() throws {
    let found = ratio((0..<50).map { $0 < 12 ? 1 : 0 }, [Double](repeating: 1, count: 50))
    let interval = try #require(found.interval)
    let wilson = Statistics.wilson(12, of: 50)
    // n / (n − 1) in the variance takes one observation off.
    #expect((found.effectiveObservations - 49).magnitude < 1e-9)
    #expect((interval.low - wilson.low).magnitude < 2e-3 && (interval.high - wilson.high).magnitude < 2e-3)
  }

  @Test("customers who repeat themselves are worth one observation each")
  func repeated() {
    let found = ratio((0..<40).map { $0 < 20 ? 10 : 0 }, [Double](repeating: 10, count: 40))
    #expect(found.ratio == 0.5)
    #expect((found.effectiveObservations - 39).magnitude < 1e-9)
  }

  @Test("all or none is as sure as the number of customers, not of observations")
  func extremes() throws {
    let none = ratio([Double](repeating: 0, count: 20), [Double](repeating: 50, count: 20))
    #expect(none.interval == Statistics.wilson(0, of: 20))
    #expect(ClusteredRatio().ratio == nil && ClusteredRatio().interval == nil)
    #expect(none.difference(to: ClusteredRatio()) == nil)
    let one = ratio([3], [7])
    #expect(one.variance == nil)
    #expect(try #require(one.interval).high <= 1)
  }

  @Test("a customer without observations changes nothing, sums add up", arguments: (0..<10).map { Seed($0) })
  func sums(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let m = (0..<30).map { _ in Double(generator.index(below: 5)) }
    let x = m.map { Double(generator.index(below: Int($0) + 1)) }
    let whole = ratio(x, m)
    let parts = ratio(Array(x[..<11]), Array(m[..<11])) + ratio(Array(x[11...]), Array(m[11...]))
    #expect(whole == parts)
    #expect(whole.customers == m.filter { $0 > 0 }.count)
  }

  @Test("swapping the sides mirrors the difference")
  func mirror() throws {
    let a = ratio([2, 0, 1, 5, 3], [3, 1, 4, 6, 3])
    let b = ratio([1, 1, 0, 1, 0, 2], [3, 2, 4, 6, 3, 2])
    let forth = try #require(a.difference(to: b))
    let back = try #require(b.difference(to: a))
    #expect((forth.value + back.value).magnitude < 1e-12)
    #expect((forth.interval.low + back.interval.high).magnitude < 1e-12)
    #expect((forth.p - back.p).magnitude < 1e-12)
  }
}
