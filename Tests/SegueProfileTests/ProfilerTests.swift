import SegueCore
import SegueFeatures
import SegueIngest
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Profiles")
struct ProfilerTests {
  /// Profiles orders under labels that follow the ids' last digit.
  private func profile(_ csv: [UInt8], segments: Int) throws -> (
    profile: StudyProfile, order: [Int], labels: [Int32]
  ) {
    let data = try ingest([Input(path: "o.csv", bytes: csv)])
    let history = PurchaseHistory(try #require(data.orders), ids: data.customerIDs)
    let rfm = try RFMTable(history, RFMOptions())
    let attributes = [
      Attribute(
        "monetary", label: "spend", unit: .money, sources: ["o.csv: amount"], values: .numbers(rfm.monetary))
    ]
    let features = FeatureTable(
      [Feature("monetary", label: "spend", unit: .money, sources: [])], columns: [rfm.monetary],
      FeatureOptions())
    let labels = history.customerIDs.indices.map { Int32($0 % segments) }
    let (profile, order) = Profiler(
      features, attributes: attributes, purchases: (history, rfm), currency: "GBP"
    ).profile(labels: labels, count: segments, stability: (0..<segments).map { Double($0) / 10 })
    return (profile, order, labels)
  }

  @Test("sizes, money and orders of segments sum to the whole", arguments: (0..<10).map { Seed($0) })
  func sums(seed: Seed) throws {
    let (profile, order, labels) = try profile(RandomShop(customers: 100, seed: seed).csv(), segments: 4)
    let totals = try #require(profile.purchases)
    #expect(profile.segments.reduce(0) { $0 + $1.segment.customers } == 100)
    #expect((profile.segments.reduce(0) { $0 + $1.customerShare } - 1).magnitude < 1e-12)
    #expect(profile.segments.compactMap(\.purchases?.revenue).reduce(Amount.zero, +) == totals.revenue)
    #expect(profile.segments.compactMap(\.purchases?.orders).reduce(0, +) == totals.orders)
    let revenue = profile.segments.compactMap(\.purchases?.revenue)
    #expect(revenue == revenue.sorted(by: >))
    #expect(order.sorted() == [0, 1, 2, 3])
    for (segment, cluster) in zip(profile.segments, order) {
      #expect(segment.segment.customers == labels.filter { $0 == Int32(cluster) }.count)
      #expect(segment.stability == Double(cluster) / 10)
      #expect(segment.segment.id == profile.segments.firstIndex { $0.segment.id == segment.segment.id }! + 1)
    }
    #expect(profile.comparisons == profile.segments.reduce(0) { $0 + $1.traits.count })
  }

  @Test("groups under ten keep their name and size, nothing else")
  func small() throws {
    let (profile, _, _) = try profile(RandomShop(customers: 25, seed: Seed(3)).csv(), segments: 3)
    for segment in profile.segments where segment.segment.customers < 10 {
      #expect(!segment.isDescribed && segment.purchases == nil && segment.rule == nil)
      #expect(segment.traits.isEmpty && segment.centroid.isEmpty)
    }
    #expect(profile.segments.contains { !$0.isDescribed })
  }

  @Test("net spend of nothing and less has shares and a Pareto figure all the same")
  func nothingSpent() throws {
    var shop = RandomShop(customers: 40, seed: Seed(5))
    for order in shop.orders {
      shop.orders.append(
        RandomShop.Order(id: "r\(order.id)", customer: order.customer, day: order.day, cents: -order.cents))
    }
    let (profile, _, _) = try profile(shop.csv(), segments: 2)
    #expect(profile.purchases?.revenue == .zero)
    #expect(profile.purchases?.customersForEightyPercent == 1)
    #expect(profile.segments.allSatisfy { $0.purchases?.revenueShare == 0 })
  }

  @Test("80 % of revenue comes from as few customers as it takes")
  func pareto() throws {
    let day = RandomShop.firstDay
    let cents = [8_000] + [Int](repeating: 100, count: 20)
    let shop = RandomShop(
      orders: cents.indices.map {
        RandomShop.Order(id: "\($0)", customer: "K\($0)", day: day, cents: cents[$0])
      })
    let (profile, _, _) = try profile(shop.csv(), segments: 1)
    #expect(profile.purchases?.customersForEightyPercent == 1.0 / 21)
  }

  @Test("a summary of numbers agrees with NumPy and leaves missing values out")
  func summary() throws {
    // numpy.percentile([1, 2, 4, 8, 16, 32, 64], [5, 25, 50, 75, 95]), NumPy 2.4.6.
    let found = try #require(NumberSummary([64, .nan, 1, 32, 2, 16, 4, 8]))
    #expect(found.n == 7 && found.median == 8 && found.p25 == 3 && found.p75 == 24)
    #expect((found.p05 - 1.3).magnitude < 1e-12 && (found.p95 - 54.4).magnitude < 1e-12)
    #expect((found.mean - 127.0 / 7).magnitude < 1e-12)
    #expect(NumberSummary([]) == nil && NumberSummary([.nan]) == nil)
  }
}
