import Segue
import SegueTestSupport
import Testing

@Suite("The days a study looks at")
struct ObservationWindowTests {
  /// A shop with refunds on days of their own.
  private static func shop(_ seed: Seed) -> RandomShop {
    var shop = RandomShop(customers: 40, seed: seed)
    var generator = seed.generator(for: .testData, index: 3)
    for refund in 0..<12 {
      shop.orders.append(
        RandomShop.Order(
          id: "R\(refund)", customer: "K\(generator.index(below: 40))",
          day: RandomShop.firstDay.adding(days: generator.index(below: 200)),
          cents: -100 * (1 + generator.index(below: 50))))
    }
    return shop
  }

  private static func rfm(_ shop: RandomShop, _ settings: [String: String]) throws -> RFMFile {
    try Study(Studies.settings(settings)).rfm([Input(path: "orders.csv", bytes: shop.csv())])
  }

  private static func cents(_ cents: Int) -> Amount { Amount(tenThousandths: Int64(cents) * 100) }

  @Test(
    "rows of other days make no difference but in the ledger, which adds up to the cent",
    arguments: (0..<20).map { Seed($0) })
  func others(seed: Seed) throws {
    let shop = Self.shop(seed)
    let asOf = RandomShop.firstDay.adding(days: 120)
    for window in [nil, 60] {
      let first = window.map { asOf.adding(days: -$0) }
      func isLooked(at day: CalendarDay) -> Bool { day <= asOf && first.map { day >= $0 } != false }
      var settings = ["rfm.asOf": "\(asOf)"]
      if let window { settings["rfm.window"] = "\(window)" }
      let cut = try Self.rfm(shop, settings)
      let within = RandomShop(orders: shop.orders.filter { isLooked(at: $0.day) })
      let plain = try Self.rfm(within, ["rfm.asOf": "\(asOf)"])
      #expect(try cut.csv() == plain.csv())

      #expect(cut.ledger.balances && cut.ledger.rowsIn == shop.orders.count)
      #expect(cut.ledger.rowsUsed == plain.ledger.rowsUsed)
      #expect(cut.ledger.moneyUsed == plain.ledger.moneyUsed)
      #expect(cut.ledger.files[0].refundRowsNetted == plain.ledger.files[0].refundRowsNetted)
      #expect(cut.ledger.files[0].refundMoneyNetted == plain.ledger.files[0].refundMoneyNetted)
      // Customers of refunds alone are known before days are looked at.
      let buyers = Set(shop.orders.filter { $0.cents > 0 }.map(\.customer))
      for (reason, orders) in [
        (SetAsideReason.afterAsOf, shop.orders.filter { $0.day > asOf && buyers.contains($0.customer) }),
        (.beforeWindow, shop.orders.filter { $0.day < first ?? $0.day && buyers.contains($0.customer) }),
      ] {
        let line = cut.ledger.line(reason)
        #expect(line.rows == orders.count)
        #expect(line.money == Self.cents(orders.reduce(0) { $0 + $1.cents }))
        #expect(orders.isEmpty || cut.remarks.contains { $0.contains("\(line.rows) \(words(reason))") })
      }
    }
  }

  private func words(_ reason: SetAsideReason) -> String {
    reason == .afterAsOf ? "rows after the as-of day 2024-04-30" : "rows before 2024-03-01, the first day"
  }

  @Test(
    "totals give what the table of orders gives, or step aside", arguments: (0..<12).map { Seed($0) })
  func totals(seed: Seed) throws {
    for shop in [Self.shop(seed), RandomShop(customers: 40, seed: seed)] {
      let last = try #require(shop.orders.filter { $0.cents > 0 }.map(\.day).max())
      for settings in [
        ["rfm.asOf": "2024-04-30"], ["rfm.asOf": "\(last)"], ["rfm.window": "90"],
        ["rfm.window": "36500"], ["rfm.asOf": "\(last.adding(days: 30))", "rfm.window": "400"],
      ] {
        // Ids out of order are for the table.
        let (quick, thorough) = try (Self.rfm(shop, settings), Self.rfm(shop.shuffled(seed), settings))
        #expect(try quick.csv() == thorough.csv())
        #expect(quick.remarks == thorough.remarks)
        #expect(quick.ledger.files[0].setAside == thorough.ledger.files[0].setAside)
      }
    }
  }

