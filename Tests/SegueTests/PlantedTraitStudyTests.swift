import Segue
import SegueProfile
import SegueTestSupport
import Testing

/// What was planted in the made-up shop is found in the segments that the study itself finds.
@Suite("Planted traits in the study of the planted shop")
struct PlantedTraitStudyTests {
  @Test("every planted trait is notable in its segment, and no trait contradicts what was planted")
  func traits() throws {
    let planted = try PlantedShop()
    let result = try Studies.lumen.get()
    for segment in result.profile.segments {
      let own = planted.plantedTraits.filter { $0.segment == segment.segment.name }
      for trait in own where trait.isPlanted {
        let found = segment.trait(trait.attribute, level: trait.level)
        #expect(
          found?.isNotable == true && (found?.effect ?? 0) * trait.sign > 0,
          "\(trait.segment): \(trait.attribute) \(trait.level ?? "") \(trait.difference)")
      }
      for trait in segment.notable {
        guard let expected = own.first(where: { $0.attribute == trait.attribute && $0.level == trait.level })
        else { continue }
        #expect(trait.effect * expected.sign > 0, "\(trait.id): \(trait.effect), \(expected.difference)")
      }
    }
  }

  @Test("exemplars bear marks that stand in segments.csv, three a segment")
  func exemplars() throws {
    let result = try Studies.lumen.get()
    let lines = try String(decoding: result.segmentsCSV(), as: UTF8.self).split(separator: "\r\n")
    #expect(lines[0].hasPrefix("customer_id,segment_id,segment,distance,exemplar,"))
    for segment in result.profile.segments where segment.isDescribed {
      let marks = try #require(segment.exemplars).map(\.mark)
      #expect(marks == ["a", "b", "c"].map { "\(segment.segment.id)-\($0)" })
      for mark in marks { #expect(lines.count { $0.contains(",\(mark),") } == 1, "\(mark)") }
    }
  }
}
