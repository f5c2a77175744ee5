import SegueCore
import SegueIngest
import Testing

@Suite("CSV parser")
struct CSVParserTests {
  private func parse(_ text: String, delimiter: UInt8 = 0x2C, carriageReturns: Bool = false) -> [[String]] {
    let bytes = Array(text.utf8)
    var parser = CSVParser(delimiter: delimiter, carriageReturnEndsLine: carriageReturns)
    var batch = RecordBatch()
    _ = parser.read(bytes.span, from: 0, into: &batch)
    return batch.records.map { batch.strings($0, in: bytes.span) }
  }

  @Test(
    "fields end where RFC 4180 and common files end them",
    arguments: [
      ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
      ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
      ("a,\n,b\n", [["a", ""], ["", "b"]]),
      ("a,b,", [["a", "b", ""]]),
      ("\"a\",\"b,c\"\n", [["a", "b,c"]]),
      ("\"a \"\"b\"\"\",c\n", [["a \"b\"", "c"]]),
      ("\"two\nlines\",c\n", [["two\nlines", "c"]]),
      ("\"\",\"\"\"\"\n", [["", "\""]]),
      ("5\" pipe,c\n", [["5\" pipe", "c"]]),
      ("\"a\"b,c\n", [["ab", "c"]]),
      ("a\n\n\r\nb\n", [["a"], ["b"]]),
      ("a\rb,c\n", [["a\rb", "c"]]),
      ("\"\"\n", [[""]]),
      ("", []),
    ])
  func fields(text: String, expected: [[String]]) {
    #expect(parse(text) == expected)
  }

  @Test("a carriage return ends a line where the file has no line feeds")
  func carriageReturns() {
    #expect(parse("a,b\rc,d\r\re,f", carriageReturns: true) == [["a", "b"], ["c", "d"], ["e", "f"]])
  }

  @Test("blanks separate fields of tables aligned for the eye")
  func blanks() {
    #expect(parse("  a  b c \n 1   2 3\r\n", delimiter: 0x20) == [["a", "b", "c"], ["1", "2", "3"]])
  }

  @Test("records know their lines, also after newlines in fields")
  func lines() {
    let bytes = Array("a\n\"x\ny\nz\"\n\nb\n".utf8)
    var parser = CSVParser()
    var batch = RecordBatch()
    _ = parser.read(bytes.span, from: 0, into: &batch)
    #expect(batch.records.map(\.line) == [1, 2, 6])
  }

  @Test("an open quote is reported with the line it opens on")
  func openQuote() {
    let bytes = Array("a,b\nc,\"d\ne,f\n".utf8)
    var parser = CSVParser()
    var batch = RecordBatch()
    _ = parser.read(bytes.span, from: 0, into: &batch)
    #expect(batch.unterminatedQuote?.line == 2)
    #expect(batch.unterminatedQuote?.offset == 6)
  }

  @Test("random tables come back as they were written", arguments: (0..<200).map { Seed($0) })
  func roundTrip(seed: Seed) {
    var random = RandomTable(seed)
    let table = random.table()
    let text = random.write(table)
    #expect(parse(text, delimiter: random.delimiter) == table, "seed \(seed)")
  }

  @Test("pieces of any size give the records of the whole", arguments: (0..<100).map { Seed($0) })
  func pieces(seed: Seed) {
    var random = RandomTable(seed)
    let table = random.table()
    let whole = Array(random.write(table).utf8)
    var parser = CSVParser(delimiter: random.delimiter)
    var rows: [[String]] = []
    var given = 0
    var start = 0
    while start < whole.count {
      given = min(whole.count, given + 1 + random.generator.index(below: 7))
      let piece = Array(whole[..<given])
      var batch = RecordBatch()
      start = parser.read(piece.span, from: start, isEnd: given == whole.count, into: &batch)
      rows += batch.records.map { batch.strings($0, in: piece.span) }
      if given == whole.count { break }
    }
    #expect(rows == table, "seed \(seed)")
  }
}

/// Tables of awkward cells, and a writer that quotes where it must and sometimes where it need not.
private struct RandomTable {
  var generator: RandomGenerator
  let delimiter: UInt8
  private static let pieces = [
    "a", "bc", " ", "\"", "\"\"", "\n", "\r\n", ",", ";", "\t", "ü", "😀", "1.5", "'", "|",
  ]

  init(_ seed: Seed) {
    generator = seed.generator(for: .testData)
    delimiter = [0x2C, 0x3B, 9, 0x7C][generator.index(below: 4)]
  }

  mutating func table() -> [[String]] {
    let width = 2 + generator.index(below: 4)
    return (0..<(1 + generator.index(below: 8))).map { _ in
      (0..<width).map { _ in
        (0..<generator.index(below: 4)).map { _ in
          RandomTable.pieces[generator.index(below: RandomTable.pieces.count)]
        }
        .joined()
      }
    }
  }

  mutating func write(_ table: [[String]]) -> String {
    let end = ["\n", "\r\n"][generator.index(below: 2)]
    let mark = String(Unicode.Scalar(delimiter))
    let lines = table.map { row in
      row.map { cell in
        let must = cell.utf8.contains { [0x22, 10, 13, delimiter].contains($0) }
        guard must || generator.index(below: 3) == 0 else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
          + "\""
      }.joined(separator: mark)
    }
    return lines.joined(separator: end) + (generator.index(below: 2) == 0 ? end : "")
  }
}
