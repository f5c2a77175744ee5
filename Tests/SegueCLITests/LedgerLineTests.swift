import Foundation
import Testing

/// The cleaning ledger stands in three places and in the rejects; they must say the same.
@Suite("The ledger in one line", .enabled(if: Command.isBuilt, "segue was not built"))
struct LedgerLineTests {
  private struct Manifest: Decodable {
    struct Line: Decodable {
      var rows: Int
      var money: StudyCheck.Money
    }
    struct File: Decodable {
      var rowsIn: Int
      var rowsUsed: Int
      var moneyIn: StudyCheck.Money
      var moneyUsed: StudyCheck.Money
      var refundedMoney: StudyCheck.Money
      var setAside: [Line]
    }
    struct Ledger: Decodable { var files: [File] }
    var ledger: Ledger
  }

  /// The numbers of a text with their commas taken out, money and rows alike.
  private func numbers(_ text: some StringProtocol) -> [Decimal] {
    String(text).matches(of: /-?[0-9][0-9,]*(?:\.[0-9]+)?/)
      .compactMap { Decimal(string: String($0.output).replacing(",", with: "")) }
  }

  @Test("standard error, manifest, report and rejects account for the same rows and the same money")
  func agreement() throws {
    let folder = try Folder()
    let outcome = try Command.run(StudyFolderTests.lumen + ["--k", "5", "--out", "study"], in: folder.url)
    #expect(outcome.status == 0)
    let line = try #require(outcome.remarks.split(separator: "\n").first)
    let halves = line.split(separator: "; set aside: ")
    try #require(halves.count == 2)
    let head = numbers(halves[0])
    try #require(head.count == 4, "\(line)")

    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: folder.file("study/manifest.json")))
    let files = manifest.ledger.files
    #expect(head[0] == Decimal(files.reduce(0) { $0 + $1.rowsIn }))
    #expect(head[1] == files.reduce(0) { $0 + $1.moneyIn.value })
    #expect(head[2] == Decimal(files.reduce(0) { $0 + $1.rowsUsed }))
    #expect(head[3] == files.reduce(0) { $0 + $1.moneyUsed.value })

    // Every part is rows, with money in brackets where there is any; the last is money alone.
    var (rows, money) = (Decimal(0), Decimal(0))
    for part in halves[1].replacing(", ", with: "\n").split(separator: "\n") {
      let found = numbers(part)
      if part.hasSuffix("refunded") {
        money += found[0]
      } else {
        rows += found[0]
        if found.count > 1 { money += found[1] }
      }
    }
    #expect(rows == head[0] - head[2], "\(line)")
    #expect(money == head[1] - head[3], "\(line)")

    let report = try String(contentsOf: folder.file("study/report.html"), encoding: .utf8)
    let card = try #require(report.range(of: "id=\"set-aside\""))
    let table = report[card.upperBound...].prefix(6_000)
    for figure in halves[0].matches(of: /[0-9][0-9,]*(?:\.[0-9]+)?/) {
      #expect(table.contains(figure.output), "\(figure.output)")
    }
    #expect(table.contains("and so does the money, to the cent"))
    let rejects = try String(contentsOf: folder.file("study/rejects.csv"), encoding: .utf8)
    #expect(Decimal(rejects.components(separatedBy: "\r\n").count - 2) == rows)
  }

  @Test("features prints a row per customer, and why the rest is left out")
  func features() throws {
    let folder = try Folder()
    try folder.write(
      "customer_id,email,age,plan\n"
        + (0..<40).map {
          "K\($0),u\($0)@example.org,\($0 == 3 ? "" : String(20 + $0)),\($0 % 3 == 0 ? "gold" : "tin")\n"
        }
        .joined(), "customers.csv")
    let table = try Command.run(["features", "customers.csv", "--features", "all"], in: folder.url)
    #expect(table.status == 0)
    let lines = table.text.split(whereSeparator: \.isNewline)
    #expect(lines.count == 41 && lines[0] == "customer_id,age,plan=tin")
    #expect(lines.contains("K3,40,0") && lines.contains("K4,24,1"))
    #expect(table.remarks.contains("note: Missing values were filled: age (1, with the median, 40)."))
    let json = try Command.run(["features", "customers.csv", "--format", "json"], in: folder.url)
    #expect(json.text.contains("\"reason\" : \"personal\"") && json.text.contains("\"filledWith\" : 40"))
    #expect(!json.text.contains("@example"))
  }
}
