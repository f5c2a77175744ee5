import SegueCore
import SegueFeatures
import SegueTestSupport
import Testing

/// What must hold for any orders, however values become scores.
@Suite("Laws of RFM", .serialized)
struct RFMLawTests {
  /// Every binning, in days and in usual gaps.
  private static func everyWay(_ bins: Int = 5) -> [RFMOptions] {
    RFMOptions.Binning.allCases.flatMap { binning in
      RFMOptions.Recency.allCases.compactMap { recency in
        var options = RFMOptions()
        (options.bins, options.binning, options.recency) = (bins, binning, recency)
        options.segments = SegmentTable.none
        return options.diagnostics.isEmpty ? options : nil
      }
    }
  }

  private static func name(_ options: RFMOptions) -> Comment {
    "\(options.binning) of \(options.recency), \(options.bins) bins"
  }

  private static let firstSeeds = (0..<10).map { Seed($0) }

  @Test("the order of rows makes no difference", arguments: (0..<20).map { Seed($0) })
  func shuffled(seed: Seed) throws {
    let shop = RandomShop(customers: 60, seed: seed)
    let (a, b) = try (history(shop), history(shop.shuffled(seed)))
    #expect(a.customerIDs == b.customerIDs)
    #expect(a.spent == b.spent)
    #expect(a.gapDays.map { $0.isNaN ? -1 : $0 } == b.gapDays.map { $0.isNaN ? -1 : $0 })
    #expect(a.orderList.times == b.orderList.times)
    #expect(a.orderList.amounts == b.orderList.amounts)
    for options in Self.everyWay() {
      let (a, b) = try (Scored(a, options), Scored(b, options))
      #expect(a.codes == b.codes, Self.name(options))
      #expect(a.scores.cutPoints == b.scores.cutPoints, Self.name(options))
      #expect(a.scores.remarks == b.scores.remarks)
    }
  }

  @Test("so does the order of customers", arguments: firstSeeds)
  func customers(seed: Seed) throws {
    let table = try RFMTable(history(RandomShop(customers: 200, seed: seed)), Self.everyWay()[1])
    let order = Array(table.recencyDays.indices).shuffled(seed)
    var other = table
    other.recencyDays = order.map { table.recencyDays[$0] }
    other.recencyCadence = table.recencyCadence.map { cadence in order.map { cadence[$0] } }
    other.frequency = order.map { table.frequency[$0] }
    other.monetary = order.map { table.monetary[$0] }
    for options in Self.everyWay() {
      let (a, b) = try (RFMScores(table, options), RFMScores(other, options))
      #expect(order.map { a.code($0) } == order.indices.map { b.code($0) }, Self.name(options))
    }
  }

  @Test("the number of threads makes no difference")
  func threads() throws {
    let table = RandomRFM(customers: 150_000, seed: Seed(3)).table
    defer { Threads.count = 0 }
    for options in Self.everyWay() {
      Threads.count = 1
      let one = try RFMScores(table, options)
      for count in [2, 5] {
        Threads.count = count
        let several = try RFMScores(table, options)
        #expect(one.cutPoints == several.cutPoints, Self.name(options))
        #expect(one.recency == several.recency && one.monetary == several.monetary, Self.name(options))
        #expect(one.frequency == several.frequency && one.remarks == several.remarks, Self.name(options))
      }
    }
  }

  @Test("equal customers score alike and scores never fall as the figure improves", arguments: 2...9)
  func monotone(bins: Int) throws {
    for seed in Self.firstSeeds {
      let history = try history(RandomShop(customers: 50, seed: seed))
      for options in Self.everyWay(bins) {
        let scored = try Scored(history, options)
        let (rfm, scores) = (scored.rfm, scored.scores)
        let isNested = options.binning == .nested
        let recencies = options.recency == .days ? rfm.recencyDays : try #require(rfm.recencyCadence)
        // Nested scores are comparable among customers of one parent.
        for (values, own, parent) in [
          (recencies.map { -$0 }, scores.recency, { (_: Int) in "" }),
          (rfm.frequency, scores.frequency, { isNested ? String(scores.code($0).prefix(1)) : "" }),
          (rfm.monetary, scores.monetary, { isNested ? String(scores.code($0).prefix(2)) : "" }),
        ] {
          let order = values.indices.sorted { (parent($0), values[$0]) < (parent($1), values[$1]) }
          for (a, b) in zip(order, order.dropFirst()) where parent(a) == parent(b) {
            let isRight = values[a] == values[b] ? own[a] == own[b] : own[a] <= own[b]
            #expect(isRight, Self.name(options))
          }
          #expect(own.allSatisfy { (1...UInt8(bins)).contains($0) })
        }
      }
    }
  }

