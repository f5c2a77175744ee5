import SegueCore
import SegueProfile

/// A log spelled in a line: `a1` is event a on day 1; customers are parted by blanks, touchpoints by commas.
struct JourneyLog {
  var touchpoints: Touchpoints
  var stages: [Int32]
  var customers: Int

  /// Events a, b, c, … stand for stages 0, 1, 2, …; z belongs to none.
  init(_ text: String, stages count: Int = 3) {
    var rows: [(customer: Int32, time: Int64, event: Int32)] = []
    let people = text.split(separator: " ")
    for (customer, line) in people.enumerated() {
      for touch in line.split(separator: ",") where touch != "-" {
        let event = touch.first == "z" ? count : Int(touch.utf8.first! - 97)
        let seconds = Int64((Double(touch.dropFirst()) ?? 0) * 86_400)
        rows.append((Int32(customer), seconds, Int32(event)))
      }
    }
    touchpoints = Touchpoints(
      customers: rows.map(\.customer), times: rows.map(\.time), events: rows.map(\.event),
      channels: rows.map { _ in -1 }, eventNames: (0..<count).map { "e\($0)" } + ["z"], channelNames: [])
    stages = (0..<Int32(count)).map { $0 } + [-1]
    customers = people.count
  }

  func aggregate(_ labels: [Int32]? = nil, segments: Int = 1, gapDays: Int? = 7) -> JourneyAggregate {
    JourneyAggregate(
      touchpoints, answers: Answers(), labels: labels ?? Array(repeating: 0, count: customers),
      segments: segments,
      stageOfEvent: stages, stages: stages.count - 1, gapDays: gapDays)
  }
}
