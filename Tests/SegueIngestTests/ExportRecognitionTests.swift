import SegueCore
import SegueIngest
import Testing

/// What a file should be taken for: invented rows below headers that real exports have.
struct ExpectedExport: Sendable, CustomTestStringConvertible {
  var name: String
  var kind: TableKind
  /// Of those that matter: `role=header`.
  var roles: [String]
  /// Codes of the questions it is refused with.
  var questions: [String] = []
  var csv: String

  var testDescription: String { name }
}

@Suite("Exports as shops, CRMs and trackers write them")
struct ExportRecognitionTests {
  @Test("each is what it is, without a flag", arguments: ExpectedExport.all)
  func recognised(export: ExpectedExport) throws {
    let input = Input(path: "export.csv", bytes: Array(export.csv.utf8))
    let found = try inspect([input])[0]
    #expect(found.kind == export.kind)
    for role in export.roles {
      let halves = role.split(separator: "=", maxSplits: 1).map(String.init)
      let column = found.columns.first { $0.role.rawValue == halves[0] }
      #expect(column?.header == halves[1], "\(role)")
    }
    #expect((Reading.codes { _ = try ingest([input]) } ?? []) == export.questions)
  }

  @Test("a header is known whatever its accents, capitals and marks")
  func spellings() throws {
    for header in ["Währung", "WÄHRUNG", "Waehrung", "wa\u{308}hrung", "\"Währung \"", "währung:"] {
      let csv = "Kunden-Nr.;Bestelldatum;Betrag;\(header)\nK1;2024-03-09;12,50;EUR\nK2;2024-03-10;7,00;EUR\n"
      let found = try inspect([Input(path: "x.csv", bytes: Array(csv.utf8))])[0]
      #expect(found.column(.currency)?.header.lowercased().contains("hrung") == true, "\(header)")
    }
  }

  @Test("a file in which two headers name the same role says which other would do")
  func rivals() throws {
    let csv =
      "customer_id,order_date,invoice_date,amount\na,2024-01-01,2024-01-02,5\nb,2024-01-03,2024-01-04,6\n"
    let found = try inspect([Input(path: "x.csv", bytes: Array(csv.utf8))])[0]
    let time = try #require(found.column(.time))
    #expect(time.header == "order_date")
    #expect(time.confidence == 0.9)
    #expect(time.rivals == ["invoice_date"])
  }

  @Test("a table of links between things is no table of customers")
  func links() throws {
    let csv = "contact_id,list_id,added_at\n1,5,2024-01-01\n2,5,2024-01-02\n3,6,2024-01-03\n"
    #expect(Reading.codes { _ = try Reading.text(csv, named: "members.csv") } == ["ingest.kind"])
  }

  @Test("orders without amounts are not taken for customers, even with one row each")
  func ordersWithoutAmount() throws {
    for header in ["order_id,customer_id,order_date,status", "order_no,client,order_date,state"] {
      let csv = "\(header)\n1,a,2024-01-01,paid\n2,b,2024-01-02,paid\n3,c,2024-01-03,shipped\n"
      let found = try inspect([Input(path: "x.csv", bytes: Array(csv.utf8))])[0]
      #expect(found.kind == .orders, "\(header)")
    }
  }
}

extension ExpectedExport {
  static let all = shops + crm + events + lay

