import Foundation
import Segue
import SegueTestSupport
import Testing

/// Nothing that names a person stands in what people pass on, wherever it stood in the input.
@Suite("Direct identifiers")
struct IdentifierAuditTests {
  /// Files that hold a row per customer or the rows themselves.
  private static let forOneself: Set = ["segments.csv", "rejects.csv"]

  private static func person(_ row: Int) -> String { "p\(row)@planted.example" }

  private static func phone(_ row: Int) -> String { "+44 20 7946 \(1000 + row)" }

  private func input(_ name: String, _ header: String, _ rows: [String]) -> Input {
    Input(path: name, bytes: Array(([header] + rows).joined(separator: "\n").utf8) + [10])
  }

  /// Two kinds of customers, each known by an address; every column that can hold a stranger's does.
  private func inputs(ids: (Int) -> String) -> [Input] {
    var orders: [String] = []
    var events: [String] = []
    var feedback: [String] = []
    var customers: [String] = []
    for row in 0..<120 {
      let id = ids(row)
      let isLoyal = row < 60
      for order in 0..<(isLoyal ? 8 : 2) {
        let day = String(format: "2024-%02d-%02d", 1 + order, 1 + row % 27)
        // The same stranger in many orders, so that the level is no rarity.
        let product = order == 0 ? "Voucher for \(Self.person(500))" : row % 2 == 0 ? "Tea" : "Cups"
        let category = order == 1 && isLoyal ? Self.phone(7) : isLoyal ? "Food" : "Kitchen"
        orders.append(
          "o\(row)-\(order),\(id),\(day),\(isLoyal ? 40 + row % 7 : 9 + row % 5),\(product),\(category),"
            + (order == 0 ? "mail to \(Self.person(501))" : "web"))
      }
      for (step, event) in ["visit", "add_to_cart", "purchase", "call \(Self.phone(8))"].enumerated() {
        events.append(
          "\(id),2024-03-\(String(format: "%02d", 1 + row % 20)) 1\(step):00:00,\(event),"
            + (isLoyal ? "newsletter \(Self.person(502))" : "search"))
      }
      feedback.append("\(id),2024-03-25,\(isLoyal ? 9 : 4),NPS,please write to \(Self.person(503)) or \(id)")
      customers.append(
        "\(id),Planted Person\(row),\(Self.person(row)),\(Self.phone(row)),\(isLoyal ? "gold" : "none"),"
          + "\(ids(isLoyal ? 3 : 70)),\(isLoyal ? Self.person(504) : "press"),\(20 + row % 50)")
    }
    return [
      input("orders.csv", "order_id,customer_id,order_date,amount,product,category,channel", orders),
      input("events.csv", "customer_id,timestamp,event,channel", events),
      input("feedback.csv", "customer_id,date,score,metric,comment", feedback),
      input(
        "customers.csv", "customer_id,full_name,email,phone,tier,referred_by,source_detail,age", customers),
    ]
  }

  private func leaks(_ result: StudyResult, _ ids: (Int) -> String) throws -> [String] {
    var planted: [String] = ["planted.example", "20 7946", "Planted Person", "Planted person"]
    planted += (0..<120).map(ids)
    return try result.folder().files.filter { !Self.forOneself.contains($0.name) }.flatMap { file in
      let text = String(decoding: file.bytes, as: UTF8.self)
      return planted.filter { text.contains($0) }.prefix(3).map { word in
        let place = text.range(of: word)!
        let from = text.index(place.lowerBound, offsetBy: -60, limitedBy: text.startIndex) ?? text.startIndex
        return "\(file.name): …\(text[from..<place.upperBound])"
      }
    }
  }

  @Test("ids that are addresses, and strangers in any other column, reach no file that is passed on")
  func addresses() throws {
    let result = try Study(Studies.settings(["ingest.onBadRow": "skip", "clustering.k": "2"]))
      .run(inputs(ids: Self.person))
    #expect(result.profile.customers == 120)
    let found = try leaks(result, Self.person)
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    // It was there to be found.
    #expect(try file("segments.csv", of: result).contains("planted.example"))
    #expect(try file("manifest.json", of: result).contains("customers.csv: email"))
  }

  @Test("ids of customers do not either, as levels of a column that names other customers or by themselves")
  func ids() throws {
    let id = { (row: Int) in "KD-\(4_000 + row)" }
    let result = try Study(
      Studies.settings(["ingest.onBadRow": "skip", "clustering.k": "2", "features.columns": "all"])
    ).run(inputs(ids: id))
    let found = try leaks(result, id)
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test("tables of customers alone keep addresses and ids out as well")
  func tables() throws {
    let id = { (row: Int) in "KD-\(4_000 + row)" }
    let result = try Study(Studies.settings(["ingest.onBadRow": "skip", "clustering.k": "2"]))
      .run([inputs(ids: id)[3]])
    let found = try leaks(result, id)
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    #expect(result.profile.segments.allSatisfy { !$0.segment.name.contains("KD-") })
  }
}
