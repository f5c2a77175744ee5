import SegueCore
import SegueProfile
import Testing

@Suite("Traits")
struct TraitFinderTests {
  private let n = 200
  private var labels: [Int32] { (0..<n).map { Int32($0 < 60 ? 0 : 1) } }

  private func attribute(_ values: Attribute.Values, _ name: String = "a", _ unit: Unit = .plain) -> Attribute
  {
    Attribute(name, label: "label \(name)", unit: unit, sources: ["f.csv: \(name)"], values: values)
  }

  @Test("a number's trait holds the figures of both sides")
  func number() throws {
    let values = (0..<n).map { Double($0 < 60 ? $0 : $0 % 30) }
    let traits = TraitFinder(labels: labels, segments: 2).traits([attribute(.numbers(values))])
    let trait = try #require(traits[0].first)
    #expect(trait.id == "s1.a")
    #expect(trait.value == 29.5)
    #expect(trait.others == 13.5)
    #expect(trait.n == 60 && trait.nOthers == 140)
    #expect(trait.statistic == .median)
    #expect(trait.isNotable && trait.effect > 0.147)
    let mirrored = try #require(traits[1].first)
    #expect((mirrored.effect + trait.effect).magnitude < 1e-12)
  }

  @Test("counts are compared by their means, money and days by their medians")
  func statistics() throws {
    let values = (0..<n).map { Double($0 % 7) }
    for (unit, statistic) in [
      (Unit.count, SegueProfile.Trait.Statistic.mean), (.money, .median), (.days, .median),
    ] {
      let traits = TraitFinder(labels: labels, segments: 2).traits([attribute(.numbers(values), "a", unit)])
      #expect(traits[0][0].statistic == statistic)
    }
  }

  @Test("missing values are left out")
  func missing() throws {
    let values = (0..<n).map { $0 % 3 == 0 ? Double.nan : 5 }
    let traits = TraitFinder(labels: labels, segments: 2).traits([attribute(.numbers(values))])
    #expect(traits[0][0].n == 40)
    #expect(traits[0][0].value == 5 && !traits[0][0].isNotable)
  }

  @Test("a category's levels are shares of customers, ids name segment, attribute and level")
  func levels() throws {
    let codes = (0..<n).map { Int32($0 < 60 ? ($0 < 45 ? 0 : 1) : ($0 % 4 == 0 ? 0 : $0 % 4 == 1 ? 2 : 1)) }
    let traits = TraitFinder(labels: labels, segments: 2)
      .traits([attribute(.levels(codes, names: ["red", "green", "blue"]))])
    let red = try #require(traits[0].first { $0.id == "s1.a.red" })
    #expect(red.value == 0.75 && red.others == 0.25)
    #expect(red.label == "label a: red" && red.attributeLabel == "label a" && red.levelText == "red")
    #expect(traits[0].count == 3)
  }

  @Test(
    "a yes and its no are one trait, told by the yes",
    arguments: [["no", "yes"], ["False", "True"], ["0", "1"], ["Y", "N"], ["ja", "nein"]])
  func flags(names: [String]) throws {
    let positive = Int32(names.firstIndex { ["yes", "True", "1", "Y", "ja"].contains($0) }!)
    let codes = (0..<n).map { $0 % 5 == 0 || $0 >= 60 && $0 % 2 == 0 ? 1 - positive : positive }
    let traits = TraitFinder(labels: labels, segments: 2).traits([attribute(.levels(codes, names: names))])
    #expect(traits[0].count == 1)
    let trait = try #require(traits[0].first)
    #expect(trait.value == 0.8)
    #expect(trait.label == "label a: yes" && trait.levelText == "yes" && trait.attributeLabel == "label a")
    #expect(trait.isFlag)
  }

  @Test("two levels that are no yes and no stay two, a 1 among other numbers is no yes")
  func notFlags() {
    let codes = (0..<n).map { Int32($0 % 2) }
    let traits = TraitFinder(labels: labels, segments: 2)
      .traits([attribute(.levels(codes, names: ["female", "male"]))])
    #expect(traits[0].count == 2)
    let numbers = TraitFinder(labels: labels, segments: 2)
      .traits([attribute(.levels((0..<n).map { Int32($0 % 3) }, names: ["1", "2", "3"]))])
    #expect(numbers[0].first { $0.level == "1" }?.isFlag == false)
  }

