import Foundation
import Testing

@Suite("Segment tables on the command line", .enabled(if: Command.isBuilt, "segue was not built"))
struct SegmentTableCommandTests {
  /// The example of the R package rfm 0.2.2.
  private static let unsound = """
    title: Example of the R package rfm 0.2.2
    bins: 5
    overlap: first
    segments:
      - {name: Champions, recency: 4-5, frequency: 4-5, monetary: 4-5}
      - {name: Loyal Customers, recency: 2-5, frequency: 3-5, monetary: 3-5}
      - {name: Potential Loyalist, recency: 3-5, frequency: 1-3, monetary: 1-3}
      - {name: New Customers, recency: 4-5, frequency: 1, monetary: 1}
      - {name: Promising, recency: 3-4, frequency: 1, monetary: 1}
      - {name: Need Attention, recency: 2-3, frequency: 2-3, monetary: 2-3}
      - {name: About To Sleep, recency: 2-3, frequency: 1-2, monetary: 1-2}
      - {name: At Risk, recency: 1-2, frequency: 2-5, monetary: 2-5}
      - {name: "Can't Lose Them", recency: 1, frequency: 4-5, monetary: 4-5}
      - {name: Lost, recency: 1-2, frequency: 1-2, monetary: 1-2}
    """

  @Test(
    "the built-in tables are sound",
    arguments: ["standard", "klaviyo", "rfmPackage", "recencyFrequency", "none"])
  func sound(table: String) throws {
    let folder = try Folder()
    let outcome = try Command.run(["rfm", "--lint", table], in: folder.url)
    #expect(outcome.status == 0 && outcome.remarks.isEmpty)
    #expect(outcome.text.hasSuffix("The table is sound.\n"))
    #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count < 80 })
  }

  @Test("an unsound table ends with 65 and says all that is wrong with it")
  func lint() throws {
    let folder = try Folder()
    try folder.write(Self.unsound, "old.yaml")
    let outcome = try Command.run(["rfm", "--lint", "old.yaml"], in: folder.url)
    #expect(outcome.status == 65 && outcome.remarks.isEmpty)
    try Golden.check(outcome.text, "lint.txt")

    struct Lint: Decodable {
      struct Name: Decodable {
        var name: String
        var codes: Int
      }
      struct Dead: Decodable {
        var name: String
        var takenBy: [String]
      }
      var isSound: Bool
      var codes: Int
      var unnamedCodes: [String]
      var deadNames: [Dead]
      var names: [Name]
    }
    let json = try Command.run(["rfm", "--lint", "old.yaml", "--format", "json"], in: folder.url)
    #expect(json.status == 65)
    let found = try json.json(Lint.self)
    #expect(!found.isSound && found.codes == 125 && found.unnamedCodes.count == 36)
    #expect(found.deadNames.map(\.name) == ["New Customers", "Promising", "Can't Lose Them"])
    #expect(found.deadNames.allSatisfy { !$0.takenBy.isEmpty })
    #expect(found.names.reduce(0) { $0 + $1.codes } == 89)
  }

  @Test("a table that is printed, and used as a file, names as the built-in one does")
  func roundTrip() throws {
    let folder = try Folder()
    let orders = Package.dataset("cdnow/orders.csv")
    for table in ["standard", "rfmPackage"] {
      let printed = try Command.run(["rfm", "--show", table, "--output", "mine.yaml"], in: folder.url)
      #expect(printed.status == 0)
      let named = try Command.run(["rfm", orders, "--segments", table], in: folder.url)
      let own = try Command.run(["rfm", orders, "--segments", "mine.yaml"], in: folder.url)
      #expect(own.status == 0, "\(own.remarks)")
      #expect(own.output == named.output)
      try folder.write("rfm:\n  segments: ./mine.yaml\n", "options.yml")
      let configured = try Command.run(["rfm", orders, "--options", "options.yml"], in: folder.url)
      #expect(configured.output == named.output)
    }
  }

  @Test(
    "a table that cannot be used is refused before anything is read",
    arguments: [
      ("old.yaml", 65, "36 of 125 codes have no name: 113 114 115"),
      ("old.yaml", 65, "\"New Customers\" can never"),
      ("gone.yaml", 66, "the segment table cannot be read"), ("klavio", 64, "klaviyo"),
      ("typo.yaml", 65, "typo.yaml:2:1: error: there is no key \"segment\""),
      ("four.yaml", 64, "say --bins 4"),
    ])
  func refusal(table: String, status: Int32, words: String) throws {
    let folder = try Folder()
    try folder.write(Self.unsound, "old.yaml")
    try folder.write("bins: 5\nsegment: []\n", "typo.yaml")
    try folder.write("bins: 4\nsegments: [{name: All, recency: any}]\n", "four.yaml")
    try folder.write("customer_id,order_date,amount\na,2024-01-01,10\n", "orders.csv")
    for command in ["rfm", "run"] {
      let outcome = try Command.run([command, "orders.csv", "--segments", table], in: folder.url)
      #expect(outcome.status == status, "\(outcome.remarks)")
      #expect(outcome.remarks.contains(words), "\(outcome.remarks)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test(
    "questions that do not go together are not answered",
    arguments: [
      "--lint standard orders.csv", "--show standard orders.csv", "--lint standard --show standard", "",
      "--rebin orders.csv", "--lint klavio", "--show none",
    ])
  func usage(line: String) throws {
    let folder = try Folder()
    try folder.write("customer_id,order_date,amount\na,2024-01-01,10\n", "orders.csv")
    let outcome = try Command.run(["rfm"] + line.split(separator: " ").map(String.init), in: folder.url)
    #expect(outcome.status == 64, "\(outcome.remarks)")
    #expect(outcome.output.isEmpty)
  }

  @Test("neither a result nor a study takes the place of the table it is named by")
  func overwriting() throws {
    let folder = try Folder()
    try folder.write("customer_id,order_date,amount\na,2024-01-01,10\n", "orders.csv")
    try FileManager.default.createDirectory(at: folder.file("study"), withIntermediateDirectories: true)
    try folder.write("bins: 5\nsegments: [{name: All, recency: any}]\n", "study/mine.yaml")
    for arguments in [
      ["rfm", "orders.csv", "--segments", "study/mine.yaml", "--output", "study/mine.yaml"],
      ["rfm", "--lint", "study/mine.yaml", "--output", "study/mine.yaml"],
      ["run", "orders.csv", "--segments", "study/mine.yaml", "--out", "study"],
    ] {
      let outcome = try Command.run(arguments, in: folder.url)
      #expect(outcome.status == 64, "\(outcome.remarks)")
      #expect(outcome.remarks.contains("[output.input]"))
    }
    #expect(try folder.names("study") == ["mine.yaml"])
  }
}
