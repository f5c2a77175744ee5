import SegueTestSupport
import SegueValue
import Testing

@Suite("Order histories")
struct OrderHistoriesTests {
  @Test("orders of one day are one order day with their money added, in whatever order they come")
  func foldsDays() {
    let histories = OrderHistories(
      count: 3, customer: [2, 0, 0, 2, 0], day: [9, 5, 3, 9, 5], money: [1, 10, 20, 2, 30])
    #expect(histories.starts == [0, 2, 2, 3])
    #expect(histories.days == [3, 5, 9])
    #expect(histories.money == [20, 40, 3])
    #expect(histories.customers(knownOn: 8) == [0])
    #expect(histories.customers(knownOn: 9) == [0, 2])
  }

  @Test("what is known on a day leaves later orders out")
  func cutsAtTheDay() {
    let histories = OrderHistories([[0, 14, 21], [7, 30]])
    let known = histories.purchases(of: [0, 1], until: 28)
    #expect(known.frequency == [2, 0])
    #expect(known.btydRecency == [3, 0])
    #expect(known.age == [4, 3])
  }

  @Test("whole periods count once however often a customer bought in them, and an unfinished one not at all")
  func periods() {
    // Periods of ten days: 0…9 is the first one, number 0.
    let histories = OrderHistories([[100, 104, 112, 118, 135, 141]])
    let on139 = histories.periods(of: [0], until: 139, periodDays: 10)
    #expect(on139.frequency == [2])
    #expect(on139.btydRecency == [3])
    #expect(on139.age == [3])
    let on141 = histories.periods(of: [0], until: 141, periodDays: 10)
    #expect(on141.frequency == [2])
    #expect(on141.age == [3])
    #expect(histories.periods(of: [0], until: 103, periodDays: 10).age == [0])
  }

  @Test(
    "CDNOW's log gives the totals and rows of the published summary")
  func cdnow() throws {
    let (purchases, spend) = try CDNowLog.calibration()
    #expect(purchases.count == 2_357)
    #expect(purchases.frequency.reduce(0, +) == 2_457)
    #expect(purchases.frequency.max() == 29)
    #expect(purchases.frequency.count { $0 == 0 } == 1_411)
    #expect((purchases.btydRecency.reduce(0, +) * 7).rounded() == 112_949)
    #expect((purchases.age.reduce(0, +) * 7).rounded() == 539_779)
    #expect(purchases.frequency[1_515] == 26)
    #expect(abs(purchases.btydRecency[1_515] - 30.85714) < 5e-6)
    let means = spend.mean.enumerated().filter { purchases.frequency[$0.offset] > 0 }.map(\.element)
    #expect(means.count == 946)
    #expect(abs(means.reduce(0, +) / 946 - 35.078551797) < 0.001)
  }
}
