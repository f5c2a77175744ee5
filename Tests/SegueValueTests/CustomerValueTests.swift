import SegueCore
import SegueTestSupport
import SegueValue
import Testing

@Suite("Customer value")
struct CustomerValueTests {
  struct Recomputed: Decodable {
    struct Values: Decodable { var sum, max: Double, argmax: Int, customers: [String: Double] }
    struct CLV: Decodable {
      var clv_time12_rate0_01_freqW, clv_time12_rate0_01_freqD, clv_time12_rate0_0_freqW: Values

      enum CodingKeys: String, CodingKey {
        case clv_time12_rate0_01_freqW = "clv_time12_rate0.01_freqW"
        case clv_time12_rate0_01_freqD = "clv_time12_rate0.01_freqD"
        case clv_time12_rate0_0_freqW = "clv_time12_rate0.0_freqW"
      }
    }

    var clv_lifetimes: CLV
    static let file = "reference/btyd_recomputed.json"
  }

  @Test(
    "CDNOW: values discounted month by month as lifetimes does, in weeks and with its months of 30 weeks",
    .enabled(if: SharedFolder.has(Recomputed.file)))
  func lifetimes() throws {
    let reference = try SharedFolder.json(Recomputed.file, as: Recomputed.self).clv_lifetimes
    let (purchases, spend) = try CDNowSummary.calibration()
    let orders = try #require(BGNBD(OrderModel.bgnbd.fit(purchases)))
    let means = try #require(GammaGammaFit(purchases, spend).expectedMeans(purchases, spend))
    let cases = [
      (reference.clv_time12_rate0_01_freqW, 4.345, 0.01), (reference.clv_time12_rate0_01_freqD, 30, 0.01),
      (reference.clv_time12_rate0_0_freqW, 4.345, 0),
    ]
    for (expected, month, rate) in cases {
      let values = (0..<purchases.count).map { row in
        let cumulative = (1...12).map { step in
          orders.expectedOrders(
            within: Double(step) * month, Int(purchases.frequency[row]),
            btydRecency: purchases.btydRecency[row], age: purchases.age[row])
        }
        return means.values[row] * CustomerValue.discountedOrders(cumulative: cumulative, rate: rate)
      }
      #expect(isClose(values.reduce(0, +), expected.sum, relative: 1e-5))
      #expect(isClose(values[expected.argmax - 1], expected.max, relative: 1e-5))
      #expect(values.max() == values[expected.argmax - 1])
      for (id, value) in expected.customers {
        #expect(isClose(values[Int(id)! - 1], value, relative: 1e-5))
      }
    }
  }

  @Test("CDNOW: auto takes BG/NBD, the likelier model")
  func auto() throws {
    let (purchases, spend) = try CDNowLog.calibration()
    let value = try CustomerValue(purchases, spend: spend, ValueOptions())
    #expect(value.model == .bgnbd)
    #expect(abs(value.fit.logLikelihood + 9_582.4292) < 1e-3)
    let alternative = try #require(value.alternative)
    #expect(alternative.model == .paretonbd)
    #expect(abs(alternative.fit.logLikelihood + 9_594.9762) < 1e-3)
    let clv = try #require(value.clv)
    let (orders, means) = (value.forecast.discountedOrders, try #require(value.meanOrderValue))
    for row in 0..<purchases.count {
      #expect(isClose(clv.values[row], orders.values[row] * means.values[row], relative: 1e-12))
      // Wider than that of either part.
      let width = Elementary.log(clv.high![row] / clv.low![row])
      #expect(width > Elementary.log(orders.high![row] / orders.low![row]))
      #expect(width > Elementary.log(means.high![row] / means.low![row]))
    }
    #expect(
      value.remarks == [
        "The horizon of 365 days is longer than the longest time a customer was watched, 272 days: what is "
          + "expected beyond that extrapolates.",
        "BG/NBD lets customers leave only after a repeat order, so the 1,411 customers without one count as "
          + "alive for certain.",
        "1,411 customers have no repeat order that tells what they spend; the mean order value of the "
          + "population, 35.17 (95 % interval 33.41 to 37.03), is expected of them.",
      ])
  }

  @Test(
    "value rises with the horizon, falls with the discount, and is a share of revenue",
    arguments: [ValueOptions.Model.bgnbd, .paretonbd])
  func monotone(model: ValueOptions.Model) throws {
    let (purchases, spend) = try CDNowLog.calibration()
    func clv(_ change: (inout ValueOptions) -> Void) throws -> [Double] {
      var options = ValueOptions()
      options.model = model
      change(&options)
      return try #require(CustomerValue(purchases, spend: spend, options).clv).values
    }
    let year = try clv { _ in }
    let longer = try clv { $0.horizonDays = 730 }
    let dearer = try clv { $0.discount = 0.2 }
    let none = try clv { $0.discount = 0 }
    let third = try clv { $0.margin = 0.3 }
    for row in year.indices {
      #expect(longer[row] > year[row])
      #expect(dearer[row] < year[row] && year[row] < none[row])
      // A year away, money is worth 1/1.1 of what it is now, and no order is further off.
      #expect(year[row] > none[row] / 1.1)
      #expect(isClose(third[row], 0.3 * year[row], relative: 1e-12))
    }
  }

