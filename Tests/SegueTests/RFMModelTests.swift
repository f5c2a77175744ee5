import Foundation
import Segue
import SegueTestSupport
import Testing

@Suite("Scores of a study and its model")
struct RFMModelTests {
  private func input(_ shop: RandomShop) -> Input { Input(path: "orders.csv", bytes: shop.csv()) }

  private struct Model: Decodable { var rfm: RFMModel }

  @Test(
    "the model holds every definition and scores the same customers alike",
    arguments: [
      ["rfm.recency": "cadence"], ["rfm.binning": "nested", "rfm.window": "150"],
      ["rfm.binning": "natural", "rfm.frequency": "orderDays"],
      ["rfm.cuts": "recency=20,40,80,160", "rfm.binning": "rfmPackage", "rfm.monetary": "mean"],
      ["rfm.bins": "3", "rfm.segments": "klaviyo", "rfm.asOf": "2024-06-30"],
    ])
  func saved(settings: [String: String]) throws {
    let shop = RandomShop(customers: 60, seed: Seed(4))
    var values = settings
    values["clustering.k"] = "2"
    let result = try Study(Studies.settings(values)).run([input(shop)])
    let model = try JSONDecoder().decode(Model.self, from: Data(file("model.json", of: result).utf8)).rfm
    let scores = try #require(result.scores)
    #expect(model.cutPoints == scores.cutPoints)
    let options = model.options
    #expect(options.diagnostics == [] && options.asOf == result.asOf)
    #expect(options.cuts == result.options.rfm.cuts && options.window == result.options.rfm.window)
    let again = try Study(Studies.settings(settings)).rfm([input(shop)])
    let reused = try RFMScores(again.rfm, cutPoints: model.cutPoints, options)
    #expect(reused.recency == scores.recency && reused.frequency == scores.frequency)
    #expect(reused.monetary == scores.monetary && Array(reused.segments) == Array(scores.segments))
  }

  @Test("cadence stands beside days in the table where scores go by it, and nowhere else")
  func column() throws {
    let shop = RandomShop(customers: 30, seed: Seed(2))
    let days = try Study().rfm([input(shop)])
    let cadence = try Study(Studies.settings(["rfm.recency": "cadence"])).rfm([input(shop)])
    func lines(_ file: RFMFile) throws -> [[Substring]] {
      String(decoding: try file.csv(), as: UTF8.self).split(separator: "\r\n").map {
        $0.split(separator: ",")
      }
    }
    let (plain, wide) = try (lines(days), lines(cadence))
    #expect(plain[0].prefix(3) == ["customer_id", "recency_days", "frequency"])
    #expect(wide[0].prefix(4) == ["customer_id", "recency_days", "recency_cadence", "frequency"])
    let gaps = try #require(cadence.rfm.recencyCadence)
    for row in 1..<wide.count {
      #expect(wide[row][..<2] == plain[row][..<2] && wide[row][3] == plain[row][2])
      #expect(wide[row].count == plain[row].count + 1)
      #expect((try #require(Double(wide[row][2])) - gaps[row - 1]).magnitude < 0.000_051)
    }
    let json = try String(decoding: cadence.json(), as: UTF8.self)
    #expect(json.contains("\"recencyCadence\":[") && json.contains("\"recencyCadence\":\(gaps[0])"))
    #expect(try !String(decoding: days.json(), as: UTF8.self).contains("recencyCadence"))
  }
}
