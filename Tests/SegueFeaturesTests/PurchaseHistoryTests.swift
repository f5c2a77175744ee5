import SegueCore
import SegueFeatures
import SegueTestSupport
import Testing

@Suite("Orders folded into customers")
struct PurchaseHistoryTests {
  private func read(_ rows: String) throws -> PurchaseHistory {
    try history(Array(("order_id,customer_id,ordered_at,amount\n" + rows).utf8))
  }

  @Test("lines of an order are one order, of its earliest line and the sum of all")
  func lines() throws {
    let table = try read(
      """
      A1,ann,2024-03-05 10:00:00,10.00
      A1,ann,2024-03-04 09:00:00,5.50
      A2,ann,2024-03-10 12:00:00,1.25
      B1,ben,2024-03-01 12:00:00,7.00

      """)
    #expect(table.customerIDs == ["ann", "ben"])
    #expect(table.orders == [2, 1])
    #expect(table.lineCount == 4)
    #expect(table.orderList.amounts == [155_000, 12_500, 70_000])
    #expect(table.firstDay[0] == CalendarDay(iso: "2024-03-04"))
    #expect(table.gapDays[0] == 6)
    #expect(table.gapDays[1].isNaN)
    #expect(table.spent == [167_500, 70_000])
  }

  @Test("an order id that two customers share is two orders")
  func sharedIDs() throws {
    let table = try read(
      """
      1,ann,2024-03-05,10.00
      1,ben,2024-03-06,20.00
      1,ann,2024-03-05,1.00
      1,cid,2024-03-07,30.00
      1,ben,2024-03-06,2.00

      """)
    #expect(table.customerIDs == ["ann", "ben", "cid"])
    #expect(table.orders == [1, 1, 1])
    #expect(table.spent == [110_000, 220_000, 300_000])
  }

  @Test("orders of one day are several orders and one order day")
  func orderDays() throws {
    let table = try read("1,ann,2024-03-05,10.00\n2,ann,2024-03-05,10.00\n3,ann,2024-03-08,5.00\n")
    #expect(table.orders == [3])
    #expect(table.orderDays == [2])
    #expect(table.gapDays == [3])
    var options = RFMOptions()
    options.frequency = .orderDays
    #expect(try RFMTable(table, options).frequency == [2])
    options.monetary = .mean
    #expect(try RFMTable(table, options).monetary == [25.0 / 3])
  }

  @Test("refund rows lower what was spent, are no orders and no last order")
  func refunds() throws {
    let table = try read("1,ann,2024-03-05,10.00\n2,ann,2024-04-01,-4.00\n3,ben,2024-03-01,-9.00\n")
    #expect(table.customerIDs == ["ann"])
    #expect(table.orders == [1])
    #expect(table.spent == [60_000])
    #expect(table.refunded == [40_000])
    #expect(table.lastDay == [CalendarDay(iso: "2024-03-05")])
  }

  @Test("a customer may have given back more than was spent")
  func negative() throws {
    let table = try read("1,ann,2024-03-05,10.00\n2,ann,2024-04-01,-14.00\n3,ben,2024-03-05,1.00\n")
    #expect(table.spent == [-40_000, 10_000])
    let rfm = try RFMTable(table, RFMOptions())
    #expect(rfm.monetary == [-4, 1])
    #expect(try RFMScores(rfm, RFMOptions()).monetary[0] == 1)
  }

  @Test("customers stand by the bytes of their ids, whatever the order of rows")
  func order() throws {
    let table = try read(
      "1,b,2024-03-05,1\n2,É,2024-03-05,1\n3,a,2024-03-05,1\n4,10,2024-03-05,1\n5,9,2024-03-05,1\n")
    #expect(table.customerIDs == ["10", "9", "a", "b", "É"])
  }
}
