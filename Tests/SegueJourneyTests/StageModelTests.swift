import SegueJourney
import Testing

@Suite("Stage models")
struct StageModelTests {
  @Test("every model covers every step once, in the order of the ladder", arguments: StageModel.all.map(\.id))
  func cover(id: String) throws {
    let model = try #require(StageModel.named(id))
    #expect(model.stages.flatMap(\.steps) == StageModel.Step.allCases)
    let places = try StageModel.Step.allCases.map { try #require(model.stage(for: $0)) }
    #expect(places == places.sorted())
    #expect(Set(places) == Set(model.stages.indices))
  }

  @Test(
    "names within a model differ and find their stage, however they are spelled",
    arguments: StageModel.all.map(\.id))
  func names(id: String) throws {
    let model = try #require(StageModel.named(id))
    #expect(Set(model.stages.map(\.name)).count == model.stages.count)
    for (index, stage) in model.stages.enumerated() {
      #expect(model.stage(named: stage.name) == index)
      #expect(model.stage(named: stage.name.uppercased()) == index)
      #expect(model.stage(named: stage.name.lowercased().replacing(" ", with: "_")) == index)
      #expect(!stage.goal.isEmpty && stage.question.hasSuffix("?") && !stage.ourGoal.isEmpty)
    }
  }

  @Test(
    "the stages of the shop with known answers are found in every model", arguments: StageModel.all.map(\.id))
  func foreignNames(id: String) throws {
    let model = try #require(StageModel.named(id))
    for name in ["Awareness", "Consideration", "Decision", "Purchase", "Post-purchase", "Loyalty"] {
      #expect(model.stage(named: name) != nil, "\(name)")
    }
    #expect(model.stage(named: "breakfast") == nil)
    #expect(model.stage(named: "") == nil)
  }

  @Test("models have ids of their own and the standard is one of them")
  func ids() {
    #expect(Set(StageModel.all.map(\.id)).count == StageModel.all.count)
    #expect(StageModel.named(StageModel.standard.id) != nil)
    #expect(StageModel.named("AIDA") == nil)
  }
}
