/// What columns are called, as data. Names are normalised: letters and digits only, lower case.
///
/// Weight is how sure the name alone makes us: 1 names the role, 0.5 is a hint that content must confirm.
enum HeaderSynonyms {
  struct Entry {
    var role: ColumnRole
    var weight: Double
    var names: [String]

    init(_ role: ColumnRole, _ weight: Double, _ names: String) {
      self.role = role
      self.weight = weight
      self.names = names.split(separator: " ").map(String.init)
    }
  }

  /// An export known by its headers: all of `signature` must be there.
  struct KnownExport {
    var name: String
    var kind: TableKind
    var signature: [String]
    var roles: [String: ColumnRole]
    /// The status is a sales stage: only won deals are orders.
    var keepsWonOnly = false
  }

  static let customer: [Entry] = [
    Entry(
      .customer, 1,
      "customerid customer custid customerno customernumber customerkey clientid userid contactid memberid buyerid "
        + "shopperid kundennummer kundennr kundenid idclient clienteid caseconceptname personid distinctid "
        + "userpseudoid subscriberid profileid klaviyoid patientid accountid caseid visitorid donorid householdid"
    ),
    Entry(
      .customer, 0.85,
      "client user contact member buyer shopper patient account subscriber person customeruser recordid leadid "
        + "mqlid anonymousid case leid companyid customerref"),
    Entry(
      .customer, 0.7,
      "customeremail email emailaddress useremail billingemail recipient buyeremail customerexternalid "
        + "associatedcontactids"),
    Entry(.customer, 0.6, "customername"),
  ]

  /// Where rows are not orders, a bare id is whose row it is.
  static let bareID = Entry(.customer, 0.6, "id")

  static let time: [Entry] = [
    Entry(
      .time, 1,
      "orderedat orderdate invoicedate transactiondate purchasedate purchasedat saledate timestamp time date "
        + "datetime eventtime eventtimestamp eventdate occurredat answeredat respondedat surveydate responsedate "
        + "orderdatetime transactiontime timetimestamp bestelldatum datum submittedat placedat"),
    Entry(
      .time, 0.9,
      "createdat created createdutc createddate createdatetime createddateutc createdtime createdateutc "
        + "paymentdate paidat sentat receivedat createdon createdonutc day"),
    Entry(
      .time, 0.7,
      "createdate paiddate closedate processedat closeddate paidtime completedat receivedon addedat startedat "
        + "start when submitdate visitdate"),
  ]

  static let orders: [Entry] = [
    Entry(
      .amount, 1,
      "amount total revenue ordertotal orderamount totalamount totalprice ordervalue salesamount sales netamount "
        + "transactionamount grandtotal ordertotalamount amountpaid betrag umsatz montant importe totalsales"),
    Entry(
      .amount, 0.85,
      "value spend spent subtotal subtotalamount ordersubtotal linetotal lineamount netsales grossamount convertedamount "
        + "paymentamount dollarvalue monetary totalpricesetshopamount ordersubtotalamount eventvalueinusd"),
    Entry(
      .quantity, 1, "quantity qty units lineitemquantity menge itemquantity quantityrefund numberofitems"),
    Entry(.quantity, 0.8, "cds numberofcds items count"),
    Entry(
      .unitPrice, 1,
      "unitprice price itemprice priceperunit lineitemprice itemcost stueckpreis einzelpreis unitcost"),
    Entry(
      .orderID, 1,
      "orderid orderno ordernumber invoiceno invoice invoiceid invoicenumber transactionid transactionno "
        + "bestellnummer ordername receiptid receiptnumber basketid billno checkoutid purchaseid"),
    Entry(.orderID, 0.7, "ordref orderref dealid paymentid"),
    Entry(.orderID, 0.5, "id"),
    Entry(.currency, 1, "currency currencycode ordercurrency ccy waehrung iso4217 transactioncurrency"),
    Entry(.status, 1, "status orderstatus financialstatus paymentstatus displayfinancialstatus state"),
    Entry(
      .refund, 1,
      "refunded refund refundedamount refundamount amountrefunded orderrefundamount totalrefunded refundtotal"
    ),
    Entry(
      .discount, 1,
      "discount discountamount discounttotal totaldiscount totaldiscounts orderdiscount cartdiscount"),
    // names before codes: reports are read by people
    Entry(.product, 1, "product productname item itemname description lineitemname title artikel"),
    Entry(.product, 0.9, "productid sku stockcode itemid lineitemsku variantid asin"),
    Entry(.category, 1, "category productcategory department producttype itemcategory kategorie"),
    Entry(.country, 1, "country shippingcountry billingcountry countrycode land shipcountry"),
  ]

