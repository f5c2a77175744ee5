import SegueCore
import SegueProfile
import Testing

@Suite("Names of segments")
struct SegmentNamingTests {
  @Test("names are unique for any positions of 2 to 12 segments", arguments: 2...12)
  func unique(count: Int) {
    for seed in 0..<200 {
      var generator = Seed(UInt64(seed)).generator(for: .testData, index: count)
      // Coarse positions, so that many segments are alike.
      func position() -> Double { Double(generator.index(below: 5)) / 4 }
      let positions = (0..<count).map { _ in
        SegmentNaming.Position(
          recency: position(), frequency: position(), monetary: position(), oneTime: position(),
          new: position(), late: position(), gone: position())
      }
      let names = SegmentNaming.names(positions).map(\.name)
      #expect(Set(names).count == count, "seed \(seed): \(names)")
      #expect(names.allSatisfy { !$0.isEmpty })
      #expect(SegmentNaming.names(positions).map(\.name) == names)
    }
  }

  @Test(
    "a name depends on the segment, not on its place among the others", arguments: (0..<50).map { Seed($0) })
  func stable(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let positions = (0..<6).map { _ in
      SegmentNaming.Position(
        recency: generator.unit(), frequency: generator.unit(), monetary: generator.unit(),
        oneTime: generator.unit(), new: generator.unit(), late: generator.unit(), gone: generator.unit())
    }
    let names = SegmentNaming.names(positions).map(\.name)
    #expect(Array(SegmentNaming.names(positions.reversed()).map(\.name).reversed()) == names)
  }

  @Test(
    "typical positions have the names that marketers expect",
    arguments: [
      (0.95, 0.95, 0, (0, 0, 0), "Champions"), (0.7, 0.6, 0, (0, 0.4, 0.1), "Steady regulars"),
      (0.2, 0.3, 0.9, (0.9, 0.1, 0), "Promising newcomers"),
      (0.2, 0.3, 0.5, (0.3, 0.2, 0), "Promising newcomers"),
      (0.7, 0.6, 0.1, (0.8, 0, 0), "Promising newcomers"), (0.8, 0.8, 0, (0, 0.9, 0.2), "Slipping spenders"),
      (0.1, 0.1, 1, (0, 1, 0), "One-and-done"), (0.4, 0.3, 0.1, (0, 0.4, 0), "Occasionals"),
      (0.3, 0.2, 0.3, (0, 0.9, 0.4), "Slipping occasionals"), (0.3, 0.2, 0, (0, 1, 1), "Lapsed occasionals"),
      (0.95, 0.95, 0, (0, 0.5, 0), "Slipping spenders"), (0.95, 0.95, 0, (0, 1, 1), "Lapsed spenders"),
      (0.6, 0.3, 0, (0, 0.6, 0.5), "Lapsed spenders"),
    ] as [(Double, Double, Double, (Double, Double, Double), String)])
  func typical(
    frequency: Double, monetary: Double, oneTime: Double, stages: (new: Double, late: Double, gone: Double),
    name: String
  ) {
    let position = SegmentNaming.Position(
      recency: 0.5, frequency: frequency, monetary: monetary, oneTime: oneTime, new: stages.new,
      late: stages.late, gone: stages.gone)
    #expect(SegmentNaming.names([position]).map(\.name) == [name])
  }

  private func traits(_ attributes: [Attribute]) -> [[SegueProfile.Trait]] {
    TraitFinder(labels: (0..<200).map { Int32($0 < 100 ? 0 : 1) }, segments: 2).traits(attributes)
  }

  @Test("without orders a segment is named by what it has more of, never by what it has less of")
  func byTraits() {
    // The first hundred are red but for ten, of the others half is.
    let codes = (0..<200).map { row -> Int32 in row < 100 ? (row % 10 == 0 ? 1 : 0) : Int32(row % 2) }
    let colour = Attribute(
      "c", label: "colour", unit: .share, sources: [], values: .levels(codes, names: ["red", "blue"]))
    let names = SegmentNaming.names(byTraits: traits([colour]))
    #expect(names.map { $0.name } == ["Colour: red", "Colour: blue"])
  }

  @Test("a flag names by having it or not")
  func flags() {
    let codes = (0..<200).map { row -> Int32 in row < 100 || row % 5 == 0 ? 1 : 0 }
    let flag = Attribute(
      "n", label: "newsletter", unit: .share, sources: [],
      values: .levels(codes, names: ["no", "yes"]))
    #expect(
      SegmentNaming.names(byTraits: traits([flag])).map(\.name) == ["With newsletter", "Without newsletter"])
  }

  @Test("segments that nothing tells apart are numbered")
  func nothing() {
    let names = SegmentNaming.names(byTraits: [[], [], []])
    #expect(names.map(\.name) == ["Segment 1", "Segment 2", "Segment 3"])
    #expect(names.allSatisfy { $0.tagline == "Not told apart by any attribute." })
  }
}
