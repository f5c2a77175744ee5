import SegueCore
import SegueFeatures
import SegueIngest
import SegueProfile
import SegueTestSupport
import Testing

/// The made-up shop with known answers, under the labels that were planted.
@Suite("The planted shop, counted by its planted segments")
struct LumenProfileTests {
  @Test("journeys, reach and rates of every segment are those that were planted")
  func journeys() throws {
    let planted = try PlantedShop()
    let data = try ingest([Input(path: planted.path("events.csv"))], planted.readingOptions)
    let events = try #require(data.events)
    let stages = events.event.texts.strings.map { Int32(planted.stage(of: $0) ?? -1) }
    #expect(!stages.contains(-1))
    let labels = data.customerIDs.strings.map { planted.segment(of: $0) }
    let found = JourneyAggregate(
      Touchpoints(
        customers: events.customer, times: events.time, events: events.event.codes,
        channels: events.channel.codes, eventNames: events.event.texts.strings,
        channelNames: events.channel.texts.strings), answers: Answers(), labels: labels,
      segments: planted.segments.count, stageOfEvent: stages, stages: planted.stages.count, gapDays: 7)
    for (segment, expected) in zip(found.segments, planted.segments) {
      for (index, stage) in planted.stages.enumerated() {
        #expect(
          Int(segment.stages[index].reached.hits) == expected.realised.journeys[stage.name],
          "\(expected.name), \(stage.name)")
      }
      for (index, rate) in expected.realised.rates.enumerated() {
        let passed = try #require(segment.stages[index].passed.ratio)
        #expect((passed - rate.rate).magnitude < 5.1e-5, "\(expected.name), from \(rate.from)")
      }
    }
  }

  @Test("orders and money of every segment are those that were planted")
  func purchases() throws {
    let planted = try PlantedShop()
    let data = try ingest([Input(path: planted.path("orders.csv"))], planted.readingOptions)
    let history = PurchaseHistory(try #require(data.orders), ids: data.customerIDs)
    var options = RFMOptions()
    options.asOf = CalendarDay(iso: planted.period.asOf)
    let rfm = try RFMTable(history, options)
    let labels = history.customerIDs.map { planted.segment(of: $0) }
    #expect(history.count == planted.clean.buyers && !labels.contains(-1))
    let features = FeatureTable(
      [Feature("monetary", label: "spend", unit: .money, sources: [])], columns: [rfm.monetary],
      FeatureOptions())
    let (profile, order) = Profiler(
      features, attributes: [], purchases: (history, rfm), currency: data.currency
    )
    .profile(labels: labels, count: planted.segments.count, stability: nil)
    for (segment, cluster) in zip(profile.segments, order) {
      let expected = planted.segments[cluster].realised
      let purchases = try #require(segment.purchases)
      #expect(segment.segment.customers == planted.segments[cluster].size)
      #expect(purchases.orders == expected.orders)
      #expect(purchases.revenue == Amount(tenThousandths: Int64(expected.netPence) * 100))
      #expect(purchases.frequency.p05 >= Double(expected.ordersPerCustomer[0]))
      #expect(purchases.recencyDays.p95 <= Double(expected.recencyDays[1]))
      // The names of the vocabulary are those of the shop.
      #expect(segment.segment.name == planted.segments[cluster].name)
    }
    #expect(profile.purchases?.orders == planted.clean.orders)
    #expect(profile.purchases?.revenue == Amount(tenThousandths: Int64(planted.clean.netPence) * 100))
  }
}

extension PlantedShop {
  /// Three rows and two touchpoints are unreadable on purpose.
  var readingOptions: IngestOptions {
    var options = IngestOptions()
    options.onBadRow = .skip
    return options
  }
}