  private static let shops = [
    ExpectedExport(
      name: "Shopify orders", kind: .orders,
      roles: [
        "orderID=Name", "customer=Email", "time=Created at", "amount=Total", "currency=Currency",
        "status=Financial Status", "refund=Refunded Amount", "product=Lineitem name",
        "quantity=Lineitem quantity",
      ],
      csv: """
        Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Billing Name,Billing Country,Shipping Name,Notes,Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Tags,Source,Phone
        #1001,ann@example.com,paid,2024-03-01 10:00:00 +0100,fulfilled,,yes,EUR,50.00,5.00,0.00,55.00,,0.00,Post,2024-03-01 09:59:00 +0100,2,Mug,15.00,,M-1,Ann Sample,DE,Ann Sample,,,card,0.00,Pottery,901,,web,
        #1001,ann@example.com,,,,,,,,,,,,,,2024-03-01 09:59:00 +0100,1,Cup,20.00,,C-1,,,,,,,,Pottery,,,,
        #1002,bob@example.com,partially_refunded,2024-03-02 10:00:00 +0100,fulfilled,,no,EUR,20.00,5.00,0.00,25.00,,0.00,Post,2024-03-02 09:59:00 +0100,1,Bowl,20.00,,B-1,Bob Sample,FR,Bob Sample,,,card,5.00,Pottery,902,,web,

        """),
    ExpectedExport(
      name: "Shopify customers", kind: .customers, roles: ["customer=Email"],
      csv: """
        First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt
        Ann,Sample,ann@example.com,yes,,1 Any Street,,Sampleton,,,Germany,DE,00001,,no,55.00,1,vip,,no
        Bob,Sample,bob@example.com,no,,2 Any Street,,Sampleton,,,France,FR,00002,,no,20.00,2,,,no

        """),
    ExpectedExport(
      name: "Stripe payments", kind: .orders,
      roles: [
        "orderID=id", "time=Created date (UTC)", "amount=Converted Amount",
        "refund=Converted Amount Refunded",
        "currency=Converted Currency", "status=Status", "customer=Customer ID", "email=Customer Email",
      ],
      csv: """
        id,Description,Seller Message,Created date (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Fee,Tax,Converted Currency,Mode,Status,Statement Descriptor,Customer ID,Customer Description,Customer Email,Captured,Card ID,Invoice ID,PaymentIntent ID,plan (metadata)
        ch_1,Order 1,Payment complete.,2024-03-01 10:00:00,10.00,0.00,usd,9.20,0.00,0.30,0.00,eur,Live,Paid,SAMPLE,cus_1,,ann@example.com,true,card_1,,pi_1,basic
        ch_2,Order 2,Payment complete.,2024-03-02 10:00:00,20.00,5.00,usd,18.40,4.60,0.30,0.00,eur,Live,Refunded,SAMPLE,cus_2,,bob@example.com,true,card_2,,pi_2,plus

        """),
    ExpectedExport(
      name: "Stripe payments, older", kind: .orders,
      roles: ["time=Created (UTC)", "amount=Converted Amount", "customer=Customer ID"],
      csv: """
        id,Description,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Fee,Converted Currency,Status,Customer ID,Customer Email,Captured
        ch_1,Order 1,2024-03-01 10:00,10.00,0.00,usd,9.20,0.00,0.30,eur,Paid,cus_1,ann@example.com,true
        ch_2,Order 2,2024-03-13 10:00,20.00,5.00,usd,18.40,4.60,0.30,eur,Paid,cus_2,bob@example.com,true

        """),
    ExpectedExport(
      name: "WooCommerce", kind: .orders,
      roles: [
        "orderID=order_id", "time=order_date", "status=status", "amount=order_total",
        "currency=order_currency",
        "customer=customer_email", "discount=discount_total",
      ],
      csv: """
        order_id,order_number,order_date,paid_date,status,shipping_total,cart_discount,order_discount,discount_total,order_total,order_subtotal,order_currency,payment_method,customer_id,customer_user,customer_email,billing_first_name,billing_last_name,billing_country
        501,501,03/14/2024 10:00:00,03/14/2024 10:01:00,completed,5.00,0,0,0,55.00,50.00,EUR,card,7,7,ann@example.com,Ann,Sample,DE
        502,502,03/15/2024 10:00:00,03/15/2024 10:01:00,completed,5.00,0,0,0,25.00,20.00,EUR,card,0,0,bob@example.com,Bob,Sample,FR

        """),
    ExpectedExport(
      name: "WooCommerce by item", kind: .orders,
      roles: [
        "orderID=Order Number", "time=Order Date", "status=Order Status", "amount=Order Total Amount",
        "refund=Order Refund Amount", "customer=Email (Billing)", "product=Item Name",
        "quantity=Quantity (- Refund)",
      ],
      csv: """
        Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost,Coupon Code,Discount Amount
        501,Completed,2024-03-14 10:00,Ann,Sample,ann@example.com,0,50.00,5.00,0,55.00,0,M-1,1,Mug,2,15.00,,0
        501,Completed,2024-03-14 10:00,Ann,Sample,ann@example.com,0,50.00,5.00,0,55.00,0,C-1,2,Cup,1,20.00,,0
        502,Completed,2024-03-15 10:00,Bob,Sample,bob@example.com,0,20.00,5.00,0,25.00,0,B-1,1,Bowl,1,20.00,,0

        """),
    ExpectedExport(
      name: "Online Retail", kind: .orders,
      roles: [
        "orderID=InvoiceNo", "product=Description", "quantity=Quantity", "unitPrice=UnitPrice",
        "customer=CustomerID",
        "country=Country",
      ],
      csv: """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        1,M1,MUG,6,2010-12-01 08:26:00,2.55,17.0,United Kingdom
        C2,M1,MUG,-1,2010-12-02 08:26:00,2.55,17.0,United Kingdom
        3,C1,CUP,6,2010-12-03 08:26:00,3.39,18.0,France

        """),
    ExpectedExport(
      name: "Online Retail II", kind: .orders,
      roles: ["orderID=Invoice", "unitPrice=Price", "customer=Customer ID"],
      csv: """
        Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country
        1,M1,MUG,6,2009-12-01 07:45:00,6.95,17.0,United Kingdom
        2,C1,CUP,6,2009-12-03 08:26:00,3.39,18.0,France

        """),
    ExpectedExport(
      name: "TikTok Shop", kind: .orders,
      roles: [
        "orderID=Order ID", "status=Order Status", "amount=Order Amount", "refund=Order Refund Amount",
        "time=Created Time", "customer=Buyer Username",
      ],
      csv: """
        Order ID,Order Status,Order Amount,Order Refund Amount,Cancelation/Return Type,Sku Quantity of return,Created Time,Paid Time,Cancelled Time,Buyer Username
        57,Completed,55.00,0,,0,03/14/2024 10:00:00 AM,03/14/2024 10:01:00 AM,,sample_ann
        58,Completed,25.00,0,,0,03/15/2024 10:00:00 AM,03/15/2024 10:01:00 AM,,sample_bob

        """),
    ExpectedExport(
      name: "TikTok Shop without buyers", kind: .orders, roles: ["amount=Order Amount"],
      questions: ["ingest.column"],
      csv: """
        Order ID,Order Status,Order Amount,Order Refund Amount,Cancelation/Return Type,Sku Quantity of return,Created Time,Paid Time,Cancelled Time
        57,Completed,55.00,0,,0,03/14/2024 10:00:00 AM,03/14/2024 10:01:00 AM,
        58,Completed,25.00,0,,0,03/15/2024 10:00:00 AM,03/15/2024 10:01:00 AM,

        """),
  ]

