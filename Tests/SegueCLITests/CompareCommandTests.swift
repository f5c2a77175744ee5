import Foundation
import Testing

@Suite("Two studies compared by command", .serialized, .enabled(if: Command.isBuilt, "segue was not built"))
struct CompareCommandTests {
  private static let orders = Package.dataset("cdnow/orders.csv")

  /// Studies `old` and `new`, a month apart; the later one takes the identities of the earlier.
  private static let pair = Result {
    let folder = try Folder()
    let line = ["run", orders, "--k", "4", "--cut", "off", "--quiet"]
    try Command.run(line + ["--as-of", "1997-12-31", "--out", "old"], in: folder.url)
    try Command.run(
      line + ["--as-of", "1998-01-31", "--previous", "old", "--out", "new"], in: folder.url)
    return folder
  }

  private func compare(_ arguments: String...) throws -> Command.Outcome {
    let folder = try CompareCommandTests.pair.get()
    return try Command.run(["compare"] + arguments, in: folder.url)
  }

  /// A copy of the earlier study in a folder of its own.
  private func copy() throws -> Folder {
    let folder = try Folder()
    try FileManager.default.copyItem(
      at: CompareCommandTests.pair.get().file("old"), to: folder.file("old"))
    return folder
  }

  private struct Model: Decodable {
    struct Segment: Decodable {
      var id: Int
      var name: String
      var color: Int
    }
    var segments: [Segment]
    var nextID: Int
  }

  private func model(_ folder: Folder, _ study: String) throws -> Model {
    try JSONDecoder().decode(Model.self, from: Data(contentsOf: folder.file("\(study)/model.json")))
  }

  // MARK: What it prints

  @Test("for terminals: what became of segments, who moved, what drifted, which figures changed")
  func text() throws {
    let outcome = try compare("old", "new")
    #expect(outcome.status == 0 && outcome.remarks.isEmpty, "\(outcome.remarks)")
    let text = outcome.text
    let runs = ["1997-12-31", "1998-01-31"].map { "Orders as of \($0), 2,357 customers" }
    #expect(text.hasPrefix(runs.joined(separator: "  →  ") + "\nSegments: "))
    for part in ["\nCustomers: before, then now", "\nDrift ", "\nKey figures ", "\nEverybody "] {
      #expect(text.contains(part), "\(part)")
    }
    let folder = try CompareCommandTests.pair.get()
    for segment in try model(folder, "old").segments {
      #expect(text.contains("  “\(segment.name)” "), "\(segment.name)")
      #expect(text.contains("\n#\(segment.id) \(segment.name) "), "\(segment.name)")
    }
    #expect(!text.split(separator: "\n").contains { $0.last == " " })
    #expect(try compare("old/model.json", "new").text == text)
  }

  @Test("as JSON it is changes.json of the later study, byte by byte")
  func json() throws {
    let outcome = try compare("old", "new", "--format", "json")
    #expect(outcome.status == 0)
    let folder = try CompareCommandTests.pair.get()
    let written = try Data(contentsOf: folder.file("new/changes.json"))
    #expect(Data(outcome.output) == written)
    #expect(try !folder.names("old").contains("changes.json"))
  }

  @Test("as HTML it is a page of its own that loads nothing, and names what the text names")
  func html() throws {
    let outcome = try compare("old", "new", "--format", "html")
    let page = outcome.text
    #expect(outcome.status == 0 && page.hasPrefix("<!doctype html>") && page.contains("</html>"))
    for mark in ["<script", "src=", "<link", "@import", "url(http"] {
      #expect(!page.contains(mark), "\(mark)")
    }
    for segment in try model(CompareCommandTests.pair.get(), "new").segments {
      #expect(page.contains(segment.name), "\(segment.name)")
    }
  }

  @Test("the result goes to a file, but into neither study, whether there is such a file or not")
  func output() throws {
    let folder = try CompareCommandTests.pair.get()
    #expect(try compare("old", "new", "--output", "changes.txt").output.isEmpty)
    let text = try compare("old", "new").text
    #expect(try String(contentsOf: folder.file("changes.txt"), encoding: .utf8) == text)
    let before = try folder.names("old")
    for place in ["old/changes.txt", "new/model.json", "./old/../new/changes.txt", folder.file("old/x").path]
    {
      let outcome = try compare("old/model.json", "new", "--output", place)
      #expect(outcome.status == 64 && outcome.remarks.contains("which is only read"), "\(outcome.remarks)")
    }
    #expect(try folder.names("old") == before)
  }

  // MARK: Drift

