import Foundation
import SegueCore
import SegueIngest
import Testing

@Suite("Diagnostics of ingest")
struct DiagnosticTests {
  @Test(
    "each defect ends in its diagnostic",
    arguments: [
      ("empty.csv", ["ingest.empty"]),
      ("blank.csv", ["ingest.empty"]),
      ("header-only.csv", ["ingest.header-only"]),
      ("image.png", ["ingest.binary"]),
      ("noise.csv", ["ingest.binary"]),
      ("no-header.csv", ["ingest.header"]),
      ("no-customer.csv", ["ingest.column"]),
      ("no-date.csv", ["ingest.column"]),
      ("no-amount.csv", ["ingest.column"]),
      ("ambiguous-dates.csv", ["ingest.dateOrder"]),
      ("two-date-orders.csv", ["csv.date"]),
      ("currency-mix.csv", ["ingest.currency"]),
      ("currency-signs.csv", ["ingest.currency"]),
      ("comma-amidst-points.csv", ["csv.amount"]),
      ("thousands-or-decimals.csv", ["ingest.decimal"]),
      ("only-refunds.csv", ["ingest.onlyRefunds"]),
      ("anonymous.csv", ["ingest.anonymous"]),
      ("ragged.csv", ["csv.ragged", "csv.ragged"]),
      ("bad-amount.csv", ["csv.amount"]),
      ("bad-date.csv", ["csv.date"]),
      ("not-finite.csv", ["csv.amount", "csv.amount", "csv.amount"]),
      ("money-overflow.csv", ["ingest.moneyOverflow"]),
      ("unterminated-quote.csv", ["csv.quote"]),
    ])
  func defects(name: String, codes: [String]) {
    #expect(Reading.codes { _ = try Reading.ingestFixture(name) } == codes)
  }

  @Test("a bad amount is shown in its line, with settings and the way out")
  func amountWording() {
    let error = #expect(throws: SegueError.self) { try Reading.ingestFixture("bad-amount.csv") }
    #expect(error?.exitCode == 65)
    #expect(
      error?.description == """
        bad-amount.csv:2:14: error: "abc" is not an amount [csv.amount]
          a,2024-02-28,abc
                       ^~~  column "amount" (3rd of 3); decimal mark "." (detected)
          hint: if the file writes amounts another way, say so: --decimal ","; to leave such rows out: \
        --on-bad-row skip
        """)
  }

  @Test("an undecidable date names both readings and the flag")
  func dateWording() {
    let error = #expect(throws: SegueError.self) { try Reading.ingestFixture("ambiguous-dates.csv") }
    let diagnostic = error?.diagnostics.first
    #expect(
      diagnostic?.message
        == "dates such as \"03/04/2024\" in column \"date\" read two ways: 3 Apr 2024 or 4 Mar 2024")
    #expect(diagnostic?.hint == "say which: --date-order dayFirst or --date-order monthFirst")
  }

  @Test("a currency mix lists the currencies, the most frequent first")
  func currencyWording() {
    let error = #expect(throws: SegueError.self) { try Reading.ingestFixture("currency-mix.csv") }
    let diagnostic = error?.diagnostics.first
    #expect(
      diagnostic?.message
        == "amounts are in several currencies and cannot be added: GBP (2 rows), EUR (1 row)")
    #expect(diagnostic?.hint?.contains("--currency GBP") == true)
  }

  @Test("an open quote is shown where it opens")
  func quoteWording() {
    let error = #expect(throws: SegueError.self) { try Reading.ingestFixture("unterminated-quote.csv") }
    #expect(error?.diagnostics.first?.location == .init(file: "unterminated-quote.csv", line: 3, column: 19))
  }

  @Test("twenty diagnostics are shown and the rest counted")
  func many() {
    let error = #expect(throws: SegueError.self) { try Reading.ingestFixture("many-bad-amounts.csv") }
    #expect(error?.diagnostics.count == 21)
    #expect(error?.diagnostics.last?.code == "ingest.more")
    #expect(error?.diagnostics.last?.message == "10 more rows cannot be read")
  }

  @Test("a long line is shown in part, with the caret still in place")
  func longLine() throws {
    let text = String(repeating: "ü", count: 5_000)
    let error = #expect(throws: SegueError.self) {
      try Reading.text("customer_id,note,date,amount\na,\(text),2024-01-31,oops\nb,x,2024-01-31,1.50\n")
    }
    let diagnostic = try #require(error?.diagnostics.first)
    let excerpt = try #require(diagnostic.excerpt)
    #expect(diagnostic.location?.column == 5_015)
    #expect(excerpt.text.count < 250)
    #expect(String(Array(excerpt.text)[excerpt.offset..<(excerpt.offset + excerpt.length)]) == "oops")
  }

  @Test("missing files and folders are inputs that are not there")
  func missing() {
    for (path, code) in [
      ("/nonexistent/orders.csv", "ingest.notFound"), (Reading.fixtures.path, "ingest.directory"),
    ] {
      let error = #expect(throws: SegueError.self) { try ingest([Input(path: path)]) }
      #expect(error?.diagnostics.map(\.code) == [code])
      #expect(error?.exitCode == 66)
    }
  }

  @Test("all files are opened before any is complained about")
  func severalFiles() throws {
    let codes = Reading.codes {
      _ = try ingest([
        try Reading.fixture("empty.csv"), Input(path: "/nonexistent"), try Reading.fixture("image.png"),
      ])
    }
    #expect(codes == ["ingest.empty", "ingest.notFound", "ingest.binary"])
  }

  @Test("settings that name nothing are usage errors")
  func usage() {
    let cases: [(IngestOptions, String)] = [
      (Reading.options { $0.columns = ["money": "amount"] }, "ingest.role"),
      (Reading.options { $0.columns = ["amount": "nowhere"] }, "ingest.column"),
      (Reading.options { $0.columns = ["orders.csv:amount": "nowhere"] }, "ingest.column"),
      (Reading.options { $0.currency = "pounds" }, "ingest.currency"),
    ]
    for (options, code) in cases {
      let error = #expect(throws: SegueError.self) { try Reading.ingestFixture("orders.csv", options) }
      #expect(error?.diagnostics.map(\.code) == [code])
      #expect(error?.exitCode == 64)
    }
    #expect(Reading.codes { _ = try ingest([]) } == ["ingest.noInput"])
  }

  @Test("inspection reports open questions as findings instead of failing")
  func findings() throws {
    for (name, word) in [
      ("ambiguous-dates.csv", "--date-order"), ("thousands-or-decimals.csv", "--decimal"),
      ("currency-mix.csv", "--currency"), ("no-customer.csv", "--column customer"),
      ("header-only.csv", "no rows"),
      ("ragged.csv", "2 rows have another number of fields"), ("anonymous.csv", "name no customer"),
    ] {
      let found = try Reading.inspectFixture(name)
      let findings = found.findings + found.questions.map { "\($0.message): \($0.hint ?? "")" }
      #expect(findings.contains { $0.contains(word) }, "\(name): \(findings)")
    }
  }
}
