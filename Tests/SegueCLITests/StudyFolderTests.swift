import Foundation
import Testing

@Suite("A study folder", .serialized, .enabled(if: Command.isBuilt, "segue was not built"))
struct StudyFolderTests {
  static let lumen = ["run"] + Package.lumen + ["--on-bad-row", "skip"]

  @Test("holds every file, opens offline, and accounts for every row and every cent")
  func sound() throws {
    let folder = try Folder()
    let outcome = try Command.run(StudyFolderTests.lumen + ["--out", "study"], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.remarks)")
    #expect(outcome.remarks.contains("study/report.html"))
    try StudyCheck(folder: folder.file("study")).expectSound()
    #expect(try folder.names() == ["study"])
  }

  @Test("is the same to the byte when made again, on one thread and on two")
  func identical() throws {
    let folder = try Folder()
    var studies: [[String: Data]] = []
    for (name, threads) in [("a", "1"), ("b", "2"), ("c", "2")] {
      let outcome = try Command.run(
        StudyFolderTests.lumen + ["--out", name, "--threads", threads], in: folder.url,
        environment: ["TZ": name == "c" ? "America/Lima" : "Asia/Tokyo"])
      #expect(outcome.status == 0)
      studies.append(try folder.contents(name))
    }
    for study in studies.dropFirst() {
      #expect(study.keys.sorted() == studies[0].keys.sorted())
      for (name, bytes) in studies[0] { #expect(study[name] == bytes, "\(name)") }
    }
  }

  @Test("replaces an older study, and no other folder")
  func replaced() throws {
    let folder = try Folder()
    let orders = Package.dataset("cdnow/orders.csv")
    for k in ["3", "4"] {
      #expect(
        try Command.run(["run", orders, "--k", k, "--out", "study", "--quiet"], in: folder.url).status == 0)
    }
    let segments = try String(contentsOf: folder.file("study/segments.json"), encoding: .utf8)
    #expect(segments.components(separatedBy: "\"segment\" :").count > 4 || segments.contains("\"id\" : 4"))
    try FileManager.default.removeItem(at: folder.file("study/manifest.json"))
    #expect(try Command.run(["run", orders, "--k", "3", "--out", "study"], in: folder.url).status == 73)
    #expect(try folder.names() == ["study"])
  }

  @Test("ids that a spreadsheet would run as formulas are made safe")
  func formulas() throws {
    let folder = try Folder()
    try folder.write(
      "customer_id,order_date,amount\n=1+1,2024-01-01,10\n@b,2024-02-02,20\nc,2024-03-03,30\n", "orders.csv")
    let outcome = try Command.run(["run", "orders.csv", "--k", "2", "--out", "study"], in: folder.url)
    #expect(outcome.status == 0)
    for name in ["study/segments.csv", "study/rejects.csv"] {
      let lines = try String(contentsOf: folder.file(name), encoding: .utf8).split(
        whereSeparator: \.isNewline)
      #expect(!lines.contains { $0.hasPrefix("=") || $0.hasPrefix("@") }, "\(name)")
    }
  }
}

/// Runs over what `scripts/demo` wrote.
@Suite("The demo", .enabled(if: Package.demo != nil, "SEGUE_DEMO does not name the demo's folder"))
struct DemoTests {
  @Test("its studies are whole", arguments: ["cdnow", "lumen"])
  func study(name: String) throws {
    let folder = try #require(Package.demo)
    try StudyCheck(folder: URL(filePath: folder).appending(path: name)).expectSound()
  }
}
