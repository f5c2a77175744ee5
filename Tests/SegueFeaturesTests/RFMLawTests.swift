import SegueCore
import SegueFeatures
import SegueTestSupport
import Testing

/// What must hold for any orders.
@Suite("Laws of RFM")
struct RFMLawTests {
  @Test("the order of rows makes no difference", arguments: (0..<20).map { Seed($0) })
  func shuffled(seed: Seed) throws {
    let shop = RandomShop(customers: 60, seed: seed)
    let a = try Scored(history(shop), RFMOptions())
    let b = try Scored(history(shop.shuffled(seed)), RFMOptions())
    #expect(a.history.customerIDs == b.history.customerIDs)
    #expect(a.history.spent == b.history.spent)
    #expect(a.history.gapDays.map { $0.isNaN ? -1 : $0 } == b.history.gapDays.map { $0.isNaN ? -1 : $0 })
    #expect(a.history.orderList.times == b.history.orderList.times)
    #expect(a.history.orderList.amounts == b.history.orderList.amounts)
    #expect(a.codes == b.codes)
    #expect(a.scores.cutPoints == b.scores.cutPoints)
  }

  @Test("equal customers score alike and scores never fall as the figure improves", arguments: 2...9)
  func monotone(bins: Int) throws {
    for seed in 0..<10 {
      for binning in RFMOptions.Binning.allCases {
        var options = RFMOptions()
        (options.bins, options.binning, options.segments) = (bins, binning, SegmentTable.none)
        let scored = try Scored(history(RandomShop(customers: 50, seed: Seed(UInt64(seed)))), options)
        for (values, scores) in [
          (scored.rfm.recencyDays.map { -$0 }, scored.scores.recency),
          (scored.rfm.frequency, scored.scores.frequency), (scored.rfm.monetary, scored.scores.monetary),
        ] {
          let order = values.indices.sorted { values[$0] < values[$1] }
          for (a, b) in zip(order, order.dropFirst()) {
            #expect(values[a] == values[b] ? scores[a] == scores[b] : scores[a] <= scores[b])
          }
          #expect(scores.allSatisfy { (1...UInt8(bins)).contains($0) })
        }
      }
    }
  }

  @Test("a refund never raises the monetary score of its customer", arguments: (0..<25).map { Seed($0) })
  func refund(seed: Seed) throws {
    var shop = RandomShop(customers: 40, seed: seed)
    var options = RFMOptions()
    options.asOf = RandomShop.firstDay.adding(days: 300)
    let before = try Scored(history(shop), options)
    var generator = seed.generator(for: .testData, index: 2)
    let customer = "K\(generator.index(below: 40))"
    shop.orders.append(
      RandomShop.Order(
        id: "refund", customer: customer, day: RandomShop.firstDay.adding(days: 250),
        cents: -100 * (1 + generator.index(below: 50))))
    let after = try Scored(history(shop), options)
    let row = try #require(before.history.customerIDs.firstIndex(of: customer))
    #expect(after.scores.monetary[row] <= before.scores.monetary[row])
    #expect(after.rfm.monetary[row] < before.rfm.monetary[row])
    #expect(after.rfm.frequency == before.rfm.frequency)
    #expect(after.rfm.recencyDays == before.rfm.recencyDays)
  }

  @Test("scores depend on ranks alone: other units change nothing", arguments: (0..<10).map { Seed($0) })
  func units(seed: Seed) throws {
    let shop = RandomShop(customers: 50, seed: seed)
    let dearer = RandomShop(
      orders: shop.orders.map {
        RandomShop.Order(id: $0.id, customer: $0.customer, day: $0.day, cents: $0.cents * 8)
      })
    let scored = try Scored(history(shop), RFMOptions())
    #expect(try Scored(history(dearer), RFMOptions()).codes == scored.codes)
  }

  @Test("an as-of day before the last order is refused, on it recency is 0")
  func asOf() throws {
    let shop = RandomShop(customers: 5, seed: Seed(1))
    let table = try history(shop)
    let last = try #require(table.lastDay.max())
    var options = RFMOptions()
    options.asOf = last
    #expect(try RFMTable(table, options).recencyDays.min() == 0)
    options.asOf = last.adding(days: -1)
    let error = #expect(throws: SegueError.self) { try RFMTable(table, options) }
    #expect(error?.diagnostics.first?.code == "rfm.asOf")
    #expect(error?.diagnostics.first?.hint == "choose --as-of \(last) or later, or leave it out")
    options.asOf = nil
    #expect(try RFMTable(table, options).asOf == last.adding(days: 1))
  }

  @Test("when everybody is alike, everybody gets one score and the table says so")
  func alike() throws {
    let day = RandomShop.firstDay
    let shop = RandomShop(
      orders: (0..<10).map { RandomShop.Order(id: "\($0)", customer: "K\($0)", day: day, cents: 1_000) })
    let scored = try Scored(history(shop), RFMOptions())
    #expect(Set(scored.codes.values).count == 1)
    #expect(scored.scores.remarks.count == 3)
  }
}
