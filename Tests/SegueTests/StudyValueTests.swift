import Foundation
import Segue
import SegueTestSupport
import Testing

@Suite("Value in a study")
struct StudyValueTests {
  @Test("segments add up to what is expected of everybody, and the customers do too")
  func sums() throws {
    let result = try Studies.cdnow.get()
    let value = try #require(result.value)
    let profile = try #require(result.profile.value)
    #expect(value.purchases.count == result.customerIDs.count)
    let clv = try #require(value.model.clv?.values)
    let total = try #require(profile.totals.clv)
    #expect((clv.reduce(0, +) / total.total - 1).magnitude < 1e-9)
    let segments = result.profile.segments.compactMap(\.value)
    #expect(segments.count == result.profile.segments.count)
    #expect((segments.compactMap { $0.clv?.total }.reduce(0, +) / total.total - 1).magnitude < 1e-9)
    #expect((segments.compactMap(\.clvShare).reduce(0, +) - 1).magnitude < 1e-9)
    for segment in segments {
      let interval = try #require(segment.clv?.totalInterval)
      #expect(interval.low < segment.clv!.total && segment.clv!.total < interval.high)
    }
    let test = try #require(profile.holdout)
    #expect((test.expectedOrders / test.actualOrders - 1).magnitude < 0.1)
  }

  @Test("the segments table carries the figures of segue clv behind those of RFM")
  func columns() throws {
    let result = try Studies.cdnow.get()
    let lines = try file("segments.csv", of: result).split(separator: "\r\n").map(String.init)
    #expect(
      lines[0].hasSuffix(
        ",rfm_segment,lifecycle,p_alive,expected_orders,expected_orders_low,expected_orders_high,clv,clv_low,clv_high"
      ))
    let clv = try Study().clv([Input(path: Studies.dataset("cdnow/orders.csv"))])
    let other = String(decoding: try clv.csv(), as: UTF8.self).split(separator: "\r\n").map(String.init)
    #expect(lines.count == other.count)
    for (line, row) in zip(lines, other).dropFirst() {
      let (cells, figures) = (line.split(separator: ",").suffix(7), row.split(separator: ",").suffix(3))
      #expect(Array(cells.suffix(3)) == Array(figures), "\(line)")
      #expect(row.contains(",\(cells.first!),"))
    }
  }

  @Test("model, parameters and test stand in the files for programs")
  func files() throws {
    struct Model: Decodable {
      struct Value: Decodable {
        var model: String
        var parameters: [String: Double]
        var spendParameters: [String: Double]
        var horizonDays: Int
      }
      var value: Value
    }
    struct Segments: Decodable {
      struct Value: Decodable {
        struct Test: Decodable { var splitDay: String }
        var model: String
        var parameters: [String: Double]
        var logLikelihood: Double
        var holdout: Test
      }
      var value: Value
    }
    let result = try Studies.cdnow.get()
    let fit = try #require(result.value?.model.fit)
    let model = try JSONDecoder().decode(Model.self, from: Data(file("model.json", of: result).utf8)).value
    for parameter in fit.parameters { #expect(model.parameters[parameter.name] == parameter.value) }
    #expect(Set(model.spendParameters.keys) == ["p", "q", "v"] && model.horizonDays == 365)
    let segments = try JSONDecoder().decode(
      Segments.self, from: Data(file("segments.json", of: result).utf8)
    ).value
    #expect(segments.logLikelihood == fit.logLikelihood && segments.model == model.model)
    #expect(segments.holdout.splitDay == "1997-12-31")
  }

  @Test("the report has a section on value, and a tile at its head")
  func report() throws {
    let html = try file("report.html", of: Studies.cdnow.get())
    for text in ["<section id=\"value\"", "expected in the next 365 days", "Did it foretell what came?"] {
      let isThere = html.contains(text)
      #expect(isThere, "\(text)")
    }
  }

  @Test("a study whose orders tell nothing of the next ones says so and does not fail")
  func oneTime() throws {
    let rows = (0..<60).map { "c\($0),2024-0\($0 % 6 + 1)-\(10 + $0 % 17),\(5 + $0 * $0 % 90)" }
    let csv = (["customer_id,order_date,amount"] + rows).joined(separator: "\n") + "\n"
    let result = try Study(Studies.settings(["clustering.k": "2"])).run([
      Input(path: "orders.csv", bytes: Array(csv.utf8))
    ])
    #expect(result.value == nil && result.profile.value == nil)
    #expect(
      result.remarks.contains {
        $0.hasPrefix("What customers will be worth is not foretold: none of 60 customers ordered again")
      })
    let html = try file("report.html", of: result)
    let isThere = html.contains("id=\"value\"")
    #expect(!isThere)
    #expect(try file("segments.csv", of: result).contains("rfm_segment,lifecycle\r\n"))
  }

  @Test("a day for the test that does not fit costs the study the test, not the value")
  func misfit() throws {
    let settings = try Studies.settings(["value.holdout": "2030-01-01", "clustering.k": "3"])
    let result = try Study(settings).run([Input(path: Studies.dataset("cdnow/orders.csv"))])
    let value = try #require(result.profile.value)
    #expect(value.holdout == nil)
    #expect(value.remarks.contains { $0.hasPrefix("The model could not be tested on a part of the data: ") })
  }

  @Test("the order of rows does not show in what is expected", arguments: [Seed(4)])
  func shuffled(seed: Seed) throws {
    let path = Studies.dataset("cdnow/orders.csv")
    var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let header = lines.removeFirst()
    let text = ([header] + lines.shuffled(seed)).joined(separator: "\n") + "\n"
    let sorted = try Study().clv([Input(path: path)])
    let mixed = try Study().clv([Input(path: path, bytes: Array(text.utf8))])
    #expect(try mixed.csv() == sorted.csv())
  }
}
