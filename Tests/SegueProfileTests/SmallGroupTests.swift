import Foundation
import SegueCore
import SegueFeatures
import SegueIngest
import SegueProfile
import SegueTestSupport
import Testing

/// Nothing that is told depends on where a group of fewer than ten ends.
@Suite("Small groups cannot be worked out")
struct SmallGroupTests {
  private struct Shop {
    var history: PurchaseHistory
    var rfm: RFMTable
    var attributes: [Attribute]
    var features: FeatureTable

    init(customers: Int, seed: Seed) throws {
      let data = try ingest([Input(path: "o.csv", bytes: RandomShop(customers: customers, seed: seed).csv())])
      history = PurchaseHistory(try #require(data.orders), ids: data.customerIDs)
      rfm = try RFMTable(history, RFMOptions())
      var generator = seed.generator(for: .testData, index: 9)
      let orders = history.orderList
      attributes =
        [
          Attribute(
            "recencyDays", label: "r", unit: .days, sources: ["o: t"], values: .numbers(rfm.recencyDays)),
          Attribute(
            "frequency", label: "f", unit: .count, sources: ["o: f"], values: .numbers(rfm.frequency)),
          Attribute("monetary", label: "m", unit: .money, sources: ["o: m"], values: .numbers(rfm.monetary)),
          Attribute(
            "weekday", label: "w", unit: .share, sources: ["o: t"],
            values: .mix(
              customers: orders.customers, levels: orders.times.map { Int32($0.day.weekday) },
              names: (0..<7).map { "day \($0)" })),
        ] + RandomAttributes(history.count, &generator).all
      features = FeatureTable(
        [
          Feature("recencyDays", label: "r", unit: .days, sources: []),
          Feature("monetary", label: "m", unit: .money, sources: []),
        ], columns: [rfm.recencyDays, rfm.monetary], FeatureOptions())
    }

    func profile(_ labels: [Int32], _ count: Int) -> StudyProfile {
      Profiler(features, attributes: attributes, purchases: (history, rfm), currency: nil)
        .profile(
          labels: labels, count: count, stability: nil,
          identities: (0..<count).map { SegmentIdentity(id: $0 + 1, name: "S\($0)", color: $0) }
        ).profile
    }
  }

  /// Sizes of the groups, the last small ones.
  private static func labels(_ customers: Int, _ large: Int, small: [Int], _ seed: Seed) -> [Int32] {
    var labels = (0..<customers).map { Int32($0 % large) }
    var next = 0
    for (index, size) in small.enumerated() {
      for _ in 0..<size {
        labels[next] = Int32(large + index)
        next += 1
      }
    }
    var generator = seed.generator(for: .testData, index: 3)
    for index in labels.indices.dropLast() {
      labels.swapAt(index, index + generator.index(below: labels.count - index))
    }
    return labels
  }

  private static let cases: [(large: Int, small: [Int])] = [
    (1, [4]), (2, [9]), (3, [1]), (3, [5, 7]), (2, [1, 1]),
  ]

  @Test("every figure is the same when the small group is part of the one it is told with")
  func independent() throws {
    for (seed, (large, small)) in zip((0..<5).map { Seed($0) }, Self.cases) {
      let shop = try Shop(customers: 90, seed: seed)
      let labels = Self.labels(90, large, small: small, seed)
      let profile = shop.profile(labels, large + small.count)
      var host = (0..<Int32(large + small.count)).map(\.self)
      for segment in profile.segments {
        for id in segment.includes ?? [] { host[id - 1] = Int32(segment.segment.id - 1) }
      }
      #expect((large..<(large + small.count)).allSatisfy { host[$0] < Int32(large) })
      let joined = shop.profile(labels.map { host[Int($0)] }, large)
      for segment in profile.segments where segment.isDescribed {
        var (told, other) = (
          segment, try #require(joined.segments.first { $0.segment.id == segment.segment.id })
        )
        // Sizes are told; rules and names restate the segment alone.
        for index in [0, 1] {
          var copy = index == 0 ? told : other
          copy.segment.customers = 0
          (copy.customerShare, copy.customerShareInterval) = (0, Interval(0, 0))
          (copy.includes, copy.rule, copy.suggestedName) = (nil, nil, nil)
          copy.figures.removeAll { $0.id.hasSuffix(".customers") || $0.id.hasSuffix(".customerShare") }
          if index == 0 { told = copy } else { other = copy }
        }
        #expect(try json(told) == json(other))
      }
      #expect(try json(profile.attributes) == json(joined.attributes))
      #expect(try json(profile.purchases) == json(joined.purchases))
    }
  }

