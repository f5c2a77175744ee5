import SegueCore
import SegueIngest
import Testing

@Suite("Inspection")
struct InspectionTests {
  private func look(
    _ csv: String, named name: String = "orders.csv", _ options: IngestOptions = IngestOptions()
  ) throws -> SourceInspection {
    try inspect([Input(path: name, bytes: Array(csv.utf8))], options)[0]
  }

  private func messages(
    _ csv: String, _ kind: SourceInspection.Finding.Kind, named name: String = "orders.csv"
  )
    throws -> [String]
  {
    try look(csv, named: name).quality.filter { $0.kind == kind }.map(\.message)
  }

  /// Orders of 40 customers, with one more row.
  private func orders(_ row: String) -> String {
    "customer_id,order_date,amount,note\n"
      + (1...40).map { "c\($0),2024-01-\($0 % 28 + 1),\($0 + 9).50,\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
      + row
  }

  // MARK: Quality

  @Test("columns without a value and columns without a difference are told together")
  func nothingToSay() throws {
    let csv = "customer_id,order_date,amount,a,b,c\n1,2024-01-01,5,,,x\n2,2024-01-02,6,,,x\n"
    #expect(try messages(csv, .emptyColumns) == ["2 columns are empty: a, b"])
    #expect(try messages(csv, .constantColumns) == ["\"c\" has the same value on every row"])
  }

  @Test("a number far from the others is told with its value and where the others lie")
  func outliers() throws {
    let found = try messages(orders("c41,2024-01-05,66666.00,a\n"), .outliers)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("1 value of \"amount\" lies far out, the farthest at 66,666;") == true)
    #expect(try messages(orders("c41,2024-01-05,70.00,a\n"), .outliers) == [])
  }

  @Test("quartiles are near those of sorting, whatever the sign and size", arguments: [1.0, -0.001, 1e6])
  func quartiles(scale: Double) throws {
    let values = (1...999).map { Double($0) * scale }
    let rows = values.map { "\($0),x\n" }.joined()
    let numbers = try #require(try look("size,other\n" + rows, named: "t.csv").columns[0].numbers)
    let sorted = values.sorted()
    for (found, wanted) in [
      (numbers.minimum, sorted[0]), (numbers.lowerQuartile, sorted[249]), (numbers.median, sorted[499]),
      (numbers.upperQuartile, sorted[749]), (numbers.maximum, sorted[998]),
    ] {
      #expect(abs(found - wanted) <= abs(wanted) * 0.0051, "\(found) for \(wanted)")
    }
  }

  @Test("sizes are read with the decimal mark of their column")
  func decimalMarks() throws {
    let comma = "customer_id;order_date;amount\na;2024-01-01;1.234\nb;2024-01-02;5,50\nc;2024-01-03;7,50\n"
    #expect(try look(comma).column(.amount)?.numbers?.maximum == 1_234)
    let point = "customer_id;order_date;amount\na;2024-01-01;1.234\nb;2024-01-02;5.50\nc;2024-01-03;7.50\n"
    #expect(try look(point).column(.amount)?.numbers?.maximum == 7.5)
  }

