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
