import Foundation
import Segue
import SegueTestSupport
import Testing

@Suite("Back-tests of studies")
struct BacktestStudyTests {
  private static let cut = RandomShop.firstDay.adding(days: 120)

  private func study(_ values: [String: String] = [:]) throws -> Study {
    try Study(
      Studies.settings(["backtest.cut": "\(BacktestStudyTests.cut)"].merging(values) { $1 }))
  }

  private func past(_ shop: RandomShop, _ values: [String: String] = [:]) throws -> PastStudy {
    let study = try study(values)
    return try study.past(
      of: ingest([Input(path: "orders.csv", bytes: shop.csv())], study.options.ingest))
  }

  @Test("whatever happens after the cut, scores and groups stay what they were", arguments: [1, 2, 3])
  func noLeakage(seed: Int) throws {
    let shop = RandomShop(customers: 150, seed: Seed(UInt64(seed)))
    var changed = shop
    var generator = Seed(UInt64(seed)).generator(for: .testData, index: 7)
    for index in changed.orders.indices where changed.orders[index].day > BacktestStudyTests.cut {
      changed.orders[index].cents = 1 + generator.index(below: 1_000_000)
      changed.orders[index].day = BacktestStudyTests.cut.adding(days: 1 + generator.index(below: 300))
      changed.orders[index].customer = "K\(generator.index(below: 400))"
    }
    // Refunds of earlier orders that nobody knew of at the cut.
    for order in shop.orders.prefix(60) where order.day <= BacktestStudyTests.cut {
      var refund = order
      refund.id = "R\(order.id)"
      refund.cents = -order.cents
      refund.day = BacktestStudyTests.cut.adding(days: 1)
      changed.orders.append(refund)
    }
    let (before, after) = (try past(shop), try past(changed))
    #expect(before.customerIDs == after.customerIDs)
    #expect(before.spent == after.spent)
    #expect(before.rankings.map(\.method) == after.rankings.map(\.method))
    for (one, other) in zip(before.rankings, after.rankings) where one.method != .clv {
      #expect(one.groups == other.groups && one.scores == other.scores, "\(one.method)")
      #expect(one.names == other.names, "\(one.method)")
    }
    #expect(before.later.revenue != after.later.revenue)
  }

  @Test("value expected at the cut does not change with what comes later, over as many days")
  func noLeakageOfValue() throws {
    let shop = RandomShop(customers: 150, seed: Seed(4))
    var changed = shop
    let last = shop.orders.map(\.day).max()!
    for index in changed.orders.indices
    where changed.orders[index].day > BacktestStudyTests.cut && changed.orders[index].day < last {
      changed.orders[index].cents = 77_700
    }
    let (before, after) = (try past(shop), try past(changed))
    let (one, other) = (
      before.rankings.first { $0.method == .clv }, after.rankings.first { $0.method == .clv }
    )
    #expect(one?.groups == other?.groups && one?.scores == other?.scores)
    #expect(one != nil || before.skipped.contains { $0.method == .clv })
  }

