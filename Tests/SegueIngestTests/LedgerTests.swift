import SegueCore
import SegueIngest
import Testing

@Suite("Cleaning ledger")
struct LedgerTests {
  private func exclude(_ change: (inout IngestOptions) -> Void = { _ in }) -> IngestOptions {
    Reading.options {
      $0.refunds = .exclude
      change(&$0)
    }
  }

  @Test("a refund column is taken off and stands in the ledger as money without rows")
  func refundColumn() throws {
    let data = try Reading.ingestFixture("orders.csv")
    let file = data.ledger.files[0]
    #expect(data.ledger.balances)
    #expect((file.rowsIn, file.rowsUsed) == (4, 3))
    #expect(file.moneyIn.description == "255.75")
    #expect(file.moneyUsed.description == "195.25")
    #expect(file.refundedMoney.description == "20.50")
    #expect(file.line(.cancelled) == .init(reason: .cancelled, rows: 1, money: Amount(40)))
    let orders = try #require(data.orders)
    #expect(orders.amount == [1_200_000, 600_000, 152_500])
    #expect(orders.refund == [0, 205_000, 0])
    #expect(orders.discount == [0, 50_000, 0])
    #expect(data.currency == "EUR")
  }

  @Test("without refunds sales stand as they were made")
  func refundColumnExcluded() throws {
    let data = try Reading.ingestFixture("orders.csv", exclude())
    #expect(data.ledger.moneyUsed.description == "215.75")
    #expect(data.ledger.files[0].refundedMoney == .zero)
    #expect(data.ledger.balances)
  }

  @Test("cancellation invoices are netted by default and set aside on request")
  func cancellations() throws {
    let net = try Reading.ingestFixture("cancellation-invoices.csv")
    let file = net.ledger.files[0]
    #expect(net.ledger.balances)
    #expect(net.orders?.isRefund == [false, false, true])
    #expect((file.refundRowsNetted, file.refundMoneyNetted.description) == (1, "-2.55"))
    #expect(file.setAside.map(\.reason) == [.missingCustomer, .negativePrice, .zeroPrice, .onlyRefunds])
    #expect(net.orders?.orderCount == 2)
    #expect(net.orders?.customerCount == 1)

    let gross = try Reading.ingestFixture("cancellation-invoices.csv", exclude())
    #expect(gross.ledger.balances)
    #expect(gross.ledger.line(.refund).rows == 2)
    #expect(gross.ledger.line(.refund).money.description == "-7.20")
    #expect(gross.ledger.line(.onlyRefunds).rows == 0)
    #expect(gross.customerIDs.strings == ["17850"])
  }

  @Test("copies are dropped where an order id proves them copies, else kept and counted")
  func duplicates() throws {
    func rows(_ name: String, _ duplicates: IngestOptions.Duplicates) throws -> (
      used: Int, copies: Int, remarked: Int
    ) {
      let data = try Reading.ingestFixture(name, Reading.options { $0.duplicates = duplicates })
      #expect(data.ledger.balances)
      let file = data.ledger.files[0]
      let remark = file.remarks.first { $0.text.contains("duplicates") }
      return (file.rowsUsed, file.line(.duplicate).rows, remark?.rows ?? 0)
    }
    #expect(try rows("duplicates-with-order-id.csv", .auto) == (2, 1, 0))
    #expect(try rows("duplicates-with-order-id.csv", .keep) == (3, 0, 1))
    #expect(try rows("duplicates-without-order-id.csv", .auto) == (3, 0, 1))
    #expect(try rows("duplicates-without-order-id.csv", .drop) == (2, 1, 0))
    #expect(try rows("duplicate-lines.csv", .auto) == (3, 0, 1))
    #expect(try rows("duplicate-lines.csv", .drop) == (2, 1, 0))
  }

  @Test("zero is a free order but no order line")
  func zeros() throws {
    let lines = try Reading.ingestFixture("duplicate-lines.csv")
    #expect(lines.sources[0].grain == .orderLine)
    #expect(lines.ledger.line(.zeroPrice).rows == 1)
    let orders = try Reading.text(
      "order_id,customer_id,date,amount\n1,a,2024-01-31,0.00\n2,a,2024-02-01,5.00\n")
    #expect(orders.sources[0].grain == .order)
    #expect(orders.orders?.orderCount == 2)
    #expect(orders.ledger.files[0].remarks.map(\.text) == ["orders of zero kept"])
  }