  @Test("no difference of a total and what is told of the segments is a figure of the small group")
  func subtraction() throws {
    for (seed, (large, small)) in zip((5..<10).map { Seed($0) }, Self.cases) {
      let shop = try Shop(customers: 90, seed: seed)
      let labels = Self.labels(90, large, small: small, seed)
      let count = large + small.count
      let profile = shop.profile(labels, count)
      let described = profile.segments.filter(\.isDescribed)
      let hidden = labels.indices.filter { labels[$0] >= Int32(large) }
      let totals = try #require(profile.purchases)
      // By the segments' sizes as they are told: means times customers are sums.
      func left(_ total: Double, _ figure: (SegmentProfile) -> Double) -> Double {
        total - described.reduce(0.0) { $0 + figure($1) }
      }
      let spent = hidden.reduce(0.0) { $0 + shop.rfm.monetary[$1] }
      let orders = hidden.reduce(0) { $0 + Int(shop.history.orders[$1]) }
      let revenue = totals.revenue.units
      #expect(spent.magnitude > 0.01)
      #expect(left(revenue) { $0.purchases?.revenue.units ?? 0 }.magnitude < 1e-6)
      #expect(left(1) { $0.purchases?.revenueShare ?? 0 }.magnitude < 1e-9)
      #expect(left(Double(totals.orders)) { Double($0.purchases?.orders ?? 0) } == 0)
      #expect(orders > 0)
      let guesses = [
        left(revenue) { ($0.purchases?.monetary.mean ?? 0) * Double($0.segment.customers) },
        left(revenue) { ($0.trait("monetary")?.value ?? 0) * Double($0.segment.customers) },
      ]
      for guess in guesses { #expect((guess - spent).magnitude > 0.001 * spent.magnitude) }
      for attribute in profile.attributes ?? [] {
        let known = attribute.segments.reduce(0) { $0 + $1.customers }
        #expect(known == attribute.everybody.customers, "\(attribute.name)")
        if let mean = attribute.everybody.numbers?.mean {
          let sum = attribute.segments.reduce(0.0) { $0 + $1.numbers!.mean * Double($1.customers) }
          #expect((mean * Double(known) - sum).magnitude <= 1e-9 * max(1, sum.magnitude), "\(attribute.name)")
        }
        for level in attribute.everybody.levels ?? [] {
          let sum = attribute.segments.reduce(0) { sum, group in
            sum + (group.levels?.first { $0.level == level.level }?.count ?? 0)
          }
          #expect(sum == level.count, "\(attribute.name), \(level.level ?? "other")")
        }
      }
    }
  }

  @Test("a segment where fewer than ten have a value is left out of the comparison, of everybody too")
  func fewKnown() throws {
    let n = 60
    let labels = (0..<n).map { Int32($0 / 20) }
    // Nine of the last twenty have a value.
    let values = (0..<n).map { $0 < 40 || $0 % 20 < 9 ? Double($0) : .nan }
    let levels = values.map { $0.isNaN ? Int32(-1) : Int32($0) % 2 }
    let (traits, attributes) = TraitFinder(labels: labels, segments: 3).profile([
      Attribute("a", label: "a", unit: .plain, sources: [], values: .numbers(values)),
      Attribute("b", label: "b", unit: .share, sources: [], values: .levels(levels, names: ["x", "y"])),
    ])
    #expect(traits[2].isEmpty)
    #expect(traits[0].allSatisfy { $0.n == 20 && $0.nOthers == 20 })
    for attribute in attributes {
      #expect(attribute.segments.map(\.segment) == [1, 2])
      #expect(attribute.everybody.customers == 40)
    }
  }

  @Test("stages, cohorts and groups: one that is too small takes the next smallest with it")
  func nextSmallest() throws {
    for seed in (0..<20).map({ Seed($0) }) {
      let shop = try Shop(customers: 60, seed: seed)
      let profile = shop.profile((0..<60).map { Int32($0 % 2) }, 2)
      let stages = try #require(profile.lifecycle).stages
      let withheld = stages.filter { $0.revenue == nil }.reduce(0) { $0 + $1.customers }
      #expect(withheld == 0 || withheld >= 10)
      let hasSmall = profile.segments.contains { segment in
        segment.lifecycle?.contains { 1..<10 ~= $0.customers } == true
      }
      for segment in profile.segments where hasSmall {
        #expect(segment.lifecycle?.allSatisfy { $0.revenue == nil } == true)
      }
      let cohorts = try #require(Cohorts(shop.history, asOf: shop.rfm.asOf)).cohorts
      let hidden = cohorts.filter(\.cells.isEmpty).reduce(0) { $0 + $1.customers }
      #expect(hidden == 0 || hidden >= 10)
    }
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
