/// What columns are called, as data: to teach a name, add it to the list of its role.
///
/// Lines read `role weight: names`. Names are written in one word, with or without accents and capitals.
/// Weight is how sure the name alone makes us: 1 names the role, 0.5 is a hint that content must confirm.
enum HeaderSynonyms {
  static let customer = entries(
    """
    customer 1: customerid customer custid customerno customernumber customerkey clientid userid
      contactid memberid buyerid shopperid caseconceptname personid distinctid userpseudoid subscriberid
      profileid klaviyoid patientid accountid caseid visitorid donorid householdid cardholderid
      loyaltyid kunde kundennummer kundennr kundenid kundenkennung debitor debitornummer debitorennummer
      idclient clientno nclient ndeclient numéroclient numérodeclient numclient codeclient réfclient cliente
      clienteid idcliente ncliente númerocliente númerodecliente códigocliente códigodecliente
    customer 0.85: client user contact member buyer shopper patient account subscriber person
      customeruser recordid leadid mqlid anonymousid case leid companyid customerref visitor donor
      buyerusername customercode accountnumber companykey household contactkey käufer auftraggeber
      nutzer benutzer nutzerid benutzerid mitglied mitgliedsnummer acheteur utilisateur adhérent
      comprador usuario idusuario socio
    customer 0.7: customeremail email emailaddress useremail billingemail recipient buyeremail
      customerexternalid associatedcontactids contactemail emailbilling traitsemail kundenemail
      emailadresse adresseemail courriel correo correoelectrónico
    customer 0.6: customername clientname buyername accountname kundenname nomclient nombrecliente
    """)

  /// Where rows are not orders, a bare id is whose row it is.
  static let bareID = entries("customer 0.6: id")

  static let time = entries(
    """
    time 1: orderedat orderdate invoicedate transactiondate purchasedate purchasedat saledate salesdate
      timestamp time date datetime eventtime eventtimestamp eventdate occurredat answeredat respondedat
      surveydate responsedate orderdatetime ordertime transactiontime timetimestamp submittedat placedat
      orderplacedat dateoforder dateofpurchase datum zeit zeitpunkt zeitstempel bestelldatum
      auftragsdatum kaufdatum rechnungsdatum belegdatum buchungsdatum datecommande datedecommande
      datedelacommande dateachat datedachat datefacture horodatage fecha fechapedido fechadepedido
      fechadelpedido fechacompra fechadecompra fechafactura fechahora
    time 0.9: createdat created createdutc createddate createdatetime createddateutc createdtime
      createdateutc paymentdate paidat sentat receivedat createdon createdonutc day originaltimestamp
      erstelltam erstellt angelegtam datecréation datedecréation crééle fechacreación
      fechadecreación
    time 0.7: createdate paiddate closedate processedat closeddate paidtime completedat receivedon
      addedat startedat start starttime when submitdate visitdate paymentdatetime completiontime
      zahlungsdatum tag datepaiement fechapago
    """)