  @Test("what fewer than ten customers have is not told, however often they have it")
  func rare() {
    // Nine customers bought "rare" forty times each.
    let customers: [Int32] = (0..<Int32(n)).flatMap { id in [Int32](repeating: id, count: id < 9 ? 40 : 2) }
    let levels = customers.map { Int32($0 < 9 ? 0 : $0 % 3 == 0 ? 2 : 1) }
    let traits = TraitFinder(labels: labels, segments: 2)
      .traits([attribute(.mix(customers: customers, levels: levels, names: ["rare", "x", "y"]))])
    #expect(!traits.joined().contains { $0.level == "rare" })
    #expect(traits.joined().contains { $0.level == "x" })
    // Beside "x", it would be what is missing to the whole.
    #expect(!traits.joined().contains { $0.level == "y" })
  }

  @Test("segments of fewer than ten are not compared")
  func small() {
    let labels = (0..<n).map { Int32($0 < 9 ? 0 : 1) }
    let traits = TraitFinder(labels: labels, segments: 2)
      .traits([
        attribute(.numbers((0..<n).map(Double.init))), attribute(.levels(labels, names: ["u", "v"]), "b"),
      ])
    #expect(traits[0].isEmpty)
  }

  @Test("a mix counts observations and treats those of one customer as alike")
  func mix() throws {
    let customers: [Int32] = (0..<Int32(n)).flatMap { id in [Int32](repeating: id, count: 10) }
    let levels = customers.map { Int32($0 % 3 == 0 ? 0 : 1) }
    let traits = TraitFinder(labels: labels, segments: 2)
      .traits([attribute(.mix(customers: customers, levels: levels, names: ["a", "b"]))])
    let trait = try #require(traits[0].first { $0.level == "a" })
    #expect(trait.n == 600)
    #expect((trait.value - 1.0 / 3).magnitude < 1e-12)
    // As wide as 60 customers make it, not 600 observations.
    #expect(trait.interval.high - trait.interval.low > 0.25)
  }

  @Test("the order of customers changes nothing", arguments: (0..<5).map { Seed($0) })
  func permuted(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let attributes = RandomAttributes(n, &generator).all
    let labels = (0..<n).map { _ in Int32(generator.index(below: 3)) }
    // Row i moves to n − 1 − i.
    let mirrored = attributes.map { attribute -> Attribute in
      var copy = attribute
      switch attribute.values {
      case .numbers(let values): copy.values = .numbers(values.reversed())
      case .levels(let codes, let names): copy.values = .levels(codes.reversed(), names: names)
      case .mix(let customers, let levels, let names):
        copy.values = .mix(customers: customers.map { Int32(n) - 1 - $0 }, levels: levels, names: names)
      }
      return copy
    }
    let a = TraitFinder(labels: labels, segments: 3).traits(attributes)
    let b = TraitFinder(labels: labels.reversed(), segments: 3).traits(mirrored)
    for (x, y) in zip(a, b) {
      #expect(x.map(\.id) == y.map(\.id))
      #expect(
        zip(x, y).allSatisfy {
          ($0.qValue - $1.qValue).magnitude < 1e-12 && ($0.effect - $1.effect).magnitude < 1e-12
        })
    }
  }

  @Test(
    "levels that look like keys are known",
    arguments: [
      ("85123A", true), ("C00317", true), ("a@example.org", true), ("10115", true), ("18-24", false),
      ("2024", false), ("gifts", false), ("Room 12345 left", false),
    ])
  func keys(level: String, isKey: Bool) {
    let codes = (0..<n).map { Int32($0 % 2) }
    let traits = TraitFinder(labels: labels, segments: 2)
      .traits([attribute(.levels(codes, names: [level, "other"]))])
    #expect(traits[0].first { $0.level == level }?.levelIsKey == isKey)
  }

  @Test("comparisons never say that a figure is 1.0 times the others'")
  func comparisons() throws {
    func trait(_ value: Double, _ others: Double, _ effect: Double) throws -> SegueProfile.Trait {
      let found = TraitFinder(labels: labels, segments: 2)
        .traits([attribute(.numbers((0..<n).map { Double($0 % 7) }))])
      var trait = try #require(found[0].first)
      (trait.value, trait.others, trait.effect) = (value, others, effect)
      return trait
    }
    #expect(try trait(3.6, 1, 0.5).comparison == "3.6× the others")
    #expect(try trait(1, 1, 0.3).comparison == "more")
    #expect(try trait(1, 1, -0.3).comparison == "less")
    #expect(try trait(1.04, 1, 0.3).comparison == "4% more")
    #expect(try trait(0.14, 1, -0.3).comparison == "86% less")
    #expect(try trait(-5, 10, -0.3).comparison == "less")
    #expect(try trait(5, 0, 0.3).comparison == "more")
  }
}
