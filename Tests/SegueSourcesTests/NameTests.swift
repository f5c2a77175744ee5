import Foundation
import SegueCore
import SegueSources
import Testing

import SegueIngest

@Suite("Names of inputs")
struct NameTests {
  @Test("a glob stands for the files that match, sorted by their bytes")
  func glob() throws {
    let folder = try Workspace()
    for name in ["b.csv", "a.csv", "B.csv", "c.tsv"] { try folder.write("x\n\(name)\n", name) }
    let inputs = try Opening.inputs([folder.file("*.csv")])
    #expect(inputs.map(\.path) == ["B.csv", "a.csv", "b.csv"].map(folder.file))
    let error = Opening.error([folder.file("*.json")])
    #expect(error?.kind == .noInput)
    #expect(error?.diagnostics.first?.code == "input.glob")
  }

  @Test("a file that is really called so wins over what its name could mean")
  func literal() throws {
    let folder = try Workspace()
    try folder.write("x\n1\n", "a#b.csv")
    try folder.write("x\n2\n", "[1].csv")
    #expect(try Opening.texts(folder.file("a#b.csv"), folder.file("[1].csv")) == ["x\n1\n", "x\n2\n"])
  }

  @Test("a file named twice is refused, by glob, by detour or by link")
  func twice() throws {
    let folder = try Workspace()
    let file = try folder.write("x\n1\n", "a.csv")
    try FileManager.default.createSymbolicLink(atPath: folder.file("link.csv"), withDestinationPath: file)
    for other in [folder.file("*.csv"), folder.file("./a.csv"), folder.file("link.csv"), file] {
      let error = Opening.error([file, other])
      #expect(error?.kind == .usage)
      #expect(error?.diagnostics.map(\.code) == ["input.twice"])
    }
    #expect(Opening.error(["-", "-"])?.diagnostics.map(\.code) == ["input.twice"])
  }

  @Test("all inputs that cannot be opened are named at once")
  func together() throws {
    let folder = try Workspace()
    try folder.write("{\"a\": nope}", "bad.json")
    try folder.write([0x1F, 0x8B, 8, 0], "bad.gz")
    let error = Opening.error([
      folder.file("none.csv"), folder.file("bad.json"), folder.path, folder.file("bad.gz"),
    ])
    #expect(
      error?.diagnostics.map(\.code) == [
        "ingest.notFound", "json.syntax", "ingest.directory", "source.damaged",
      ])
    #expect(error?.kind == .noInput)
  }

  @Test("a table that is asked for in a text file is a question for the user")
  func selection() throws {
    let folder = try Workspace()
    try folder.write("x\n1\n", "a.csv")
    for part in ["orders", "SELECT 1", "*"] {
      let error = Opening.error([folder.file("a.csv#\(part)")])
      #expect(error?.kind == .usage)
      #expect(error?.diagnostics.first?.code == "source.selection")
    }
  }

  @Test("a plain file is read where it lies, also as standard input")
  func plain() throws {
    let folder = try Workspace()
    let file = try folder.write("x\n1\n", "a.csv")
    let handle = try FileHandle(forReadingFrom: URL(filePath: file))
    var options = SourceOptions()
    options.standardInput = handle.fileDescriptor
    let inputs = try Opening.inputs(["-", file], options)
    #expect(try inputs.map { try Opening.text($0) } == ["x\n1\n", "x\n1\n"])
    for input in inputs { #expect(input.store === input.original) }
    // Somebody read the beginning; the rest is what is left.
    _ = try handle.read(upToCount: 2)
    #expect(try Opening.text("-", options) == "1\n")
  }
}
