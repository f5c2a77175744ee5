import Foundation
import Testing

@Suite("Personas of a study as a command", .serialized, .enabled(if: Command.isBuilt, "segue was not built"))
struct PersonasCommandTests {
  private static let study = Result {
    let folder = try Folder()
    try Command.run(
      ["run", Package.dataset("cdnow/orders.csv"), "--k", "3", "--out", "study", "--quiet"], in: folder.url)
    return folder
  }

  private func run(_ arguments: String...) throws -> Command.Outcome {
    try Command.run(["personas"] + arguments, in: try PersonasCommandTests.study.get().url)
  }

  @Test("JSON and Markdown are those of the folder, byte by byte")
  func files() throws {
    let folder = try PersonasCommandTests.study.get()
    let json = try run("study")
    #expect(json.status == 0 && json.remarks.isEmpty, "\(json.remarks)")
    #expect(try Data(json.output) == Data(contentsOf: folder.file("study/personas.json")))
    let markdown = try run("study", "--format", "md")
    #expect(try Data(markdown.output) == Data(contentsOf: folder.file("study/personas.md")))
    #expect(markdown.text.contains("## Rules of inference"))
  }

  @Test("pages are one sheet a persona, and load nothing")
  func pages() throws {
    let all = try run("study", "--format", "html").text
    #expect(all.components(separatedBy: "<article class=\"sheet").count == 4)
    #expect(all.contains("break-after:page") && !all.contains("src=") && !all.contains("<script"))
    let one = try run("study", "--format", "card", "--segment", "2").text
    #expect(one.components(separatedBy: "<article").count == 2)
  }

  @Test("a segment is found by name in any case, and by id; else the names are told")
  func segment() throws {
    struct File: Decodable {
      struct Persona: Decodable {
        struct Segment: Decodable {
          var id: Int
          var name: String
        }
        var segment: Segment
      }
      var personas: [Persona]
    }
    let all = try run("study").json(File.self).personas.map(\.segment)
    #expect(all.map(\.id) == [1, 2, 3])
    for segment in all {
      for wanted in ["\(segment.id)", segment.name, segment.name.uppercased()] {
        let found = try run("study", "--segment", wanted).json(File.self)
        #expect(found.personas.map(\.segment.id) == [segment.id])
      }
    }
    let none = try run("study", "--segment", "Whales")
    #expect(none.status == 64 && none.remarks.contains(all[0].name), "\(none.remarks)")
  }

  @Test("the schema is printed, and is JSON")
  func schema() throws {
    let folder = try Folder()
    let outcome = try Command.run(["personas", "--schema"], in: folder.url)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    #expect(outcome.status == 0 && object?["$id"] as? String == "urn:segue:schema:personas:1")
  }

  @Test("data instead of a study, no study, and several are told what to run first")
  func inputs() throws {
    let orders = Package.dataset("cdnow/orders.csv")
    let folder = try Folder()
    for arguments in [[orders], [], [orders, orders]] {
      let outcome = try Command.run(["personas"] + arguments, in: folder.url)
      #expect(outcome.status == 64 && outcome.remarks.contains("segue run "), "\(outcome.remarks)")
    }
    let absent = try run("nowhere")
    #expect(absent.status == 66 && absent.remarks.contains("segue run"), "\(absent.remarks)")
  }

  @Test("another version and a damaged file are told of in words")
  func versions() throws {
    let folder = try Folder()
    let source = try PersonasCommandTests.study.get().file("study/personas.json")
    let text = try String(contentsOf: source, encoding: .utf8)
    let cases = [
      (text.replacing("\"schema\" : 1", with: "\"schema\" : 2"), "at least as new"),
      (text.replacing("\"schema\" : 1,", with: ""), "run the study again"),
      (text.replacing("\"basis\" : \"observed\"", with: "\"basis\" : \"guessed\""), "damaged at"),
      (String(text.prefix(500)), "damaged"), ("[]", "damaged"),
    ]
    try FileManager.default.createDirectory(at: folder.file("s"), withIntermediateDirectories: true)
    for (text, words) in cases {
      try folder.write(text, "s/personas.json")
      let outcome = try Command.run(["personas", "s"], in: folder.url)
      #expect(outcome.status == 65 && outcome.remarks.contains(words), "\(outcome.remarks)")
    }
  }

  @Test("the result goes to a file, but not into the study")
  func output() throws {
    let folder = try PersonasCommandTests.study.get()
    #expect(try run("study", "--format", "md", "--output", "p.md").output.isEmpty)
    #expect(try Data(contentsOf: folder.file("p.md")) == Data(contentsOf: folder.file("study/personas.md")))
    let inside = try run("study", "--output", "study/segments.json")
    #expect(inside.status == 64 && inside.remarks.contains("part of the study"), "\(inside.remarks)")
  }
}
