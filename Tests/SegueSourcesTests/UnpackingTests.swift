import Foundation
import SegueCore
import SegueSources
import SegueTestSupport
import Testing

import SegueIngest

@Suite("gzip and zstd", .enabled(if: Tools.hasPython, "there is no python3"))
struct UnpackingTests {
  private static let gzip =
    "import gzip,sys; open(sys.argv[2],'wb').write(gzip.compress(open(sys.argv[1],'rb').read()))"

  /// Some text that neither repeats nor compresses away.
  private static func table(rows: Int) -> String {
    "x,y\n" + (0..<rows).map { "\($0),\($0 &* 2_654_435_761 % 1_000_003)\n" }.joined()
  }

  private func packed(_ text: String, _ name: String, in folder: Workspace) throws -> [UInt8] {
    let plain = try folder.write(text, "plain")
    if name.hasSuffix("zst") {
      try Tools.run(Tools.zstd!, ["-q", "-f", plain, "-o", folder.file(name)])
    } else {
      try Tools.python(UnpackingTests.gzip, plain, folder.file(name))
    }
    return try folder.bytes(name)
  }

  private static var kinds: [String] { Tools.zstd == nil ? ["t.gz"] : ["t.gz", "t.zst"] }

  @Test("what was packed comes out, whatever its size and however many members it has", arguments: kinds)
  func roundTrip(name: String) throws {
    let folder = try Workspace()
    for rows in [0, 1, 1_000, 200_000] {
      let text = UnpackingTests.table(rows: rows)
      let bytes = try packed(text, name, in: folder)
      let input = try Opening.inputs([folder.file(name)])[0]
      #expect(try Opening.text(input) == text)
      #expect(input.original?.count == bytes.count)
      try folder.write(bytes + bytes, name)
      #expect(try Opening.text(folder.file(name)) == text + text)
    }
  }

  @Test("the end does not depend on where pieces are cut", arguments: kinds)
  func exactSizes(name: String) throws {
    let folder = try Workspace()
    for size in [1 << 20, (1 << 20) - 1, (1 << 20) + 1, 2 << 20] {
      let text = String(repeating: "x", count: size)
      _ = try packed(text, name, in: folder)
      #expect(try Opening.text(folder.file(name)).utf8.count == size)
    }
  }

  @Test("packed JSON is read as JSON")
  func json() throws {
    let folder = try Workspace()
    _ = try packed("{\"a\": 1}\n", "a.jsonl.gz", in: folder)
    #expect(try Opening.text(folder.file("a.jsonl.gz")) == "a\n1\n")
  }

  @Test("data that end early are refused with the place, wherever they are cut", arguments: kinds)
  func truncated(name: String) throws {
    let folder = try Workspace()
    let bytes = try packed(UnpackingTests.table(rows: 400), name, in: folder)
    for length in [5, 11, 40, bytes.count / 2, bytes.count - 9, bytes.count - 1] {
      try folder.write(Array(bytes[..<length]), name)
      let error = Opening.error([folder.file(name)])
      #expect(error?.kind == .data)
      #expect(error?.diagnostics.first?.code == "source.damaged")
      #expect(
        error?.diagnostics.first?.message.contains("at byte \(length) of \(length)") == true, "\(length)")
    }
  }

  @Test("damage anywhere is noticed", arguments: kinds)
  func damaged(name: String) throws {
    let folder = try Workspace()
    let text = UnpackingTests.table(rows: 400)
    let bytes = try packed(text, name, in: folder)
    for place in stride(from: 12, to: bytes.count, by: 97) {
      var damaged = bytes
      damaged[place] ^= 0x55
      try folder.write(damaged, name)
      // zstd of the command line carries a checksum, gzip always does
      let error = Opening.error([folder.file(name)])
      #expect(error?.diagnostics.first?.code == "source.damaged", "byte \(place)")
    }
  }

  @Test("zeros behind gzip are padding, anything else is not")
  func trailing() throws {
    let folder = try Workspace()
    let bytes = try packed("x\n1\n", "t.gz", in: folder)
    try folder.write(bytes + [UInt8](repeating: 0, count: 512), "t.gz")
    #expect(try Opening.text(folder.file("t.gz")) == "x\n1\n")
    try folder.write(bytes + Array("rest".utf8), "t.gz")
    let message = Opening.error([folder.file("t.gz")])?.diagnostics.first?.message
    #expect(message?.contains("at byte \(bytes.count) of") == true)
  }

  @Test("what is packed otherwise is told how to unpack it", arguments: ["bz2", "lzma"])
  func other(module: String) throws {
    let folder = try Workspace()
    try Tools.python(
      "import \(module),sys; open(sys.argv[1],'wb').write(\(module).compress(b'x'))", folder.file("t"))
    let diagnostic = Opening.error([folder.file("t")])?.diagnostics.first
    #expect(diagnostic?.code == "source.packed")
    #expect(diagnostic?.hint?.contains("-dc FILE | segue … -") == true)
  }
}