  static let orders = entries(
    """
    amount 1: amount total revenue ordertotal orderamount totalamount totalprice ordervalue salesamount
      sales netamount transactionamount grandtotal ordertotalamount amountpaid totalsales invoiceamount
      invoicetotal purchaseamount betrag gesamtbetrag summe gesamtsumme umsatz bestellwert warenwert
      rechnungsbetrag nettobetrag bruttobetrag montant montanttotal montantttc montantht prixtotal
      totalttc chiffredaffaires importe importetotal monto montototal preciototal ventas valortotal
    amount 0.85: value spend spent subtotal subtotalamount ordersubtotal linetotal lineamount netsales
      grossamount convertedamount paymentamount dollarvalue monetary totalpricesetshopamount
      ordersubtotalamount eventvalueinusd amountsetshopamount originaltotalsetshopamount extendedprice
      grosssales turnover wert valeur valor
    quantity 1: quantity qty units lineitemquantity itemquantity quantityrefund numberofitems
      orderquantity unitssold menge anzahl stückzahl stück quantité qté cantidad unidades
    quantity 0.8: cds numberofcds items count pieces
    unitPrice 1: unitprice price itemprice priceperunit lineitemprice itemcost unitcost sellingprice
      stückpreis einzelpreis preis preisprostück prix prixunitaire puht precio preciounitario
    orderID 1: orderid orderno ordernumber order invoiceno invoice invoiceid invoicenumber transactionid
      transactionno ordername receiptid receiptnumber basketid billno checkoutid purchaseid salesorder
      salesordernumber bestellnummer bestellnr bestellid bestellung auftragsnummer auftragsnr auftrag
      rechnungsnummer rechnungsnr belegnummer belegnr commande ncommande ndecommande idcommande numérocommande
      numérodecommande nfacture numérofacture numérodefacture pedido npedido ndepedido idpedido númeropedido
      númerodepedido factura nfactura númerofactura númerodefactura
    orderID 0.7: ordref orderref dealid paymentid opportunityid reference
    orderID 0.5: id
    currency 1: currency currencycode ordercurrency ccy iso4217 transactioncurrency currencyisocode
      währung devise monnaie moneda divisa
    status 1: status orderstatus financialstatus paymentstatus displayfinancialstatus transactionstatus
      bestellstatus auftragsstatus zahlungsstatus statut statutcommande statutdelacommande estadopedido
      estadodelpedido
    # also where somebody lives, so its cells must speak of orders
    status 0.7: state stage dealstage stagename estado état zustand
    refund 1: refunded refund refundedamount refundamount amountrefunded orderrefundamount totalrefunded
      refundtotal totalrefundedsetshopamount erstattung rückerstattung erstattungsbetrag gutschrift
      remboursement montantremboursé reembolso importereembolsado
    discount 1: discount discountamount discounttotal totaldiscount totaldiscounts orderdiscount
      cartdiscount totaldiscountssetshopamount totaldiscountsetshopamount rabatt nachlass remise
      réduction descuento
    # names before codes: reports are read by people
    product 1: product productname item itemname lineitemname artikel produkt artikelname produktname
      artikelbezeichnung produit article nomproduit producto artículo nombreproducto
    product 0.95: description title producttitle productdescription bezeichnung désignation libellé
      descripción
    product 0.9: productid sku stockcode itemid lineitemsku variantid asin productcode artikelnummer
      artikelnr produktid codeproduit réfproduit codeproducto códigoproducto idproducto
    category 1: category productcategory department producttype itemcategory kategorie produktkategorie
      warengruppe catégorie rayon categoría
    country 1: country shippingcountry billingcountry countrycode shipcountry shippingaddresscountry
      billingaddresscountry geocountry countryregion land lieferland rechnungsland pays país
    """)

  static let events = entries(
    """
    event 1: event eventname activity action touchpoint conceptname eventtype step interaction handling
      activityname ereignis aktion aktivität événement evento acción actividad
    event 0.6: type page pageview name label eventcategory
    campaign 1: campaign campaignname utmcampaign emailcampaignid campaignid utmparameterscampaign
      contextcampaignname kampagne campagne campaña
    session 1: session sessionid gasessionid visitid sitzung sitzungsid idsession idsesión
    amount 0.85: value revenue amount eventvalue eventvalueinusd conversionvalue propertiesrevenue
      propertiesvalue
    orderID 0.8: orderid transactionid ecommercetransactionid
    """)

  static let feedback = entries(
    """
    score 1: score nps npsscore csat csatscore ces cesscore rating satisfaction recommend
      likelihoodtorecommend bewertung zufriedenheit weiterempfehlung punktzahl puntuación satisfacción
    score 0.8: stars grade points answer sterne punkte étoiles estrellas
    metric 1: metric surveytype questiontype survey kpi umfrage enquête encuesta
    scale 1: scale maxscore outof skala échelle escala
    text 1: comment comments text feedback verbatim review message reason freetext kommentar freitext
      anmerkung commentaire commentaires comentario comentarios
    """)

