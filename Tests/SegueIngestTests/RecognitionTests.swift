import SegueCore
import SegueIngest
import Testing

@Suite("Recognition")
struct RecognitionTests {
  @Test(
    "files are known by their headers",
    arguments: [
      ("orders.csv", TableKind.orders), ("customers.csv", .customers), ("events.csv", .events),
      ("feedback.csv", .feedback), ("shopify-orders.csv", .orders), ("stripe-payments.csv", .orders),
      ("ga4-events.csv", .events), ("mailchimp-audience.csv", .customers), ("hubspot-deals.csv", .orders),
      ("cancellation-invoices.csv", .orders), ("blanks.txt", .orders),
      ("woocommerce-repeated-totals.csv", .orders),
    ])
  func kinds(name: String, kind: TableKind) throws {
    let inspection = try Reading.inspectFixture(name)
    #expect(inspection.kind == kind)
    #expect(inspection.confidence > 0.8)
  }

  @Test("an orders file's columns all find their roles")
  func orderRoles() throws {
    let inspection = try Reading.inspectFixture("orders.csv")
    #expect(
      inspection.columns.map(\.role) == [
        .orderID, .customer, .time, .status, .amount, .currency, .discount, .refund, .category, .channel,
      ])
    #expect(inspection.grain == .order)
    #expect(inspection.dialect.dateFormat == Setting("YYYY-MM-DD", .detected))
    #expect(try JSON.roundTrip(inspection) == inspection)
  }

  @Test("a column called amount wins over quantity times price")
  func amountWins() throws {
    let data = try Reading.text("customer_id,order_date,cds,amount\n1,1997-01-01,3,29.99\n")
    #expect(data.orders?.total.description == "29.99")
    let product = try Reading.text("customer_id,order_date,quantity,unit_price\n1,1997-01-01,3,9.99\n")
    #expect(product.orders?.total.description == "29.97")
  }

  @Test("a Shopify export has its order totals on the first line of each order")
  func shopify() throws {
    let data = try Reading.ingestFixture("shopify-orders.csv")
    let orders = try #require(data.orders)
    #expect(data.ledger.balances)
    #expect(orders.amount == [550_000, 0, 200_000])
    #expect(orders.orderCount == 2)
    #expect(Reading.readable(orders.time[0]) == "2024-03-02 04:30:00")
    #expect(orders.time[0] == orders.time[1])
    #expect(data.ledger.line(.cancelled).rows == 1)
    #expect(orders.product?.texts.strings == ["Mug", "Cup", "Bowl"])
    #expect(data.currency == "USD")
  }

  @Test("a total that each line of an order repeats counts once")
  func repeatedTotals() throws {
    let data = try Reading.ingestFixture("woocommerce-repeated-totals.csv")
    #expect(data.orders?.amount == [600_000, 0, 200_000])
    #expect(data.orders?.orderCount == 2)
    #expect(data.ledger.line(.cancelled) == .init(reason: .cancelled, rows: 2, money: Amount(99)))
    #expect(data.ledger.moneyIn.description == "179.00")
    #expect(data.ledger.balances)
    #expect(data.sources[0].findings.contains { $0.contains("counted once") })
  }

  @Test("a Stripe export counts converted money, paid and in UTC")
  func stripe() throws {
    let data = try Reading.ingestFixture(
      "stripe-payments.csv", Reading.options { $0.timeZone = "Europe/Berlin" })
    let orders = try #require(data.orders)
    #expect(orders.amount == [92_000, 175_500])
    #expect(Reading.readable(orders.time[0]) == "2024-03-02 00:30:00")
    #expect(data.currency == "EUR")
    #expect(data.customerIDs.strings == ["cus_1", "cus_2"])
  }

  @Test("only won deals are orders")
  func deals() throws {
    let data = try Reading.ingestFixture("hubspot-deals.csv", Reading.options { $0.dateOrder = .monthFirst })
    #expect(data.orders?.total.description == "125000.00")
    #expect(data.ledger.line(.cancelled).rows == 1)
  }

  @Test("personal data is marked whatever the file")
  func personal() throws {
    #expect(try Reading.inspectFixture("customers.csv").personalColumns == ["email"])
    #expect(
      try Reading.inspectFixture("mailchimp-audience.csv").personalColumns == [
        "Email Address", "First Name", "Last Name", "OPTIN_IP", "CONFIRM_IP", "LATITUDE", "LONGITUDE",
      ])
    #expect(
      try Reading.inspectFixture("shopify-orders.csv").personalColumns == ["Email", "Billing Name"])
  }

  @Test("the options overrule a guess")
  func overrides() throws {
    let kind = try Reading.inspectFixture(
      "orders.csv", Reading.options { $0.kinds = ["orders.csv": .customers] })
    #expect(kind.kind == .customers)
    #expect(kind.confidence == 1)
    for key in ["amount", "orders.csv:amount"] {
      let data = try Reading.ingestFixture("orders.csv", Reading.options { $0.columns = [key: "discount"] })
      #expect(data.ledger.moneyIn.description == "5.00")
    }
    let named = try Reading.ingestFixture(
      "no-customer.csv", Reading.options { $0.columns = ["customer": "order_id"] })
    #expect(named.orders?.customerCount == 2)
  }

  @Test(
    "real files are what they are",
    .enabled(if: Reading.hasShared("telco_customer_churn.csv"), "needs ../shared/data"),
    arguments: [
      ("cdnow_master.txt", TableKind.orders), ("rfm_data_orders.csv", .orders),
      ("mall_customers.csv", .customers),
      ("telco_customer_churn.csv", .customers), ("marketing_campaign.tsv", .customers),
      ("olist_marketing_qualified_leads.csv", .customers), ("simple_onlineshop.csv", .events),
      ("patients_event_log.csv", .events), ("nps_timeseries.csv", .feedback),
      ("crm_exports/shopify_order.csv", .orders), ("crm_exports/shopify_customer.csv", .customers),
      ("crm_exports/hubspot_contact.csv", .customers), ("crm_exports/hubspot_email_event.csv", .events),
    ])
  func shared(name: String, kind: TableKind) throws {
    let inspection = try inspect([Reading.sharedInput(name)])[0]
    #expect(inspection.kind == kind)
    #expect(inspection.confidence > 0.7)
  }

  @Test(
    "tables without customers are asked about, not guessed",
    .enabled(if: Reading.hasShared("wholesale_customers.csv"), "needs ../shared/data"),
    arguments: [
      "wholesale_customers.csv", "iris.csv", "donations.csv", "channel_paths.csv", "cdnow_sample.txt",
    ])
  func unknown(name: String) {
    let codes = Reading.codes { _ = try ingest([Reading.sharedInput(name)]) }
    #expect(codes == [name == "cdnow_sample.txt" ? "ingest.header" : "ingest.kind"])
  }
}
