import Foundation
import Testing

/// `segue clv` as it is run: published figures, the shape of what it prints, and what it says when it cannot.
@Suite("segue clv", .enabled(if: Command.isBuilt, "segue was not built"))
struct CLVTests {
  private static let cdnow = ["clv", Package.dataset("cdnow/orders.csv"), "--as-of", "1997-09-30"]

  private struct Result: Decodable {
    struct Fit: Decodable {
      struct Convergence: Decodable {
        var isConverged: Bool
        var iterations: Int
        var gradient: Double?
      }
      var parameters: [String: Double]
      var standardErrors: [String: Double?]
      var logLikelihood: Double
      var convergence: Convergence
    }
    struct Alternative: Decodable {
      var model: String
      var fit: Fit
    }
    struct Settings: Decodable {
      var asOf: String
      var horizonDays: Int
      var discount: Double
      var margin: Double
      var unitDays: Double
    }
    struct Test: Decodable {
      var splitDay: String
      var endDay: String
      var actualOrders: Double
      var expectedOrders: Double
    }
    struct Customer: Decodable {
      var id: String
      var frequency: Int
      var recency: Double
      var age: Double
      var meanOrderValue: Double?
      var pAlive: Double
      var pAliveInterval: [Double]?
      var expectedOrders: Double
      var expectedOrdersInterval: [Double]?
      var ordersFewest: Int
      var ordersMost: Int
      var expectedOrderValue: Double?
      var expectedOrderValueInterval: [Double]?
      var clv: Double?
      var clvInterval: [Double]?
    }
    var model: String
    var parameters: [String: Double]
    var standardErrors: [String: Double?]
    var logLikelihood: Double
    var convergence: Fit.Convergence
    var alternative: Alternative?
    var spend: Fit?
    var settings: Settings
    var holdout: Test?
    var warnings: [String]
    var remarks: [String]
    var customers: [Customer]
  }

  /// In a folder of its own, which is there as long as the program runs.
  private static func run(_ arguments: [String]) throws -> Command.Outcome {
    let folder = try Folder()
    return try withExtendedLifetime(folder) { try Command.run(arguments, in: folder.url) }
  }

  private static func result(_ arguments: [String]) throws -> Result {
    let outcome = try CLVTests.run(arguments + ["--format", "json", "--quiet"])
    #expect(outcome.status == 0, "\(outcome.remarks)")
    return try outcome.json(Result.self)
  }

  private func near(_ a: Double?, _ b: Double, _ tolerance: Double) -> Bool {
    a.map { ($0 - b).magnitude <= tolerance * max(1e-3, b.magnitude) } ?? false
  }

