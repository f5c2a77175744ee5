import Foundation
import Testing

@Suite("Usage", .enabled(if: Command.isBuilt, "segue was not built"))
struct UsageTests {
  @Test(
    "a flag that does not fit is told what would",
    arguments: [
      ("--k 1", "auto, or 2 to 1000"), ("--k -3", "auto, or 2 to 1000"), ("--k many", "auto, or 2 to 1000"),
      ("--seed -1", "0 and up"), ("--threads 0", "1 to 1024"), ("--bins 10", "2 to 9"),
      ("--scaling big", "standard, robust, minmax, none"), ("--currency POUND", "an ISO code such as GBP"),
      ("--winsorize 0.7", "auto, off, a share such as 0.01 at each end"),
      ("--winsorize x", "deviations such as 5"),
      ("--outliers away", "auto, keep, apart"), ("--transform yeo", "yeoJohnson"),
      ("--as-of tomorrow", "YYYY-MM-DD"), ("--tz Mars/Base", "Europe/Berlin"),
      ("--column amount", "ROLE=HEADER"),
      ("--on-bad-row shrug", "fail, skip"), ("--value-model gg", "auto, bgnbd, paretonbd, bgbb"),
      ("--horizon-days 0", "1 to 3650"), ("--discount 10%", "0 to 10, where 0.1 is 10% a year"),
      ("--margin 0", "above 0 and up to 1"), ("--holdout half", "auto, off, or YYYY-MM-DD"),
      ("--period day", "week, month, quarter, year"),
    ])
  func value(flag: String, advice: String) throws {
    let folder = try Folder()
    try folder.write("customer_id,order_date,amount\na,2024-01-01,10\n", "orders.csv")
    let outcome = try Command.run(
      ["run", "orders.csv"] + flag.split(separator: " ").map(String.init), in: folder.url)
    #expect(outcome.status == 64)
    #expect(outcome.remarks.contains(advice), "\(outcome.remarks)")
    #expect(try folder.names() == ["orders.csv"])
  }

  @Test("all flags that do not fit are reported together")
  func together() throws {
    let folder = try Folder()
    let outcome = try Command.run(
      ["run", "x.csv", "--k", "-3", "--bins", "1", "--threads", "no"], in: folder.url)
    #expect(outcome.status == 64)
    #expect(outcome.remarks.components(separatedBy: "is not a value of").count == 4)
  }

  @Test(
    "a command line that is not understood says so and shows the usage",
    arguments: [
      "run", "run x.csv --bogus", "run x.csv --k", "rfm x.csv --format xml", "cluster", "cluster a b",
    ])
  func parser(line: String) throws {
    let folder = try Folder()
    let outcome = try Command.run(line.split(separator: " ").map(String.init), in: folder.url)
    #expect(outcome.status == 64)
    #expect(outcome.remarks.hasPrefix("error: "))
    #expect(outcome.remarks.contains("Usage: segue "))
  }

  @Test("a file where a command is expected is told what to do with it")
  func commandName() throws {
    let folder = try Folder()
    let outcome = try Command.run(["orders.csv"], in: folder.url)
    #expect(outcome.status == 64)
    #expect(outcome.remarks.contains("segue run orders.csv"))
  }

  @Test("the help is what it was, and fits a terminal of 80 columns")
  func help() throws {
    let folder = try Folder()
    let commands = ["", "run", "inspect", "rfm", "clv", "backtest", "features", "cluster", "options"]
    for command in commands {
      let arguments = command.isEmpty ? ["--help"] : [command, "--help"]
      let outcome = try Command.run(arguments, in: folder.url)
      #expect(outcome.status == 0)
      #expect(outcome.remarks.isEmpty)
      #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(command)")
      if ["", "run", "clv"].contains(command) {
        try Golden.check(outcome.text, "help\(command.isEmpty ? "" : "-" + command).txt")
      }
    }
  }

  @Test("the options file that is printed changes nothing")
  func optionsFile() throws {
    let folder = try Folder()
    let printed = try Command.run(["options", "--output", "options.yml"], in: folder.url)
    #expect(printed.status == 0)
    let orders = Package.dataset("cdnow/orders.csv")
    let plain = try Command.run(["rfm", orders], in: folder.url)
    let configured = try Command.run(["rfm", orders, "--options", "options.yml"], in: folder.url)
    #expect(plain.status == 0)
    #expect(configured.output == plain.output)
  }

  @Test("what inspect saved is understood, whatever the headers hold")
  func savedInspection() throws {
    let folder = try Folder()
    try folder.write(
      "\"Customer: ID\",\"Order, \"\"date\"\"\",amount\na,2024-01-05,10\nb,2024-01-06,20\n", "odd.csv")
    let inspected = try Command.run(["inspect", "odd.csv", "--write-options", "odd.yml"], in: folder.url)
    #expect(inspected.status == 0)
    let scored = try Command.run(["rfm", "odd.csv", "--options", "odd.yml"], in: folder.url)
    #expect(scored.status == 0, "\(scored.remarks)")
    #expect(scored.text.contains("\na,2,1,10.00,"))
  }

  @Test("standard input and a file give the same table")
  func standardInput() throws {
    let folder = try Folder()
    let orders = Package.dataset("cdnow/orders.csv")
    let named = try Command.run(["rfm", orders], in: folder.url)
    let piped = try Command.run(["rfm", "-"], in: folder.url, input: URL(filePath: orders))
    #expect(named.status == 0)
    #expect(piped.output == named.output)
  }

  @Test("a file named twice does not count twice", arguments: [["orders.csv", "./orders.csv"], ["-", "-"]])
  func twice(inputs: [String]) throws {
    let folder = try Folder()
    try folder.write("customer_id,order_date,amount\na,2024-01-01,10\n", "orders.csv")
    let outcome = try Command.run(["rfm"] + inputs, in: folder.url)
    #expect(outcome.status == 64)
    #expect(outcome.remarks.contains("is named twice"))
  }

  @Test("a place that cannot be written is 73, and nothing stays behind")
  func unwritable() throws {
    let folder = try Folder()
    try folder.write(
      "customer_id,order_date,amount\na,2024-01-01,10\nb,2024-01-02,20\nc,2024-01-09,1\n", "orders.csv")
    for arguments in [
      ["rfm", "orders.csv", "--output", "orders.csv/rfm.csv"], ["rfm", "orders.csv", "--output", "."],
      ["run", "orders.csv", "--k", "2", "--out", "orders.csv/study"],
    ] {
      let outcome = try Command.run(arguments, in: folder.url)
      #expect(outcome.status == 73, "\(arguments): \(outcome.remarks)")
      #expect(outcome.remarks.contains("\n  hint: "))
      #expect(try folder.names() == ["orders.csv"])
    }
  }

  @Test("quiet means that standard error stays empty")
  func quiet() throws {
    let folder = try Folder()
    let outcome = try Command.run(
      ["run", Package.dataset("cdnow/orders.csv"), "--k", "3", "--out", "study", "--quiet"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.remarks.isEmpty)
    #expect(outcome.output.isEmpty)
  }

  @Test("a reader that has seen enough is no error")
  func head() throws {
    let folder = try Folder()
    let program = try #require(Command.program)
    try folder.write(
      "set -o pipefail\n'\(program.path)' rfm '\(Package.dataset("cdnow/orders.csv"))' --quiet | head -n 1\n",
      "head.sh")
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/bash")
    shell.arguments = [folder.file("head.sh").path]
    shell.standardOutput = FileHandle.nullDevice
    shell.standardInput = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
  }
}