  private static let crm = [
    ExpectedExport(
      name: "HubSpot contacts", kind: .customers, roles: ["customer=Record ID", "email=Email"],
      csv: """
        Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,Lifecycle Stage,Lead Status,Create Date,Last Activity Date,Original Source,Associated Company,Country/Region,Contact owner
        101,Ann,Sample,ann@example.com,,Buyer,Sample Ltd,Customer,Open,2024-03-12 09:14,2024-03-13 09:14,Organic Search,Sample Ltd,Germany,Olga Owner
        102,Bob,Sample,bob@example.com,,Boss,Other Ltd,Lead,New,3/15/2024 2:30 PM,2024-03-16 09:14,Direct,Other Ltd,France,Olga Owner

        """),
    ExpectedExport(
      name: "HubSpot deals", kind: .orders,
      roles: [
        "orderID=Record ID", "amount=Amount", "time=Close Date", "customer=Associated Contact IDs",
        "status=Deal Stage",
      ],
      csv: """
        Record ID,Deal Name,Deal Stage,Amount,Pipeline,Close Date,Create Date,Deal owner,Company Name,Associated Company IDs,Associated Contact IDs,Lead source,Date entered current stage,Last Activity Date
        201,Big deal,Closed won,$125000,Sales,2024-03-12 09:14,2024-01-12 09:14,Olga Owner,Sample Ltd,301,101;102,Web,2024-03-12 09:14,2024-03-12 09:14
        202,Small deal,Closed lost,$1000,Sales,2024-03-15 09:14,2024-01-15 09:14,Olga Owner,Other Ltd,302,103,Web,2024-03-12 09:14,2024-03-12 09:14

        """),
    ExpectedExport(
      name: "Salesforce leads", kind: .customers, roles: ["customer=Lead ID", "email=Email"],
      csv: """
        Lead ID,FirstName,LastName,Email,Phone,Company,LeadSource,Status,OwnerId
        00Q1,Ann,Sample,ann@example.com,,Sample Ltd,Web,Open,005
        00Q2,Bob,Sample,bob@example.com,,Other Ltd,Web,Working,005

        """),
    ExpectedExport(
      name: "Salesforce opportunities", kind: .orders,
      roles: ["orderID=Id", "customer=AccountId", "status=StageName", "time=CloseDate", "amount=Amount"],
      csv: """
        Id,AccountId,Name,StageName,CloseDate,CreatedDate,Amount,IsWon
        0061,0011,Big deal,Closed Won,2024-03-12,2024-01-12,125000,true
        0062,0012,Small deal,Closed Lost,2024-03-15,2024-01-15,1000,false

        """),
    ExpectedExport(
      name: "Salesforce contacts", kind: .customers, roles: ["customer=Email"],
      csv: """
        FirstName,LastName,Email,Title,AccountName,MobilePhone
        Ann,Sample,ann@example.com,Buyer,Sample Ltd,+49 30 1234567
        Bob,Sample,bob@example.com,Boss,Other Ltd,+49 30 1234568

        """),
    ExpectedExport(
      name: "Klaviyo profiles", kind: .customers, roles: ["customer=Klaviyo ID", "email=Email"],
      csv: """
        Email,Klaviyo ID,First Name,Last Name,City,State / Region,Country,Zip Code,Source,Email Marketing Consent,Profile Created On,Date Added,Current RFM group
        ann@example.com,01A,Ann,Sample,Sampleton,,Germany,00001,Shop,SUBSCRIBED,2024-03-01 10:00,2024-03-01,Champions
        bob@example.com,01B,Bob,Sample,Sampleton,,France,00002,Shop,NEVER,2024-03-02 10:00,2024-03-02,At risk

        """),
    ExpectedExport(
      name: "Mailchimp audience", kind: .customers, roles: ["customer=Email Address", "ip=OPTIN_IP"],
      csv: #"""
        Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS
        ann@example.com,Ann,Sample,4,2024-03-01 10:00:00,192.0.2.1,2024-03-01 10:05:00,192.0.2.1,1.5,2.5,1,2,Europe/Berlin,DE,BE,2024-03-02 10:00:00,11,e1,,"""VIP"",""Shop"""
        bob@example.com,Bob,Sample,2,2024-03-03 10:00:00,192.0.2.2,2024-03-03 10:05:00,192.0.2.2,3.5,4.5,1,2,Europe/Paris,FR,PA,2024-03-04 10:00:00,12,e2,,"""Shop"""

        """#),
  ]

  private static let events = [
    ExpectedExport(
      name: "GA4, flattened", kind: .events,
      roles: [
        "event=event_name", "time=event_timestamp", "customer=user_pseudo_id", "amount=event_value_in_usd",
        "session=event_params.ga_session_id", "channel=traffic_source.source",
      ],
      csv: """
        event_date,event_timestamp,event_previous_timestamp,event_name,event_value_in_usd,event_params.ga_session_id,event_params.page_location,user_pseudo_id,traffic_source.source,geo.country
        20240301,1709287200000000,,page_view,,77,https://example.com/,1.1,google,Germany
        20240301,1709287260000000,1709287200000000,purchase,55.0,77,https://example.com/buy,1.1,google,Germany

        """),
    ExpectedExport(
      name: "Segment, flattened", kind: .events,
      roles: [
        "customer=userId", "time=timestamp", "event=event", "amount=properties.revenue",
        "campaign=context.campaign.name", "channel=context.campaign.source",
      ],
      csv: """
        type,userId,anonymousId,messageId,timestamp,sentAt,receivedAt,event,properties.revenue,properties.orderId,context.campaign.source,context.campaign.name,context.ip,traits.email
        track,u1,a1,m1,2024-03-01T10:00:00Z,2024-03-01T10:00:01Z,2024-03-01T10:00:02Z,Product Viewed,,,google,spring,192.0.2.1,ann@example.com
        track,u1,a1,m2,2024-03-01T10:05:00Z,2024-03-01T10:05:01Z,2024-03-01T10:05:02Z,Order Completed,55.00,501,google,spring,192.0.2.1,ann@example.com
        track,u2,a2,m3,2024-03-02T10:05:00Z,2024-03-02T10:05:01Z,2024-03-02T10:05:02Z,Product Viewed,,,,,192.0.2.2,bob@example.com

        """),
    ExpectedExport(
      name: "Event log of a process", kind: .events,
      roles: ["customer=case:concept:name", "event=concept:name", "time=time:timestamp"],
      csv: """
        case:concept:name,concept:name,time:timestamp,org:resource
        1,Register,2024-03-01T10:00:00+01:00,r1
        1,Decide,2024-03-02T10:00:00+01:00,r2

        """),
    ExpectedExport(
      name: "Clickstream", kind: .events, roles: ["customer=user_id", "event=event", "time=timestamp"],
      csv: """
        user_id,event,timestamp
        1,catalog,2024-03-01 17:59:13.273932
        1,cart,2024-03-01 17:59:28.459271
        2,catalog,2024-03-02 17:59:28.459271

        """),
    ExpectedExport(
      name: "PostHog", kind: .events,
      roles: ["customer=Person.id", "event=event", "time=created_at", "name=Person.display_name"],
      csv: """
        event,Person.id,Person.display_name,distinct_id,created_at
        $pageview,p1,Ann Sample,d1,2024-03-01T10:00:00Z
        signed_up,p1,Ann Sample,d1,2024-03-01T10:05:00Z
        $pageview,p2,Bob Sample,d2,2024-03-02T10:00:00Z

        """),
  ]

  private static let lay = [
    ExpectedExport(
      name: "user, subtotal, created", kind: .orders,
      roles: ["customer=user_id", "amount=subtotal_amount", "time=created_at"],
      csv: "user_id,subtotal_amount,created_at\n1,10.50,2024-03-01\n1,12.00,2024-03-05\n2,7.25,2024-03-06\n"),
    ExpectedExport(
      name: "customer, transaction, sales", kind: .orders,
      roles: [
        "customer=customer_id", "time=transaction_date", "orderID=transaction_id", "amount=sales_amount",
      ],
      csv: """
        customer_id,transaction_date,transaction_id,sales_amount
        1,2024-03-01,t1,10.50
        2,2024-03-02,t2,12.00

        """),
    ExpectedExport(
      name: "German shop", kind: .orders,
      roles: [
        "customer=Kunde", "orderID=Bestellnummer", "time=Bestelldatum", "amount=Gesamtbetrag",
        "currency=Währung",
        "status=Bestellstatus", "product=Artikel", "quantity=Stückzahl", "country=Land",
      ],
      csv: """
        Bestellnummer;Kunde;Bestelldatum;Gesamtbetrag;Währung;Bestellstatus;Artikel;Stückzahl;Land
        B1;K1;14.03.2024;1.055,00;EUR;bezahlt;Tasse;2;DE
        B2;K2;15.03.2024;25,50;EUR;storniert;Schale;1;AT
        B3;K1;16.03.2024;30,00;EUR;bezahlt;Schale;1;DE

        """),
    ExpectedExport(
      name: "French shop", kind: .orders,
      roles: [
        "customer=N° client", "orderID=N° de commande", "time=Date de commande", "amount=Montant TTC",
        "status=Statut de la commande", "product=Désignation", "quantity=Quantité",
      ],
      csv: """
        N° de commande;N° client;Date de commande;Montant TTC;Devise;Statut de la commande;Désignation;Quantité
        C1;7;14/03/2024;55,00;EUR;payée;Tasse;2
        C2;8;15/03/2024;25,50;EUR;payée;Bol;1

        """),
    ExpectedExport(
      name: "Spanish shop", kind: .orders,
      roles: [
        "customer=Cliente", "orderID=Nº pedido", "time=Fecha", "amount=Importe", "currency=Moneda",
        "status=Estado del pedido", "product=Artículo", "quantity=Cantidad",
      ],
      csv: """
        Nº pedido;Cliente;Fecha;Importe;Moneda;Estado del pedido;Artículo;Cantidad
        P1;c7;14/03/2024;55,00;EUR;pagado;Taza;2
        P2;c8;15/03/2024;25,50;EUR;pagado;Cuenco;1

        """),
    ExpectedExport(
      name: "Orders beside the state people live in", kind: .orders,
      roles: ["amount=total", "customer=customer"],
      csv: """
        order_no,customer,date,total,state
        1,a,2024-03-01,10.50,CA
        2,b,2024-03-02,12.00,NY

        """),
  ]
}