  @Test("in another currency values and their intervals are that much larger", arguments: [0.01, 117])
  func currency(factor: Double) throws {
    let shop = SimulatedShop(customers: 400, seed: 4)
    let other = RepeatSpend(mean: shop.spend.mean.map { $0 * factor })
    let a = try #require(CustomerValue(shop.purchases, spend: shop.spend, ValueOptions()).clv)
    let b = try #require(CustomerValue(shop.purchases, spend: other, ValueOptions()).clv)
    for row in a.values.indices {
      #expect(isClose(b.values[row], a.values[row] * factor, relative: 1e-6))
      #expect(isClose(b.low![row], a.low![row] * factor, relative: 1e-5))
      #expect(isClose(b.high![row], a.high![row] * factor, relative: 1e-5))
    }
  }

  @Test("donors' values come from whole periods", .enabled(if: SharedFolder.has(Donations.file)))
  func donors() throws {
    let counts = try Donations.counts()
    let rows = (0..<counts.count).flatMap { row in
      [Int](repeating: row, count: Int(counts.customers[row]) / 10)
    }
    let purchases = RepeatPurchases(
      frequency: rows.map { counts.frequency[$0] }, btydRecency: rows.map { Double(counts.recency[$0]) },
      age: rows.map { Double(counts.opportunities[$0]) }, unitDays: 365)
    var options = ValueOptions()
    options.model = .bgbb
    options.horizonDays = 5 * 365 + 100
    options.discount = 0
    let value = try CustomerValue(
      purchases, spend: RepeatSpend(mean: rows.map { counts.frequency[$0] > 0 ? 50 : 0 }), options)
    #expect(value.model == .bgbb)
    #expect(value.alternative == nil)
    #expect(value.spendFit == nil)
    // A tenth of the donors of the paper, who are expected to give 12,884 times in five years.
    #expect(isClose(value.forecast.expectedOrders.values.reduce(0, +), 1_288.4, relative: 0.01))
    let clv = try #require(value.clv)
    #expect(clv.values == value.forecast.expectedOrders.values.map { $0 * 50 })
    #expect(
      value.remarks == [
        "The horizon of 1,925 days holds 5 whole periods of 365 days; no more is looked ahead.",
        "All 754 customers with repeat orders of positive value have the same mean value, 50.00: it is expected of "
          + "everybody, and no spend model is needed.",
      ])
  }

  @Test("steps are discounted from their ends")
  func steps() {
    #expect(CustomerValue.discountedOrders(cumulative: [], rate: 0.1) == 0)
    #expect(abs(CustomerValue.discountedOrders(cumulative: [1, 3], rate: 1) - 1) < 1e-15)
    #expect(CustomerValue.discountedOrders(cumulative: [1, 3], rate: 0) == 3)
  }
}

/// A shop whose customers order by BG/NBD and spend by Gamma–Gamma.
struct SimulatedShop {
  static let orders = [0.6, 5.0, 0.8, 2.5]
  let histories: OrderHistories
  let purchases: RepeatPurchases
  let spend: RepeatSpend

  /// - Parameter dropout: false for customers who never leave.
  init(customers: Int, weeks: Int = 60, seed: UInt64, dropout: Bool = true) {
    var generator = Seed(seed).generator(for: .testData)
    var (customer, day, money) = ([Int32](), [Int32](), [Double]())
    let end = Int32(weeks * 7)
    for index in 0..<customers {
      let rate = generator.gamma(shape: Self.orders[0]) / Self.orders[1]
      let leaves = generator.beta(Self.orders[2], Self.orders[3])
      let scale = generator.gamma(shape: SimulatedSpend.q) / SimulatedSpend.v
      var time = Double(generator.index(below: weeks * 2))
      while time <= Double(end) {
        customer.append(Int32(index))
        day.append(Int32(time))
        money.append(generator.gamma(shape: SimulatedSpend.p) / scale)
        if customer.count > 1, customer[customer.count - 2] == Int32(index), dropout,
          generator.unit() < leaves
        {
          break
        }
        // At least a day, as orders of one day are one.
        time = time.rounded(.down) + max(1, -7 * Elementary.log(1 - generator.unit()) / rate)
      }
    }
    histories = OrderHistories(count: customers, customer: customer, day: day, money: money)
    let known = histories.customers(knownOn: end)
    purchases = histories.purchases(of: known, until: end)
    spend = histories.repeatSpend(of: known, until: end)
  }
}