  static let shared = entries(
    """
    channel 1: channel source medium utmsource platform saleschannel sourcetype utmmedium touchchannel
      sourcename contextcampaignsource contextcampaignmedium trafficsourcesource trafficsourcemedium
      leadsource originalsource kanal vertriebskanal quelle canal canaldeventa origine origen
    stage 1: stage journeystage phase lifecyclestage funnelstage étape etapa
    email 1: email emailaddress customeremail useremail billingemail mail emailbilling contactemail
      contexttraitsemail emailadresse kundenemail adresseemail courriel correo correoelectrónico
    phone 1: phone phonenumber mobile mobilephone telephone billingphone shippingphone tel cell
      cellphone telefon telefonnummer handy handynummer mobilnummer téléphone portable teléfono móvil
    name 1: firstname lastname fullname customername surname givenname familyname billingname
      shippingname billingfirstname billinglastname username displayname personname name
      persondisplayname buyerusername buyername billingaddressfirstname billingaddresslastname
      billingaddressname recipientname shippingaddressfirstname shippingaddresslastname
      shippingaddressname vorname nachname kundenname ansprechpartner nom prénom nomclient nombre
      apellido apellidos nombrecliente
    address 1: address address1 address2 street zip zipcode postcode postalcode latitude longitude
      billingaddress1 shippingaddress1 billingzip shippingzip billingstreet shippingstreet birthdate
      dateofbirth dob birthday straße hausnummer plz postleitzahl anschrift adresse geburtsdatum
      geburtstag codepostal datedenaissance dirección códigopostal fechadenacimiento
    ip 1: ip ipaddress clientip browserip optinip confirmip contextip ipadresse
    """)

  /// Endings of headers of personal data, whatever stands before them.
  static let personalEndings = words(
    """
    email phone firstname lastname fullname zip postcode postalcode ipaddress latitude longitude address1
    address2 street cardnumber iban dateofbirth creditcardnumber
    """)

  /// What the machinery of an export adds; it says nothing about customers, orders or events.
  static let bookkeeping = Set(
    words(
      """
      fivetransynced fivetrandeleted isdeleted deleted index rownumber row unnamed0 rowid airbyteextractedat
      airbyterawid airbytemeta sdcextractedat sdcbatchedat synced syncedat loadedat insertedat updatedat
      modifiedat lastmodified systemmodstamp
      """))

  // MARK: Tables

  /// Names of amounts that belong to a whole order, even where rows are its items.
  static let orderTotals = Set(
    words(
      """
      total ordertotal orderamount ordervalue grandtotal ordertotalamount totalprice totalamount gesamtbetrag
      gesamtsumme bestellwert montanttotal importetotal
      """))

  /// Beginnings of headers that speak of orders, and so of a table of orders or of what belongs to them.
  static let orderWords = words(
    """
    order invoice purchase transaction bestell auftrag rechnung commande pedido factur
    """)

  /// Columns that sum customers up: with them a file is about customers, not orders.
  static let aggregates = Set(
    words(
      """
      totalspent totalorders orderscount ordercount orders numberoforders recencydays recency frequency
      lifetimevalue ltv clv lastorderdate firstorderdate mostrecentvisit tenure averageordervalue
      totalrevenue numorders signedup signupdate dtcustomer purchases purchasecount invoicecount
      transactioncount totalconversions gesamtumsatz anzahlbestellungen
      """))

  /// Cells of a status column.
  static let statusWords = Set(
    words(
      """
      paid unpaid pending completed complete processing shipped delivered fulfilled open cancelled canceled
      refunded partiallyrefunded returned failed onhold voided authorized succeeded success closed closedwon
      closedlost won lost draft placed new bezahlt offen versendet storniert abgeschlossen erstattet
      geliefert payé payée expédié livré annulé remboursé terminé encours pagado pendiente enviado entregado
      cancelado completado reembolsado
      """))

