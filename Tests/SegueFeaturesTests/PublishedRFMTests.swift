import SegueCore
import SegueFeatures
import SegueIngest
import SegueTestSupport
import Testing

/// Tables printed in the documentation of the R package rfm 0.3.0, and the same recounted with pandas.
@Suite("RFM as published by the R package rfm", .enabled(if: SharedFolder.has("reference/rfm.json")))
struct PublishedRFMTests {
  private let reference: RFMReference

  init() throws { reference = try SharedFolder.json("reference/rfm.json", as: RFMReference.self) }

  private func packageOptions(_ asOf: String) -> RFMOptions {
    var options = RFMOptions()
    options.asOf = CalendarDay(iso: asOf)
    options.binning = .rfmPackage
    options.segments = "rfmPackage"
    return options
  }

  private func orders() throws -> Scored {
    try Scored(
      history(SharedFolder.contents("data/rfm_data_orders.csv")), packageOptions("2006-12-31"))
  }

  @Test("the first ten rows are those of the printed table")
  func firstRows() throws {
    let scored = try orders()
    let table = reference.published.table
    #expect(scored.history.count == table.customers)
    for (row, printed) in table.rows.enumerated() {
      #expect(scored.history.customerIDs[row] == printed.customer_id)
      #expect(scored.rfm.recencyDays[row] == printed.recency_days)
      #expect(scored.rfm.frequency[row] == printed.transaction_count)
      #expect(scored.rfm.monetary[row] == printed.amount)
      #expect(Double(scored.scores.recency[row]) == printed.recency_score)
      #expect(scored.scores.code(row) == String(table.scores[row]))
    }
  }

  @Test("customers, orders and revenue of every segment are those of the printed summary")
  func summary() throws {
    let segments = try orders().segments
    #expect(segments.count == reference.published.summary.rows.count)
    for printed in reference.published.summary.rows {
      let found = try #require(segments[printed.segment])
      #expect(
        found
          == Scored.Total(
            customers: printed.customers, orders: printed.orders, revenue: Amount(printed.revenue)))
    }
  }

  @Test("cut points, score counts and single customers of the order data agree")
  func orderData() throws {
    try agree(try orders(), reference.rfm_data_orders.rfm_package)
  }

  @Test("the customer data, rebuilt as one order line each, agrees")
  func customerData() throws {
    try agree(
      Scored(customerHistory(), packageOptions("2007-01-01")), reference.rfm_data_customer.rfm_package)
  }

  @Test("the online shop's data, refunds set aside, agrees")
  func onlineRetail() throws {
    var ingest = IngestOptions()
    ingest.refunds = .exclude
    let scored = try Scored(
      history(SharedFolder.contents("data/online_retail.csv.gz"), ingest), packageOptions("2011-12-10"))
    try agree(scored, reference.online_retail_rule_A.rfm_package)

    var options = RFMOptions()
    options.segments = "recencyFrequency"
    try QuantileFigures.onlineRetail.agree(Scored(scored.history, options))

    // NumPy, by the plain recurrence; orders and money on the scale asinh(x / median).
    options.binning = .natural
    let natural = try Scored(scored.history, options)
    #expect(natural.counts(natural.scores.recency) == [290, 439, 505, 1_031, 2_073])
    #expect(natural.counts(natural.scores.frequency) == [1_493, 1_343, 802, 538, 162])
    #expect(natural.counts(natural.scores.monetary) == [1_739, 1_181, 869, 467, 82])
    #expect(natural.scores.cutPoints.frequency == [1.5, 3.5, 6.5, 15.5])
    #expect(natural.scores.cutPoints.recencyDays == [46.5, 117.5, 204.5, 292.5])
  }

  @Test("type-7 cut points that score a tie below agree with NumPy on the order data")
  func orderQuantiles() throws {
    var options = packageOptions("2006-12-31")
    options.binning = .quantile
    options.segments = "recencyFrequency"
    let history = try orders().history
    try QuantileFigures.orders.agree(Scored(history, options))
    for (bins, counts) in QuantileFigures.ordersByBins {
      options.bins = bins
      options.segments = SegmentTable.none
      let scored = try Scored(history, options)
      #expect(scored.counts(scored.scores.recency) == counts.recency, "\(bins) bins")
      #expect(scored.counts(scored.scores.frequency) == counts.frequency, "\(bins) bins")
      #expect(scored.counts(scored.scores.monetary) == counts.monetary, "\(bins) bins")
    }
  }

  @Test("type-7 cut points that score a tie below agree with NumPy on the customer data")
  func customerQuantiles() throws {
    var options = RFMOptions()
    options.asOf = CalendarDay(iso: "2007-01-01")
    options.segments = "recencyFrequency"
    try QuantileFigures.customers.agree(Scored(customerHistory(), options))
  }

  private func agree(_ scored: Scored, _ expected: RFMReference.Table) throws {
    func near(_ a: [Double], _ b: [Double]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude <= 1e-9 * max(1, $1.magnitude) }
    }
    #expect(near(scored.scores.cutPoints.recencyDays, expected.cut_points.recency))
    #expect(near(scored.scores.cutPoints.frequency, expected.cut_points.frequency))
    #expect(near(scored.scores.cutPoints.monetary, expected.cut_points.monetary))
    for (score, index) in zip(1...5, 0...) {
      #expect(scored.counts(scored.scores.recency)[index] == expected.score_counts.R[String(score)])
      #expect(scored.counts(scored.scores.frequency)[index] == expected.score_counts.F[String(score)])
      #expect(scored.counts(scored.scores.monetary)[index] == expected.score_counts.M[String(score)])
    }
    let codes = scored.codes
    #expect(codes.values.filter { $0 == "555" }.count == expected.rfm_555)
    #expect(codes.values.filter { $0 == "111" }.count == expected.rfm_111)
    #expect(Set(codes.values).count == expected.distinct_rfm_cells)
    let segments = scored.segments
    #expect(Set(segments.keys) == Set(expected.segments.keys))
    for (name, total) in expected.segments {
      #expect(segments[name]?.customers == total.customers, "\(name)")
      #expect(segments[name]?.orders == total.orders, "\(name)")
      #expect(((segments[name]?.revenue.units ?? 0) - total.revenue).magnitude < 0.01, "\(name)")
    }
    let row = Dictionary(uniqueKeysWithValues: zip(scored.history.customerIDs, 0...))
    for customer in expected.picked {
      let index = try #require(row[customer.id])
      #expect(scored.rfm.recencyDays[index] == customer.recency_days)
      #expect(scored.rfm.frequency[index] == customer.orders)
      #expect((scored.rfm.monetary[index] - customer.amount).magnitude < 0.01)
      #expect(scored.scores.code(index) == "\(customer.R)\(customer.F)\(customer.M)")
      #expect(scored.scores.segments[index] == customer.segment)
    }
  }

  /// The customer data holds totals; as many orders on the last day give the same table.
  private func customerHistory() throws -> PurchaseHistory {
    var ids = InternedStrings()
    var table = OrderTable()
    for fields in try SharedFolder.table("data/rfm_data_customer.csv.gz") {
      let customer = ids.intern(fields[0])
      let day = try #require(CalendarDay(iso: fields[2]))
      for order in 0..<(try #require(Int(fields[3]))) {
        table.customer.append(customer)
        table.time.append(LocalTime(day).seconds)
        table.amount.append(order == 0 ? Amount(try #require(Int(fields[1]))).tenThousandths : 0)
        table.isRefund.append(false)
        table.order.append(table.orderIDs.addUnnamed())
        table.refund.append(0)
      }
    }
    return PurchaseHistory(table, ids: ids)
  }
}
