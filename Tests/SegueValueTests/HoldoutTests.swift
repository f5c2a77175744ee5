import SegueCore
import SegueTestSupport
import SegueValue
import Testing

@Suite("Holdout")
struct HoldoutTests {
  @Test("the default split holds out the last third, and none where that is less than four weeks")
  func defaultSplit() {
    #expect(Holdout.defaultSplit(first: 1_000, last: 1_300) == 1_200)
    #expect(Holdout.defaultSplit(first: 1_000, last: 1_084) == 1_056)
    #expect(Holdout.defaultSplit(first: 1_000, last: 1_083) == nil)
  }

  @Test("periods with an order are foretold by BG/BB, customer by customer")
  func periods() throws {
    let histories = SimulatedDonors(customers: 2_000, periods: 10, seed: 8).histories
    let holdout = try Holdout(histories, model: .bgbb, splitDay: 30 * 7 - 1, unitDays: 30)
    #expect(holdout.model == .bgbb)
    #expect(holdout.fit.isConverged)
    #expect(holdout.customers == 2_000)
    #expect(holdout.actualOrders > 500)
    #expect((0.9...1.1).contains(holdout.expectedOrders / holdout.actualOrders))
    #expect(holdout.meanAbsoluteError < holdout.naiveMeanAbsoluteError)
    #expect(holdout.track.count == 10)
    #expect(holdout.calibrationEnd == 6)
    #expect(try #require(holdout.trackingError) < 0.05)
  }
}

/// Buyers in periods of 30 days who follow BG/BB, all first on day 0.
struct SimulatedDonors {
  let histories: OrderHistories
  let counts: OpportunityCounts
  static let truth = [1.2, 0.75, 0.66, 2.8]

  init(customers: Int, periods: Int, seed: UInt64) {
    var generator = Seed(seed).generator(for: .testData)
    var days: [[Int32]] = []
    var (frequency, recency) = ([Int32](), [Int32]())
    for _ in 0..<customers {
      let p = generator.beta(Self.truth[0], Self.truth[1])
      let leaves = generator.beta(Self.truth[2], Self.truth[3])
      var own: [Int32] = [0]
      for period in 1...periods - 1 {
        if generator.unit() < leaves { break }
        if generator.unit() < p { own.append(Int32(period * 30 + generator.index(below: 30))) }
      }
      days.append(own)
      frequency.append(Int32(own.count - 1))
      recency.append(own.last! / 30)
    }
    // Somebody closes the last period, so that it is over.
    days[0].append(Int32(periods * 30 - 1))
    histories = OrderHistories(days)
    counts = OpportunityCounts(
      frequency: frequency, recency: recency,
      opportunities: frequency.map { _ in Int32(periods - 1) })
  }
}