  /// A shop before and after a refund, and the row of its customer.
  private func refunded(_ seed: Seed) throws -> (before: PurchaseHistory, after: PurchaseHistory, row: Int) {
    var shop = RandomShop(customers: 40, seed: seed)
    let before = try history(shop)
    var generator = seed.generator(for: .testData, index: 2)
    let customer = "K\(generator.index(below: 40))"
    shop.orders.append(
      RandomShop.Order(
        id: "refund", customer: customer, day: RandomShop.firstDay.adding(days: 250),
        cents: -100 * (1 + generator.index(below: 50))))
    return (before, try history(shop), try #require(before.customerIDs.firstIndex(of: customer)))
  }

  private static func isLower(_ a: RFMScores, _ b: RFMScores, _ row: Int) -> Bool {
    a.recency[row] <= b.recency[row] && a.frequency[row] <= b.frequency[row]
      && a.monetary[row] <= b.monetary[row]
  }

  @Test(
    "with the cut points held, a refund raises no score of its customer and touches nobody else",
    arguments: (0..<25).map { Seed($0) })
  func refund(seed: Seed) throws {
    let (before, after, row) = try refunded(seed)
    for var options in Self.everyWay() {
      for monetary in RFMOptions.Monetary.allCases {
        options.monetary = monetary
        options.asOf = RandomShop.firstDay.adding(days: 300)
        let old = try Scored(before, options)
        let table = try RFMTable(after, options)
        let new = try RFMScores(table, cutPoints: old.scores.cutPoints, options)
        #expect(Self.isLower(new, old.scores, row), Self.name(options))
        #expect(table.monetary[row] < old.rfm.monetary[row])
        #expect(table.frequency == old.rfm.frequency)
        #expect(table.recencyDays == old.rfm.recencyDays)
        for other in before.customers.indices where other != row {
          #expect(new.code(other) == old.scores.code(other), Self.name(options))
        }
      }
    }
  }

  /// Lowering one value lowers no order statistic by more than itself, so a quantile at or above it stays there.
  /// Breaks may move anywhere: `natural` promises this with cut points held only.
  @Test(
    "with quantiles counted anew, a refund raises no score of its customer and lowers nobody else's",
    arguments: (0..<25).map { Seed($0) })
  func refundAnew(seed: Seed) throws {
    let (before, after, row) = try refunded(seed)
    for var options in Self.everyWay() where options.binning != .natural {
      options.asOf = RandomShop.firstDay.adding(days: 300)
      let (old, new) = try (Scored(before, options).scores, Scored(after, options).scores)
      #expect(Self.isLower(new, old, row), Self.name(options))
      for other in before.customers.indices where other != row {
        #expect(Self.isLower(old, new, other), Self.name(options))
      }
    }
  }

  @Test("other units of money change no score, except where a unit is added to them", arguments: firstSeeds)
  func units(seed: Seed) throws {
    let shop = RandomShop(customers: 50, seed: seed)
    let dearer = RandomShop(
      orders: shop.orders.map {
        RandomShop.Order(id: $0.id, customer: $0.customer, day: $0.day, cents: $0.cents * 8)
      })
    let (a, b) = try (history(shop), history(dearer))
    for options in Self.everyWay() where options.binning != .rfmPackage {
      #expect(try Scored(a, options).codes == Scored(b, options).codes, Self.name(options))
    }
  }

  @Test("values that all differ score as pandas' qcut of their ranks", arguments: 2...9)
  func ranks(bins: Int) throws {
    for seed in Self.firstSeeds {
      var generator = seed.generator(for: .testData)
      let count = 20 + generator.index(below: 300)
      let values = Array(0..<count).shuffled(seed).map { Double($0 * $0) - 37 }
      var options = RFMOptions()
      (options.bins, options.segments) = (bins, SegmentTable.none)
      let table = RandomRFM(recencyDays: values, frequency: values, monetary: values).table
      let scores = try RFMScores(table, options)
      let order = values.indices.sorted { values[$0] < values[$1] }
      for (place, row) in order.enumerated() {
        let edges = (1..<bins).map { 1 + Double(count - 1) * Double($0) / Double(bins) }
        let score = UInt8(1 + edges.count { $0 < Double(place + 1) - 1e-9 })
        #expect(scores.monetary[row] == score && scores.recency[row] == UInt8(bins + 1) - score)
      }
    }
  }

  @Test("cut points that were written down give the same scores again", arguments: 2...9)
  func saved(bins: Int) throws {
    for seed in Self.firstSeeds {
      let history = try history(RandomShop(customers: 80, seed: seed))
      for options in Self.everyWay(bins) {
        let scored = try Scored(history, options)
        let cutPoints = try roundTrip(scored.scores.cutPoints)
        #expect(cutPoints == scored.scores.cutPoints)
        let again = try RFMScores(scored.rfm, cutPoints: cutPoints, options)
        let rows = history.customers.indices
        #expect(rows.map { again.code($0) } == rows.map { scored.scores.code($0) }, Self.name(options))
        #expect(Array(again.segments) == Array(scored.scores.segments))
        // Alone they score as they did among the others.
        var alone = scored.rfm
        alone.recencyDays = [scored.rfm.recencyDays[7]]
        alone.recencyCadence = scored.rfm.recencyCadence.map { [$0[7]] }
        (alone.frequency, alone.monetary) = ([scored.rfm.frequency[7]], [scored.rfm.monetary[7]])
        #expect(try RFMScores(alone, cutPoints: cutPoints, options).code(0) == scored.scores.code(7))
      }
    }
  }

  @Test("an as-of day before the last order is refused by the table, on it recency is 0")
  func asOf() throws {
    let shop = RandomShop(customers: 5, seed: Seed(1))
    let table = try history(shop)
    let last = try #require(table.lastDay.max())
    var options = RFMOptions()
    options.asOf = last
    #expect(try RFMTable(table, options).recencyDays.min() == 0)
    options.asOf = last.adding(days: -1)
    let error = #expect(throws: SegueError.self) { try RFMTable(table, options) }
    #expect(error?.diagnostics.first?.code == "rfm.asOf")
    #expect(error?.diagnostics.first?.hint == "choose --as-of \(last) or later, or leave it out")
    options.asOf = nil
    #expect(try RFMTable(table, options).asOf == last.adding(days: 1))
  }
}
