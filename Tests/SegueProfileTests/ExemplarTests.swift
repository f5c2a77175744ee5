import SegueCore
import SegueFeatures
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Exemplars and figures")
struct ExemplarTests {
  @Test("exemplars are the three nearest, marked, rounded to two digits; small segments have none")
  func nearest() throws {
    let n = 55
    let values = (0..<n).map { 1000 + Double($0) * 1.37 }
    let features = FeatureTable(
      [Feature("x", label: "x", unit: .plain, sources: [])], columns: [values], FeatureOptions())
    let labels = (0..<n).map { Int32($0 < 25 ? 0 : $0 < 50 ? 1 : 2) }
    let profiler = Profiler(features, attributes: [], purchases: nil, currency: nil)
    var (profile, order) = profiler.profile(labels: labels, count: 3, stability: nil)
    let own = Profiler.labels(labels, in: order)
    let distances = (0..<n).map { ((Double($0) - 12.2) / 25).magnitude.truncatingRemainder(dividingBy: 1) }
    profiler.addExemplars(to: &profile, labels: own, distances: distances)
    let rows = Exemplar.rows(profile, labels: own, distances: distances)
    for (index, segment) in profile.segments.enumerated() {
      guard segment.isDescribed else {
        #expect(segment.exemplars == nil && rows[index].isEmpty)
        continue
      }
      let members = own.indices.filter { own[$0] == Int32(index) }
      #expect(rows[index] == Array(members.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(3)))
      #expect(segment.exemplars?.map(\.mark) == ["a", "b", "c"].map { "\(segment.segment.id)-\($0)" })
      for exemplar in segment.exemplars ?? [] { #expect([1000, 1100].contains(exemplar.values[0].number)) }
    }
  }

  @Test("figures of the planted shop are those that were realised in it")
  func lumen() throws {
    let lumen = try LumenAttributes()
    let features = FeatureTable(
      [Feature("monetary", label: "spend", unit: .money, sources: [])], columns: [lumen.rfm.monetary],
      FeatureOptions())
    let (profile, order) = Profiler(
      features, attributes: lumen.attributes, purchases: (lumen.history, lumen.rfm), currency: "GBP"
    ).profile(labels: lumen.labels, count: lumen.planted.segments.count, stability: nil)
    var orderShares = 0.0
    for (segment, cluster) in zip(profile.segments, order) {
      let expected = lumen.planted.segments[cluster]
      let name = expected.name
      func figure(_ id: String) throws -> Figure { try #require(segment.figure(id), "\(name): \(id)") }
      #expect(try figure("customers").value == Double(expected.size))
      #expect(try figure("orders").value == Double(expected.realised.orders))
      #expect(try figure("revenue").value == Double(expected.realised.netPence) / 100)
      orderShares += try figure("orderShare").value
      let discounted = try figure("discounted")
      #expect((discounted.value - expected.planned.discountedShare).magnitude < 0.03)
      let discountedRevenue = try figure("discountedRevenue")
      #expect((discountedRevenue.value - expected.planned.discountedShare).magnitude < 0.05)
      #expect(discountedRevenue.interval!.low < discountedRevenue.value)
      #expect(try figure("refundRate").value < 0.2)
      let stages = segment.figures.filter { $0.id.contains(".stage.") }
      #expect(stages.count == 6 && (stages.reduce(0) { $0 + $1.value } - 1).magnitude < 1e-9)
      for figure in segment.figures {
        #expect(figure.id.hasPrefix("s\(segment.segment.id).") && figure.n >= 10 && !figure.sources.isEmpty)
        if let interval = figure.interval {
          #expect(interval.low <= figure.value && figure.value <= interval.high, "\(figure.id)")
        }
      }
      #expect(Set(segment.figures.map(\.id)).count == segment.figures.count)
      let hours = try #require(segment.weekHours)
      #expect(hours.orders == expected.realised.orders)
      for (day, share) in expected.planned.weekdaysFromMonday.enumerated() {
        #expect((hours.shares[day].reduce(0, +) - share).magnitude < 0.03, "\(name), day \(day)")
      }
    }
    #expect((orderShares - 1).magnitude < 1e-12)
  }

  @Test("a median's interval covers it as often as it says")
  func medianInterval() {
    var hits = 0
    for index in 0..<2_000 {
      var generator = Seed(4).generator(for: .testData, index: index)
      let values = (0..<60).map { _ in generator.normal() }.sorted()
      let interval = Statistics.medianInterval(ofSorted: values)
      if interval.low <= 0, interval.high >= 0 { hits += 1 }
    }
    #expect((1_880...1_990).contains(hits), "\(hits) of 2000")
  }
}
