import SegueCore
import SegueProfile
import Testing

@Suite("Cliff's delta")
struct CliffsDeltaTests {
  private func delta(_ mine: [Double], _ others: [Double]) -> CliffsDelta? {
    let labels = mine.map { _ in Int32(0) } + others.map { _ in 1 }
    return CliffsDelta.ofGroups(mine + others, labels: labels, groups: 2)[0]
  }

  /// SciPy 1.17.1: delta is 2·U/(n·m) − 1 by `mannwhitneyu`; its standard error is delta over the statistic of
  /// `brunnermunzel`, whose variance is DeLong's; the p-value is the larger of both tests' (normal
  /// approximation, no correction for continuity). Intervals from the formula of Feng & Cliff in Python.
  @Test("delta, interval and p-value agree with SciPy")
  func scipy() throws {
    let first = try #require(
      delta([3, 7, 7, 9, 12, 15, 15, 18, 21, 21.5, 22], [1, 2, 3, 3, 5, 7, 8, 8, 9, 11, 12, 14, 15, 16]))
    #expect((first.value - 0.48051948051948057).magnitude < 1e-12)
    #expect((first.interval.low - 0.015572789792733445).magnitude < 1e-9)
    #expect((first.interval.high - 0.7746072334234295).magnitude < 1e-9)
    #expect((first.pValue - 0.042211464309136984).magnitude < 1e-9)
    #expect(first.n == 11 && first.nOthers == 14)

    let second = try #require(
      delta(
        [1, 1, 2, 3, 3, 3, 4, 4, 5, 5, 5, 5, 6], [4, 5, 5, 6, 6, 7, 7, 7, 8, 9, 9, 10, 10, 11, 12]))
    #expect((second.value + 0.8666666666666667).magnitude < 1e-12)
    #expect((second.interval.low + 0.9596827989692287).magnitude < 1e-9)
    #expect((second.interval.high + 0.5438092552916032).magnitude < 1e-9)
    #expect((second.pValue - 8.796044084780952e-05).magnitude < 1e-12)

    let third = try #require(
      delta([0, 0, 0, 1, 1, 2, 9, 10, 11, 12], [4, 5, 5, 5, 6, 6, 6, 6, 7, 7, 4, 5, 6, 5, 5, 6, 6, 5]))
    #expect((third.value + 0.2).magnitude < 1e-12)
    #expect((third.interval.low + 0.6793914989046643).magnitude < 1e-9)
    #expect((third.interval.high - 0.3990495182724819).magnitude < 1e-9)
    #expect((third.pValue - 0.5402913746074198).magnitude < 1e-9)
  }

  @Test("it counts pairs, ties for nothing, in several groups at once", arguments: (0..<30).map { Seed($0) })
  func bruteForce(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    let groups = 2 + generator.index(below: 3)
    let values = (0..<80).map { _ in
      generator.index(below: 10) == 0 ? Double.nan : Double(generator.index(below: 12))
    }
    let labels = values.map { _ in Int32(generator.index(below: groups + 1)) - 1 }
    let found = CliffsDelta.ofGroups(values, labels: labels, groups: groups)
    for group in 0..<groups {
      let mine = values.indices.filter { labels[$0] == Int32(group) && !values[$0].isNaN }.map { values[$0] }
      let others = values.indices.filter {
        labels[$0] >= 0 && labels[$0] != Int32(group) && !values[$0].isNaN
      }
      .map { values[$0] }
      let delta = try #require(found[group])
      #expect((delta.value - naiveDelta(mine, others)).magnitude < 1e-12)
      #expect(delta.n == mine.count && delta.nOthers == others.count)
      #expect(delta.interval.low <= delta.value && delta.value <= delta.interval.high)
      #expect(delta.interval.low >= -1 && delta.interval.high <= 1)
    }
  }

  private func naiveDelta(_ mine: [Double], _ others: [Double]) -> Double {
    var sum = 0
    for a in mine { for b in others { sum += a > b ? 1 : a < b ? -1 : 0 } }
    return Double(sum) / Double(mine.count * others.count)
  }

  @Test("no rising transform changes it, mirroring changes its sign", arguments: (0..<10).map { Seed($0) })
  func invariance(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    let mine = (0..<30).map { _ in generator.normal() + 0.4 }
    let others = (0..<50).map { _ in generator.normal() }
    let plain = try #require(delta(mine, others))
    let curved = try #require(delta(mine.map(Elementary.exp), others.map(Elementary.exp)))
    #expect(plain.value == curved.value && plain.interval == curved.interval && plain.pValue == curved.pValue)
    let mirrored = try #require(delta(others, mine))
    #expect((plain.value + mirrored.value).magnitude < 1e-12)
    #expect((plain.interval.low + mirrored.interval.high).magnitude < 1e-12)
    #expect((plain.pValue - mirrored.pValue).magnitude < 1e-12)
  }

  @Test("complete separation is not infinitely sure, and surer the larger the groups")
  func separation() throws {
    let everybody = (0..<300).map { Double($0) }
    // (n − z²) / (n + z²), Feng & Cliff's bound, at n = 10 and n = 100.
    for (n, low, p) in [(10, 0.4449344002742218, 2e-6), (100, 0.9260122, 1e-12)] {
      let above = (0..<n).map { Double($0) + 1_000 }
      let found = try #require(delta(above, everybody))
      #expect(found.value == 1)
      #expect((found.interval.low - low).magnitude < 1e-6)
      #expect(found.interval.high == 1)
      #expect(found.pValue < p && found.pValue > 0)
    }
    let below = try #require(delta([-9, -8, -7, -6, -5, -4, -3, -2, -1, -0.5], everybody))
    #expect(below.interval.low == -1)
    #expect((below.interval.high + 0.4449344002742218).magnitude < 1e-6)
  }

  @Test("where all values are equal there is no difference")
  func equal() throws {
    let (mine, others) = ([Double](repeating: 3, count: 20), [Double](repeating: 3, count: 30))
    let found = try #require(delta(mine, others))
    #expect(found.value == 0)
    #expect(found.pValue == 1)
    #expect(found.interval.low <= 0 && found.interval.high >= 0)
  }

  @Test("groups of fewer than two values say nothing")
  func tiny() {
    #expect(delta([1], [1, 2, 3]) == nil)
    #expect(delta([1, 2, 3], [.nan, 1]) == nil)
    #expect(delta([], []) == nil)
  }
}
