import Foundation
import SegueCore
import SegueIngest
import Testing

/// Cuts `bytes` into records and fields with the engine, presented `chunk` bytes at a time.
private func records(_ bytes: [UInt8], delimiter: UInt8, chunk: Int = .max) -> [[String]] {
  Records.parallel(bytes, delimiter: delimiter, chunk: chunk)
}

/// The engine field by field against `csv.reader` of Python, which is what people compare with.
///
/// Two differences are meant: records of no fields (blank lines) are passed over, and a carriage return alone
/// ends a line only in files that have no line feed at all.
@Suite("CSV as Python reads it", .serialized)
struct CSVOracleTests {
  @Test(
    "generated files of all dialects have the same fields, whatever the chunks",
    .enabled(if: Python.isInstalled, "python3 was not found"))
  func dialects() throws {
    try expectSame((0..<2_500).map { CSVFile.generated(Seed(7), $0) })
  }

  @Test(
    "quotes, delimiters and line ends in any order have the same fields, whatever the chunks",
    .enabled(if: Python.isInstalled, "python3 was not found"))
  func soups() throws {
    try expectSame((0..<4_000).map { CSVFile.soup(Seed(8), $0) })
  }

  @Test(
    "marks on and beside the borders of blocks have the same fields",
    .enabled(if: Python.isInstalled, "python3 was not found"))
  func borders() throws {
    try expectSame([64, 128, 4_096, 32_768, 65_536].flatMap(CSVFile.across))
  }

  @Test("blank lines are no records, and a lone carriage return is text where line feeds end lines")
  func differences() {
    #expect(records(Array("a\n\n\r\nb\n".utf8), delimiter: 0x2C) == [["a"], ["b"]])
    #expect(records(Array("a\rb,c\n".utf8), delimiter: 0x2C) == [["a\rb", "c"]])
    #expect(records(Array("a\rb,c\r".utf8), delimiter: 0x2C) == [["a"], ["b", "c"]])
  }

  private func expectSame(_ files: [CSVFile]) throws {
    let answers = try Python.read(files)
    #expect(answers.count == files.count)
    #expect(answers.contains { $0.contains { $0.contains { $0.contains("\n") } } })
    for (file, expected) in zip(files, answers) {
      for chunk in file.chunks {
        let found = records(file.bytes, delimiter: file.delimiter, chunk: chunk)
        if found != expected {
          let first = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }
          Issue.record(
            """
            \(file.name), \(chunk) bytes at a time: \(found.count) records, Python has \(expected.count); \
            first to differ: \(first.map { "number \($0.offset): \($0.element)".debugDescription.prefix(500) } ?? "none")
            \(String(decoding: file.bytes.prefix(400), as: UTF8.self).debugDescription)
            """)
          return
        }
      }
    }
  }
}

/// A small file and how its fields are separated.
private struct CSVFile {
  var name: String
  var delimiter: UInt8
  var bytes: [UInt8]

  private static let delimiters = Array(",;\t|".utf8)

  /// All at once, a byte at a time where that is quick, and around the blocks an engine may work in.
  var chunks: [Int] {
    if bytes.count < 400 { return [.max, 1, 7, 63, 64, 65] }
    return bytes.count < 20_000 ? [.max, 61, 64, 1_000] : [.max, 4_096, 32_767, 32_768, 32_769]
  }

  /// Records of one dialect, with fields as exports write them and as they should not.
  static func generated(_ seed: Seed, _ index: Int) -> CSVFile {
    var chance = seed.generator(for: .testData, index: index)
    let delimiter = delimiters[index % 4]
    let mark = String(UnicodeScalar(delimiter))
    let ends = [["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"]][chance.index(below: 4)]
    let breaks = ends == ["\r"] ? ["\r"] : ["\n", "\r\n", "\r"]
    var text = ""
    let rows = chance.index(below: 12)
    for row in 0..<rows {
      if chance.index(below: 12) == 0 { text += ends[chance.index(below: ends.count)] }
      let fields = (0...chance.index(below: 6)).map { _ in field(mark, breaks, &chance) }
      text += fields.joined(separator: mark)
      if row + 1 < rows || chance.index(below: 3) > 0 { text += ends[chance.index(below: ends.count)] }
    }
    if chance.index(below: 10) == 0 { text += "x\(mark)\"never closed\(breaks[0])\(mark)" }
    return CSVFile(name: "generated file \(index)", delimiter: delimiter, bytes: Array(text.utf8))
  }