  @Test("skipped rows are counted with the money they name")
  func skipping() throws {
    let skip = Reading.options { $0.onBadRow = .skip }
    let date = try Reading.ingestFixture("bad-date.csv", skip)
    #expect(date.ledger.line(.unreadable) == .init(reason: .unreadable, rows: 1, money: Amount(5)))
    let amount = try Reading.ingestFixture("bad-amount.csv", skip)
    #expect(amount.ledger.line(.unreadable) == .init(reason: .unreadable, rows: 1, money: .zero))
    let ragged = try Reading.ingestFixture("ragged.csv", skip)
    #expect(ragged.ledger.line(.unreadable).rows == 2)
    #expect(ragged.ledger.rowsUsed == 2)
    for data in [date, amount, ragged] { #expect(data.ledger.balances) }
  }

  @Test("Rows that name no currency beside rows that name one are counted")
  func unnamedCurrency() throws {
    let header = "order_id,customer_id,date,amount,currency\n"
    let rows = "1,a,2024-01-31,1.50,EUR\n2,b,2024-02-01,2.50,\n3,c,2024-02-01,4.00,\n"
    let data = try Reading.text(header + rows)
    let remark = data.ledger.files[0].remarks.first { $0.text.contains("currency") }
    #expect(remark?.text == "rows name no currency and are taken for EUR" && remark?.rows == 2)
    #expect(data.ledger.moneyUsed.description == "8.00" && data.ledger.balances)
    let plain = try Reading.text("order_id,customer_id,date,amount\n1,a,2024-01-31,1.50\n")
    #expect(!plain.ledger.files[0].remarks.contains { $0.text.contains("currency") })
    let full = try Reading.text(header + "1,a,2024-01-31,1.50,EUR\n")
    #expect(!full.ledger.files[0].remarks.contains { $0.text.contains("currency") })
  }

  private static let head = "order_id,customer_id,date,amount\n"

  private static func months(_ csv: [String]) -> [Input] {
    zip(["a.csv", "b.csv", "c.csv"], csv).map { Input(path: $0, bytes: Array($1.utf8)) }
  }

  @Test("A table that is another of its kind byte for byte is an error")
  func copiedFile() throws {
    let text = Self.head + "1,a,2024-01-31,1.50\n2,b,2024-02-01,2.50\n"
    for read in [{ _ = try ingest($0) }, { _ = try inspect($0) }] as [([Input]) throws -> Void] {
      let error = #expect(throws: SegueError.self) { try read(Self.months([text, text])) }
      #expect(error?.kind == .data)
      #expect(error?.diagnostics.map(\.code) == ["input.copy"])
      #expect(error?.diagnostics.first?.message == "b.csv is a.csv once more, byte for byte")
    }
    // One byte less or another is another file.
    let others = [text.replacing("2.50", with: "2.51"), String(text.dropLast())]
    for other in others {
      #expect(Reading.codes { _ = try inspect(Self.months([text, other])) } == nil)
    }
    // What differs only behind the first megabyte is found too.
    let long = Self.head + (0..<60_000).map { "\($0),c\($0),2024-01-31,1.50\n" }.joined()
    #expect(long.utf8.count > 1 << 20)
    #expect(Reading.codes { _ = try inspect(Self.months([long, long])) } == ["input.copy"])
    let changed = String(long.dropLast(2)) + "1\n"
    #expect(Reading.codes { _ = try inspect(Self.months([long, changed])) } == nil)
  }

  @Test("Orders that stand in an earlier export too count once")
  func overlappingMonths() throws {
    let files = Self.months([
      Self.head + "1,a,2024-01-30,1.50\n2,b,2024-01-31,2.50\n",
      Self.head + "2,b,2024-01-31,2.50\n3,c,2024-02-01,4.00\n1,a,2024-01-30,9.00\n",
    ])
    let data = try ingest(files)
    #expect(data.ledger.balances && data.ledger.moneyUsed.description == "17.00")
    #expect(data.ledger.files.map { $0.line(.duplicate).rows } == [0, 1])
    #expect(try data.rejects.row(0) == "2,b,2024-01-31,2.50")
    #expect(data.ledger.files[1].remarks.contains { $0.text == "rows stand in a.csv too, and are left out" })
    #expect(!data.joining.warnings.contains { $0.contains("--duplicates") })
    let turned = try ingest(files.reversed())
    #expect(turned.ledger.moneyUsed == data.ledger.moneyUsed && turned.ledger.balances)
    let kept = try ingest(files, Reading.options { $0.duplicates = .keep })
    #expect(kept.ledger.moneyUsed.description == "19.50")
    #expect(kept.ledger.files[1].remarks.contains { $0.text == "rows stand in a.csv too, and count again" })
  }

  @Test("Order lines that stand in an earlier export too are warned of, and left out on request")
  func overlappingLines() throws {
    let head = "order_id,customer_id,date,product,quantity,unit_price\n"
    let files = Self.months([
      head + "1,a,2024-01-30,x,1,1.50\n1,a,2024-01-30,y,1,2.00\n",
      head + "1,a,2024-01-30,x,1,1.50\n1,a,2024-01-30,y,1,2.00\n2,b,2024-02-01,x,2,1.50\n",
    ])
    let data = try ingest(files)
    #expect(data.ledger.rowsUsed == 5)
    #expect(
      data.joining.warnings.contains(
        "2 rows of b.csv stand in a.csv too; with --duplicates drop they are left out."))
    let dropped = try ingest(files, Reading.options { $0.duplicates = .drop })
    #expect(dropped.ledger.rowsUsed == 3 && dropped.ledger.line(.duplicate).rows == 2)
    #expect(dropped.ledger.balances && dropped.ledger.moneyUsed.description == "6.50")
    #expect(dropped.joining.warnings.isEmpty)
  }

