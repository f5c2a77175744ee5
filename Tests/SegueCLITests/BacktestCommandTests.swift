import Foundation
import Testing

@Suite("segue backtest", .enabled(if: Command.isBuilt, "segue was not built"))
struct BacktestCommandTests {
  @Test("text for people, a row per method and group, and every figure as JSON")
  func formats() throws {
    let folder = try Folder()
    let orders = Package.dataset("cdnow/orders.csv")
    let text = try Command.run(["backtest", orders, "--cut", "1997-09-30", "--k", "3"], in: folder.url)
    #expect(text.status == 0)
    #expect(text.text.hasPrefix("On 30 Sep 1997, 2,357 customers were known. In the 273 days to 30 Jun 1998"))
    let csv = try Command.run(
      ["backtest", orders, "--cut", "1997-09-30", "--k", "3", "--format", "csv"], in: folder.url)
    let rows = csv.text.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows[0].prefix(3) == ["method", "group", "customers"])
    #expect(rows.dropFirst().filter { $0[1].isEmpty }.allSatisfy { $0[2] == "2357" })
    #expect(rows.contains { $0[0] == "rfmSegments" && $0[1] == "Champions" })
    #expect(csv.remarks.contains("What RFM segments did next"))
    let json = try Command.run(
      ["backtest", orders, "--cut", "1997-09-30", "--k", "3", "--format", "json", "--quiet"], in: folder.url)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
    let backtest = try #require(document["backtest"] as? [String: Any])
    #expect(backtest["cut"] as? String == "1997-09-30" && backtest["customers"] as? Int == 2_357)
    #expect(json.remarks.isEmpty)
  }

  @Test(
    "a day that leaves nothing to test on, and none at all, are refused with what to say instead",
    arguments: [("1999-01-01", 65), ("1990-01-01", 65), ("off", 64), ("soon", 64)] as [(String, Int32)])
  func refusals(day: String, status: Int32) throws {
    let folder = try Folder()
    let outcome = try Command.run(
      ["backtest", Package.dataset("cdnow/orders.csv"), "--cut", day], in: folder.url)
    #expect(outcome.status == status)
    #expect(outcome.text.isEmpty && outcome.remarks.contains("hint: "))
  }
}
