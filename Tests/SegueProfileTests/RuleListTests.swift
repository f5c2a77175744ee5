import SegueCore
import SegueProfile
import Testing

@Suite("The segments as an ordered list of rules")
struct RuleListTests {
  /// 1,200 customers in four segments that a list of three rules tells apart, two attributes that know nothing,
  /// and a share of labels drawn anew.
  private struct Planted {
    var attributes: [Attribute]
    var labels: [Int32]

    init(_ seed: Seed, noise: Double = 0) {
      var generator = seed.generator(for: .testData)
      let n = 1_200
      let days = (0..<n).map { _ in Double(1 + generator.index(below: 400)) }
      let orders = (0..<n).map { _ in Double(1 + generator.index(below: 9)) }
      let plans = (0..<n).map { _ in Int32(generator.index(below: 3)) }
      let spend = (0..<n).map { _ in Elementary.exp(generator.normal()) * 100 }
      let color = (0..<n).map { _ in Int32(generator.index(below: 6)) - 1 }
      labels = (0..<n).map { row in
        if generator.unit() < noise { return Int32(generator.index(below: 4)) }
        if days[row] <= 60, orders[row] >= 5 { return 0 }
        if plans[row] == 1 { return 1 }
        return orders[row] <= 3 ? 2 : 3
      }
      attributes = [
        Attribute("days", label: "days since last order", unit: .days, sources: [], values: .numbers(days)),
        Attribute("orders", label: "orders", unit: .count, sources: [], values: .numbers(orders)),
        Attribute(
          "plan", label: "plan", unit: .share, sources: [],
          values: .levels(plans, names: ["Monthly", "Yearly", "None"])),
        Attribute("spend", label: "spend", unit: .money, sources: [], values: .numbers(spend)),
        Attribute(
          "color", label: "color", unit: .share, sources: [],
          values: .levels(color, names: ["red", "green", "blue", "black", "white"])),
      ]
    }

    func list() -> RuleList? { RuleFinder(attributes, labels: labels).list(ids: [7, 3, 9, 4]) }
  }

  private static func conditions(_ list: RuleList) -> [[SegmentRule.Condition]] {
    list.entries.map(\.conditions)
  }

  @Test("a planted list is found without a mistake", arguments: (0..<10).map { Seed($0) })
  func planted(seed: Seed) throws {
    let planted = Planted(seed)
    let list = try #require(planted.list())
    #expect(list.fidelity == 1 && list.right == 1_200, "\(list)")
    #expect(list.entries.count == 3)
    #expect(list.heldOut?.method == .threeFolds && list.heldOut?.customers == 1_200)
    #expect(try #require(list.heldOutFidelity) > 0.97)
    // Whatever the order, these bounds are the only ones that get everybody right.
    let used = Set(Self.conditions(list).joined().map(\.attribute))
    #expect(used == ["days", "orders", "plan"])
  }

  @Test("counts add up, and are those of a reader of the list", arguments: (0..<10).map { Seed($0) })
  func counts(seed: Seed) throws {
    var planted = Planted(seed, noise: 0.3)
    for row in 0..<4 { planted.labels[row * 7] = 3 }
    let ids = [7, 3, 9, 4]
    let list = try #require(planted.list())
    let given = planted.labels.indices.map { list.segment($0, planted.attributes) }
    let isRight = planted.labels.indices.map { given[$0] == ids[Int(planted.labels[$0])] }
    #expect(list.customers == 1_200 && list.notCovered == 0)
    #expect(list.entries.reduce(list.defaultDecided) { $0 + $1.decided } == 1_200)
    #expect(list.right == isRight.count { $0 } && list.fidelity == Double(list.right) / 1_200)
    #expect(list.entries.reduce(list.defaultRight) { $0 + $1.right } == list.right)
    #expect(list.segments.reduce(0) { $0 + $1.right } == list.right)
    for coverage in list.segments {
      let own = planted.labels.indices.filter { ids[Int(planted.labels[$0])] == coverage.segment }
      #expect(coverage.customers == own.count && coverage.right == own.count { isRight[$0] })
    }
    for (place, entry) in list.entries.enumerated() {
      var without = list
      without.entries.remove(at: place)
      let right = planted.labels.indices.count {
        without.segment($0, planted.attributes) == ids[Int(planted.labels[$0])]
      }
      #expect(entry.worth == list.right - right)
      #expect((1...3).contains(entry.conditions.count) && entry.decided >= 10)
    }
  }

