import SegueCore
import SegueIngest
import Testing

@Suite("Tables")
struct TableTests {
  @Test("four files share one list of customers")
  func together() throws {
    let names = ["orders.csv", "customers.csv", "events.csv", "feedback.csv"]
    let data = try ingest(names.map(Reading.fixture))
    #expect(data.customerIDs.strings == ["c1", "c3", "c2", "c4"])
    #expect(data.orders?.customer == [0, 0, 1])
    #expect(data.customers?.customer == [0, 2, 1])
    #expect(data.events?.customer == [0, 0, 3])
    #expect(data.feedback?.customer == [0, 2, 1])
    #expect(data.ledger.files.map(\.kind) == [.orders, .customers, .events, .feedback])
    #expect(data.ledger.balances)
  }

  @Test("customers carry typed attributes, and personal data stays behind")
  func attributes() throws {
    let table = try #require(Reading.ingestFixture("customers.csv").customers)
    #expect(table.attributes.map(\.type) == [.pii, .date, .category, .number, .category, .flag, .category])
    #expect(table.attributes.filter(\.isUsable).count == 6)
    guard case .numbers(let ages)? = table.attribute(named: "age")?.values else {
      Issue.record("age is no number")
      return
    }
    #expect(ages[0] == 34 && ages[1].isNaN && ages[2] == 51)
    #expect(table.attribute(named: "age")?.missingCount == 1)
    guard case .labels(let countries)? = table.attribute(named: "country")?.values else {
      Issue.record("country is no category")
      return
    }
    #expect((0..<3).map { countries[$0] } == ["DE", "FR", "DE"])
  }

  @Test("files of customers with other columns make one table, with gaps")
  func unionOfColumns() throws {
    let first = Input(path: "customers-1.csv", bytes: Array("customer_id,age\na,1\nb,2\n".utf8))
    let second = Input(
      path: "customers-2.csv", bytes: Array("customer_id,plan,age\nc,gold,x\na,tin,9\n".utf8))
    let data = try ingest([first, second])
    let table = try #require(data.customers)
    #expect(table.rowCount == 3)
    #expect(table.attributes.map(\.name) == ["age", "plan"])
    // Of the two rows of customer a the fuller one counts.
    #expect(table.attribute(named: "plan")?.missingCount == 1)
    #expect(data.ledger.line(.repeatedCustomer).rows == 1)
    #expect(data.ledger.balances)
  }

  @Test("events keep channel and value, and lose rows that say nothing")
  func events() throws {
    let data = try Reading.ingestFixture("ga4-events.csv")
    let table = try #require(data.events)
    #expect(table.event.texts.strings == ["page_view", "purchase"])
    #expect(table.value == [0, 125_000])
    #expect(Reading.readable(table.time[0]) == "2024-03-09 23:30:00")
    let gaps = try Reading.text(
      "customer_id,time,event\na,2024-01-01,x\n,2024-01-01,x\nb,2024-01-01,\n", named: "events.csv")
    #expect(gaps.events?.rowCount == 1)
    #expect(gaps.ledger.files[0].setAside.map(\.reason) == [.missingCustomer, .missingEvent])
  }

  @Test("answers keep metric, stage and whether there was text")
  func feedback() throws {
    let table = try #require(Reading.ingestFixture("feedback.csv").feedback)
    #expect(table.metric == [.nps, .csat, .ces])
    #expect(table.score == [9, 3, 5.5])
    #expect(table.hasText == [true, false, true])
    #expect((0..<3).map { table.stage[$0] } == ["use", "support", "buy"])
  }

  @Test("a score that is none is a diagnostic")
  func badScore() {
    let codes = Reading.codes {
      _ = try Reading.text(
        "customer_id,date,nps\na,2024-01-01,9\nb,2024-01-01,great\nc,2024-01-02,7\n", named: "nps.csv")
    }
    #expect(codes == ["csv.score"])
  }

  @Test("numeric ids lose a trailing .0, others are matched as written")
  func customerKeys() throws {
    let data = try Reading.text(
      "customer_id,date,amount\n17850.0,2024-01-01,1.50\n17850,2024-01-01,1.50\n 17850 ,2024-01-01,1.50\n"
        + "v1.0,2024-01-01,1.50\nA,2024-01-01,1.50\na,2024-01-01,1.50\nNULL,2024-01-01,1.50\n")
    #expect(data.customerIDs.strings == ["17850", "v1.0", "A", "a"])
    #expect(data.ledger.line(.missingCustomer).rows == 1)
  }

  @Test("rows without an order id are orders of their own")
  func unnamedOrders() throws {
    let data = try Reading.text(
      "order_id,customer_id,date,amount\n1,a,2024-01-01,1.50\n,a,2024-01-01,2.50\n,b,2024-01-02,2.50\n")
    #expect(data.orders?.order == [0, 1, 2])
    #expect(data.orders?.orderIDs.strings == ["1", "", ""])
  }

  @Test("interned strings are found again and keep their order", arguments: (0..<20).map { Seed($0) })
  func interning(seed: Seed) {
    var generator = seed.generator(for: .testData)
    var strings = InternedStrings()
    var known: [String: Int32] = [:]
    for _ in 0..<2_000 {
      let text =
        String(repeating: "x", count: generator.index(below: 4)) + String(generator.index(below: 500))
      let index = strings.intern(text)
      #expect(known[text] == nil || known[text] == index)
      known[text] = index
      if generator.index(below: 50) == 0 {
        let unnamed = strings.addUnnamed()
        #expect(strings[unnamed] == "")
      }
    }
    for (text, index) in known {
      #expect(strings[index] == text)
      #expect(strings.index(of: text) == index)
    }
    #expect(strings.index(of: "no such text") == nil)
  }
}
