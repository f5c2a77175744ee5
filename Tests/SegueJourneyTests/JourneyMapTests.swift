import SegueCore
import SegueJourney
import SegueProfile
import Testing

@Suite("Journey maps")
struct JourneyMapTests {
  private func maps(_ seed: Seed, model: StageModel = .standard) -> [JourneyMap] {
    var generator = seed.generator(for: .testData)
    let labels = (0..<150).map { Int32($0 < 80 ? 0 : $0 < 145 ? 1 : 2) }
    let walks = Walks(customers: 150, journeys: 4, &generator) { _, stage in stage == 2 ? 0.02 : 0.7 }
    return walks.maps(labels, segments: 3)
  }

  @Test(
    "every cell has a basis: observed with n, inferred with a rule, or a question",
    arguments: (0..<10).map { Seed($0) })
  func basis(seed: Seed) {
    for map in maps(seed) {
      for stage in map.stages {
        #expect(Set(stage.cells.keys) == Set(JourneyMap.Lane.allCases.map(\.rawValue)))
        for (lane, cell) in stage.cells {
          #expect(!cell.text.isEmpty, "\(lane)")
          #expect(cell.basis != .observed || (cell.n ?? 0) >= 10, "\(lane): \(cell.text)")
          #expect(cell.basis != .inferred || cell.rule != nil, "\(lane): \(cell.text)")
          #expect(
            !cell.text.lowercased().contains("nan") && !cell.text.contains("n/a") && !cell.text.contains("-0")
          )
        }
      }
    }
  }

  @Test("reach starts at 1 and never rises", arguments: (0..<10).map { Seed($0) })
  func reach(seed: Seed) {
    for map in maps(seed) {
      let reach = map.stages.compactMap(\.reach)
      #expect(reach.first == 1 || reach.isEmpty)
      #expect(zip(reach, reach.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }

  @Test("without touchpoints all is a question, in every model", arguments: StageModel.all.map(\.id))
  func silence(id: String) throws {
    let model = try #require(StageModel.named(id))
    let labels = (0..<30).map { Int32($0 % 2) }
    let nothing = Touchpoints(
      customers: [], times: [], events: [], channels: [], eventNames: [], channelNames: [])
    let aggregate = JourneyAggregate(
      nothing, answers: Answers(), labels: labels, segments: 2, stageOfEvent: [], stages: model.stages.count,
      gapDays: nil)
    for map in JourneyMapper(bareProfile(labels, segments: 2), aggregate, model: model).maps() {
      #expect(map.journeys == 0 && map.painPoints.isEmpty && map.emotions.isEmpty)
      for stage in map.stages {
        #expect(!stage.isObserved && stage[.painPoints].text.hasSuffix("?"))
        #expect(!stage.cells.values.contains { $0.basis == .observed })
      }
    }
  }
}
