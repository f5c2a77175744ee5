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

  // MARK: Names that are there already

  private static let champion = SegmentNaming.Position(
    recency: 0.9, frequency: 0.9, monetary: 0.9, oneTime: 0)
  private static let rich = SegmentNaming.Position(recency: 0.9, frequency: 0.9, monetary: 0.99, oneTime: 0)

  @Test("a segment keeps its name whatever it has become, and the new one beside it is told apart")
  func kept() {
    let names = SegmentNaming.names([Self.champion, Self.rich], given: ["Champions", nil]).map(\.name)
    #expect(names == ["Champions", "Champions, high spend"])
    let renamed = SegmentNaming.names([Self.champion, Self.rich], given: ["Inner circle", nil]).map(\.name)
    #expect(renamed == ["Inner circle", "Champions"])
    let qualified = SegmentNaming.names(
      [Self.champion, Self.rich], given: ["Champions, high spend", nil]
    ).map(\.name)
    // The better word is taken, so the next dimension tells them apart.
    #expect(qualified == ["Champions, high spend", "Champions, most recent"])
  }

  @Test("the name of a segment that is gone is not given again")
  func gone() {
    func name(_ reserved: Set<String>) -> String {
      SegmentNaming.names([Self.champion], reserved: reserved)[0].name
    }
    #expect(name([]) == "Champions")
    #expect(name(["Champions"]) == "Champions, high spend")
    #expect(name(["champions", "Champions, high spend"]) == "Champions, most recent")
    let all: Set = ["Champions", "Champions, high spend", "Champions, most recent", "Champions, most orders"]
    #expect(name(all) == "Champions, group 2")
    #expect(name(all.union(["Champions, group 2"])) == "Champions, group 3")
  }

  @Test("names stay unique and kept ones stay, whatever was kept and is gone", arguments: 0..<100)
  func keptLaw(seed: Int) {
    var generator = Seed(UInt64(seed)).generator(for: .testData, index: 7)
    let positions = (0..<8).map { _ in
      SegmentNaming.Position(
        recency: Double(generator.index(below: 3)) / 2, frequency: Double(generator.index(below: 3)) / 2,
        monetary: Double(generator.index(below: 3)) / 2, oneTime: 0, late: Double(generator.index(below: 2)))
    }
    let first = SegmentNaming.names(positions).map(\.name)
    let given = first.map { generator.index(below: 2) == 0 ? nil : $0 }
    let reserved = Set(first.filter { !given.contains($0) })
    let names = SegmentNaming.names(positions, given: given, reserved: reserved).map(\.name)
    #expect(Set(names).count == names.count)
    for (name, kept) in zip(names, given) {
      if let kept { #expect(name == kept) } else { #expect(!reserved.contains(name)) }
    }
  }
}
