import SegueCore
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Traits of the planted shop")
struct PlantedTraitTests {
  @Test("every planted trait of every segment is found, and no trait contradicts what was planted")
  func planted() throws {
    let lumen = try LumenAttributes()
    let traits = TraitFinder(labels: lumen.labels, segments: lumen.planted.segments.count)
      .traits(lumen.attributes)
    let all = lumen.planted.plantedTraits
    for (index, segment) in lumen.planted.segments.enumerated() {
      let own = all.filter { $0.segment == segment.name }
      #expect(own.count(where: \.isPlanted) >= 8, "\(segment.name)")
      for planted in own where planted.isPlanted {
        let trait = traits[index].first { $0.attribute == planted.attribute && $0.level == planted.level }
        #expect(
          trait?.isNotable == true && (trait?.effect ?? 0) * planted.sign > 0,
          "\(segment.name): \(planted.attribute) \(planted.level ?? "") \(planted.difference)")
      }
      for trait in traits[index] where trait.isNotable {
        guard let planted = own.first(where: { $0.attribute == trait.attribute && $0.level == trait.level })
        else { continue }
        #expect(trait.effect * planted.sign > 0, "\(trait.id): \(trait.effect), \(planted.difference)")
      }
    }
  }

  @Test("of labels dealt at random hardly any comparison comes out notable, over 200 deals")
  func falseDiscoveries() throws {
    let lumen = try LumenAttributes()
    let repetitions = 200
    let found = parallelMap(repetitions) { repetition -> (notable: Int, sure: Int, all: Int) in
      var labels = lumen.labels
      var generator = Seed(6).generator(for: .testData, index: repetition)
      for index in labels.indices.dropLast() {
        labels.swapAt(index, index + generator.index(below: labels.count - index))
      }
      let traits = TraitFinder(labels: labels, segments: lumen.planted.segments.count)
        .traits(lumen.attributes).flatMap(\.self)
      return (traits.count(where: \.isNotable), traits.count { $0.qValue < 0.05 }, traits.count)
    }
    let mean = found.reduce(0.0) { $0 + Double($1.notable) / Double($1.all) } / Double(repetitions)
    let any = Double(found.count { $0.notable > 0 }) / Double(repetitions)
    // Below the size at which a difference is told at all: what the control by itself lets through.
    let sure = Double(found.count { $0.sure > 0 }) / Double(repetitions)
    print(
      "labels at random: \(found[0].all) comparisons, mean share notable \(mean), "
        + "deals with any notable \(any), with any q below 0.05 \(sure)")
    #expect(found.allSatisfy { $0.all > 200 })
    #expect(mean <= 0.05)
    // With no true difference the control bounds the chance of a single finding by 5 %; 200 deals can show 8 %.
    #expect(sure <= 0.08)
  }
}
