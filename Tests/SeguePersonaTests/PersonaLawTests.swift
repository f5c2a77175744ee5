import SegueCore
import SeguePersona
import SegueProfile
import SegueTestSupport
import Testing

/// What must hold for every persona, of plain data and of odd.
@Suite("Laws of personas")
struct PersonaLawTests {
  enum Oddity: String, CaseIterable {
    case plain
    case equalSpend
    case oneOrderEach
    case oneDay
    case negative
    case nothingSpent
    case daily
    case huge
  }

  private func shop(_ oddity: Oddity, _ seed: Seed) -> RandomShop {
    var shop = RandomShop(customers: 80, seed: seed)
    var seen: Set<String> = []
    switch oddity {
    case .plain: break
    case .equalSpend: shop.orders.indices.forEach { shop.orders[$0].cents = 1_000 }
    case .oneOrderEach: shop.orders = shop.orders.filter { seen.insert($0.customer).inserted }
    case .oneDay: shop.orders.indices.forEach { shop.orders[$0].day = RandomShop.firstDay }
    case .negative, .nothingSpent:
      for order in shop.orders {
        shop.orders.append(
          RandomShop.Order(
            id: "r\(order.id)", customer: order.customer, day: order.day,
            cents: oddity == .negative ? -order.cents - 300 : -order.cents))
      }
    case .daily:
      shop.orders.indices.forEach { shop.orders[$0].day = RandomShop.firstDay.adding(days: $0 % 3) }
    case .huge: shop.orders.indices.forEach { shop.orders[$0].cents *= 1_000_000_000 }
    }
    return shop
  }

  @Test("sentences are whole, sourced and said once", arguments: Oddity.allCases, (0..<6).map { Seed($0) })
  func laws(oddity: Oddity, seed: Seed) throws {
    var generator = seed.generator(for: .testData, index: 3)
    let groups = 2 + generator.index(below: 3)
    let study = try Shop(shop(oddity, seed), segments: groups, labelOf: { $0 % groups }) { n in
      [
        category("newsletter", n, ["no", "yes"]) { $0 % groups == 0 || $0 % 3 == 0 ? 1 : 0 },
        category("region", n, ["north", "south", "C00017", "85123A"]) { ($0 % groups + $0 / 40) % 4 },
      ]
    }
    for (persona, segment) in zip(study.personas(), study.profile.segments) {
      check(persona, segment)
    }
  }

  private func check(_ persona: Persona, _ segment: SegmentProfile) {
    let traits = Set(segment.traits.map(\.id))
    let figures = Set(segment.figures.map(\.id))
    let sentences = persona.sections.flatMap(\.sentences)
    #expect(Set(sentences.map(\.text)).count == sentences.count)
    #expect(sentences.count <= PersonaWriter.mostSentences)
    #expect(Set(sentences.flatMap(\.fields)) == Set(Persona.Field.allCases))
    for sentence in sentences {
      #expect(!sentence.evidence.isEmpty, "\(sentence.text)")
      for evidence in sentence.evidence {
        #expect(evidence.effect == nil ? figures.contains(evidence.id) : traits.contains(evidence.id))
        #expect(evidence.n >= 10 && !evidence.sources.isEmpty, "\(sentence.text)")
      }
      #expect(sentence.text.count <= Wording.longest, "\(sentence.text)")
      #expect(PersonaRule.named(sentence.rule)?.basis == sentence.basis, "\(sentence.rule)")
    }
    for text in persona.texts { checkText(text) }
    #expect(persona.apart.allSatisfy { $0.isNotable && !$0.levelIsKey })
    #expect(Set(persona.apart.map(\.attribute)).count == persona.apart.count)
  }

  private func checkText(_ text: String) {
    let lower = text.lowercased()
    #expect(text.hasSuffix(".") || text.hasSuffix("?"), "\(text)")
    #expect(
      text.first?.isUppercase == true || text.first?.isNumber == true || "£-".contains(text.first!), "\(text)"
    )
    for word in ["nan", "n/a", "∞", "inf ", "optional", "nil", "c00017", "85123a", "  ", ".."] {
      #expect(!lower.contains(word), "\(text)")
    }
    for zero in ["-0 ", "-0%", "-0.0", "-£0", "-0,"] { #expect(!text.contains(zero), "\(text)") }
    let words = text.split { !($0.isLetter || $0.isNumber) }
    for (number, noun) in zip(words, words.dropFirst()) where number == "1" {
      #expect(!["days", "orders", "customers"].contains(noun) || text.contains(".1 \(noun)"), "\(text)")
    }
  }

