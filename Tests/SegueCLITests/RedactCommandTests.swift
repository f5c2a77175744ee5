import Foundation
import Testing

@Suite("Redaction and names by command", .enabled(if: Command.isBuilt, "segue was not built"))
struct RedactCommandTests {
  private let key = "5f1c0a9b3d7e48265f1c0a9b3d7e4826"

  private func folder() throws -> Folder {
    let folder = try Folder()
    var rows = "customer_id,order_date,amount\n"
    for row in 0..<40 {
      for order in 0...(row % 4) { rows += "client\(row),2024-0\(order + 1)-\(10 + row % 18),\(10 + row)\n" }
    }
    try folder.write(rows, "orders.csv")
    try folder.write(key + "\n", "key")
    return folder
  }

  private func bytes(in folder: Folder, _ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.file(name)))
  }

  @Test(
    "a key in a file and the same in the environment give the same pseudonyms, with no id and no key anywhere"
  )
  func keys() throws {
    let folder = try folder()
    let line = ["run", "orders.csv", "--k", "2"]
    #expect(try Command.run(line + ["--redact", "key", "--out", "a"], in: folder.url).status == 0)
    #expect(
      try Command.run(line + ["--out", "b"], in: folder.url, environment: ["SEGUE_REDACT_KEY": key]).status
        == 0)
    #expect(try Command.run(line + ["--out", "c"], in: folder.url).status == 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/a") {
      let (a, b) = try (bytes(in: folder, "a/" + name), bytes(in: folder, "b/" + name))
      #expect(a == b, "\(name)")
      let text = String(decoding: a, as: UTF8.self)
      #expect(!text.contains("client") && !text.contains(key), "\(name)")
    }
    #expect(String(decoding: try bytes(in: folder, "c/segments.csv"), as: UTF8.self).contains("client7,"))
  }

  @Test("scores, values and features take the flag too")
  func tables() throws {
    let folder = try folder()
    for command in ["rfm", "features"] {
      let outcome = try Command.run([command, "orders.csv", "--redact", "key"], in: folder.url)
      #expect(outcome.status == 0 && !outcome.text.contains("client"), "\(command)")
    }
  }

  @Test("a key that is missing or short is refused before anything is read")
  func refused() throws {
    let folder = try folder()
    try folder.write("short\n", "weak")
    let weak = try Command.run(["run", "orders.csv", "--redact", "weak"], in: folder.url)
    #expect(weak.status == 64 && weak.remarks.contains("openssl rand -hex 32"))
    #expect(!weak.remarks.contains("short\n"))
    #expect(try Command.run(["run", "orders.csv", "--redact", "none"], in: folder.url).status == 66)
    let over = try Command.run(
      ["rfm", "orders.csv", "--redact", "key", "--output", "key"], in: folder.url)
    #expect(over.status == 64 && over.remarks.contains("is also an input"))
  }

  @Test("under a key a bad row is told by its place, and nothing of it is shown")
  func excerpts() throws {
    let folder = try folder()
    try folder.write(
      "customer_id,order_date,amount\nclient1,2024-01-01,5\nclient2,2024-01-02,many\n", "bad.csv")
    let plain = try Command.run(["rfm", "bad.csv", "--on-bad-row", "fail"], in: folder.url)
    #expect(plain.status == 65 && plain.remarks.contains("client2"))
    let redacted = try Command.run(
      ["rfm", "bad.csv", "--on-bad-row", "fail", "--redact", "key"], in: folder.url)
    #expect(redacted.status == 65 && redacted.remarks.contains("bad.csv:3"))
    #expect(!redacted.remarks.contains("client") && !redacted.remarks.contains("many"))
  }

  @Test("a segment is renamed by a flag, and a name that fits none is told those there are")
  func rename() throws {
    let folder = try folder()
    let outcome = try Command.run(
      ["run", "orders.csv", "--k", "2", "--rename", "2=Inner circle", "--out", "a"], in: folder.url)
    #expect(outcome.status == 0 && outcome.remarks.contains("Inner circle"))
    let model = String(decoding: try bytes(in: folder, "a/model.json"), as: UTF8.self)
    #expect(model.contains("\"isNamedByUser\" : true") && model.contains("\"name\" : \"Inner circle\""))
    let unknown = try Command.run(
      ["run", "orders.csv", "--k", "2", "--rename", "Nobody=x", "--out", "b"], in: folder.url)
    #expect(unknown.status == 64 && unknown.remarks.contains("segments are 1 "))
  }
}