  @Test(
    "neither the order of customers nor that of attributes changes the list",
    arguments: (0..<6).map { Seed($0) })
  func order(seed: Seed) throws {
    let planted = Planted(seed, noise: 0.2)
    let list = try #require(planted.list())
    var turned = planted
    turned.attributes.reverse()
    #expect(try Self.conditions(#require(turned.list())) == Self.conditions(list))
    let rows = Array(planted.labels.indices.reversed())
    turned.labels = rows.map { planted.labels[$0] }
    turned.attributes = planted.attributes.map { attribute in
      var attribute = attribute
      switch attribute.values {
      case .numbers(let values): attribute.values = .numbers(rows.map { values[$0] })
      case .levels(let levels, let names): attribute.values = .levels(rows.map { levels[$0] }, names: names)
      case .mix: break
      }
      return attribute
    }
    let other = try #require(turned.list())
    #expect(Self.conditions(other) == Self.conditions(list) && other.right == list.right)
  }

  @Test("an attribute that knows nothing does not lower fidelity", arguments: (0..<6).map { Seed($0) })
  func irrelevant(seed: Seed) throws {
    let planted = Planted(seed, noise: 0.1)
    var wider = planted
    var generator = seed.generator(for: .testData, index: 1)
    for index in 0..<4 {
      let noise = (0..<1_200).map { _ in generator.normal() * 20 }
      wider.attributes.append(
        Attribute("noise\(index)", label: "noise", unit: .plain, sources: [], values: .numbers(noise)))
    }
    #expect(try #require(wider.list()).fidelity >= #require(planted.list()).fidelity)
  }

  @Test("segments under 10 customers have no rule, get nobody and are not counted")
  func small() throws {
    var planted = Planted(Seed(1))
    for row in 0..<9 { planted.labels[row] = 4 }
    planted.labels[20] = 5
    let finder = RuleFinder(planted.attributes, labels: planted.labels)
    let list = try #require(finder.list(ids: [1, 2, 3, 4, 5, 6]))
    #expect(list.customers == 1_190 && list.notCovered == 10)
    #expect(list.segments.map(\.segment) == [1, 2, 3, 4])
    #expect(!list.entries.contains { $0.segment > 4 } && list.defaultSegment <= 4)
    #expect(finder.rule(for: 4) == nil && finder.rule(for: 5) == nil && finder.rule(for: 6) == nil)
  }

  @Test("customers beyond the sample test the list that is shown")
  func unseen() throws {
    var generator = Seed(3).generator(for: .testData)
    let values = (0..<30_000).map { _ in Double(generator.index(below: 1_000)) }
    let labels = values.map { Int32($0 <= 250 ? 0 : $0 <= 700 ? 1 : 2) }
    let attribute = Attribute("x", label: "x", unit: .plain, sources: [], values: .numbers(values))
    let list = try #require(RuleFinder([attribute], labels: labels).list(ids: [1, 2, 3]))
    #expect(list.fidelity > 0.98 && list.customers == 30_000)
    #expect(list.heldOut?.method == .unseen && list.heldOut?.customers == 10_000)
    #expect(list.entries.flatMap(\.conditions).allSatisfy { ($0.bound ?? 1).remainder(dividingBy: 10) == 0 })
  }

  @Test("data that tell nothing make no list")
  func nothing() {
    let labels = (0..<200).map { Int32($0 % 2) }
    func list(_ values: Attribute.Values, _ labels: [Int32]) -> RuleList? {
      RuleFinder([Attribute("x", label: "x", unit: .plain, sources: [], values: values)], labels: labels)
        .list(ids: [1, 2])
    }
    #expect(list(.numbers([Double](repeating: .nan, count: 200)), labels) == nil)
    #expect(list(.numbers([Double](repeating: 5, count: 200)), labels) == nil)
    #expect(list(.numbers([Double](repeating: Double.infinity, count: 200)), labels) == nil)
    #expect(list(.levels([Int32](repeating: -1, count: 200), names: []), labels) == nil)
    #expect(list(.levels((0..<200).map(Int32.init), names: (0..<200).map { "\($0)" }), labels) == nil)
    #expect(list(.numbers((0..<200).map(Double.init)), [Int32](repeating: 0, count: 200)) == nil)
    #expect(list(.numbers((0..<200).map(Double.init)), [Int32](repeating: -1, count: 200)) == nil)
    #expect(list(.numbers([]), []) == nil)
    #expect(RuleFinder([], labels: labels).list(ids: [1, 2]) == nil)
  }

  @Test("an attribute of 10,000 categories and infinite values do no harm")
  func extremes() throws {
    var planted = Planted(Seed(2))
    let names = (0..<10_000).map { "category \($0)" }
    let many = planted.labels.indices.map { Int32($0 % 3 == 0 ? 0 : $0 % 10_000) }
    planted.attributes.append(
      Attribute("many", label: "many", unit: .share, sources: [], values: .levels(many, names: names)))
    let extremes: [Double] = [.infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude, 0]
    let edges = planted.labels.indices.map { extremes[$0 % 6] }
    planted.attributes.append(
      Attribute("edges", label: "edges", unit: .plain, sources: [], values: .numbers(edges)))
    #expect(try #require(planted.list()).fidelity == 1)
  }
}
