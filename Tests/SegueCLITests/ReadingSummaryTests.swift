import Foundation
import Testing

@Suite("What is said of the reading", .enabled(if: Command.isBuilt, "segue was not built"))
struct ReadingSummaryTests {
  private struct Document: Decodable {
    struct Ledger: Decodable {
      struct Line: Decodable {
        var reason: String
        var rows: Int
      }
      struct File: Decodable {
        var file: String
        var rowsIn: Int
        var rowsUsed: Int
        var moneyIn: StudyCheck.Money
        var moneyUsed: StudyCheck.Money
        var setAside: [Line]
      }
      var files: [File]
    }
    var ledger: Ledger
    var remarks: [String]
  }

  private func run(_ line: String, _ folder: Folder) throws -> Command.Outcome {
    try Command.run(line.split(separator: " ").map(String.init), in: folder.url)
  }

  /// With ids that rise the totals answer, with ids out of order the table does.
  @Test(
    "rfm and features account for every row and cent",
    arguments: [["1", "2", "3", "4"], ["3", "1", "2", "4"]])
  func account(ids: [String]) throws {
    let folder = try Folder()
    let rows = zip(ids, ["a,2024-01-01,10", "b,2024-01-02,20", "c,2024-02-09,1.5", ",2024-02-10,7"])
    try folder.write(
      "order_id,customer_id,order_date,amount\n" + rows.map { "\($0),\($1)\n" }.joined(), "orders.csv")
    let line = "rows in: 4 (38.50), used: 3 (31.50); set aside: 1 "
    let table = try run("rfm orders.csv", folder)
    #expect(table.status == 0)
    #expect(table.remarks.hasPrefix(line), "\(table.remarks)")
    #expect(try run("features orders.csv", folder).remarks.hasPrefix(line))
    #expect(try run("rfm orders.csv --quiet", folder).remarks.isEmpty)
    #expect(try run("features orders.csv --quiet", folder).remarks.isEmpty)

    let json = try run("rfm \(folder.file("orders.csv").path) --format json", folder).json(Document.self)
    let file = try #require(json.ledger.files.first)
    #expect(json.ledger.files.count == 1 && file.file == "orders.csv")
    #expect(file.rowsIn == 4 && file.rowsUsed == 3)
    #expect(file.moneyIn.value == Decimal(string: "38.5") && file.moneyUsed.value == Decimal(string: "31.5"))
    #expect(file.setAside.map(\.rows) == [1])
    for remark in json.remarks { #expect(table.remarks.contains("note: \(remark)")) }
  }

  @Test("cluster counts the rows it leaves out")
  func leftOut() throws {
    let folder = try Folder()
    try folder.write(
      "height,width\n"
        + (0..<40).map { "\($0 % 2 * 100 + $0),\($0 == 7 || $0 == 9 ? "wide" : "\($0)")\n" }
        .joined(), "table.csv")
    let flags = "cluster table.csv --features height,width --k 2"
    #expect(try run(flags, folder).status == 65)
    let outcome = try run("\(flags) --on-bad-row skip --format json", folder)
    #expect(outcome.status == 0)
    #expect(
      outcome.remarks.contains("note: 2 of 40 rows left out: a cell is no number"), "\(outcome.remarks)")
    struct Clusters: Decodable {
      var rowsIn: Int
      var rowsUsed: Int
      var remarks: [String]
    }
    let found = try outcome.json(Clusters.self)
    #expect(found.rowsIn == 40 && found.rowsUsed == 38)
    #expect(found.remarks.contains { $0.hasPrefix("2 of 40 rows left out") })
  }

  @Test("a guess is told with the flag that changes it, and no longer once the flag is given")
  func guesses() throws {
    let folder = try Folder()
    try folder.write(
      "order_id,customer_id,order_date,spend\n"
        + (0..<30).map { "\($0 + 1),K\($0 % 9),2024-01-\(10 + $0 % 20),\($0 * 3 + 7).50\n" }.joined(),
      "orders.csv")
    for command in ["rfm orders.csv", "features orders.csv", "run orders.csv --k 2"] {
      let outcome = try run(command, folder)
      #expect(outcome.status == 0)
      let notes = outcome.remarks.split(separator: "\n").filter { $0.contains("is taken from \"spend\" (") }
      #expect(notes.count == 1, "\(command): \(outcome.remarks)")
      #expect(notes.first?.hasSuffix("to change it: --column orders.csv:amount=HEADER") == true)
      let told = try run("\(command) --column amount=spend", folder)
      #expect(!told.remarks.contains("\"spend\""))
    }
  }
}
