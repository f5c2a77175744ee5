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

  /// What every real file is, and the columns that matter; or the questions it must be asked.
  struct RealFile: Sendable, CustomTestStringConvertible {
    var name: String
    var kind: TableKind
    var roles: [ColumnRole: String]
    var questions: [String]

    var testDescription: String { name }

    init(_ name: String, _ kind: TableKind, _ roles: [ColumnRole: String], asks questions: [String] = []) {
      (self.name, self.kind, self.roles, self.questions) = (name, kind, roles, questions)
    }
  }

  static let realFiles = [
    RealFile(
      "cdnow_master.txt", .orders, [.customer: "customer_id", .time: "date", .amount: "dollar_value"]),
    RealFile(
      "rfm_data_orders.csv", .orders, [.customer: "customer_id", .time: "order_date", .amount: "revenue"]),
    RealFile("cdnow_customers_summary.csv", .customers, [.customer: "ID"]),
    RealFile("cdnow_customers_summary_with_transactions.csv", .customers, [.customer: "ID"]),
    RealFile("mall_customers.csv", .customers, [.customer: "CustomerID"]),
    RealFile("marketing_campaign.tsv", .customers, [.customer: "ID"]),
    RealFile("telco_customer_churn.csv", .customers, [.customer: "customerID"]),
    RealFile("olist_marketing_qualified_leads.csv", .customers, [.customer: "mql_id"]),
    RealFile("olist_closed_deals.csv", .customers, [.customer: "mql_id"]),
    RealFile(
      "nps_timeseries.csv", .feedback,
      [.customer: "ID", .time: "Survey date", .score: "NPS", .name: "Customer Name"]),
    RealFile(
      "patients_event_log.csv", .events, [.customer: "patient", .time: "time", .event: "handling"]),
    RealFile("simple_onlineshop.csv", .events, [.customer: "user_id", .time: "timestamp", .event: "event"]),
    RealFile(
      "crm_exports/hubspot_email_event.csv", .events,
      [.customer: "recipient", .time: "created", .event: "type", .campaign: "email_campaign_id"]),
    RealFile("crm_exports/hubspot_contact.csv", .customers, [.customer: "id", .email: "property_email"]),
    RealFile("crm_exports/hubspot_company.csv", .customers, [.customer: "id"]),
    RealFile("crm_exports/shopify_customer.csv", .customers, [.customer: "id", .email: "email"]),
    RealFile("jaffle_shop/raw_customers.csv", .customers, [.customer: "id", .name: "first_name"]),
    // in two currencies
    RealFile(
      "crm_exports/shopify_order.csv", .orders,
      [
        .orderID: "id", .customer: "customer_id", .time: "created_at", .amount: "total_price_set_shop_amount",
        .currency: "total_price_set_shop_currency_code", .status: "display_financial_status",
      ], asks: ["ingest.currency"]),
    // no customer, time or amount in the file itself
    RealFile("crm_exports/hubspot_deal.csv", .orders, [.orderID: "deal_id"], asks: ["ingest.column"]),
    RealFile(
      "crm_exports/shopify_customer_visit.csv", .events, [.time: "occurred_at", .channel: "source"],
      asks: ["ingest.column"]),
    RealFile(
      "crm_exports/shopify_order_line.csv", .orders, [.orderID: "order_id", .quantity: "quantity"],
      asks: ["ingest.column", "ingest.column"]),
    RealFile(
      "crm_exports/shopify_refund.csv", .orders, [.orderID: "order_id", .time: "created_at"],
      asks: ["ingest.column", "ingest.column"]),
    RealFile(
      "crm_exports/shopify_transaction.csv", .orders,
      [.orderID: "order_id", .time: "created_at", .amount: "amount_set_shop_amount"], asks: ["ingest.column"]),
    RealFile(
      "jaffle_shop/raw_orders.csv", .orders, [.customer: "user_id", .time: "order_date", .status: "status"],
      asks: ["ingest.column"]),
    RealFile(
      "jaffle_shop/raw_payments.csv", .orders, [.orderID: "order_id", .amount: "amount"],
      asks: ["ingest.column", "ingest.column"]),
    // links and tags
    RealFile("crm_exports/hubspot_contact_list_member.csv", .customers, [:], asks: ["ingest.kind"]),
    RealFile("crm_exports/shopify_customer_tag.csv", .customers, [:], asks: ["ingest.kind"]),
    // things and groups
    RealFile("wholesale_customers.csv", .customers, [:], asks: ["ingest.kind"]),
    RealFile("iris.csv", .customers, [:], asks: ["ingest.kind"]),
    RealFile("faithful.csv", .customers, [:], asks: ["ingest.kind"]),
    RealFile("donations.csv", .customers, [:], asks: ["ingest.kind"]),
    RealFile("channel_paths.csv", .customers, [:], asks: ["ingest.kind"]),
    RealFile("cdnow_sample.txt", .customers, [:], asks: ["ingest.header"]),
  ]

  @Test(
    "real files are what they are, without a flag, or asked the right question",
    .enabled(if: Reading.hasShared("telco_customer_churn.csv"), "needs ../shared/data"),
    arguments: realFiles)
  func shared(file: RealFile) throws {
    let inspection = try inspect([Reading.sharedInput(file.name)])[0]
    #expect(inspection.kind == file.kind)
    for (role, header) in file.roles {
      #expect(inspection.columns.first { $0.role == role }?.header == header, "\(role)")
    }
    let options = Reading.options {
      // a question of how its dates read, not of what it is
      if file.name == "nps_timeseries.csv" { $0.dateOrder = .dayFirst }
    }
    #expect(
      (Reading.codes { _ = try ingest([Reading.sharedInput(file.name)], options) } ?? []) == file.questions)
  }
}