  static let events: [Entry] = [
    Entry(
      .event, 1,
      "event eventname activity action touchpoint conceptname eventtype step interaction handling"),
    Entry(.event, 0.6, "type page pageview name label"),
    Entry(.campaign, 1, "campaign campaignname utmcampaign emailcampaignid campaignid utmparameterscampaign"),
    Entry(.session, 1, "session sessionid gasessionid visitid"),
    Entry(.amount, 0.85, "value revenue amount eventvalue eventvalueinusd conversionvalue"),
    Entry(.orderID, 0.8, "orderid"),
  ]

  static let feedback: [Entry] = [
    Entry(
      .score, 1,
      "score nps npsscore csat csatscore ces cesscore rating satisfaction recommend likelihoodtorecommend"),
    Entry(.score, 0.8, "stars grade points answer"),
    Entry(.metric, 1, "metric surveytype questiontype survey kpi"),
    Entry(.scale, 1, "scale maxscore outof"),
    Entry(.text, 1, "comment comments text feedback verbatim review message reason freetext"),
  ]

  static let shared: [Entry] = [
    Entry(
      .channel, 1, "channel source medium utmsource platform saleschannel sourcetype utmmedium touchchannel"),
    Entry(.stage, 1, "stage journeystage phase lifecyclestage funnelstage"),
    Entry(.email, 1, "email emailaddress customeremail useremail billingemail mail"),
    Entry(.phone, 1, "phone phonenumber mobile mobilephone telephone billingphone shippingphone telefon tel"),
    Entry(
      .name, 1,
      "firstname lastname fullname customername surname givenname familyname billingname shippingname "
        + "billingfirstname billinglastname username displayname vorname nachname personname name "
        + "billingaddressfirstname billingaddresslastname billingaddressname"),
    Entry(
      .address, 1,
      "address address1 address2 street zip zipcode postcode postalcode latitude longitude billingaddress1 "
        + "shippingaddress1 billingzip shippingzip billingstreet shippingstreet birthdate dateofbirth dob"),
    Entry(.ip, 1, "ip ipaddress clientip browserip optinip confirmip"),
  ]

  /// Endings of headers of personal data, whatever stands before them.
  static let personalEndings = [
    "email", "phone", "firstname", "lastname", "fullname", "zip", "postcode", "postalcode", "ipaddress",
    "latitude",
    "longitude", "address1", "address2", "street", "cardnumber", "iban", "dateofbirth",
  ]

  /// Names of amounts that belong to a whole order, even where rows are its items.
  static let orderTotals: Set<String> = [
    "total", "ordertotal", "orderamount", "ordervalue", "grandtotal", "ordertotalamount", "totalprice",
    "totalamount",
  ]

  /// Columns that sum customers up: with them a file is about customers, not orders.
  static let aggregates: Set<String> = [
    "totalspent", "totalorders", "orderscount", "ordercount", "numberoforders", "recencydays", "recency",
    "frequency",
    "lifetimevalue", "ltv", "clv", "lastorderdate", "firstorderdate", "mostrecentvisit", "tenure",
    "averageordervalue",
    "totalrevenue", "numorders", "signedup", "signupdate", "dtcustomer",
  ]

