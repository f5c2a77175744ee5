import Foundation
import Segue
import SegueTestSupport
import Testing

/// Data that is hardly any: an answer or an error to act on, never a trap.
@Suite("Tiny studies")
struct TinyStudyTests {
  private func run(_ shop: RandomShop, _ values: [String: String] = [:]) throws -> StudyResult {
    try Study(Studies.settings(values)).run([Input(path: "orders.csv", bytes: shop.csv())])
  }

  private func alike(_ count: Int) -> RandomShop {
    RandomShop(
      orders: (0..<count).map {
        RandomShop.Order(id: "\($0)", customer: "K\($0)", day: RandomShop.firstDay, cents: 1_000)
      })
  }

  private func refused(_ shop: RandomShop, _ values: [String: String] = [:]) throws -> Diagnostic {
    let error = #expect(throws: SegueError.self) { try run(shop, values) }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.code.contains("."))
    #expect(!(diagnostic.hint ?? "").isEmpty, "\(diagnostic)")
    return diagnostic
  }

  @Test("one customer", arguments: [[:], ["clustering.k": "2"]])
  func one(values: [String: String]) throws {
    _ = try refused(RandomShop(customers: 1, seed: Seed(1)), values)
  }

  @Test("two customers are too few to find segments in, and two segments if asked for")
  func two() throws {
    let shop = RandomShop(customers: 2, seed: Seed(1))
    #expect(try refused(shop).code == "study.tooFew")
    let result = try run(shop, ["clustering.k": "2"])
    #expect(result.profile.segments.map(\.segment.customers) == [1, 1])
    #expect(result.personas.allSatisfy { !$0.isDescribed })
    #expect(try !result.folder().files.isEmpty)
  }

  @Test("customers who are all alike", arguments: [2, 30])
  func equal(count: Int) throws {
    _ = try refused(alike(count))
    _ = try refused(alike(count), ["clustering.k": "2"])
  }

  @Test("more segments than customers, or than different customers")
  func tooMany() throws {
    _ = try refused(RandomShop(customers: 5, seed: Seed(2)), ["clustering.k": "6"])
    var shop = alike(30)
    shop.orders[0].cents = 9_000
    #expect(try refused(shop, ["clustering.k": "5"]).code == "kmeans.distinct")
  }

  @Test("as many segments as customers, and other small numbers", arguments: 3...12)
  func small(customers: Int) throws {
    let shop = RandomShop(customers: customers, seed: Seed(UInt64(customers)))
    for k in [2, 3, customers] {
      do {
        let result = try run(shop, ["clustering.k": String(k)])
        #expect(result.profile.segments.count == k)
        #expect(try !result.folder().files.isEmpty)
      } catch let error as SegueError {
        #expect(error.diagnostics.allSatisfy { $0.hint != nil })
      }
    }
  }

  @Test("settings that do not fit each other are refused before reading")
  func settings() throws {
    let error = #expect(throws: SegueError.self) {
      try Study(Studies.settings(["rfm.bins": "4"])).run([Input(path: "/nowhere.csv")])
    }
    #expect(error?.diagnostics.map(\.code) == ["rfm.segments"])
    let result = try run(RandomShop(customers: 30, seed: Seed(3)), ["rfm.bins": "4", "rfm.segments": "none"])
    #expect(result.scores?.bins == 4)
  }

  @Test("odd money: all of it given back, or more", arguments: [0, 700])
  func negative(extra: Int) throws {
    var shop = RandomShop(customers: 40, seed: Seed(4))
    for order in shop.orders {
      shop.orders.append(
        RandomShop.Order(
          id: "r\(order.id)", customer: order.customer, day: order.day, cents: -order.cents - extra))
    }
    let result = try run(shop, ["clustering.k": "3"])
    for (name, bytes) in try result.folder().files {
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      #expect(!text.contains("nan%") && !text.contains(": nan") && !text.contains(">nan"), "\(name)")
      #expect(!text.contains("-£0") && !text.contains("-0%"), "\(name)")
    }
  }

  @Test("the summary of RFM counts orders and money, whatever frequency and monetary are")
  func rfmSummary() throws {
    let shop = RandomShop(customers: 50, seed: Seed(5))
    let input = [Input(path: "orders.csv", bytes: shop.csv())]
    let file = try Study(Studies.settings(["rfm.monetary": "mean", "rfm.frequency": "orderDays"])).rfm(input)
    let text = try String(decoding: file.json(), as: UTF8.self)
    let summary = try JSONDecoder().decode(Summary.self, from: Data(text.utf8))
    #expect(summary.segments.reduce(0) { $0 + $1.customers } == 50)
    #expect(summary.segments.reduce(0) { $0 + $1.orders } == shop.orders.count)
    let cents = shop.orders.reduce(0) { $0 + $1.cents }
    #expect((summary.segments.reduce(0) { $0 + $1.revenue } - Double(cents) / 100).magnitude < 1e-6)
  }

  private struct Summary: Decodable {
    struct Segment: Decodable {
      var customers: Int
      var orders: Int
      var revenue: Double
    }

    var segments: [Segment]
  }
}