  @Test(
    "a window without an as-of day counts back from the day after the last order, and keeps its first day")
  func window() throws {
    let shop = RandomShop(
      orders: ["2024-01-01", "2024-01-02", "2024-01-11"].enumerated().map {
        RandomShop.Order(id: "\($0)", customer: "K\($0)", day: CalendarDay(iso: $1)!, cents: 500)
      })
    let file = try Self.rfm(shop, ["rfm.window": "10"])
    #expect(Array(file.customerIDs) == ["K1", "K2"])
    #expect(file.rfm.recencyDays == [10, 1])
    #expect(try Self.rfm(shop, ["rfm.asOf": "2024-01-02"]).rfm.recencyDays == [1, 0])
  }

  @Test("a last day far from all others is asked about before it moves the window")
  func stray() throws {
    var shop = RandomShop(customers: 20, seed: Seed(1))
    shop.orders[3].day = CalendarDay(iso: "2204-01-01")!
    let error = #expect(throws: SegueError.self) { try Self.rfm(shop, ["rfm.window": "365"]) }
    #expect(error?.diagnostics.first?.code == "rfm.asOf")
    #expect(error?.diagnostics.first?.message.hasPrefix("the last order is of 2204-01-01") == true)
  }

  @Test("days without any order are refused in words")
  func nothing() throws {
    let shop = RandomShop(customers: 5, seed: Seed(1))
    let days = shop.orders.map(\.day)
    let (first, last) = try (#require(days.min()), #require(days.max()))
    let early = #expect(throws: SegueError.self) { try Self.rfm(shop, ["rfm.asOf": "2023-12-31"]) }
    #expect(early?.kind == .data)
    #expect(
      early?.diagnostics
        == [
          Diagnostic(
            "rfm.asOf",
            "nobody had ordered by the as-of day 2023-12-31; orders are of \(first) to \(last)",
            at: .init(file: "orders.csv"), hint: "choose --as-of \(first) or later, or leave it out")
        ])
    let late = #expect(throws: SegueError.self) {
      try Self.rfm(shop, ["rfm.asOf": "2025-12-31", "rfm.window": "30"])
    }
    #expect(
      late?.diagnostics.first?.message
        == "nobody ordered from 2025-12-01 to 2025-12-31; orders are of \(first) to \(last)")
    #expect(late?.diagnostics.first?.code == "rfm.window")
  }

  private static let tables: [Input] = [
    (
      "orders.csv",
      "order_id,customer_id,ordered_at,amount,refunded\n1,a,2024-01-05,10.00,4.00\n"
        + "2,b,2024-02-05,20.00,0\n3,a,2024-03-05,40.00,15.00\n4,b,2024-03-06,-3.00,0\n5,c,2023-06-01,7.00,0\n"
        + "6,c,2024-02-01,-2.00,0\n"
    ),
    (
      "events.csv",
      "customer_id,event_time,event\na,2024-01-05,visit\nb,2024-03-01,visit\nb,2023-01-01,visit\n"
    ),
    ("feedback.csv", "customer_id,responded_at,metric,score\na,2024-01-06,NPS,9\nb,2024-03-02,NPS,3\n"),
  ].map { Input(path: $0, bytes: Array($1.utf8)) }

  @Test("refunds, refund columns, events and feedback are cut at the same days")
  func tables() throws {
    let day = { CalendarDay(iso: $0)! }
    let all = try ingest(Self.tables)
    let window = ObservationWindow(firstDay: day("2024-01-01"), lastDay: day("2024-02-29"))
    let data = try window.applied(to: all)
    #expect(data.orders?.amount == [60_000, 200_000])
    #expect(data.events?.rowCount == 1 && data.feedback?.rowCount == 1)
    let orders = data.ledger.files[0]
    #expect(
      orders.setAside == [
        .init(reason: .onlyRefunds, rows: 1, money: Amount(-2)),
        .init(reason: .afterAsOf, rows: 2, money: Amount(37)),
        .init(reason: .beforeWindow, rows: 1, money: Amount(7)),
      ])
    #expect(orders.moneyUsed == Amount(26) && orders.refundedMoney == Amount(4))
    #expect(orders.refundRowsNetted == 0 && orders.refundMoneyNetted == .zero)
    #expect(data.ledger.files[1].setAside.map(\.rows) == [1, 1])
    #expect(data.ledger.balances)
    #expect(
      data.ledger.files[2].remarks.map(\.text) == ["rows after the as-of day 2024-02-29 are set aside"])

    let early = try ObservationWindow(lastDay: day("2023-12-31")).applied(to: all)
    #expect(early.orders?.rowCount == 1 && early.events?.rowCount == 1 && early.feedback == nil)
    #expect(early.ledger.balances)
    // Cut twice is cut once.
    let again = try window.applied(to: data)
    #expect(again.ledger == data.ledger && again.orders?.time == data.orders?.time)
  }
}
