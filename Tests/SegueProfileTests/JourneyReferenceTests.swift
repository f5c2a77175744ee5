import SegueCore
import SegueIngest
import SegueProfile
import SegueTestSupport
import Testing

/// Counts by pandas, recounted by PM4Py.
@Suite("Journeys against recounted event logs", .enabled(if: SharedFolder.has("reference/journeys.json")))
struct JourneyReferenceTests {
  private struct Reference: Decodable {
    struct Log: Decodable {
      struct Funnel: Decodable {
        var steps: [String]
        var reached: [Int]
        var reached_in_any_order: [Int]
        var time_from_previous_step: [Times?]
      }

      struct Times: Decodable {
        var n: Int
        var median_s: Double
        var p25_s: Double
      }

      var events: Int
      var cases: Int
      var event_types: [String: Int]
      var funnels: [String: Funnel]
    }

    var simple_onlineshop: Log
    var patients: Log
  }

  private let reference: Reference

  init() throws { reference = try SharedFolder.json("reference/journeys.json", as: Reference.self) }

  /// A whole case is a journey and every step of the funnel a stage.
  private func aggregate(_ csv: [UInt8], _ name: String, steps: [String]) throws -> (
    JourneyAggregate, EventTable
  ) {
    var options = IngestOptions()
    options.kinds[name] = .events
    let data = try ingest([Input(path: name, bytes: csv)], options)
    let events = try #require(data.events)
    let stages = events.event.texts.strings.map { name in Int32(steps.firstIndex(of: name) ?? -1) }
    let touchpoints = Touchpoints(
      customers: events.customer, times: events.time, events: events.event.codes,
      channels: events.customer.map { _ in -1 }, eventNames: events.event.texts.strings, channelNames: [])
    let found = JourneyAggregate(
      touchpoints, answers: Answers(), labels: Array(repeating: 0, count: data.customerIDs.count),
      segments: 1,
      stageOfEvent: stages, stages: steps.count, gapDays: nil)
    return (found, events)
  }

  @Test("the shop's clickstream: events, cases and the funnel to the payment")
  func shop() throws {
    let expected = reference.simple_onlineshop
    let funnel = try #require(expected.funnels["checkout_by_user"])
    let (found, events) = try aggregate(
      SharedFolder.contents("data/simple_onlineshop.csv"), "shop.csv", steps: funnel.steps)
    #expect(events.rowCount == expected.events)
    #expect(Set(events.customer).count == expected.cases)
    let stages = found.segments[0].stages
    #expect(stages.map(\.touchedJourneys) == funnel.reached_in_any_order)
    #expect(stages.map { Int($0.reached.hits) } == funnel.reached)
    #expect(stages.map(\.touches) == funnel.steps.map { expected.event_types[$0] ?? 0 })
  }

  @Test("the patients' log: counts, and the time from registration to triage")
  func patients() throws {
    let expected = reference.patients
    let funnel = try #require(expected.funnels["care_path"])
    // Only the completed half of each pair of rows, as the reference does.
    let lines = try SharedFolder.table("data/patients_event_log.csv").filter { $0[4] == "complete" }
    let text = "patient,event,time\n" + lines.map { "\($0[1]),\($0[0]),\($0[5])\n" }.joined()
    let (found, events) = try aggregate(Array(text.utf8), "patients.csv", steps: funnel.steps)
    #expect(events.rowCount == expected.events)
    let stages = found.segments[0].stages
    #expect(stages.map(\.touchedJourneys) == funnel.reached_in_any_order)
    let times = try #require(funnel.time_from_previous_step[1])
    let days = try #require(stages[0].daysToNext)
    #expect(days.n == times.n)
    #expect((days.median * 86_400 - times.median_s).magnitude < 1e-3)
    #expect((days.p25 * 86_400 - times.p25_s).magnitude < 1e-3)
  }
}
