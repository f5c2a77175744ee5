import SegueCore
import SegueFeatures
import SegueTestSupport
import Testing

@Suite("Rhythm")
struct RhythmTests {
  /// Orders of one customer each, on the given days.
  private func history(_ days: [[Int]], scale: Int = 1, shift: Int = 0) throws -> PurchaseHistory {
    var orders: [RandomShop.Order] = []
    for (customer, days) in days.enumerated() {
      for day in days {
        orders.append(
          RandomShop.Order(
            id: "O\(orders.count)", customer: "K\(1_000 + customer)",
            day: RandomShop.firstDay.adding(days: day * scale + shift), cents: 1_000))
      }
    }
    return try SegueFeaturesTests.history(RandomShop(orders: orders))
  }

  @Test("a customer with few gaps leans on everybody, one with many on themselves")
  func shrinkage() throws {
    // Typical gap 20; too few customers to estimate the weight, so it is 2.
    let rhythm = try Rhythm(
      history([[0, 20], [0, 5], Array(0...40).map { $0 * 5 }, [0, 80], [0, 20], [0]]))
    #expect(rhythm.typicalGap == 20 && rhythm.customersWithGaps == 5 && rhythm.weight == 2)
    let expected: [Double] = [
      20, Elementary.exp((Elementary.log(5) + 2 * Elementary.log(20)) / 3),
      Elementary.exp((40 * Elementary.log(5) + 2 * Elementary.log(20)) / 42),
      Elementary.exp((Elementary.log(80) + 2 * Elementary.log(20)) / 3), 20, 20,
    ]
    for (found, expected) in zip(rhythm.usualGap, expected) { #expect((found - expected).magnitude < 1e-12) }
    #expect(rhythm.lateness([40, 0, 1, 1, 1, 60])[0] == 2)
    #expect(rhythm.lateness([40, 0, 1, 1, 1, 60])[5] == 3)
  }

  @Test("own rhythms that differ count for much, differences by chance for little")
  func weight() throws {
    let own = try Rhythm(history((1...30).map { gap in (0...6).map { $0 * gap } }))
    #expect(own.weight == 0.5)
    // Everybody has the gaps 1, 2, 4, 8, 16 in some order: nobody is quicker than anybody else.
    let chance = try Rhythm(
      history(
        (0..<30).map { seed in
          [1, 2, 4, 8, 16].shuffled(Seed(UInt64(seed))).reduce(into: [0]) { $0.append($0.last! + $1) }
        }))
    #expect(chance.weight == 20)
  }

  @Test("where gaps are drawn from known variances, the weight is their ratio")
  func estimate() throws {
    var generator = Seed(7).generator(for: .testData)
    // Log gaps: uniform customer means of variance 1/3, uniform noise of variance 1/3 about them.
    let days = (0..<4_000).map { _ -> [Int] in
      let mean = 2 * generator.unit() - 1
      var day = 0
      return (0...5).map { _ in
        defer { day += Int((1_000 * Elementary.exp(mean + 2 * generator.unit() - 1)).rounded()) }
        return day
      }
    }
    let rhythm = try Rhythm(history(days))
    #expect((rhythm.weight - 1).magnitude < 0.1, "\(rhythm.weight)")
  }

  @Test(
    "usual gaps lie between the own and the typical, whatever the order of rows",
    arguments: (0..<20).map { Seed($0) })
  func between(seed: Seed) throws {
    let shop = RandomShop(customers: 60, seed: seed)
    let table = try SegueFeaturesTests.history(shop)
    let rhythm = Rhythm(table)
    let typical = try #require(rhythm.typicalGap)
    for (usual, own) in zip(rhythm.usualGap, table.gapDays) {
      let own = own.isNaN ? typical : own
      #expect(usual >= min(own, typical) * (1 - 1e-12) && usual <= max(own, typical) * (1 + 1e-12))
    }
    let shuffled = try SegueFeaturesTests.history(shop.shuffled(seed))
    #expect(Rhythm(shuffled).usualGap == rhythm.usualGap)
  }

  @Test("a shift in time changes nothing, slower time slows every rhythm alike")
  func units() throws {
    let days = (1...25).map { seed in [0, 3 + seed, 20 + seed, 90 + 3 * seed] }
    let rhythm = try Rhythm(history(days))
    let later = try Rhythm(history(days, shift: 1_000))
    #expect(later.usualGap == rhythm.usualGap)
    let slower = try Rhythm(history(days, scale: 3))
    for (a, b) in zip(slower.usualGap, rhythm.usualGap) { #expect((a / b - 3).magnitude < 1e-9) }
  }

  @Test(
    "where nobody came on a second day there is no rhythm", arguments: [[[0]], [[0, 0], [0]], [[0], [7]]])
  func unknown(days: [[Int]]) throws {
    let rhythm = try Rhythm(history(days))
    #expect(rhythm.typicalGap == nil && rhythm.customersWithGaps == 0)
    #expect(rhythm.usualGap.filter { !$0.isNaN }.isEmpty && rhythm.usualGap.count == days.count)
    #expect(rhythm.lateness(days.map { _ in 5 }).filter { !$0.isNaN }.isEmpty)
  }
}
