import SegueCore
import SegueFeatures
import SegueIngest
import SegueJourney
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Maps of the planted shop")
struct LumenJourneyTests {
  private func maps(_ labelOf: (PlantedShop, String) -> Int32) throws -> (PlantedShop, [Int], [JourneyMap]) {
    let planted = try PlantedShop()
    var options = IngestOptions()
    options.onBadRow = .skip
    let data = try ingest(
      ["orders.csv", "events.csv"].map { Input(path: planted.path($0)) }, options)
    let history = PurchaseHistory(try #require(data.orders), ids: data.customerIDs)
    let rfm = try RFMTable(history, RFMOptions())
    let labels = history.customerIDs.map { labelOf(planted, $0) }
    let features = FeatureTable(
      [Feature("monetary", label: "spend", unit: .money, sources: [])], columns: [rfm.monetary],
      FeatureOptions())
    let count = planted.segments.count
    let (profile, order) = Profiler(
      features, attributes: [], purchases: (history, rfm), currency: data.currency
    )
    .profile(labels: labels, count: count, stability: nil)
    var place = [Int32](repeating: 0, count: count)
    for (position, cluster) in order.enumerated() { place[cluster] = Int32(position) }
    let rowOf = history.rows(idCount: data.customerIDs.count)
    let events = try #require(data.events)
    let rows = events.customer.indices.filter { rowOf[Int(events.customer[$0])] >= 0 }
    let stages = events.event.texts.strings.map { Int32(planted.stage(of: $0)!) }
    let aggregate = JourneyAggregate(
      Touchpoints(
        customers: rows.map { rowOf[Int(events.customer[$0])] }, times: rows.map { events.time[$0] },
        events: rows.map { events.event.codes[$0] }, channels: rows.map { events.channel.codes[$0] },
        eventNames: events.event.texts.strings, channelNames: events.channel.texts.strings),
      answers: Answers(), labels: labels.map { place[Int($0)] }, segments: count, stageOfEvent: stages,
      purchaseEvents: Set(stages.indices.filter { stages[$0] == 3 }.map { Int32($0) }),
      stages: planted.stages.count, gapDays: 7)
    return (planted, order, JourneyMapper(profile, aggregate, model: .standard).maps())
  }

  @Test("under the planted labels each planted leak is the first pain point, with its price")
  func leaks() throws {
    let (planted, order, maps) = try maps { $0.segment(of: $1) }
    for (map, cluster) in zip(maps, order) {
      let leak = planted.segments[cluster].leak
      let point = try #require(map.painPoints.first)
      #expect(point.stageName == leak.from && point.nextStageName == leak.to)
      #expect((point.value - leak.realisedRate).magnitude < 1e-4)
      // Steps after the purchase have no price; those before cost what the lost journeys would have bought.
      guard point.stage < 3 else {
        #expect(point.moneyPerYear == nil && point.lostPerYear == nil)
        continue
      }
      let money = try #require(point.moneyPerYear)
      let interval = try #require(point.moneyInterval)
      #expect(money > 0 && interval.low <= money && money <= interval.high)
      // Two years of data: half of what was lost is lost a year.
      let lost = try #require(point.lostPerYear)
      let excess = -point.difference * Double(point.n)
      #expect((lost - excess * 365 / 731).magnitude < 1)
    }
  }

  @Test("under random labels of the same customers there is no pain point")
  func random() throws {
    var generator = Seed(12).generator(for: .testData)
    let (_, _, maps) = try maps { planted, _ in Int32(generator.index(below: planted.segments.count)) }
    #expect(maps.reduce(0) { $0 + $1.painPoints.count } <= 1)
  }
}
