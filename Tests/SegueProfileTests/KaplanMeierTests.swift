import SegueCore
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Kaplan–Meier")
struct KaplanMeierTests {
  private static func estimate(events: [Int], censored: [Int]) -> KaplanMeier {
    let days = (events + censored).max()! + 1
    func counts(_ times: [Int]) -> [Int] {
      times.reduce(into: [Int](repeating: 0, count: days)) { $0[$1] += 1 }
    }
    return KaplanMeier(events: counts(events), censored: counts(censored))
  }

  /// Weeks in remission under 6-MP (Freireich et al. 1963, Blood 21:699). The estimate, Greenwood's errors and
  /// the log(−log) limits are those in Kleinbaum & Klein, Survival Analysis, and of Stata's `sts list`.
  private static let remission = estimate(
    events: [6, 6, 6, 7, 10, 13, 16, 22, 23], censored: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])

  @Test(
    "the remission of leukaemia under 6-MP comes out as published",
    arguments: [
      (6, 21, 0.8571, 0.0764, 0.6197, 0.9516), (7, 17, 0.8067, 0.0869, 0.5631, 0.9228),
      (10, 15, 0.7529, 0.0963, 0.5032, 0.8894), (13, 12, 0.6902, 0.1068, 0.4316, 0.8491),
      (16, 11, 0.6275, 0.1141, 0.3675, 0.8049), (22, 7, 0.5378, 0.1282, 0.2678, 0.7468),
      (23, 6, 0.4482, 0.1346, 0.1881, 0.6801),
    ] as [(Int, Int, Double, Double, Double, Double)])
  func published(
    _ week: Int, _ atRisk: Int, _ survival: Double, _ error: Double, _ low: Double, _ high: Double
  ) throws {
    let step = try #require(KaplanMeierTests.remission.steps.first { $0.day == week })
    #expect(step.atRisk == atRisk)
    #expect((step.survival - survival).magnitude < 5.1e-5)
    #expect((step.survival * step.greenwood.squareRoot() - error).magnitude < 5.1e-5)
    // What has happened is what has not survived.
    let found = KaplanMeierTests.remission.share(by: week)
    #expect((1 - found.share - survival).magnitude < 5.1e-5)
    #expect((1 - found.interval.high - low).magnitude < 5.1e-5)
    #expect((1 - found.interval.low - high).magnitude < 5.1e-5)
  }

  @Test("its median is 23 weeks, at least 13, without an upper limit, and unknown before")
  func median() {
    let median = KaplanMeierTests.remission.median(until: 35)
    #expect(median.day == 23 && median.low == 13 && median.high == nil)
    #expect(KaplanMeierTests.remission.median(until: 22).day == nil)
    #expect(KaplanMeierTests.remission.lastDay(atRisk: 10) == 17)
  }

  @Test(
    "between two events the share stays, before the first it is zero with an interval of what was watched")
  func steps() {
    let estimate = KaplanMeierTests.remission
    #expect(estimate.share(by: 9).share == estimate.share(by: 7).share)
    #expect(estimate.share(by: 500).share == estimate.share(by: 23).share)
    let before = estimate.share(by: 3)
    #expect(before.share == 0 && before.interval == Statistics.wilson(0, of: 21))
  }

  @Test("nobody, nobody it happens to, and everybody it happens to are no special cases")
  func edges() {
    #expect(KaplanMeier(events: [], censored: []).share(by: 4).interval == Interval(0, 1))
    let never = KaplanMeier(events: [0, 0], censored: [3, 4])
    #expect(never.steps.isEmpty && never.atRisk == [7, 4] && never.median(until: 1).day == nil)
    let always = KaplanMeier(events: [0, 5], censored: [0, 0]).share(by: 1)
    #expect(always.share == 1 && always.interval.high == 1 && always.interval.low > 0.5)
  }

  @Test("without censoring it is the plain share, with its limits around it", arguments: 0..<20)
  func uncensored(_ seed: Int) {
    var generator = Seed(UInt64(seed)).generator(for: .testData)
    let times = (0..<(20 + seed)).map { _ in 1 + generator.index(below: 15) }
    let estimate = KaplanMeierTests.estimate(events: times, censored: [])
    for day in 1...15 {
      let (share, interval) = estimate.share(by: day)
      let plain = Double(times.count { $0 <= day }) / Double(times.count)
      #expect((share - plain).magnitude < 1e-12)
      #expect(interval.low <= share + 1e-12 && interval.high >= share - 1e-12)
      #expect(interval.low >= 0 && interval.high <= 1)
    }
  }

  @Test("with censoring it is the product over all customers, one by one", arguments: 0..<20)
  func naive(_ seed: Int) {
    var generator = Seed(UInt64(100 + seed)).generator(for: .testData)
    let people = (0..<60).map { _ in (day: generator.index(below: 30), isEvent: generator.index(below: 3) > 0)
    }
    let estimate = KaplanMeierTests.estimate(
      events: people.filter(\.isEvent).map(\.day), censored: people.filter { !$0.isEvent }.map(\.day))
    for day in 0..<30 {
      var survival = 1.0
      for time in 0...day {
        let atRisk = people.count { $0.day >= time }
        let events = people.count { $0.day == time && $0.isEvent }
        if atRisk > 0 { survival *= 1 - Double(events) / Double(atRisk) }
      }
      #expect((estimate.share(by: day).share - (1 - survival)).magnitude < 1e-12)
    }
  }
}