  @Test(
    "meets the published fits and customers of CDNOW",
    .enabled(if: Package.hasShared("reference/btyd_recomputed.json"), "the reference data is absent"),
    arguments: ["bgnbd", "paretonbd"])
  func published(model: String) throws {
    let reference = try BTYDReference.load()
    let name = model == "bgnbd" ? "bgnbd" : "pnbd"
    let fit = try #require(reference.mle_exact_log.orders[name])
    // 52 weeks, as the reference looks ahead.
    let found = try CLVTests.result(CLVTests.cdnow + ["--value-model", model, "--horizon-days", "364"])
    #expect(found.model == model && found.convergence.isConverged)
    #expect(found.logLikelihood >= fit.ll - 1e-4 && found.logLikelihood < fit.ll + 1e-3)
    for (parameter, value) in fit.params {
      #expect(near(found.parameters[parameter], value, 1e-4), "\(parameter)")
      #expect(
        near(found.standardErrors[parameter] ?? nil, fit.standard_errors[parameter]!, 1e-3), "\(parameter)")
    }
    for (parameter, value) in reference.mle_exact_log.gamma_gamma.params {
      #expect(near(found.spend?.parameters[parameter], value, 1e-4), "\(parameter)")
    }
    #expect(found.customers.count == 2_357)
    #expect(found.customers.reduce(0) { $0 + $1.frequency } == 2_457)
    // The papers number customers in the order of the file.
    let rows = try String(contentsOfFile: Package.dataset("cdnow/orders.csv"), encoding: .utf8).split(
      separator: "\n")
    var ids: [String] = []
    for row in rows.dropFirst() {
      let id = String(row.prefix { $0 != "," })
      if ids.last != id { ids.append(id) }
    }
    let customers = Dictionary(uniqueKeysWithValues: found.customers.map { ($0.id, $0) })
    for (number, expected) in reference.customers {
      let place = try #require(Int(number))
      let customer = try #require(customers[ids[place - 1]])
      let own = try #require(name == "bgnbd" ? expected.bgnbd : expected.pnbd)
      // The reference was given weeks of two decimals.
      #expect((customer.pAlive - own.p_alive).magnitude < 1e-3, "\(number)")
      #expect(near(customer.expectedOrders, own.cet52, 2e-3), "\(number)")
      #expect(near(customer.expectedOrderValue, expected.expected_mean_spend, 1e-3), "\(number)")
    }
  }

  @Test("by default takes the likelier model, shows the other, and tests itself on what came later")
  func standard() throws {
    let found = try CLVTests.result(CLVTests.cdnow)
    #expect(found.model == "bgnbd" && found.alternative?.model == "paretonbd")
    #expect(found.logLikelihood > (found.alternative?.fit.logLikelihood ?? 0))
    #expect(found.settings.asOf == "1997-09-30" && found.settings.horizonDays == 365)
    #expect(found.settings.unitDays == 7 && found.settings.discount == 0.1 && found.settings.margin == 1)
    let test = try #require(found.holdout)
    #expect(test.splitDay == "1997-07-02" && test.endDay == "1997-09-30")
    #expect((test.expectedOrders / test.actualOrders - 1).magnitude < 0.05)
    #expect(try CLVTests.result(CLVTests.cdnow + ["--holdout", "off"]).holdout == nil)
    let named = try CLVTests.result(CLVTests.cdnow + ["--holdout", "1997-08-01"])
    #expect(named.holdout?.splitDay == "1997-07-31")
  }

  @Test("every customer's figures hang together, and money scales with the margin")
  func laws() throws {
    let all = try CLVTests.result(CLVTests.cdnow + ["--discount", "0"])
    let half = try CLVTests.result(CLVTests.cdnow + ["--discount", "0", "--margin", "0.5"])
    for (customer, other) in zip(all.customers, half.customers) {
      let (alive, orders) = (customer.pAlive, customer.expectedOrders)
      #expect(alive >= 0 && alive <= 1 && (customer.frequency > 0 || alive == 1))
      for (figure, interval) in [
        (alive, customer.pAliveInterval), (orders, customer.expectedOrdersInterval),
        (customer.expectedOrderValue ?? -1, customer.expectedOrderValueInterval),
        (customer.clv ?? -1, customer.clvInterval),
      ] {
        let interval = try #require(interval)
        #expect(interval[0] <= figure && figure <= interval[1])
      }
      #expect(customer.ordersFewest <= customer.ordersMost)
      #expect((customer.meanOrderValue == nil) == (customer.frequency == 0))
      #expect(near(customer.clv, orders * (customer.expectedOrderValue ?? 0), 1e-8))
      #expect(near(other.clv, (customer.clv ?? 0) / 2, 1e-8))
      #expect(customer.recency <= customer.age)
    }
  }

  @Test("the table has a row per customer, the figures of the JSON, and empty cells for what is not known")
  func table() throws {
    let outcome = try CLVTests.run(CLVTests.cdnow + ["--quiet"])
    let lines = outcome.text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(
      lines[0]
        == "customer_id,btyd_frequency,btyd_recency,btyd_age,mean_order_value,p_alive,p_alive_low,p_alive_high,"
        + "expected_orders,expected_orders_low,expected_orders_high,orders_fewest,orders_most,expected_order_value,"
        + "expected_order_value_low,expected_order_value_high,clv,clv_low,clv_high")
    let customers = try CLVTests.result(CLVTests.cdnow).customers
    #expect(lines.count == customers.count + 2 && lines.last == "")
    for (line, customer) in zip(lines.dropFirst(), customers) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      #expect(cells.count == 19)
      #expect(cells[0] == customer.id && Int(cells[1]) == customer.frequency)
      #expect(Double(cells[4]) == customer.meanOrderValue)
      #expect(Double(cells[5]) == customer.pAlive && Double(cells[8]) == customer.expectedOrders)
      #expect(Double(cells[16]) == customer.clv && Double(cells[17]) == customer.clvInterval?[0])
      #expect(cells.allSatisfy { $0.count <= 16 }, "\(line)")
    }
  }

  @Test("one thread and two print the same bytes", arguments: ["csv", "json"])
  func threads(format: String) throws {
    let folder = try Folder()
    let outputs = try ["1", "2"].map {
      try Command.run(CLVTests.cdnow + ["--format", format, "--threads", $0], in: folder.url).output
    }
    #expect(!outputs[0].isEmpty && outputs[0] == outputs[1])
  }

  @Test("months, quarters and years are counted by the calendar", arguments: ["month", "quarter", "year"])
  func periods(period: String) throws {
    // From January 2020 on, on the first of each period that is used.
    let months = ["month": 1, "quarter": 3, "year": 12][period]!
    var rows = ["customer_id,order_date,amount"]
    for customer in 0..<60 {
      for index in 0..<(2 + customer % 9) where index == 0 || (customer + index * index) % 3 > 0 {
        let month = index * months
        let day = String(format: "%d-%02d-01", 2_020 + month / 12, month % 12 + 1)
        rows.append("c\(100 + customer),\(day),\(10 + customer % 5)")
      }
    }
    let folder = try Folder()
    try folder.write(rows.joined(separator: "\n") + "\n", "orders.csv")
    let end = 10 * months
    let last = String(format: "%d-%02d-01", 2_020 + end / 12, end % 12 + 1)
    let outcome = try Command.run(
      [
        "clv", "orders.csv", "--value-model", "bgbb", "--period", period, "--as-of", last, "--holdout", "off",
        "--format", "json",
      ], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.remarks)")
    let found = try outcome.json(Result.self)
    #expect(found.model == "bgbb")
    for (customer, own) in found.customers.enumerated() {
      let used = (1..<(2 + customer % 9)).filter { (customer + $0 * $0) % 3 > 0 }
      #expect(own.frequency == used.count, "\(own.id)")
      #expect(own.recency == Double(used.last ?? 0) && own.age == 9, "\(own.id)")
    }
  }

  @Test("orders that cost nothing are foretold without money, and it says so")
  func free() throws {
    let folder = try Folder()
    let text = try String(contentsOfFile: Package.dataset("cdnow/orders.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").prefix(2_001).enumerated().map { index, row in
      index == 0 ? String(row) : row.split(separator: ",").dropLast().joined(separator: ",") + ",0"
    }
    try folder.write(rows.joined(separator: "\n") + "\n", "orders.csv")
    let outcome = try Command.run(["clv", "orders.csv"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(
      outcome.remarks.contains("No order values and no lifetime values are given"), "\(outcome.remarks)")
    let first = outcome.text.split(separator: "\r\n")[1]
    #expect(first.hasSuffix(",,,,,,"))
  }

  @Test("a shop that nobody is seen to leave is forecast without dropout, and says so")
  func noDropout() throws {
    let arguments = ["clv", Package.lumen[0], "--on-bad-row", "skip", "--value-model", "bgnbd"]
    let found = try CLVTests.result(arguments)
    #expect(found.convergence.isConverged)
    #expect(found.remarks.contains { $0.hasPrefix("BG/NBD sees no dropout in these orders") })
    #expect((found.standardErrors["r"] ?? nil) != nil && (found.standardErrors["a"] ?? nil) == nil)
    #expect(found.customers.allSatisfy { $0.clvInterval != nil && ($0.clv ?? .nan).isFinite })
  }

  @Test("refunds lower what customers are expected to spend, and whoever got all back is counted")
  func refunds() throws {
    let folder = try Folder()
    let text = try String(contentsOfFile: Package.dataset("cdnow/orders.csv"), encoding: .utf8)
    try folder.write(text, "orders.csv")
    var refunded = text
    // Half of all that the first customer paid, and all that the second did.
    refunded += "00004,1998-06-30,1,-50.25\n00021,1998-06-30,1,-75.11\n"
    try folder.write(refunded, "refunded.csv")
    let before = try Command.run(["clv", "orders.csv", "--format", "json"], in: folder.url).json(Result.self)
    let outcome = try Command.run(["clv", "refunded.csv", "--format", "json"], in: folder.url)
    let after = try outcome.json(Result.self)
    #expect(near(after.customers[0].meanOrderValue, (before.customers[0].meanOrderValue ?? 0) / 2, 1e-9))
    #expect(after.customers[0].frequency == before.customers[0].frequency)
    #expect(outcome.remarks.contains("spent nothing in all or got all of it back"))
  }
}

private struct BTYDReference: Decodable {
  struct Fit: Decodable {
    var params: [String: Double]
    var ll: Double
    var standard_errors: [String: Double]
  }
  struct Fits: Decodable {
    var bgnbd: Fit
    var pnbd: Fit
    var gamma_gamma: Fit

    var orders: [String: Fit] { ["bgnbd": bgnbd, "pnbd": pnbd] }
  }
  struct Customer: Decodable {
    struct Model: Decodable {
      var p_alive: Double
      var cet52: Double
    }
    var bgnbd: Model?
    var pnbd: Model?
    var expected_mean_spend: Double
  }

  var mle_exact_log: Fits
  var customers_rounded_summary_lifetimes: [String: Customer]

  var customers: [(String, Customer)] {
    customers_rounded_summary_lifetimes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  static func load() throws -> BTYDReference {
    try JSONDecoder().decode(
      self, from: Data(contentsOf: Package.shared("reference/btyd_recomputed.json")))
  }
}
