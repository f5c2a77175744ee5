import Foundation
import Segue
import SegueTestSupport
import Testing

@Suite("Names that people give")
struct RenamingTests {
  private static let shop = Input(
    path: "orders.csv", bytes: RandomShop(customers: 120, seed: Seed(11)).csv())

  private func run(_ names: [String: String]) throws -> StudyResult {
    var settings = try Studies.settings(["clustering.k": "3", "backtest.cut": "off"])
    for (name, new) in names.sorted(by: { $0.key < $1.key }) {
      try settings.set("segments.names", to: "\(name)=\(new)", origin: .flag)
    }
    return try Study(settings).run([Self.shop])
  }

  private func names(_ result: StudyResult) -> [String] { result.profile.segments.map(\.segment.name) }

  private func problem(_ names: [String: String]) throws -> Diagnostic {
    let error = #expect(throws: SegueError.self) { try run(names) }
    #expect(error?.kind == .usage)
    return try #require(error?.diagnostics.first)
  }

  @Test(
    "a segment is renamed by its name in any case or by its id, everywhere, and the model says who named it")
  func rename() throws {
    let old = try names(run([:]))
    let odd = "R&D <b>\"é\"</b>, ümlaut 'x' | y=z"
    let result = try run([old[0].uppercased(): "Inner circle", "2": odd])
    #expect(names(result) == ["Inner circle", odd, old[2]])
    let model = try JSONDecoder().decode(
      StudyModel.self, from: Data(try file("model.json", of: result).utf8))
    #expect(model.segments.map(\.isNamedByUser) == [true, true, false])
    #expect(model.segments.map(\.name) == names(result))
    for name in [
      "segments.csv", "segments.json", "personas.md", "personas.json", "journeys.md", "report.html",
    ] {
      let text = try file(name, of: result)
      #expect(text.contains("Inner circle"), "\(name)")
      #expect(!text.contains(old[0]), "\(name)")
      if name.hasSuffix(".html") || name.hasSuffix(".md") {
        #expect(!text.contains("<b>\"é\"</b>"), "\(name)")
      }
    }
  }

  @Test("an entry that fits no segment is an error that lists those there are")
  func unknown() throws {
    let found = try problem(["Chumpions": "Inner circle", "9": "Nobody"])
    #expect(found.code == "rename.segment")
    for (index, name) in try names(run([:])).enumerated() {
      #expect(found.hint?.contains("\(index + 1) \(name)") == true)
    }
  }

  @Test("two segments may not have one name, nor one segment two")
  func twins() throws {
    let old = try names(run([:]))
    #expect(try problem(["1": old[1].lowercased()]).code == "rename.same")
    #expect(try problem(["1": "A", old[0]: "B"]).code == "rename.twice")
    #expect(try names(run(["1": old[1], "2": old[0]])) == [old[1], old[0], old[2]])
  }

  @Test("an entry whose name was given before is done already")
  func again() throws {
    var profile = try run(["1": "Inner circle"]).profile
    let before = profile.segments.map(\.segment)
    try profile.rename(["Champions of old": "Inner circle"])
    #expect(profile.segments.map(\.segment) == before)
    try profile.rename(["Inner circle": "The few"])
    #expect(profile.segments[0].segment.name == "The few" && profile.segments[0].segment.isNamedByUser)
  }

  @Test(
    "what is no entry is refused with what one looks like",
    arguments: ["Champions", "=New", "Champions=", "1=two\nlines", "1=" + String(repeating: "x", count: 61)])
  func entries(text: String) throws {
    var settings = ResolvedOptions()
    let error = #expect(throws: SegueError.self) {
      try settings.set("segments.names", to: text, origin: .flag)
    }
    #expect(error?.diagnostics.first?.hint?.contains("NAME=NEW NAME") == true)
  }

  @Test("a colon in a name is no file")
  func colon() throws {
    #expect(try problem(["a: b": "c"]).code == "rename.segment")
  }
}