  @Test("earlier, later and new money add up to all of it, to the cent, refunds included")
  func conservation() throws {
    var shop = RandomShop(customers: 200, seed: Seed(8))
    for (index, order) in shop.orders.enumerated() where index % 9 == 0 {
      shop.orders.append(
        RandomShop.Order(
          id: "R\(index)", customer: order.customer, day: order.day.adding(days: 45), cents: -order.cents / 2)
      )
    }
    let input = Input(path: "orders.csv", bytes: shop.csv())
    let backtest = try study().backtest([input]).backtest
    let whole = try Study().run([input])
    #expect(
      backtest.earlierRevenue + backtest.laterRevenue + backtest.newRevenue
        == whole.profile.purchases?.revenue)
    #expect(backtest.customers + backtest.newCustomers == whole.customerIDs.count)
    for method in backtest.methods {
      guard let groups = method.groups, groups.allSatisfy({ $0.revenue != nil }) else { continue }
      #expect(groups.compactMap(\.revenue).reduce(.zero, +) == backtest.laterRevenue)
      #expect(groups.reduce(0) { $0 + $1.customers } == backtest.customers)
      #expect(groups.compactMap(\.orders).reduce(0, +) == backtest.laterOrders)
    }
  }

  @Test("the order of rows and the number of threads make no difference")
  func sameBytes() throws {
    let shop = RandomShop(customers: 120, seed: Seed(11))
    let one = try study().backtest([Input(path: "orders.csv", bytes: shop.csv())])
    let other = try study().backtest([Input(path: "orders.csv", bytes: shop.shuffled(Seed(3)).csv())])
    #expect(try one.json() == other.json())
    #expect(one.csv() == other.csv())
  }

  @Test(
    "a cut that leaves nothing on one side is refused with the days there are",
    arguments: [("2023-06-01", "nobody had ordered by"), ("2025-01-01", "nobody ordered after")])
  func badCut(day: String, words: String) throws {
    let input = Input(path: "orders.csv", bytes: RandomShop(customers: 80, seed: Seed(1)).csv())
    let error = #expect(throws: SegueError.self) { try study(["backtest.cut": day]).backtest([input]) }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.code == "backtest.cut" && diagnostic.message.contains(words))
    #expect(diagnostic.hint?.contains("--cut") == true)
  }

  @Test("too few customers, too short a time and no orders at all are refused in words")
  func tooLittle() throws {
    func message(_ bytes: [UInt8], _ file: String, _ values: [String: String]) throws -> String {
      let error = #expect(throws: SegueError.self) {
        try study(values).backtest([Input(path: file, bytes: bytes)])
      }
      return try #require(error?.diagnostics.first?.message)
    }
    #expect(
      try message(RandomShop(customers: 5, seed: Seed(1)).csv(), "orders.csv", [:]).contains("customers"))
    let short = RandomShop(
      orders: (0..<60).map {
        RandomShop.Order(
          id: "\($0)", customer: "K\($0 % 30)", day: RandomShop.firstDay.adding(days: $0 / 3), cents: 500)
      })
    #expect(try message(short.csv(), "orders.csv", ["backtest.cut": "auto"]).contains("span 19 days"))
    #expect(try message(short.csv(), "orders.csv", ["backtest.cut": "off"]).contains("off"))
    let customers = Array("customer_id,age\na,30\nb,40\nc,50\n".utf8)
    #expect(try message(customers, "customers.csv", [:]).contains("orders"))
  }

  @Test("a study too short to go back in says so and goes on")
  func shortStudy() throws {
    let short = RandomShop(
      orders: (0..<90).map {
        RandomShop.Order(
          id: "\($0)", customer: "K\($0 % 30)", day: RandomShop.firstDay.adding(days: $0 / 5),
          cents: 500 + 37 * $0)
      })
    let input = Input(path: "orders.csv", bytes: short.csv())
    let result = try Study(Studies.settings(["clustering.k": "2"])).run([input])
    #expect(result.backtest == nil)
    #expect(result.remarks.contains { $0.hasPrefix("Segments were not tested against") })
    let off = try Study(Studies.settings(["clustering.k": "2", "backtest.cut": "off"])).run([input])
    #expect(off.backtest == nil && !off.remarks.contains { $0.contains("not tested against") })
  }

  @Test("clusters on a column of customers are not tested, because it may know more than the cut")
  func customerColumns() throws {
    let shop = RandomShop(customers: 80, seed: Seed(5))
    let ages = "customer_id,age\n" + (0..<80).map { "K\($0),\(20 + $0 % 50)\n" }.joined()
    let backtest = try study(["features.columns": "age, monetary"]).backtest([
      Input(path: "orders.csv", bytes: shop.csv()),
      Input(path: "customers.csv", bytes: Array(ages.utf8)),
    ]).backtest
    #expect(backtest[Ranking.Method.clusters] == nil)
    #expect(backtest.skipped.contains { $0.method == .clusters && $0.reason.contains("age") })
    #expect(backtest[Ranking.Method.rfmScore] != nil)
  }

  @Test("CDNOW: customers of the papers' calibration, and what methods told of the rest")
  func cdnow() throws {
    let study = try Study(Studies.settings(["backtest.cut": "1997-09-30"]))
    let backtest = try study.backtest([Input(path: Studies.dataset("cdnow/orders.csv"))]).backtest
    #expect(backtest.lastDay == CalendarDay(iso: "1998-06-30") && backtest.days == 273)
    #expect(backtest.newCustomers == 0)
    let gini = try #require(backtest[.rfmScore]?[.gini])
    #expect(gini.value > 0.3 && gini.interval!.low > 0.2)
    #expect(backtest.methods.allSatisfy { $0.gains.count == 101 })
  }
}
