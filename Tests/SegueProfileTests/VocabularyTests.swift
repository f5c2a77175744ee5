import SegueProfile
import Testing

@Suite("Vocabulary of names")
struct VocabularyTests {
  private let orders = Vocabulary.standard.orders
  private let traits = Vocabulary.standard.traits

  /// Every combination of what the conditions can tell apart, of shares that can be: who is gone is late.
  private var positions: [SegmentNaming.Position] {
    var bounds: [Vocabulary.Field: Set<Double>] = [:]
    for conditions in orders.segments.compactMap(\.when).joined() {
      for (field, bound) in conditions { bounds[field, default: []].insert(bound.value) }
    }
    var found = [
      SegmentNaming.Position(recency: 0, frequency: 0, monetary: 0, oneTime: 0, new: 0, late: 0, gone: 0)
    ]
    for field in Vocabulary.Field.allCases {
      let values = [0] + (bounds[field] ?? []).sorted()
      found = found.flatMap { position in
        values.map { value in
          var position = position
          position[keyPath: field.path] = value
          return position
        }
      }
    }
    return found.filter { $0.gone <= $0.late && $0.new + $0.late <= 1 }
  }

  @Test("every position has a name, and the last fits everybody")
  func cover() {
    #expect(orders.segments.last?.when == nil)
    #expect(orders.segments.dropLast().allSatisfy { $0.when?.isEmpty == false })
    #expect(positions.count > 50)
    for position in positions { #expect(orders.segments.contains { $0.fits(position) }) }
  }

  @Test("no name is dead: each is the first that fits somewhere")
  func reachable() {
    let used = Set(positions.map { orders.base(for: $0).name })
    #expect(used == Set(orders.segments.map(\.name)))
  }

  @Test("names and taglines are told apart, fit on a line, and taglines are sentences")
  func wording() {
    let names = orders.segments.map(\.name)
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
    #expect(names.allSatisfy { (3...25).contains($0.count) && $0.first?.isUppercase == true })
    let taglines = orders.segments.map(\.tagline)
    #expect(Set(taglines).count == taglines.count)
    #expect(taglines.allSatisfy { $0.hasSuffix(".") && $0.first?.isUppercase == true })
    // Behind the longest name there is room for the longest qualifier.
    let qualifiers = [orders.qualifiers.monetary, orders.qualifiers.recency, orders.qualifiers.frequency]
    let words = qualifiers.flatMap(\.words)
    #expect(qualifiers.allSatisfy { $0.words.count == 3 })
    #expect(Set(words).count == 9)
    let longestName = names.map(\.count).max() ?? 0
    let longestWords = words.map(\.count).max() ?? 0
    #expect(longestName + 2 + longestWords <= 40)
  }

  @Test("what can be filled in is named where it is filled in, and nowhere else")
  func places() {
    #expect([traits.number, traits.flag].allSatisfy { $0.high.contains("{}") && $0.low.contains("{}") })
    #expect([traits.minority, traits.tagline, traits.level.alone].allSatisfy { $0.contains("{}") })
    #expect(traits.level.dependent.contains("{attribute}") && traits.level.dependent.contains("{}"))
    for own in traits.own {
      #expect(own.attribute.filter { $0 == "*" }.count <= 1, "\(own.attribute)")
      let filled = [own.high, own.low].filter { $0.contains("{}") }
      #expect(filled.isEmpty || own.attribute.contains("*"), "\(own.attribute)")
      #expect(own.high != own.low)
    }
  }

  @Test("no words of an attribute are hidden behind those of another")
  func own() {
    for (place, own) in traits.own.enumerated() {
      let attribute = own.attribute.replacing("*", with: "some thing")
      #expect(traits.own.firstIndex { $0.match(attribute) != nil } == place, "\(own.attribute)")
    }
    #expect(traits.own.contains { $0.match("days since last visit") == "last visit" })
    #expect(!traits.own.contains { $0.match("village") != nil })
  }

  @Test(
    "a condition that is none is refused",
    arguments: ["> 0.5", "0.5", ">= much", "\"\"", ">= 0.5 or so"])
  func bounds(text: String) {
    let yaml = """
      orders:
        segments: [{name: A, kind: other, tagline: A., when: [{late: "\(text)"}]}]
        qualifiers: {}
      """
    #expect(throws: (any Error).self) { try Vocabulary(yaml: yaml) }
  }
}