  static let knownExports: [KnownExport] = [
    KnownExport(
      name: "Shopify orders export", kind: .orders,
      signature: ["name", "email", "financialstatus", "total", "lineitemname"],
      roles: [
        "name": .orderID, "email": .customer, "createdat": .time, "total": .amount, "currency": .currency,
        "financialstatus": .status, "refundedamount": .refund, "discountamount": .discount,
        "lineitemname": .product, "shippingcountry": .country, "source": .channel, "phone": .phone,
        "billingname": .name, "shippingname": .name,
      ]),
    KnownExport(
      name: "Stripe payments export", kind: .orders,
      signature: ["convertedamount", "convertedamountrefunded", "convertedcurrency", "customerid"],
      roles: [
        "id": .orderID, "createdutc": .time, "created": .time, "createddateutc": .time,
        "convertedamount": .amount,
        "convertedamountrefunded": .refund, "convertedcurrency": .currency, "status": .status,
        "customerid": .customer, "customeremail": .email, "description": .ignored, "amount": .ignored,
        "amountrefunded": .ignored, "currency": .ignored,
      ]),
    KnownExport(
      name: "WooCommerce orders export", kind: .orders,
      signature: ["orderid", "orderdate", "ordertotal", "ordercurrency", "customeremail"],
      roles: [
        "orderid": .orderID, "orderdate": .time, "status": .status, "ordertotal": .amount,
        "ordercurrency": .currency, "customeremail": .customer, "discounttotal": .discount,
        "billingcountry": .country,
      ]),
    KnownExport(
      name: "Online Retail data", kind: .orders,
      signature: ["stockcode", "quantity", "invoicedate", "customerid"],
      roles: [
        "invoiceno": .orderID, "invoice": .orderID, "stockcode": .ignored, "description": .product,
        "quantity": .quantity, "invoicedate": .time, "unitprice": .unitPrice, "price": .unitPrice,
        "customerid": .customer, "country": .country,
      ]),
    KnownExport(
      name: "Shopify customers export", kind: .customers,
      signature: ["email", "totalspent", "totalorders", "taxexempt"],
      roles: ["email": .customer, "company": .name, "note": .text, "city": .attribute]),
    KnownExport(
      name: "HubSpot contacts export", kind: .customers,
      signature: ["recordid", "email", "lifecyclestage", "createdate"],
      roles: ["recordid": .customer]),
    KnownExport(
      name: "HubSpot deals export", kind: .orders,
      signature: ["recordid", "dealname", "dealstage", "amount", "closedate"],
      roles: [
        "recordid": .orderID, "amount": .amount, "closedate": .time, "associatedcontactids": .customer,
        "associatedcompanyids": .customer, "dealstage": .status, "pipeline": .channel,
      ], keepsWonOnly: true),
    KnownExport(
      name: "Salesforce opportunities export", kind: .orders,
      signature: ["accountid", "stagename", "closedate", "amount"],
      roles: [
        "id": .orderID, "accountid": .customer, "closedate": .time, "amount": .amount, "name": .ignored,
        "stagename": .status,
      ], keepsWonOnly: true),
    KnownExport(
      name: "Salesforce leads export", kind: .customers, signature: ["leadid", "leadsource", "status"],
      roles: ["leadid": .customer]),
    KnownExport(
      name: "Klaviyo profiles export", kind: .customers, signature: ["klaviyoid", "email"],
      roles: ["klaviyoid": .customer]),
    KnownExport(
      name: "Mailchimp audience export", kind: .customers,
      signature: ["emailaddress", "memberrating", "optintime"],
      roles: ["emailaddress": .customer, "optinip": .ip, "confirmip": .ip, "notes": .text]),
    KnownExport(
      name: "GA4 event export", kind: .events, signature: ["eventname", "eventtimestamp", "userpseudoid"],
      roles: [
        "eventname": .event, "eventtimestamp": .time, "eventdate": .ignored, "userpseudoid": .customer,
        "eventvalueinusd": .amount,
      ]),
    KnownExport(
      name: "Segment events", kind: .events, signature: ["userid", "messageid", "timestamp", "event"],
      roles: ["userid": .customer, "timestamp": .time, "event": .event]),
    KnownExport(
      name: "event log", kind: .events, signature: ["caseconceptname", "conceptname", "timetimestamp"],
      roles: ["caseconceptname": .customer, "conceptname": .event, "timetimestamp": .time]),
  ]

  /// Words in a file's name that speak for a kind.
  static let fileNameHints: [(TableKind, [String])] = [
    (.orders, ["order", "transaction", "sales", "purchase", "invoice", "retail", "payment"]),
    (.customers, ["customer", "contact", "client", "profile", "member", "audience", "account", "lead"]),
    (.events, ["event", "click", "visit", "journey", "touch", "session"]),
    (.feedback, ["nps", "csat", "survey", "feedback", "review", "rating"]),
  ]

  static func entries(for kind: TableKind) -> [Entry] {
    switch kind {
    case .orders: customer + time + orders + shared
    case .customers: customer + [bareID] + shared
    case .events: customer + time + events + shared
    case .feedback: customer + [bareID] + time + feedback + shared
    }
  }

  /// `Created (UTC)` → `createdutc`.
  static func normalise(_ header: String) -> String {
    String(
      decoding: header.lowercased().utf8.filter {
        $0 >= 0x80 || ByteText.isDigit($0) || ByteText.isLetter($0)
      },
      as: UTF8.self)
  }

  /// The ways to look a header up: as written, without a bracketed unit, without a connector's prefix.
  static func keys(of header: String) -> [String] {
    var keys = [normalise(header)]
    if let bracket = header.firstIndex(where: { $0 == "(" || $0 == "[" }), bracket > header.startIndex {
      keys.append(normalise(String(header[..<bracket])))
    }
    for prefix in ["property", "orderdetails"] where keys[0].hasPrefix(prefix) && keys[0].count > prefix.count
    {
      keys.append(String(keys[0].dropFirst(prefix.count)))
    }
    return keys.filter { !$0.isEmpty }
  }
}