  static let knownExports: [KnownExport] = [
    KnownExport(
      "Shopify orders export", .orders, "name email financialstatus total lineitemname",
      """
      orderID: name; customer: email; time: createdat; amount: total; currency: currency;
      status: financialstatus; refund: refundedamount; discount: discountamount;
      product: lineitemname; quantity: lineitemquantity; unitPrice: lineitemprice;
      country: shippingcountry billingcountry; channel: source; phone: phone;
      name: billingname shippingname; ignored: id subtotal paidat
      """),
    KnownExport(
      "Shopify orders table of a connector", .orders,
      "totalpricesetshopamount customerid displayfinancialstatus",
      """
      orderID: id; customer: customerid; time: createdat; amount: totalpricesetshopamount;
      currency: totalpricesetshopcurrencycode; status: displayfinancialstatus;
      discount: totaldiscountssetshopamount; country: shippingaddresscountry billingaddresscountry;
      channel: sourcename; ignored: name currencycode subtotalpricesetshopamount processedat
      """),
    KnownExport(
      "Stripe payments export", .orders,
      "convertedamount convertedamountrefunded convertedcurrency customerid",
      """
      orderID: id; time: createddateutc createdutc created; amount: convertedamount;
      refund: convertedamountrefunded; currency: convertedcurrency; status: status;
      customer: customerid; email: customeremail;
      ignored: description amount amountrefunded currency invoiceid
      """),
    KnownExport(
      "WooCommerce orders export", .orders, "orderid orderdate ordertotal ordercurrency customeremail",
      """
      orderID: orderid; time: orderdate; status: status; amount: ordertotal; currency: ordercurrency;
      customer: customeremail; discount: discounttotal; country: billingcountry;
      refund: refundedtotal;
      ignored: ordernumber paiddate ordersubtotal cartdiscount orderdiscount customerid customeruser
      """),
    KnownExport(
      "WooCommerce orders export by item", .orders, "ordertotalamount ordersubtotalamount itemcost itemname",
      """
      orderID: ordernumber orderid; time: orderdate; status: orderstatus; amount: ordertotalamount;
      refund: orderrefundamount; customer: emailbilling customeremail; product: itemname;
      quantity: quantityrefund quantity; unitPrice: itemcost; discount: cartdiscountamount;
      country: countrycodebilling countrybilling;
      ignored: item sku ordersubtotalamount discountamount
      """),
    KnownExport(
      "Online Retail data", .orders, "stockcode quantity invoicedate customerid",
      """
      orderID: invoiceno invoice; product: description; quantity: quantity; time: invoicedate;
      unitPrice: unitprice price; customer: customerid; country: country; ignored: stockcode
      """),
    KnownExport(
      "TikTok Shop orders export", .orders, "orderid orderstatus orderamount orderrefundamount createdtime",
      """
      orderID: orderid; status: orderstatus; amount: orderamount; refund: orderrefundamount;
      time: createdtime; customer: buyerid buyerusername buyernickname; product: productname;
      ignored: paidtime cancelledtime
      """),
    KnownExport(
      "Shopify customers export", .customers, "email totalspent totalorders taxexempt",
      "customer: customerid email; name: company defaultaddresscompany; text: note"),
    KnownExport(
      "Shopify customers table of a connector", .customers, "id email totalspent orderscount taxexempt",
      "customer: id; text: note"),
    KnownExport(
      "HubSpot contacts export", .customers, "recordid email lifecyclestage createdate",
      "customer: recordid"),
    KnownExport(
      "HubSpot contacts table of a connector", .customers,
      "id propertyemail propertycreatedate propertyfirstname",
      "customer: id"),
    KnownExport(
      "HubSpot companies table of a connector", .customers,
      "id propertyname propertyindustry propertycreatedate",
      "customer: id"),
    KnownExport(
      "HubSpot deals export", .orders, "recordid dealname dealstage amount closedate", keepsWonOnly: true,
      """
      orderID: recordid; amount: amount; time: closedate;
      customer: associatedcontactids associatedcompanyids associatedcontact associatedcompany;
      status: dealstage; channel: pipeline; ignored: createdate dealname companyname
      """),
    KnownExport(
      "HubSpot email events", .events, "emailcampaignid recipient type created",
      "customer: recipient; event: type; time: created; campaign: emailcampaignid"),
    KnownExport(
      "Salesforce opportunities export", .orders, "accountid stagename closedate amount", keepsWonOnly: true,
      """
      orderID: id; customer: accountid; time: closedate; amount: amount; status: stagename;
      channel: leadsource; ignored: name createddate
      """),
    KnownExport(
      "Salesforce leads export", .customers, "leadid leadsource status",
      "customer: leadid"),
    KnownExport(
      "Salesforce contacts export", .customers, "firstname lastname email accountname",
      "customer: contactid email"),
    KnownExport(
      "Klaviyo profiles export", .customers, "klaviyoid email",
      "customer: klaviyoid"),
    KnownExport(
      "Mailchimp audience export", .customers, "emailaddress memberrating optintime",
      "customer: emailaddress; ip: optinip confirmip; text: notes"),
    KnownExport(
      "GA4 event export", .events, "eventname eventtimestamp userpseudoid",
      """
      event: eventname; time: eventtimestamp; customer: userpseudoid; amount: eventvalueinusd;
      channel: trafficsourcesource collectedtrafficsourcemanualsource;
      session: eventparamsgasessionid; ignored: eventdate eventprevioustimestamp userid
      """),
    KnownExport(
      "Segment events", .events, "userid|anonymousid messageid timestamp event",
      """
      customer: userid anonymousid; time: timestamp; event: event; amount: propertiesrevenue;
      orderID: propertiesorderid; channel: contextcampaignsource; campaign: contextcampaignname;
      ignored: sentat receivedat originaltimestamp type channel
      """),
    KnownExport(
      "PostHog events", .events, "distinctid event timestamp|createdat",
      """
      customer: personid distinctid; event: event; time: timestamp createdat;
      channel: propertiesutmsource; campaign: propertiesutmcampaign; session: propertiessessionid
      """),
    KnownExport(
      "event log", .events, "caseconceptname conceptname timetimestamp",
      "customer: caseconceptname; event: conceptname; time: timetimestamp"),
  ]

  /// Words in a file's name that speak for a kind.
  static let fileNameHints: [(TableKind, [String])] = [
    (
      .orders,
      [
        "order", "transaction", "sales", "purchase", "invoice", "retail", "payment", "bestell", "umsatz",
        "rechnung",
        "commande", "vente", "pedido", "venta",
      ]
    ),
    (
      .customers,
      [
        "customer", "contact", "client", "profile", "member", "audience", "account", "lead", "kunde",
        "kontakt",
        "abonn",
      ]
    ),
    (.events, ["event", "click", "visit", "journey", "touch", "session", "ereignis"]),
    (.feedback, ["nps", "csat", "survey", "feedback", "review", "rating", "umfrage", "enquete", "encuesta"]),
  ]

  static func entries(for kind: TableKind) -> [HeaderEntry] {
    switch kind {
    case .orders: customer + time + orders + shared
    case .customers: customer + bareID + shared
    case .events: customer + time + events + shared
    case .feedback: customer + bareID + time + feedback + shared
    }
  }

  /// What connectors and flattened JSON put before the name of a field.
  static let prefixes = words(
    """
    property properties orderdetails traits contexttraits eventparams userproperties attributes payload
    fields
    """)
}
