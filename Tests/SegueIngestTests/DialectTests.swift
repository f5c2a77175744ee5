import SegueCore
import SegueIngest
import Testing

@Suite("Dialects")
struct DialectTests {
  @Test(
    "files are read whatever separates, quotes and encodes them",
    arguments: [
      ("bom-crlf-quoted.csv", ",", "UTF-8", ["a", "b \"bee\""], "1203.50"),
      ("semicolon-decimal-comma.csv", ";", "UTF-8", ["a", "b"], "1204.49"),
      ("tab-no-final-newline.tsv", "tab", "UTF-8", ["a", "b"], "4.00"),
      ("pipe.csv", "|", "UTF-8", ["a", "b"], "4.00"),
      ("carriage-returns.csv", ",", "UTF-8", ["a", "b"], "4.00"),
      ("title-lines.csv", ",", "UTF-8", ["a", "b", "c"], "6.50"),
      ("windows-1252.csv", ",", "windows-1252", ["José", "b"], "4.00"),
      ("utf-16.csv", "tab", "UTF-16LE", ["José 😀", "b"], "4.00"),
      ("blanks.txt", "blanks", "UTF-8", ["00001", "00002"], "100.77"),
    ])
  func dialects(name: String, delimiter: String, encoding: String, customers: [String], total: String) throws
  {
    let data = try Reading.ingestFixture(name)
    #expect(data.sources[0].dialect.delimiter == Setting(delimiter, .detected))
    #expect(data.sources[0].dialect.encoding.value == encoding)
    #expect(data.customerIDs.strings == customers)
    #expect(data.orders?.total.description == total)
    #expect(data.ledger.balances)
  }

  @Test("big-endian UTF-16 reads like little-endian")
  func bigEndian() throws {
    var bytes = try Reading.bytes("utf-16.csv")
    for index in stride(from: 0, to: bytes.count, by: 2) { bytes.swapAt(index, index + 1) }
    let data = try ingest([Input(path: "utf-16.csv", bytes: bytes)])
    #expect(data.sources[0].dialect.encoding.value == "UTF-16BE")
    #expect(data.customerIDs.strings == ["José 😀", "b"])
  }

  @Test("a file that is UTF-8 in one half and Windows-1252 in the other reads right in both, and says so")
  func mixedEncodings() throws {
    var bytes = Array("customer_id,date,amount\nJosé,2024-01-31,1.50\n".utf8)
    bytes += Array("Jos".utf8) + [0xE9] + Array(",2024-02-01,2.50\n".utf8)
    let data = try ingest([Input(path: "orders.csv", bytes: bytes)])
    #expect(data.customerIDs.strings == ["José"])
    #expect(data.sources[0].findings.contains { $0.contains("1 byte") && $0.contains("Windows-1252") })
  }

  @Test("UTF-16 without its mark is known by its zero bytes")
  func unmarked() throws {
    let marked = try Reading.bytes("utf-16.csv")
    let data = try ingest([Input(path: "utf-16.csv", bytes: Array(marked.dropFirst(2)))])
    #expect(data.customerIDs.strings == ["José 😀", "b"])
  }

  @Test(
    "what is no table is refused by name",
    arguments: [
      ("ingest.binary", [UInt8]([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0])),
      ("ingest.wide", Array((1...20_001).map { "c\($0)" }.joined(separator: ",").utf8)),
      ("csv.longRecord", Array("a,b,c\n1,2,3\n".utf8) + [UInt8](repeating: 0x78, count: 70 << 20)),
    ])
  func refused(code: String, bytes: [UInt8]) {
    #expect(Reading.codes { _ = try ingest([Input(path: "orders.csv", bytes: bytes)]) } == [code])
  }

  @Test("a column that mixes day first and month first is asked about")
  func mixedOrders() {
    let days = (13...27).flatMap { ["a,\($0)/02/2024,1.50", "b,02/\($0)/2024,1.50"] }
    let csv = "customer_id,date,amount\n" + days.joined(separator: "\n")
    #expect(Reading.codes { _ = try Reading.text(csv) } == ["ingest.dateOrder"])
  }

  @Test("guests and unknowns are nobody")
  func nobodies() throws {
    let rows = ["guest", "Unknown", "anonymous", "a", "Gustav"].map { "\($0),2024-01-31,1.50\n" }.joined()
    let data = try Reading.text("customer_id,date,amount\n" + rows)
    #expect(data.customerIDs.strings == ["a", "Gustav"])
    #expect(data.ledger.line(.missingCustomer).rows == 3)
  }

  @Test("currency signs name the currency")
  func signs() throws {
    #expect(try Reading.ingestFixture("windows-1252.csv").currency == "EUR")
  }

  @Test("a delimiter from the options wins over what is detected")
  func delimiterFlag() throws {
    let options = Reading.options { $0.delimiter = .semicolon }
    let inspection = try Reading.inspectFixture("pipe.csv", options)
    #expect(inspection.dialect.delimiter == Setting(";", .flag))
    #expect(inspection.columns.count == 1)
  }

  @Test("newlines in fields count as lines where places are named")
  func newlineInField() throws {
    let error = #expect(throws: SegueError.self) { try Reading.ingestFixture("newline-in-field.csv") }
    #expect(error?.diagnostics.first?.location == .init(file: "newline-in-field.csv", line: 4, column: 14))
  }

  @Test("NUL bytes in text are kept as they are")
  func nulBytes() throws {
    let data = try Reading.ingestFixture("nul-bytes.csv")
    #expect(data.customerIDs.strings == ["a\0b", "b"])
  }

  @Test("a field of a megabyte is a field")
  func longField() throws {
    let long = String(repeating: "x\n\"\"", count: 262_144)
    let data = try Reading.text(
      "customer_id,date,amount,note\na,2024-01-31,1.50,\"\(long)\"\nb,2024-02-01,2.50,y\n")
    #expect(data.orders?.rowCount == 2)
  }

  @Test("ten thousand columns are columns")
  func manyColumns() throws {
    let extra = (0..<10_000).map { ",x\($0)" }.joined()
    let cells = String(repeating: ",1", count: 10_000)
    let data = try Reading.text(
      "customer_id,date,amount\(extra)\na,2024-01-31,1.50\(cells)\nb,2024-02-01,2.50\(cells)\n")
    #expect(data.orders?.total.description == "4.00")
    #expect(data.sources[0].columns.count == 10_003)
  }

  @Test("every column may have the same name")
  func sameNames() throws {
    let data = try Reading.text("customer_id,date,amount,amount\na,2024-01-31,1.50,9\n")
    #expect(data.orders?.total.description == "1.50")
    #expect(data.sources[0].findings.contains { $0.contains("several columns are called \"amount\"") })
  }
}