  @Test("cells that do not go with their column are counted, with an example")
  func mixed() throws {
    #expect(
      try messages(orders("c41,2024-01-05,n.a.,a\n"), .mixedTypes) == [
        "1 cell of \"amount\" (2.4%) is no number, such as \"n.a.\""
      ])
    #expect(
      try messages(orders("c41,soon,5,a\nc42,later,6,b\n"), .mixedTypes) == [
        "2 cells of \"order_date\" (4.8%) are no dates, such as \"soon\""
      ])
    #expect(
      try messages(orders("c41,2024-01-05,NULL,a\n"), .nullWords) == [
        "1 cell of \"amount\" says NULL, NaN or N/A"
      ])
  }

  @Test("days that programs write for unknown ones, days of no calendar and days to come are told")
  func dates() throws {
    #expect(try messages(orders("c41,1970-01-01,5,a\n"), .placeholderDates).count == 1)
    #expect(
      try messages(orders("c41,2024-02-30,5,a\n"), .impossibleDates) == [
        "1 date of \"order_date\" is in no calendar, such as \"2024-02-30\""
      ])
    let found = try look(orders("c41,2031-05-01,5,a\n"))
    let days = try #require(found.column(.time)?.days)
    #expect(days.first == "2024-01-01" && days.last == "2031-05-01")
    #expect(!found.quality.contains { $0.kind == .futureDates })
    let today = try #require(CalendarDay(iso: "2026-01-01"))
    let compared = found.compared(withToday: today).quality.filter { $0.kind == .futureDates }
    #expect(compared.map(\.columns) == [["order_date"]])
    #expect(compared.first?.message.contains("2031-05-01") == true)
  }

  @Test("values that differ in case only are told, and customers with two rows")
  func doubles() throws {
    #expect(
      try messages(orders("c41,2024-01-05,5,A\n"), .spellings) == [
        "\"a\" and \"A\" in \"note\" differ in spelling only"
      ])
    let rows = (1...200).map { "\($0),\($0 % 7)\n" }.joined()
    #expect(
      try messages("customer_id,age\n" + rows + "5,6\n", .repeatedCustomers, named: "customers.csv") == [
        "1 row about a customer who has another; the fullest counts"
      ])
  }

  @Test("of personal data only the shape is shown, by whatever name")
  func masked() throws {
    let csv = "customer_id,order_date,amount,contact,call\n1,2024-01-01,5,ann@example.com,+49 30 1234567\n"
    let found = try look(csv)
    #expect(found.columns[3].sample == "•••@•••••••.•••")
    #expect(found.columns[4].sample == "+•• •• •••••••")
    #expect(found.personalColumns == ["contact", "call"])
    let names =
      "customer_id,order_date,amount\nAnn Sample,2024-01-01,5\nBob Sample,2024-01-02,5\nCy Other,2024-01-03,5\n"
    #expect(try look(names).columns[0].sample == "••• ••••••")
  }

  @Test("what is sound has nothing to be told")
  func sound() throws {
    #expect(try look(orders("")).quality == [])
  }

  // MARK: Guesses

  @Test(
    "strict reading names every guess, and the flags it prints make it pass",
    arguments: [
      "ID,when,spent,Währung\n1,2024-01-01,5,EUR\n1,2024-01-02,6,EUR\n",
      "client,created_at,value\na,2024-01-01,5\nb,2024-01-02,6\na,2024-01-02,7\n",
      "customer_id,order_date,invoice_date,total\na,2024-01-01,2024-01-02,5\na,2024-01-02,2024-01-03,7\n",
      "ID,age\n1,30\n2,40\n3,50\n", "id,type,created\n1,open,2024-01-01\n1,click,2024-01-02\n",
      "id,date,stars\n1,2024-01-01,5\n2,2024-01-02,4\n",
      "mail,created,net sales\na@example.com,2024-01-01,5\nb@example.com,2024-01-02,6\n",
    ])
  func strict(csv: String) throws {
    let input = Input(path: "my data.csv", bytes: Array(csv.utf8))
    var options = IngestOptions()
    let found = try inspect([input])[0]
    try #require(found.questions.isEmpty, "\(found.questions)")
    #expect(!found.guesses.isEmpty)
    options.strict = true
    let error = #expect(throws: SegueError.self) { try ingest([input], options) }
    #expect(error?.exitCode == 65)
    #expect(error?.diagnostics == found.refusals)
    for guess in found.guesses {
      let text = guess.flag.drop { $0 != " " }.dropFirst().replacing("'", with: "")
      let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
      if guess.flag.hasPrefix("--kind ") {
        options.kinds[halves[0]] = TableKind(rawValue: halves[1])
      } else {
        options.columns[halves[0]] = halves[1]
      }
    }
    let confirmed = try ingest([input], options)
    #expect(confirmed.sources[0].guesses == [])
    #expect(confirmed.sources[0].columns.map(\.role) == found.columns.map(\.role))
  }

  @Test("files whose headers say it all pass strict reading as they are")
  func strictPasses() throws {
    for name in ["orders.csv", "customers.csv", "events.csv", "shopify-orders.csv", "stripe-payments.csv"] {
      #expect(throws: Never.self, "\(name)") {
        try Reading.ingestFixture(name, Reading.options { $0.strict = true })
      }
    }
  }

  @Test("flags name files and headers in a way a shell takes, even headers that stand twice")
  func flags() throws {
    let csv = "client,spent on,value,value\na,2024-01-01,,5\nb,2024-01-02,,6\na,2024-01-03,,6\n"
    let found = try look(csv, named: "it's.csv")
    let flags = found.guesses.map(\.flag)
    #expect(flags.contains(#"--column 'it'\''s.csv:amount=#4'"#), "\(flags)")
    #expect(flags.contains(#"--column 'it'\''s.csv:time=spent on'"#), "\(flags)")
    let options = Reading.options { $0.columns = ["it's.csv:amount": "#4"] }
    #expect(try look(csv, named: "it's.csv", options).columns[3].role == .amount)
  }

  @Test("the questions of a refused file are those it is refused with")
  func questions() throws {
    for name in [
      "no-customer.csv", "no-amount.csv", "ambiguous-dates.csv", "header-only.csv", "no-header.csv",
    ] {
      let asked = try Reading.inspectFixture(name).questions.map(\.code)
      #expect(asked == Reading.codes { _ = try Reading.ingestFixture(name) })
    }
  }
}