  @Test("a group under ten is not described")
  func small() throws {
    let study = try Shop(RandomShop(customers: 60, seed: Seed(2)), segments: 2, labelOf: { $0 < 9 ? 0 : 1 })
    let persona = try #require(study.personas().first { !$0.isDescribed })
    #expect(persona.segment.customers == 9)
    #expect(
      persona.sections.flatMap(\.sentences).map(\.text) == [
        "9 customers: fewer than 10, too few to describe without pointing at persons.",
        "Ask them one by one, or form fewer segments.",
      ])
    #expect(persona.apart.isEmpty && persona.rule == nil && persona.medianOrderValue == nil)
    #expect(persona.revenueShare == nil)
  }

  @Test("a study without orders has personas of its attributes alone")
  func withoutOrders() throws {
    let full = try Shop(RandomShop(customers: 80, seed: Seed(6)), segments: 2, labelOf: { $0 % 2 }) { n in
      [category("newsletter", n, ["no", "yes"]) { $0 % 2 == 0 || $0 % 3 == 0 ? 1 : 0 }]
    }
    var profile = full.profile
    profile.purchases = nil
    for index in profile.segments.indices {
      profile.segments[index].purchases = nil
      profile.segments[index].figures.removeAll { !$0.id.hasSuffix(".customers") }
      profile.segments[index].traits.removeAll { !$0.attribute.hasPrefix("customer.") }
    }
    let personas = PersonaWriter(
      profile, pains: [[], []], hasFeedback: false, hasTouchpoints: false
    ).personas()
    for (persona, segment) in zip(personas, profile.segments) {
      check(persona, segment)
      #expect(persona.revenueShare == nil && persona.sentences(.whenTheyBuy).isEmpty)
    }
  }

  @Test("a single customer is told of as one")
  func one() throws {
    let study = try Shop(RandomShop(customers: 60, seed: Seed(2)), segments: 2, labelOf: { $0 < 1 ? 0 : 1 })
    let persona = try #require(study.personas().first { !$0.isDescribed })
    #expect(
      persona.sections.flatMap(\.sentences).map(\.text) == [
        "1 customer: fewer than 10, too few to describe without pointing at persons.",
        "Ask this customer directly, or form fewer segments.",
      ])
  }

  @Test("where every trait is withheld the persona says so and gives the rest")
  func nothingApart() throws {
    var study = try Shop(RandomShop(customers: 80, seed: Seed(6)), segments: 2, labelOf: { $0 % 2 })
    for index in study.profile.segments.indices { study.profile.segments[index].traits = [] }
    for (persona, segment) in zip(study.personas(), study.profile.segments) {
      check(persona, segment)
      #expect(persona.apart.isEmpty)
      #expect(persona.sentences(.whoTheyAre).map(\.rule) == ["size", "nothingApart"])
      #expect(!persona.sentences(.whatTheyBuy).isEmpty && !persona.sentences(.doNext).isEmpty)
    }
  }

  @Test("a figure that the profile lacks is not cited")
  func withoutFigures() throws {
    var study = try Shop(RandomShop(customers: 80, seed: Seed(6)), segments: 2, labelOf: { $0 % 2 })
    for index in study.profile.segments.indices {
      study.profile.segments[index].figures.removeAll { !$0.id.hasSuffix(".customers") }
    }
    for persona in study.personas() {
      let cited = persona.sections.flatMap(\.sentences).flatMap(\.evidence).filter { $0.effect == nil }
      #expect(Set(cited.map { String($0.id.split(separator: ".").last!) }).isSubset(of: ["customers"]))
    }
  }

  @Test("each rule is stated once, in a sentence")
  func rules() {
    #expect(Set(PersonaRule.all.map(\.id)).count == PersonaRule.all.count)
    for rule in PersonaRule.all { #expect(rule.text.hasSuffix(".") && rule.text.count > 30, "\(rule.id)") }
  }
}
