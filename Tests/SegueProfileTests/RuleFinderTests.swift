import class Foundation.JSONDecoder
import class Foundation.JSONEncoder
import SegueCore
import SegueProfile
import Testing

@Suite("Rules that restate a segment")
struct RuleFinderTests {
  private func number(_ name: String, _ values: [Double], _ unit: Unit = .plain, filter: Bool = true)
    -> Attribute
  {
    Attribute(name, label: name, unit: unit, sources: [], values: .numbers(values), isFilterable: filter)
  }

  @Test("a planted rule of two bounds is found", arguments: (0..<10).map { Seed($0) })
  func planted(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    let days = (0..<2_000).map { _ in Double(generator.index(below: 400)) }
    let orders = (0..<2_000).map { _ in Double(1 + generator.index(below: 12)) }
    let noise = (0..<2_000).map { _ in generator.normal() }
    let labels = days.indices.map { Int32(days[$0] <= 60 && orders[$0] >= 5 ? 0 : 1) }
    let attributes = [number("days", days, .days), number("orders", orders, .count), number("noise", noise)]
    let rule = try #require(RuleFinder(attributes, labels: labels).rule(for: 0))
    #expect(Set(rule.conditions.map(\.attribute)) == ["days", "orders"])
    #expect(rule.f1 > 0.97)
    #expect(rule.text(MoneyText(currency: nil)).contains("orders ≥ 5"))
  }

  @Test("one order exactly is found as an equality")
  func equality() throws {
    let orders = (0..<300).map { Double(1 + $0 % 3) }
    let labels = orders.map { Int32($0 == 2 ? 0 : 1) }
    let rule = try #require(RuleFinder([number("orders", orders, .count)], labels: labels).rule(for: 0))
    #expect(rule.text(MoneyText(currency: nil)) == "orders = 2")
    #expect(rule.precision == 1 && rule.recall == 1)
  }

  @Test(
    "precision and recall are counted on all rows, as a reader would", arguments: (0..<20).map { Seed($0) })
  func counted(seed: Seed) throws {
    var generator = seed.generator(for: .testData)
    let attributes = (0..<3).map { index in
      number(
        "a\(index)",
        (0..<400).map { _ in generator.index(below: 9) == 0 ? .nan : generator.normal() * 40 + 50 })
    }
    let labels = (0..<400).map { _ in Int32(generator.index(below: 4)) - 1 }
    for segment in 0..<3 {
      guard let rule = RuleFinder(attributes, labels: labels).rule(for: segment) else { continue }
      let picked = (0..<400).filter { labels[$0] >= 0 && rule.conditions.fit($0, attributes) }
      let right = picked.filter { labels[$0] == Int32(segment) }.count
      #expect(rule.picked == picked.count && rule.right == right)
      #expect(rule.wanted == labels.filter { $0 == Int32(segment) }.count)
      #expect(rule.conditions.count <= 3)
      #expect(rule.precision == (picked.isEmpty ? 0 : Double(right) / Double(picked.count)))
      #expect(rule.f1 >= 0 && rule.f1 <= 1)
      // No two bounds of one attribute on the same side, and none beside an equality.
      let sides = rule.conditions.map { "\($0.attribute)\($0.comparison.rawValue)" }
      #expect(Set(sides).count == sides.count)
    }
  }

  @Test("attributes that no filter holds, and empty segments, make no rule")
  func nothing() {
    let values = (0..<100).map(Double.init)
    let labels = values.map { Int32($0 < 50 ? 0 : 1) }
    #expect(RuleFinder([number("x", values, filter: false)], labels: labels).rule(for: 0) == nil)
    #expect(RuleFinder([number("x", values)], labels: labels).rule(for: 5) == nil)
    #expect(RuleFinder([], labels: labels).rule(for: 0) == nil)
    let unknown = [Double](repeating: .nan, count: 100)
    #expect(RuleFinder([number("x", unknown)], labels: labels).rule(for: 0) == nil)
  }

  @Test("a category and its opposite stand in a rule, and the rule is counted both ways")
  func categories() throws {
    let contract = (0..<300).map { Int32($0 % 3) }
    let tenure = (0..<300).map { Double($0 % 72) }
    let attributes = [
      Attribute(
        "contract", label: "contract", unit: .share, sources: [],
        values: .levels(contract, names: ["Month-to-month", "One year", "Two years"])),
      number("tenure", tenure, .days),
    ]
    let isShort = (0..<300).map { contract[$0] == 0 && tenure[$0] <= 30 }
    let labels = isShort.map { Int32($0 ? 0 : 1) }
    let rule = try #require(RuleFinder(attributes, labels: labels).rule(for: 0))
    #expect(
      Set(rule.conditions.map { $0.text(MoneyText(currency: nil)) })
        == ["contract is Month-to-month", "tenure ≤ 30 days"])
    #expect(rule.wrong == 0)
    let bound = try #require(
      RuleFinder([attributes[0]], labels: contract.map { $0 == 0 ? 1 : 0 }).rule(for: 0))
    #expect(bound.text(MoneyText(currency: nil)) == "contract is not Month-to-month")
    let alone = try #require(RuleFinder([attributes[1]], labels: labels).rule(for: 0))
    #expect(alone.wronglyPicked == alone.picked - alone.right && alone.missed == alone.wanted - alone.right)
    #expect(alone.wrong == alone.wronglyPicked + alone.missed && alone.wrong > 0)
  }

  @Test("the file holds precision, recall and how many are wrong, and reads back")
  func coding() throws {
    let values = (0..<100).map(Double.init)
    let labels = values.map { Int32($0 < 50 ? 0 : 1) }
    let rule = try #require(RuleFinder([number("x", values)], labels: labels).rule(for: 0))
    let data = try JSONEncoder().encode(rule)
    let text = String(decoding: data, as: UTF8.self)
    for key in ["precision", "recall", "wrong", "picked", "conditions"] {
      #expect(text.contains("\"\(key)\""))
    }
    let again = try JSONDecoder().decode(SegmentRule.self, from: data)
    #expect(again.conditions == rule.conditions && again.picked == rule.picked && again.wrong == rule.wrong)
  }

  @Test("bounds survive figures of any size", arguments: [1e-12, 1e-3, 1.0, 1e6, 1e15])
  func scales(factor: Double) throws {
    let values = (0..<200).map { (Double($0) - 50) * factor }
    let labels = values.indices.map { Int32($0 < 80 ? 0 : 1) }
    let rule = try #require(RuleFinder([number("x", values)], labels: labels).rule(for: 0))
    #expect(rule.f1 > 0.9)
  }
}