  private static func field(_ mark: String, _ breaks: [String], _ chance: inout RandomGenerator) -> String {
    func word(_ chance: inout RandomGenerator) -> String {
      let words = [
        "a", "Ångström", "12.50", "2024-03-09", "名前", "🧭", " ", "C0000123456", "x y", "'", "\u{A0}",
      ]
      return words[chance.index(below: words.count)]
    }
    func quoted(_ chance: inout RandomGenerator) -> String {
      let inside = (0..<chance.index(below: 6)).map { _ in
        let pieces = [mark, "\"\"", breaks[chance.index(below: breaks.count)], word(&chance), word(&chance)]
        return pieces[chance.index(below: pieces.count)]
      }
      return "\"" + inside.joined() + "\""
    }
    switch chance.index(below: 12) {
    case 0, 1: return ""
    case 2, 3, 4: return quoted(&chance)
    case 5: return word(&chance) + "\"" + word(&chance) + "\"\""  // quotes inside what is not quoted
    case 6: return quoted(&chance) + "behind \"the\" quote"
    case 7: return " " + "\"no quotes after a blank\""
    case 8 where chance.index(below: 40) == 0: return String(repeating: "long ", count: 20_000)
    case 8: return "\"" + String(repeating: "ab\"\"c", count: chance.index(below: 200)) + "\""
    default: return word(&chance) + word(&chance)
    }
  }

  /// Nothing but what means something to a reader.
  static func soup(_ seed: Seed, _ index: Int) -> CSVFile {
    var chance = seed.generator(for: .testData, index: index)
    let delimiter = delimiters[index % 4]
    let mark = String(UnicodeScalar(delimiter))
    let end = index % 3 == 0 ? ["\r"] : ["\n", "\r\n"]
    let pieces = end + ["\"", "\"", "\"\"", mark, mark, "a", " ", "é", end[0]]
    let length = chance.index(below: index % 10 == 0 ? 400 : 40)
    let text = (0..<length).map { _ in pieces[chance.index(below: pieces.count)] }.joined()
    return CSVFile(name: "soup \(index)", delimiter: delimiter, bytes: Array(text.utf8))
  }

  /// A telling fragment moved byte by byte over a border.
  static func across(_ border: Int) -> [CSVFile] {
    let fragments = [
      "\"x\"\"y\",z\r\n", "a,\"b\nc\"\r\n", "\"\",\"\"\"\"\n", "q\"\",\"r\"s\r\n", "\r\n\r\n\"t\r\n\",u\n",
      "é,\"名\"\"\"\n",
    ]
    return fragments.flatMap { fragment in
      (0...fragment.utf8.count).map { shift in
        // one filler of a single field, one of many records, so that a border falls inside either
        let filler = border - shift
        let isPlain = shift % 2 == 0
        let plain = String(repeating: "f", count: filler - 1) + "\n"
        let rows =
          String(repeating: "k,\"v\"\n", count: filler / 6) + String(repeating: "\n", count: filler % 6)
        let text = (isPlain ? plain : rows) + fragment + "last,\"row\"\n"
        return CSVFile(
          name: "border at \(border), shifted by \(shift)", delimiter: 0x2C, bytes: Array(text.utf8))
      }
    }
  }
}

/// Python's own reader, all files in one process.
private enum Python {
  private static let reader = """
    import csv, io, struct, sys
    csv.field_size_limit(1 << 30)
    data = open(sys.argv[1], "rb").read()
    at = 0
    with open(sys.argv[2], "wb") as answer:
        while at < len(data):
            delimiter, size = struct.unpack_from("<BI", data, at)
            text = io.StringIO(data[at + 5:at + 5 + size].decode("utf-8"), newline="")
            at += 5 + size
            rows = [row for row in csv.reader(text, delimiter=chr(delimiter), strict=False) if row]
            answer.write(struct.pack("<I", len(rows)))
            for row in rows:
                answer.write(struct.pack("<I", len(row)))
                for field in row:
                    field = field.encode("utf-8")
                    answer.write(struct.pack("<I", len(field)) + field)
    """

  static let isInstalled: Bool = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/python3")
    }
  }()

  /// The records of each file, blank lines left out.
  static func read(_ files: [CSVFile]) throws -> [[[String]]] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "segue-csv-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (questions, answers) = (folder.appending(path: "questions"), folder.appending(path: "answers"))
    var bytes: [UInt8] = []
    for file in files {
      bytes.append(file.delimiter)
      for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(file.bytes.count >> shift & 0xFF)) }
      bytes += file.bytes
    }
    try Data(bytes).write(to: questions)
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = ["python3", "-c", reader, questions.path, answers.path]
    python.standardInput = FileHandle.nullDevice
    try python.run()
    python.waitUntilExit()
    try #require(python.terminationStatus == 0)
    var answer = Answer(bytes: [UInt8](try Data(contentsOf: answers)))
    return files.map { _ in
      (0..<answer.number()).map { _ in (0..<answer.number()).map { _ in answer.text() } }
    }
  }

  private struct Answer {
    var bytes: [UInt8]
    var at = 0

    mutating func number() -> Int {
      at += 4
      return (1...4).reduce(0) { $0 << 8 | Int(bytes[at - $1]) }
    }

    mutating func text() -> String {
      let count = number()
      at += count
      return String(decoding: bytes[at - count..<at], as: UTF8.self)
    }
  }
}
