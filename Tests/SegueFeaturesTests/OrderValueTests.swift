import SegueCore
import SegueFeatures
import SegueIngest
import SegueTestSupport
import Testing

@Suite("Orders net of refunds, and calendar periods")
struct OrderValueTests {
  private func read(_ rows: String, _ options: IngestOptions = IngestOptions()) throws -> PurchaseHistory {
    try history(Array(("order_id,customer_id,ordered_at,amount\n" + rows).utf8), options)
  }

  @Test("a refund row lowers all orders of its customer by the same share, and nobody else's")
  func refunds() throws {
    let rows = """
      1,ann,2024-03-05,10.00
      2,ann,2024-03-08,20.00
      3,ann,2024-03-09,10.00
      R9,ann,2024-03-10,-10.00
      5,ben,2024-03-01,7.00
      6,ben,2024-03-02,7.00
      R7,ben,2024-03-03,-20.00
      8,cid,2024-03-01,3.00
      9,cid,2024-03-02,4.00

      """
    #expect(try read(rows).netOrderValues() == [7.5, 15, 7.5, 0, 0, 3, 4])
    var gross = IngestOptions()
    gross.refunds = .exclude
    #expect(try read(rows, gross).netOrderValues() == [10, 20, 10, 7, 7, 3, 4])
  }

  @Test("orders that cost nothing are worth nothing")
  func free() throws {
    #expect(
      try read("1,ann,2024-03-05,0\n2,ann,2024-03-06,0\n3,ben,2024-03-06,5\n").netOrderValues() == [0, 0, 5])
  }

  @Test("a customer's orders add up to what was spent", arguments: [Seed(1), Seed(2), Seed(3)])
  func sums(seed: Seed) throws {
    let history = try history(RandomShop(customers: 80, seed: seed))
    var sums = [Double](repeating: 0, count: history.count)
    for (row, value) in zip(history.orderList.customers, history.netOrderValues()) { sums[Int(row)] += value }
    for row in sums.indices {
      let spent = max(0, Amount(tenThousandths: history.spent[row]).units)
      #expect((sums[row] - spent).magnitude <= 1e-9 * max(1, spent), "\(history.customerIDs[row])")
    }
  }

  @Test(
    "consecutive days are of one period or of consecutive ones, and periods are as long as they say",
    arguments: OrderPeriod.allCases)
  func periods(period: OrderPeriod) {
    let first = CalendarDay(iso: "1965-12-28")!
    let days = (0..<14_610).map { first.adding(days: $0) }
    let steps = zip(days, days.dropFirst()).map { period.index(of: $1) - period.index(of: $0) }
    #expect(Set(steps) == [0, 1])
    let mean = Double(days.count) / Double(steps.reduce(0, +))
    #expect((mean / period.days - 1).magnitude < 0.02)
  }

  @Test(
    "a period is over at the end of its last day",
    arguments: [
      (OrderPeriod.week, "2024-03-10", "2024-03-09"), (.month, "2024-02-29", "2024-02-28"),
      (.quarter, "2024-06-30", "2024-06-29"), (.year, "2023-12-31", "2023-12-30"),
    ])
  func complete(period: OrderPeriod, last: String, before: String) throws {
    let (last, before) = (try #require(CalendarDay(iso: last)), try #require(CalendarDay(iso: before)))
    #expect(period.lastComplete(on: last) == period.index(of: last))
    #expect(period.lastComplete(on: before) == period.index(of: before) - 1)
  }
}
