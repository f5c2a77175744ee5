import Foundation
import Segue
import Testing

@Suite("The table of scores")
struct RFMFileTests {
  private struct Table: Decodable {
    struct Segment: Decodable, Equatable {
      var segment: String
      var customers: Int
      var orders: Int
      var revenue: Double
    }
    struct Customer: Decodable {
      var customerId: String
      var recencyDays: Int
      var frequency: Int
      var monetary: Double
      var rfmCode: String
      var rfmSegment: String
    }
    var bins: Int
    var segments: [Segment]
    var customers: [Customer]
  }

  /// Ids and names that CSV and JSON hold dear.
  private let ids = [
    "=1+2", "a\"b", "back\\slash", "semi;colon", "tab\tbed", "ümlaut 😀", "-7", "\u{7F}", "plain",
  ]

  private func file(_ flags: [String: String] = [:]) throws -> RFMFile {
    let rows = ids.enumerated().flatMap { index, id in
      (0...index).map { day in
        "\"\(id.replacing("\"", with: "\"\""))\",2024-01-\(String(day + 10)),\(index * 3 + 1).\(day)5\n"
      }
    }
    let input = Input(
      path: "orders.csv", bytes: Array(("customer_id,order_date,amount\n" + rows.joined()).utf8))
    return try Study(try Studies.settings(flags)).rfm([input])
  }

  @Test("CSV and JSON hold the same rows, whatever ids hold")
  func rows() throws {
    let file = try file()
    let table = try JSONDecoder().decode(Table.self, from: Data(try file.json()))
    #expect(table.customers.map(\.customerId) == Array(file.customerIDs))
    #expect(Set(table.customers.map(\.customerId)) == Set(ids))
    let text = String(decoding: try file.csv(), as: UTF8.self)
    #expect(text.contains("\r\n'=1+2,") && text.contains("\r\n\"a\"\"b\",") && text.contains("\r\n'-7,"))
    let lines = text.components(separatedBy: "\r\n").dropFirst().dropLast()
    for (row, line) in lines.enumerated() {
      let customer = table.customers[row]
      let money = NumberText.fixed(customer.monetary, 2, grouped: false)
      #expect(line.contains(",\(customer.recencyDays),\(customer.frequency),\(money),"))
      #expect(line.hasSuffix(",\(customer.rfmCode),\(customer.rfmSegment)"))
    }
  }

  @Test("keys are sorted, and strings are as the encoder writes them")
  func keys() throws {
    let text = String(decoding: try file().json(), as: UTF8.self)
    #expect(text.hasSuffix("}\n") && text.split(separator: "\n").count == 1)
    for id in ids {
      let quoted = String(decoding: try JSONEncoder().encode(id), as: UTF8.self)
      #expect(text.contains("{\"customerId\":\(quoted),\"fScore\":"))
    }
    let places = [
      "asOf", "binning", "bins", "customers", "cutPoints", "ledger", "remarks", "segments", "warnings",
    ]
    .map { text.range(of: "\"\($0)\":")?.lowerBound }
    #expect(places.allSatisfy { $0 != nil } && places.compactMap { $0 } == places.compactMap { $0 }.sorted())
  }

  @Test("totals of segments are those of their customers")
  func totals() throws {
    let file = try file(["rfm.bins": "3", "rfm.segments": "klaviyo"])
    let table = try JSONDecoder().decode(Table.self, from: Data(try file.json()))
    #expect(table.segments.map(\.segment) == table.segments.map(\.segment).sorted())
    let members = Dictionary(grouping: table.customers, by: \.rfmSegment)
    #expect(Set(table.segments.map(\.segment)) == Set(members.keys))
    for segment in table.segments {
      let mine = try #require(members[segment.segment])
      #expect(segment.customers == mine.count)
      #expect(segment.orders == mine.reduce(0) { $0 + $1.frequency })
      #expect(abs(segment.revenue - mine.reduce(0) { $0 + $1.monetary }) < 1e-9)
    }
  }
}
