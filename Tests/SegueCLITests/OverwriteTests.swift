import Foundation
import Testing

@Suite("What is written", .enabled(if: Command.isBuilt, "segue was not built"))
struct OverwriteTests {
  static let orders =
    "customer_id,order_date,amount\na,2024-01-01,10\nb,2024-01-02,20\nc,2024-01-09,1\nd,2024-02-01,5\n"

  @Test(
    "never takes the place of an input, whatever links lead there",
    arguments: [
      "rfm orders.csv --output orders.csv", "rfm orders.csv --output ./orders.csv",
      "rfm orders.csv --output link.csv", "rfm link.csv --output orders.csv",
      "rfm *.csv --output orders.csv", "rfm orders.csv --output options.yml --options options.yml",
      "features orders.csv --output orders.csv", "cluster orders.csv --k 2 --output orders.csv",
      "inspect orders.csv --output orders.csv", "inspect orders.csv --write-options orders.csv",
      "run orders.csv --k 2 --out orders.csv", "run orders.csv --k 2 --out .",
      "run old/orders.csv --k 2 --out old", "run old/orders.csv --k 2 --out oldLink",
    ])
  func inputs(line: String) throws {
    let folder = try Folder()
    try folder.write(OverwriteTests.orders, "orders.csv")
    try folder.write("rfm.bins: 3\n", "options.yml")
    let manager = FileManager.default
    try manager.createDirectory(at: folder.file("old"), withIntermediateDirectories: false)
    try folder.write(OverwriteTests.orders, "old/orders.csv")
    try folder.write("{}", "old/manifest.json")
    for (link, target) in [("link.csv", "orders.csv"), ("oldLink", "old")] {
      try manager.createSymbolicLink(
        atPath: folder.file(link).path, withDestinationPath: folder.file(target).path)
    }
    // Settings that cannot be read come first.
    if line.contains("options.yml") { try folder.write("{}\n", "options.yml") }
    let before = try folder.contents("")
    let outcome = try Command.run(line.split(separator: " ").map(String.init), in: folder.url)
    #expect(outcome.status == 64, "\(outcome.remarks)")
    #expect(outcome.remarks.contains("input") && outcome.remarks.contains("choose another"))
    #expect(try folder.contents("") == before)
  }

  @Test("never takes the place of the file behind standard input")
  func standardInput() throws {
    let folder = try Folder()
    let file = try folder.write(OverwriteTests.orders, "orders.csv")
    let outcome = try Command.run(["rfm", "-", "--output", "orders.csv"], in: folder.url, input: file)
    #expect(outcome.status == 64, "\(outcome.remarks)")
    #expect(try String(contentsOf: file, encoding: .utf8) == OverwriteTests.orders)
  }

  @Test("may stand beside the input, and replace a study of it")
  func beside() throws {
    let folder = try Folder()
    try folder.write(OverwriteTests.orders, "orders.csv")
    for line in [
      "rfm orders.csv --output orders.csv.rfm", "run orders.csv --k 2 --out orders",
      "run orders.csv --k 2 --out orders",
    ] {
      let outcome = try Command.run(line.split(separator: " ").map(String.init), in: folder.url)
      #expect(outcome.status == 0, "\(outcome.remarks)")
    }
    #expect(try folder.names() == ["orders", "orders.csv", "orders.csv.rfm"])
  }

  @Test("says in plain words why it cannot be written")
  func reasons() throws {
    let folder = try Folder()
    try folder.write(OverwriteTests.orders, "orders.csv")
    let full = try Command.run(["rfm", "orders.csv", "--output", "/dev/full"], in: folder.url)
    #expect(full.status == 73)
    #expect(full.remarks.contains("the file cannot be written: no space is left"), "\(full.remarks)")

    let program = try #require(Command.program)
    try folder.write(
      "ulimit -f 8\n'\(program.path)' run orders.csv --k 2 --out study 2> remarks.txt\n", "limited.sh")
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/bash")
    shell.arguments = ["limited.sh"]
    shell.currentDirectoryURL = folder.url
    shell.standardOutput = FileHandle.nullDevice
    shell.standardInput = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 73)
    let remarks = try String(contentsOf: folder.file("remarks.txt"), encoding: .utf8)
    #expect(remarks.contains("the study cannot be written: the file is larger than allowed"), "\(remarks)")
    #expect(try folder.names() == ["limited.sh", "orders.csv", "remarks.txt"])
  }
}