  @Test("drift beyond the limit gives exit code 3 after all is printed; none gives 0")
  func drift() throws {
    let outcome = try compare("old", "new", "--fail-on-drift", "0")
    #expect(outcome.status == 3 && outcome.remarks.hasPrefix("drift beyond 0: days since last order ("))
    #expect(outcome.text == (try compare("old", "new").text))
    #expect(try compare("old", "new", "--fail-on-drift", "50").status == 0)
    let itself = try compare("old", "old", "--fail-on-drift", "0")
    #expect(itself.status == 0 && itself.text.contains("Segments: 4 kept\n"))
    let quiet = try compare("old", "new", "--fail-on-drift", "0.01", "--quiet")
    #expect(quiet.status == 3 && quiet.remarks.isEmpty)
  }

  @Test("a run beside an earlier study writes its folder before it tells of drift")
  func driftOfRun() throws {
    let folder = try copy()
    let outcome = try Command.run(
      [
        "run", CompareCommandTests.orders, "--k", "4", "--cut", "off", "--as-of", "1998-01-31",
        "--previous", "old", "--out", "new", "--fail-on-drift", "0",
      ], in: folder.url)
    #expect(outcome.status == 3 && outcome.remarks.contains("\ndrift beyond 0: "), "\(outcome.remarks)")
    #expect(outcome.remarks.contains("  since Orders as of 1997-12-31: "))
    let first = try CompareCommandTests.pair.get()
    #expect(try folder.contents("new") == first.contents("new"))
  }

  @Test("a limit that is no number from 0 on, or that has nothing to compare with, is refused")
  func limits() throws {
    for limit in ["-1", "nan", "inf", "x"] {
      let outcome = try compare("old", "new", "--fail-on-drift=\(limit)")
      #expect(outcome.status == 64 && outcome.remarks.contains("--fail-on-drift"), "\(limit)")
      #expect(outcome.output.isEmpty)
    }
    let folder = try Folder()
    let alone = try Command.run(
      ["run", CompareCommandTests.orders, "--fail-on-drift", "0.25", "--out", "s"], in: folder.url)
    #expect(alone.status == 64 && alone.remarks.contains("needs --previous"), "\(alone.remarks)")
    #expect(try folder.names().isEmpty)
  }

  // MARK: Runs beside an earlier study

  @Test("the earlier study may be the one to replace, month after month")
  func replaced() throws {
    let folder = try copy()
    for day in ["1998-01-31", "1998-02-28"] {
      let before = try model(folder, "old")
      let outcome = try Command.run(
        [
          "run", CompareCommandTests.orders, "--k", "4", "--cut", "off", "--as-of", day,
          "--previous", "old", "--out", "old", "--quiet",
        ], in: folder.url)
      #expect(outcome.status == 0, "\(outcome.remarks)")
      let after = try model(folder, "old")
      #expect(after.nextID >= before.nextID)
      let kept = after.segments.filter { segment in before.segments.contains { $0.id == segment.id } }
      #expect(kept.count >= 3)
      for segment in kept {
        let known = before.segments.first { $0.id == segment.id }
        #expect(known?.name == segment.name && known?.color == segment.color)
      }
      for segment in after.segments where !kept.contains(where: { $0.id == segment.id }) {
        #expect(segment.id >= before.nextID)
      }
    }
    #expect(try folder.names() == ["old"])
    #expect(try folder.names("old").contains("changes.json"))
  }

  @Test("an earlier study that cannot be read is told of before anything is written")
  func noPrevious() throws {
    let folder = try Folder()
    let outcome = try Command.run(
      ["run", CompareCommandTests.orders, "--previous", "nowhere", "--out", "s"], in: folder.url)
    #expect(outcome.status == 66 && outcome.remarks.contains("there is no such study"))
    #expect(try folder.names().isEmpty)
  }

  // MARK: Bad input