  @Test("Equal rows without an order id prove nothing across files")
  func overlapWithoutID() throws {
    let head = "customer_id,date,amount\n"
    let data = try ingest(
      Self.months([head + "a,2024-01-30,1.50\n", head + "a,2024-01-30,1.50\nb,2024-02-01,2.00\n"]))
    #expect(data.ledger.rowsUsed == 3 && data.joining.warnings.isEmpty)
  }

  @Test("rows in another currency are set aside without money")
  func currencies() throws {
    let data = try Reading.ingestFixture("currency-mix.csv", Reading.options { $0.currency = "gbp" })
    #expect(data.currency == "GBP")
    #expect(data.ledger.line(.otherCurrency) == .init(reason: .otherCurrency, rows: 1, money: .zero))
    #expect(data.ledger.moneyIn.description == "5.50")
    #expect(data.ledger.balances)
    let signs = try Reading.ingestFixture("currency-signs.csv", Reading.options { $0.currency = "EUR" })
    #expect(signs.ledger.moneyUsed.description == "2.50")
    #expect(
      Reading.codes {
        _ = try Reading.ingestFixture("currency-mix.csv", Reading.options { $0.currency = "USD" })
      }
        == ["ingest.currency"])
  }

  @Test("a customer who buys in another file is no customer of refunds only")
  func refundsAcrossFiles() throws {
    let sales = Input(path: "sales.csv", bytes: Array("customer_id,date,amount\na,2024-01-01,9.00\n".utf8))
    let data = try ingest([try Reading.fixture("only-refunds.csv"), sales])
    #expect(data.orders?.rowCount == 2)
    #expect(
      data.ledger.files[0].line(.onlyRefunds)
        == .init(
          reason: .onlyRefunds, rows: 1, money: Amount(tenThousandths: -25_000)))
    #expect(data.ledger.files.map(\.file) == ["only-refunds.csv", "sales.csv"])
    #expect(data.orders?.total.description == "7.50")
    #expect(data.ledger.balances)
  }

  @Test("rejects name file, line and reason, and no cell is a formula")
  func rejects() throws {
    let data = try Reading.ingestFixture("formula-injection.csv", Reading.options { $0.onBadRow = .skip })
    var bytes: [UInt8] = []
    try data.rejects.writeCSV(into: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        file,line,reason,row\r
        formula-injection.csv,2,unreadable,"\"\"=HYPERLINK(""\""x""\"")"",2024-01-31,oops"\r
        formula-injection.csv,3,unreadable,"'+1,2024-01-31,oops"\r

        """)
    #expect(try data.rejects.row(1) == "+1,2024-01-31,oops")
  }

  @Test("the ledger survives JSON")
  func json() throws {
    let ledger = try Reading.ingestFixture("orders.csv").ledger
    #expect(try JSON.roundTrip(ledger) == ledger)
  }
}
