import FoundationEssentials
import SegueCore
import SegueTestSupport
import SegueValue
import Testing

@Suite("Holdout")
struct HoldoutTests {
  @Test("the default split holds out the last third, and none where that is less than four weeks")
  func defaultSplit() {
    #expect(Holdout.defaultSplit(first: 1_000, last: 1_300) == 1_200)
    #expect(Holdout.defaultSplit(first: 1_000, last: 1_084) == 1_056)
    #expect(Holdout.defaultSplit(first: 1_000, last: 1_083) == nil)
  }

  struct Published: Decodable {
    struct Entry: Decodable {
      struct Table: Decodable { var actual, expected: [Double], customers: [Int] }

      var id: String
      var table: Table?

      enum CodingKeys: String, CodingKey {
        case id, value
      }

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        table = try? container.decode(Table.self, forKey: .value)
      }
    }

    var values: [Entry]
    static let file = "reference/btyd_published.json"
  }

  @Test(
    "CDNOW: the holdout tables that BTYD prints for both models",
    .enabled(if: SharedFolder.has(Published.file)),
    arguments: [("bgnbd", 1e-3), ("pnbd", 2e-3)])
  func published(model: String, tolerance: Double) throws {
    let table = try #require(
      SharedFolder.json(Published.file, as: Published.self).values
        .first { $0.id == "\(model).holdout_by_frequency.BTYD" }?.table)
    let holdout = try Holdout(
      CDNowLog.histories(), model: model == "bgnbd" ? .bgnbd : .paretonbd, splitDay: CDNowLog.calibrationEnd)
    #expect(holdout.holdout == 39)
    #expect(holdout.customers == 2_357)
    #expect(holdout.actualOrders == 1_882)
    #expect(holdout.groups.map(\.frequency) == Array(0...7))
    #expect(holdout.groups.map(\.isOpen) == [false, false, false, false, false, false, false, true])
    #expect(holdout.groups.map(\.customers) == table.customers)
    for (group, (actual, expected)) in zip(holdout.groups, zip(table.actual, table.expected)) {
      #expect(abs(group.actual - actual) < 5e-4)
      #expect(abs(group.expected - expected) < tolerance)
    }
  }

  @Test(
    "CDNOW: totals, errors and the tracking curve agree with each other")
  func consistent() throws {
    let histories = try CDNowLog.histories()
    let holdout = try Holdout(histories, splitDay: CDNowLog.calibrationEnd)
    #expect(holdout.model == .bgnbd)
    #expect(holdout.endDay == CDNowLog.end)
    #expect(holdout.track.count == 78)
    let split = holdout.track[holdout.calibrationEnd]
    #expect(split.time == holdout.calibration)
    #expect(split.actual == 2_457)
    #expect(holdout.track.last?.actual == 4_339)
    // Of its customers as a whole a fitted model expects in its own period about what they did.
    #expect((0.97...1.03).contains(split.expected / split.actual))
    #expect((0...0.05).contains(try #require(holdout.trackingError)))
    for (earlier, later) in zip(holdout.track, holdout.track.dropFirst()) {
      #expect(earlier.time < later.time)
      #expect(earlier.actual <= later.actual)
      #expect(earlier.expected <= later.expected)
    }
    #expect(holdout.meanAbsoluteError < holdout.naiveMeanAbsoluteError)
    #expect(holdout.rootMeanSquaredError < holdout.naiveRootMeanSquaredError)
    // Not above that of the naive rule: BG/NBD ranks who never came back above who came back once, long ago.
    #expect((0.4...0.6).contains(try #require(holdout.rankCorrelation)))
    #expect((0.4...0.6).contains(try #require(holdout.naiveRankCorrelation)))
    let grouped = holdout.groups.reduce(0) { $0 + $1.expected * Double($1.customers) }
    #expect(isClose(grouped, holdout.expectedOrders, relative: 1e-12))
    #expect(holdout.remarks.isEmpty)
  }

  @Test("errors and the naive rule are those computed by hand")
  func byHand() throws {
    let shop = SimulatedShop(customers: 300, seed: 9)
    let holdout = try Holdout(shop.histories, splitDay: 90, endDay: 400)
    let known = shop.histories.customers(knownOn: 90)
    let before = shop.histories.purchases(of: known, until: 90)
    let after = shop.histories.purchases(of: known, until: 400)
    var (absolute, squared, orders) = (0.0, 0.0, 0.0)
    var (foretold, came) = ([Double](), [Double]())
    for row in known.indices {
      let actual = Double(after.frequency[row] - before.frequency[row])
      let pace = before.age[row] > 0 ? Double(before.frequency[row]) / before.age[row] : 0
      absolute += abs(pace * 310 / 7 - actual)
      squared += (pace * 310 / 7 - actual) * (pace * 310 / 7 - actual)
      orders += actual
      foretold.append(pace * (310.0 / 7))
      came.append(actual)
    }
    #expect(holdout.actualOrders == orders)
    #expect(abs(try #require(holdout.naiveRankCorrelation) - spearman(foretold, came)) < 1e-12)
    #expect(isClose(holdout.naiveMeanAbsoluteError, absolute / Double(known.count), relative: 1e-12))
    #expect(
      isClose(
        holdout.naiveRootMeanSquaredError, (squared / Double(known.count)).squareRoot(), relative: 1e-12))
    #expect(
      holdout.remarks.contains(
        "\(shop.histories.customers(knownOn: 400).count - known.count) customers who ordered first after the "
          + "split are no part of the comparison."))
  }

  /// By the definition: Pearson's correlation of mid-ranks, each counted out against all others.
  private func spearman(_ a: [Double], _ b: [Double]) -> Double {
    func centred(_ values: [Double]) -> [Double] {
      values.map { value in
        let below = Double(values.count { $0 < value })
        let equal = Double(values.count { $0 == value })
        return below + (equal + 1) / 2 - Double(values.count + 1) / 2
      }
    }
    func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    let (x, y) = (centred(a), centred(b))
    return product(x, y) / (product(x, x) * product(y, y)).squareRoot()
  }

  @Test("a holdout survives JSON")
  func codable() throws {
    let holdout = try Holdout(SimulatedShop(customers: 200, seed: 10).histories)
    let data = try JSONEncoder().encode(holdout)
    #expect(try JSONDecoder().decode(Holdout.self, from: data) == holdout)
  }

  @Test("what cannot be split is refused in words")
  func refused() {
    let shop = SimulatedShop(customers: 100, seed: 11).histories
    let last = shop.lastDay!
    let cases: [(OrderHistories, Int32?, Int32?, Double, String)] = [
      (OrderHistories([]), nil, nil, 7, "holdout.split"),
      (OrderHistories([[0, 5, 60], [3, 9]]), nil, nil, 7, "holdout.split"),
      (shop, last - 27, nil, 7, "holdout.split"), (shop, -1, nil, 7, "holdout.split"),
      (shop, last, nil, 7, "holdout.split"), (shop, 100, nil, 0, "value.unit"),
      (shop, 2, nil, 7, "value.tooFew"),
    ]
    for (histories, split, end, unit, code) in cases {
      let error = #expect(throws: SegueError.self) {
        try Holdout(histories, splitDay: split, endDay: end, unitDays: unit)
      }
      #expect(error?.diagnostics.map(\.code) == [code])
    }
  }

  @Test("periods with an order are foretold by BG/BB, customer by customer")
  func periods() throws {
    let histories = SimulatedDonors(customers: 2_000, periods: 10, seed: 8).histories
    let holdout = try Holdout(histories, model: .bgbb, splitDay: 30 * 7 - 1, unitDays: 30)
    #expect(holdout.model == .bgbb)
    #expect(holdout.fit.isConverged)
    #expect(holdout.customers == 2_000)
    #expect(holdout.actualOrders > 500)
    #expect((0.9...1.1).contains(holdout.expectedOrders / holdout.actualOrders))
    #expect(holdout.meanAbsoluteError < holdout.naiveMeanAbsoluteError)
    #expect(holdout.track.count == 10)
    #expect(holdout.calibrationEnd == 6)
    #expect(try #require(holdout.trackingError) < 0.05)
  }
}

/// Buyers in periods of 30 days who follow BG/BB, all first on day 0.
struct SimulatedDonors {
  let histories: OrderHistories
  let counts: OpportunityCounts
  static let truth = [1.2, 0.75, 0.66, 2.8]

  init(customers: Int, periods: Int, seed: UInt64) {
    var generator = Seed(seed).generator(for: .testData)
    var days: [[Int32]] = []
    var (frequency, recency) = ([Int32](), [Int32]())
    for _ in 0..<customers {
      let p = generator.beta(Self.truth[0], Self.truth[1])
      let leaves = generator.beta(Self.truth[2], Self.truth[3])
      var own: [Int32] = [0]
      for period in 1...periods - 1 {
        if generator.unit() < leaves { break }
        if generator.unit() < p { own.append(Int32(period * 30 + generator.index(below: 30))) }
      }
      days.append(own)
      frequency.append(Int32(own.count - 1))
      recency.append(own.last! / 30)
    }
    // Somebody closes the last period, so that it is over.
    days[0].append(Int32(periods * 30 - 1))
    histories = OrderHistories(days)
    counts = OpportunityCounts(
      frequency: frequency, recency: recency,
      opportunities: frequency.map { _ in Int32(periods - 1) })
  }
}