  @Test("no study, half a study and a damaged one are told of with what is wrong")
  func damaged() throws {
    let folder = try copy()
    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.file("old/\(name)"), encoding: .utf8)
    }
    let (model, table) = try (text("model.json"), text("segments.csv"))
    let lines = table.components(separatedBy: "\r\n")
    let cut = lines.prefix(100).joined(separator: "\r\n")
    let stray = ([lines[0], lines[1], "K,77,Nobody"] + lines.dropFirst(2)).joined(separator: "\r\n")
    let newer = model.replacing("\"schema\" : 3", with: "\"schema\" : 99")
    let older = model.replacing("\"schema\" : 3", with: "\"schema\" : 1")
    // What a file holds instead; nil where it is gone.
    let cases: [(file: String, text: String?, words: String)] = [
      ("manifest.json", nil, "it holds no manifest.json"), ("model.json", nil, "it holds no model.json"),
      ("segments.csv", nil, "it holds no segments.csv"), ("segments.json", nil, "it holds no segments.json"),
      ("segments.json", "{}", "its files cannot be read"), ("manifest.json", "[", "its files cannot be read"),
      ("model.json", String(model.prefix(500)), "not the model of a study"),
      ("model.json", newer, "at least as new"),
      ("model.json", older, "run the study again"),
      ("segments.csv", "", "segments.csv is empty"), ("segments.csv", "a,b\r\n1,2\r\n", "has other columns"),
      ("segments.csv", cut, "lists 99 customers, its model 2,357"),
      ("segments.csv", stray, "line 3 of its segments.csv names no segment"),
    ]
    #expect(model.contains("\"schema\" : 3,"))
    for test in cases {
      let place = folder.file("old/\(test.file)")
      let original = try Data(contentsOf: place)
      if let text = test.text {
        try folder.write(text, "old/\(test.file)")
      } else {
        try FileManager.default.removeItem(at: place)
      }
      let outcome = try Command.run(["compare", "old", "old"], in: folder.url)
      #expect(outcome.status == 65, "\(test.words): \(outcome.remarks)")
      #expect(outcome.output.isEmpty && outcome.remarks.contains(test.words), "\(outcome.remarks)")
      try original.write(to: place)
    }
    #expect(try Command.run(["compare", "old", "old"], in: folder.url).status == 0)
  }

  @Test("what is not there, an export, an empty folder and a single study are refused")
  func inputs() throws {
    let folder = try copy()
    try FileManager.default.createDirectory(at: folder.file("empty"), withIntermediateDirectories: false)
    let cases: [(arguments: [String], status: Int32, words: String)] = [
      (["old", "nowhere"], 66, "nowhere: error: there is no such study"),
      (["nowhere", "old"], 66, "there is no such study"), (["empty", "old"], 65, "this is no study"),
      ([CompareCommandTests.orders, "old"], 65, "name a folder that segue run wrote"),
      (["old"], 64, "The later study"), (["old", "old", "--format", "pdf"], 64, "--format"),
    ]
    for test in cases {
      let outcome = try Command.run(["compare"] + test.arguments, in: folder.url)
      #expect(outcome.status == test.status, "\(test.words): \(outcome.remarks)")
      #expect(outcome.output.isEmpty && outcome.remarks.contains(test.words), "\(outcome.remarks)")
    }
  }

  @Test("studies of different data, one with orders and one without, say what they cannot say")
  func different() throws {
    let folder = try copy()
    var rows = "customer_id,age,visits\n"
    for row in 0..<120 { rows += "X\(row),\(20 + row % 50),\(row * row % 31)\n" }
    try folder.write(rows, "crm.csv")
    let run = try Command.run(["run", "crm.csv", "--k", "3", "--out", "crm", "--quiet"], in: folder.url)
    #expect(run.status == 0, "\(run.remarks)")
    for (pair, words) in [
      (["old", "crm"], "The later study holds no orders"),
      (["crm", "old"], "The earlier study holds no orders"),
    ] {
      let outcome = try Command.run(["compare"] + pair + ["--fail-on-drift", "0"], in: folder.url)
      #expect(outcome.status == 0, "\(outcome.remarks)")
      let text = outcome.text
      #expect(text.contains("note: \(words)"))
      #expect(text.contains("no customer and no feature in common"))
      #expect(text.contains("which is left out of the drift."))
      #expect(text.contains(pair[0] == "old" ? "Segments: 4 gone, 3 new" : "Segments: 3 gone, 4 new"))
      #expect(!text.contains("\nDrift ") && !text.contains(" stays"))
    }
  }

  @Test("ids that are redacted in one study alone are refused, and nothing is matched")
  func redacted() throws {
    let folder = try copy()
    try folder.write("0123456789abcdef0123456789abcdef", "key")
    let line = ["run", CompareCommandTests.orders, "--k", "4", "--cut", "off", "--redact", "key", "--quiet"]
    #expect(try Command.run(line + ["--out", "hidden"], in: folder.url).status == 0)
    let mixed = try Command.run(["compare", "old", "hidden"], in: folder.url)
    #expect(mixed.status == 64 && mixed.remarks.contains("nobody can be found again"), "\(mixed.remarks)")
    let later = try Command.run(line + ["--previous", "old", "--out", "later"], in: folder.url)
    #expect(later.status == 64 && later.remarks.contains("with the same key"), "\(later.remarks)")
    #expect(try !folder.names().contains("later"))
  }
}
