import SegueCore
import SegueIngest
import SegueTestSupport
import Testing

/// Totals in one pass against the same sums over the table of orders.
@Suite("Customer totals", .serialized)
struct CustomerTotalsTests {
  /// Orders with rising ids; what is odd about them depends on the seed.
  private static func orders(_ seed: Seed, rows: Int) -> (csv: [UInt8], options: IngestOptions) {
    var random = seed.generator(for: .testData)
    let isQuoted = random.index(below: 2) == 0
    let comma = random.index(below: 2) == 0
    let delimiter = comma ? ";" : [",", "|", "\t"][random.index(below: 3)]
    let end = ["\n", "\r\n"][random.index(below: 2)]
    let falls = random.index(below: 3) == 0
    let isLong = random.index(below: 3) == 0
    let isTimed = random.index(below: 2) == 0
    func cell(_ text: String) -> String { isQuoted ? "\"\(text)\"" : text }
    var lines = [["order_id", "customer_id", "order_date", "amount", "channel"].joined(separator: delimiter)]
    for row in 0..<rows {
      let id = falls ? 5_000_000 - row * 3 : 999 + row * 2
      let number = random.index(below: 1 + rows / 7)
      let customer = isLong ? "0b7e1c52-44aa-4f0e-9c11-\(100_000_000_000 + number)" : "\(number)"
      let day = CalendarDay(daysSinceEpoch: Int32(18_000 + random.index(below: 1_500)))
      let time = isTimed ? " 1\(random.index(below: 10)):0\(random.index(below: 10)):59" : ""
      var amount = "\(random.index(below: 90_000) - 900)"
      for _ in 0..<random.index(below: 2) {
        amount += (comma ? "," : ".") + "\(10 + random.index(below: 90))"
      }
      if random.index(below: 40) == 0 { amount = "0" }
      let who = random.index(below: 50) == 0 ? "" : customer
      let channel = random.index(below: 20) == 0 ? "\"web\nsite \"\"x\"\"\"" : "web"
      lines.append(
        [cell("\(id)"), cell(who), cell("\(day)\(time)"), cell(amount), channel].joined(separator: delimiter))
    }
    var options = IngestOptions()
    options.decimalMark = comma ? .comma : .point
    return (Array((lines.joined(separator: end) + (rows % 2 == 0 ? end : "")).utf8), options)
  }

  @Test(
    "equal the sums over the table of orders, on one thread and on two", arguments: (0..<24).map { Seed($0) })
  func sums(seed: Seed) throws {
    let (csv, options) = Self.orders(seed, rows: 2_000)
    let input = Input(path: "orders.csv", bytes: csv)
    let data = try ingest([input], options)
    let table = try #require(data.orders)
    var orders: [String: (count: Int32, spent: Int64, first: CalendarDay, last: CalendarDay)] = [:]
    for row in 0..<table.rowCount {
      let id = data.customerIDs[table.customer[row]]
      let day = LocalTime(seconds: table.time[row]).day
      var entry = orders[id] ?? (0, 0, CalendarDay(daysSinceEpoch: .max), CalendarDay(daysSinceEpoch: .min))
      entry.spent += table.amount[row]
      if !table.isRefund[row] {
        entry = (entry.count + 1, entry.spent, min(entry.first, day), max(entry.last, day))
      }
      orders[id] = entry
    }
    defer { Threads.count = 0 }
    for threads in [1, 2] {
      Threads.count = threads
      let found = try customerTotals(input, options)
      // Customers of refunds alone are for the thorough way.
      if data.ledger.line(.onlyRefunds).rows > 0 {
        #expect(found == nil)
        continue
      }
      let totals = try #require(found)
      let columns = totals.columns()
      #expect(
        Array(columns.customerIDs) == orders.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      for (row, id) in columns.customerIDs.enumerated() {
        let entry = try #require(orders[id])
        #expect(columns.orders[row] == entry.count && columns.spent[row] == entry.spent, "\(id)")
        #expect(columns.firstDay[row] == entry.first && columns.lastDay[row] == entry.last, "\(id)")
      }
      #expect(totals.ledger.files == data.ledger.files)
      #expect(totals.ledger.balances)
    }
  }

  @Test(
    "leave to the table what a row alone does not decide",
    arguments: [
      ("an order on two lines", "1,a,2024-01-01,5\n1,a,2024-01-01,6\n"),
      ("ids up and down", "1,a,2024-01-01,5\n3,a,2024-01-01,6\n2,a,2024-01-02,5\n"),
      ("a currency sign", "1,a,2024-01-01,5\n2,a,2024-01-01,£6\n"),
      ("a bad amount", "1,a,2024-01-01,5\n2,a,2024-01-01,x\n"),
      ("a bad date", "1,a,2024-01-01,5\n2,a,2024-02-30,5\n"),
      ("a missing field", "1,a,2024-01-01,5\n2,a,2024-01-01\n"),
      ("a stray quote", "1,a,2024-01-01,5\n2,a\"b,2024-01-01,5\n"),
      ("an open quote", "1,a,2024-01-01,5\n2,\"a,2024-01-01,5\n"),
      ("refunds alone", "1,a,2024-01-01,5\n2,b,2024-01-01,-5\n"),
      ("spellings of one address", "1,A@b.org,2024-01-01,5\n2,a@b.org,2024-01-01,5\n"),
      ("a cancellation", "1,a,2024-01-01,5\nC2,a,2024-01-01,-5\n"),
    ])
  func beyond(_ what: String, _ rows: String) throws {
    // Enough rows for the one that is odd not to be in the sample alone.
    var csv = "order_id,customer_id,order_date,amount\n"
    csv += rows
    #expect(try customerTotals(Input(path: "orders.csv", bytes: Array(csv.utf8))) == nil, "\(what)")
  }

  @Test("a plain file is taken")
  func plain() throws {
    let csv =
      "order_id,customer_id,order_date,amount\n1,a,2024-01-01,5\n2,NULL,2024-01-02,7\n10,b,2024-01-02,6.2555\n"
      + "11,Guest,2024-01-02,3\n12,unknown,2024-01-03,3\n"
    let totals = try #require(try customerTotals(Input(path: "orders.csv", bytes: Array(csv.utf8))))
    #expect(totals.count == 2 && totals.rowCount == 5)
    #expect(totals.columns().spent == [50_000, 62_555])
    #expect(totals.ledger.line(.missingCustomer).rows == 3)
  }
}
