import SegueProfile
import Testing

@Suite("Intervals and tests against published and independent figures")
struct StatisticsTests {
  /// The first four are printed in Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E),
  /// table I, method 3; all by statsmodels 0.15.0, `proportion_confint(hits, n, method="wilson")`.
  @Test(
    "Wilson's interval",
    arguments: [
      (81.0, 263.0, 0.2552885198782742, 0.36620957698280004),
      (15, 148, 0.06238639953073628, 0.16048724172330803),
      (0, 20, 0, 0.16112515805281938), (1, 29, 0.006113214292762667, 0.17175521879320294),
      (0, 10, 0, 0.27753279986288926), (10, 10, 0.7224672001371106, 1),
      (500, 1_000, 0.4690696003681042, 0.5309303996318958), (3, 7, 0.15821985525146964, 0.7495416354723428),
    ])
  func wilson(hits: Double, n: Double, low: Double, high: Double) {
    let interval = Statistics.wilson(hits, of: n)
    #expect((interval.low - low).magnitude < 1e-12)
    #expect((interval.high - high).magnitude < 1e-12)
  }

  @Test("without observations a share may be anything")
  func nothing() {
    #expect(Statistics.wilson(0, of: 0) == Interval(0, 1))
  }

  /// Newcombe 1998 (differences), table II, method 10, all eight rows, printed with four decimals.
  @Test(
    "Newcombe's interval of a difference",
    arguments: [
      ([56.0, 70, 48, 80], 0.0524, 0.3339), ([9, 10, 3, 10], 0.1705, 0.8090), ([6, 7, 2, 7], 0.0582, 0.8062),
      ([5, 56, 0, 29], -0.0381, 0.1926), ([0, 10, 0, 20], -0.1611, 0.2775),
      ([0, 10, 0, 10], -0.2775, 0.2775),
      ([10, 10, 0, 20], 0.6791, 1.0000), ([10, 10, 0, 10], 0.6075, 1.0000),
    ])
  func newcombe(counts: [Double], low: Double, high: Double) {
    let interval = Statistics.newcombe(
      counts[0] / counts[1], Statistics.wilson(counts[0], of: counts[1]), counts[2] / counts[3],
      Statistics.wilson(counts[2], of: counts[3]))
    #expect((interval.low - low).magnitude < 5.1e-5)
    #expect((interval.high - high).magnitude < 5.1e-5)
  }

  /// The fifteen p-values of Benjamini & Hochberg 1995, section 3.2; adjusted by statsmodels 0.15.0,
  /// `multipletests(p, method="fdr_bh")`. The paper rejects the first four.
  @Test("Benjamini and Hochberg's own example")
  func benjaminiHochberg() {
    let p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
      0.7590, 1.0,
    ]
    let expected = [
      0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645, 0.0765,
      0.486,
      0.5811818181818182, 0.714875, 0.7532307692307693, 0.8132142857142857, 1,
    ]
    let found = Statistics.benjaminiHochberg(p)
    #expect(zip(found, expected).allSatisfy { ($0 - $1).magnitude < 1e-12 })
    #expect(found.filter { $0 < 0.05 }.count == 4)
    let reversed = Statistics.benjaminiHochberg(p.reversed())
    #expect(Array(reversed.reversed()) == found)
    #expect(Statistics.benjaminiHochberg([]).isEmpty)
    #expect(Statistics.benjaminiHochberg([0.3]) == [0.3])
  }

  /// SciPy 1.17.1, `2 * norm.sf(z)`.
  @Test(
    "two-sided p of a normal deviate",
    arguments: [
      (0.0, 1.0), (0.5, 0.6170750774519738), (-1, 0.31731050786291415), (1.96, 0.04999579029644087),
      (3, 0.0026997960632601866), (-6, 1.973175290075389e-09), (12, 3.552964224155306e-33),
    ])
  func normal(z: Double, p: Double) {
    #expect((Statistics.twoSidedP(z) - p).magnitude < 1e-12 * p)
  }

  /// SciPy 1.17.1, `chi2_contingency(table, correction=True)`.
  @Test(
    "two shares compared with Yates's correction",
    arguments: [
      ([8.0, 100, 20, 300], 0.8209825552567163), ([1, 10, 5, 300], 0.4745832379318511),
      ([30, 100, 45, 100], 0.04087153408900628),
    ])
  func shares(counts: [Double], p: Double) {
    #expect((Statistics.proportionsP(counts[0], counts[1], counts[2], counts[3]) - p).magnitude < 1e-12)
  }

  @Test("equal shares, empty groups and shares of all or none are no difference")
  func degenerate() {
    #expect(Statistics.proportionsP(5, 10, 50, 100) == 1)
    #expect(Statistics.proportionsP(0, 0, 5, 10) == 1)
    #expect(Statistics.proportionsP(0, 10, 0, 20) == 1)
    #expect(Statistics.proportionsP(10, 10, 20, 20) == 1)
  }
}
