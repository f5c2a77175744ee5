import Foundation
import Testing

/// Every input that cannot be used ends in a sentence with file and next step, the right exit code, and
/// nothing written.
@Suite("Bad input", .enabled(if: Command.isBuilt, "segue was not built"))
struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    /// Names the golden.
    var name: String
    var arguments: [String]
    var status: Int32
    /// How the first diagnostic starts.
    var place: String
    /// By name.
    var files: [String: String] = [:]

    var testDescription: String { name }

    init(
      _ name: String, _ arguments: String, _ status: Int32, at place: String, _ files: [String: String] = [:]
    ) {
      self.name = name
      self.arguments = arguments.split(separator: " ").map(String.init)
      self.status = status
      self.place = place
      self.files = files
    }

    static func orders(
      _ name: String, flags: String = "", _ status: Int32 = 65, line: String? = nil,
      header: String = "customer_id,order_date,amount", rows: [String] = []
    ) -> Case {
      let text = ([header] + rows).joined(separator: "\n") + "\n"
      let place = "orders.csv:" + (line.map { "\($0):" } ?? "") + " error: "
      return Case(name, "run orders.csv \(flags)", status, at: place, ["orders.csv": text])
    }

    static func clv(_ name: String, flags: String = "", _ status: Int32 = 65, rows: [String]) -> Case {
      var found = orders(name, flags: flags, status, rows: rows)
      found.arguments[0] = "clv"
      return found
    }
  }

  static let cases: [Case] = [
    Case("missing file", "run nothing.csv", 66, at: "nothing.csv: error: "),
    Case("folder instead of a file", "run .", 66, at: ".: error: "),
    Case("missing options file", "run orders.csv --options nothing.yml", 66, at: "nothing.yml: error: "),
    Case("empty file", "run orders.csv", 65, at: "orders.csv: error: ", ["orders.csv": ""]),
    .orders("header only"),
    .orders(
      "missing column", line: "1", header: "order_id,customer_id,order_date",
      rows: ["1,a,2024-01-01", "2,b,2024-01-02"]),
    .orders("ambiguous dates", rows: ["a,03/04/2024,10", "b,05/06/2024,11", "c,01/02/2024,12"]),
    .orders(
      "several currencies", header: "customer_id,order_date,amount,currency",
      rows: ["a,2024-01-01,10,GBP", "b,2024-01-02,11,EUR", "c,2024-01-03,12,GBP"]),
    .orders(
      "decimal comma among points", line: "4:15",
      rows: ["a,2024-01-01,10.50", "b,2024-01-02,11.25", "c,2024-01-03,\"1.234,56\""]),
    .orders(
      "amounts that are no numbers", line: "2:14",
      rows: ["a,2024-01-01,NaN", "b,2024-01-02,inf", "c,2024-01-02,1"]),
    .orders("bad date", line: "3:3", rows: ["a,2024-01-01,1", "b,2024-02-30,2", "c,2024-01-03,3"]),
    .orders("ragged row", line: "3:1", rows: ["a,2024-01-01,1", "b,2024-01-02", "c,2024-01-03,3"]),
    .orders("only refunds", rows: ["a,2024-01-01,-10", "b,2024-01-02,-11"]),
    .orders("fewer customers than segments", flags: "--k 4", 64, rows: three),
    .orders("too few customers to find segments", rows: three),
    .orders("one customer", rows: ["a,2024-01-01,1", "a,2024-02-03,2", "a,2024-01-05,3"]),
    Case(
      "all customers equal", "run orders.csv", 65, at: "orders.csv: error: ",
      [
        "orders.csv": "customer_id,order_date,amount\n"
          + (1...30).map { "c\($0),2024-01-01,10\n" }.joined()
      ]),
    Case(
      "no finite numbers", "cluster table.csv", 65, at: "table.csv:33:3: error: ",
      ["table.csv": "x,y\n" + (1...30).map { "\($0),2\($0)\n" }.joined() + "NaN,3\n4,inf\n"]),
    Case(
      "unknown feature", "cluster table.csv --features z", 64, at: "table.csv:1: error: ",
      ["table.csv": "x,y\n1,2\n3,4\n"]),
    Case(
      "equal rows", "cluster table.csv --k 2", 65, at: "table.csv: error: ",
      ["table.csv": "x,y\n" + String(repeating: "1,2\n", count: 30)]),
    Case(
      "nothing but gaps", "cluster table.csv --features x,y", 65, at: "table.csv: error: ",
      ["table.csv": "x,y,z\n" + String(repeating: "NaN,,3\n", count: 30)]),
    Case(
      "dates to cluster on", "cluster table.csv --features day,x", 64, at: "table.csv:1: error: ",
      ["table.csv": "day,x\n" + (10...29).map { "2024-01-\($0),\($0 % 7)\n" }.joined()]),
    Case(
      "customers set apart", "features orders.csv --outliers apart", 64, at: "error: ",
      ["orders.csv": "customer_id,order_date,amount\n" + (three.map { $0 + "\n" }).joined()]),
    .clv("nobody who came back", rows: (1...40).map { "c\($0),2024-01-\($0 % 22 + 10),10" }),
    .clv(
      "few who came back", rows: (1...40).flatMap { ["c\($0),2024-01-10,10", "c\($0 % 4),2024-02-11,10"] }),
    .clv("value of one customer", rows: (10...29).map { "a,2024-01-\($0),5" }),
    .clv("as-of day before all orders", flags: "--as-of 2023-12-31", rows: three),
    .clv("test after all orders", flags: "--holdout 2024-12-31", 64, rows: regulars),
    .clv("test before all orders", flags: "--holdout 2024-01-01", 64, rows: regulars),
    .clv("horizon within a period", flags: "--value-model bgbb --horizon-days 20", 64, rows: regulars),
    Case(
      "value without orders", "clv customers.csv", 65, at: "customers.csv: error: ",
      ["customers.csv": "customer_id,country,plan\n" + (1...30).map { "c\($0),DE,basic\n" }.joined()]),
    .orders("unknown setting", flags: "--options o.yml", 64, rows: three)
      .with("o.yml", "clustring:\n  k: 4\n", at: "o.yml:1:1: error: "),
    .orders("bad value in the options file", flags: "--options o.yml", 64, rows: three)
      .with("o.yml", "clustering:\n  k: 1\n", at: "o.yml:2:6: error: "),
    .orders("output in a folder that is none of ours", flags: "--out photos", 73, rows: three)
      .with("photos/summer.txt", "sun", at: "photos: error: "),
  ]

  /// Sixty customers who order every 10 to 69 days, in months of 28 days.
  private static let regulars = (10..<70).flatMap { gap in
    stride(from: 0, to: 168, by: gap).map { day in
      let (month, rest) = (1 + day / 28, 1 + day % 28)
      return "c\(gap),2024-0\(month)-\(rest < 10 ? "0" : "")\(rest),\(gap)"
    }
  }

  private static let three = ["a,2024-01-01,1", "b,2024-02-03,2", "c,2024-01-05,3"]

  @Test("ends in a sentence with a place and a next step", arguments: cases)
  func diagnostic(_ example: Case) throws {
    let folder = try Folder()
    for (name, text) in example.files {
      let file = folder.file(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try folder.write(text, name)
    }
    let before = try folder.contents("")
    let outcome = try Command.run(example.arguments, in: folder.url)
    #expect(outcome.status == example.status)
    #expect(outcome.output.isEmpty)
    #expect(outcome.remarks.hasPrefix(example.place), "\(outcome.remarks)")
    #expect(outcome.remarks.contains("\n  hint: "))
    #expect(try folder.contents("") == before)
    try Golden.check(outcome.remarks, "bad-input/\(example.name.replacing(" ", with: "-")).txt")
  }

  @Test("a picture is called a picture", arguments: ["run", "inspect", "rfm", "clv", "cluster"])
  func picture(command: String) throws {
    let folder = try Folder()
    try folder.write(
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52], "orders.csv")
    let outcome = try Command.run([command, "orders.csv"], in: folder.url)
    #expect(outcome.status == 65)
    #expect(outcome.remarks.hasPrefix("orders.csv: error: this is a PNG image"))
    #expect(try folder.names() == ["orders.csv"])
  }

  @Test("a customer with refunds only is set aside and counted")
  func refundsOnly() throws {
    let folder = try Folder()
    try folder.write(
      """
      customer_id,order_date,amount
      a,2024-01-01,10
      b,2024-02-02,20
      c,2024-03-03,30
      d,2024-03-05,-5

      """, "orders.csv")
    let outcome = try Command.run(["run", "orders.csv", "--k", "2", "--out", "study"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.remarks.contains("rows in: 4 (55.00), used: 3 (60.00); set aside: 1 "))
    let rejects = try String(contentsOf: folder.file("study/rejects.csv"), encoding: .utf8)
    #expect(rejects.contains("d,2024-03-05,-5"))
    let segments = try String(contentsOf: folder.file("study/segments.csv"), encoding: .utf8)
    #expect(!segments.contains("\nd,"))
  }

  @Test("skipped rows are counted and kept for a look")
  func skipped() throws {
    let folder = try Folder()
    try folder.write(
      "customer_id,order_date,amount\na,2024-01-01,10\nb,x,2\nc,2024-03-03,30\nd,2024-01-09,4\n", "orders.csv"
    )
    let outcome = try Command.run(
      ["run", "orders.csv", "--k", "2", "--on-bad-row", "skip", "--out", "study"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.remarks.contains("rows in: 4 (46.00), used: 3 (44.00); set aside: 1 unreadable (2.00)"))
    #expect(try String(contentsOf: folder.file("study/rejects.csv"), encoding: .utf8).contains("b,x,2"))
  }
}

extension BadInputTests.Case {
  fileprivate func with(_ name: String, _ text: String, at place: String) -> Self {
    var copy = self
    copy.files[name] = text
    copy.place = place
    return copy
  }
}
