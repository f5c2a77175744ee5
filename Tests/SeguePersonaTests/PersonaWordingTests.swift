import SegueCore
import SeguePersona
import SegueProfile
import SegueTestSupport
import Testing

@Suite("Wording of personas")
struct PersonaWordingTests {
  private func personas(_ attribute: @escaping (Int) -> Attribute) throws -> [Persona] {
    try Shop(RandomShop(customers: 200, seed: Seed(1)), segments: 2, labelOf: { $0 % 2 }) { [attribute($0)] }
      .personas()
  }

  private func said(_ personas: [Persona], _ word: String) -> [String] {
    personas.flatMap { $0.sentences(.whoTheyAre) + $0.sentences(.reach) }.map(\.text).filter {
      $0.contains(word)
    }
  }

  @Test(
    "a flag is told by its yes, whatever it is spelled",
    arguments: [["no", "yes"], ["false", "true"], ["0", "1"], ["N", "Y"]])
  func flags(names: [String]) throws {
    // Of the even rows 79 %, of the odd ones 40 %.
    let found = try personas { n in
      category("newsletter", n, names) { ($0 / 2) % 100 < ($0 % 2 == 0 ? 79 : 40) ? 1 : 0 }
    }
    #expect(
      Set(said(found, "Newsletter")) == [
        "Newsletter: yes for 79%, against 40% of the others.",
        "Newsletter: yes for 40%, against 79% of the others.",
      ])
    #expect(found.allSatisfy { $0.apart.allSatisfy { $0.levelText != "no" } })
  }

  @Test("a category is told by the level that stands out")
  func categories() throws {
    let found = try personas { n in
      category("household", n, ["couple", "family", "single"]) {
        $0 % 2 == 0 ? ($0 % 10 < 8 ? 1 : 0) : $0 % 3
      }
    }
    #expect(said(found, "Household: family for 80%").count == 1)
  }

  @Test("levels are written as words")
  func words() throws {
    let found = try personas { n in
      category("came by", n, ["paid_search", "word of mouth"]) {
        $0 % 10 < ($0 % 2 == 0 ? 8 : 3) ? 0 : 1
      }
    }
    #expect(said(found, "Came by: paid search for 80%").count == 1)
    #expect(!found.flatMap(\.texts).contains { $0.contains("_") })
  }

  @Test("levels that look like keys are in no sentence and not among what sets apart")
  func keys() throws {
    let found = try personas { n in category("cohort", n, ["C00017", "C00018"]) { $0 % 2 } }
    #expect(said(found, "ohort").isEmpty)
    #expect(found.allSatisfy { !$0.apart.contains { $0.attribute == "customer.cohort" } })
  }

  private func rhythm(_ days: [Int], lastOrder: Int) throws -> [String] {
    let last = RandomShop.firstDay.adding(days: 100)
    var orders: [RandomShop.Order] = [RandomShop.Order(id: "last", customer: "Z", day: last, cents: 100)]
    for customer in 0..<40 {
      for (index, day) in days.enumerated() {
        orders.append(
          RandomShop.Order(
            id: "\(customer)-\(index)", customer: "K\(customer)",
            day: last.adding(days: day - lastOrder - (days.last ?? 0)),
            cents: 1_000))
      }
    }
    return try Shop(RandomShop(orders: orders), segments: 1, labelOf: { _ in 0 }).personas()[0]
      .sentences(.whenTheyBuy).map(\.text)
  }

  @Test("days are singular and plural where they should be")
  func days() throws {
    #expect(
      try rhythm([0, 1, 2], lastOrder: 0)[0] == "They order about every day; the last order was 1 day ago.")
    #expect(
      try rhythm([0, 20, 40], lastOrder: 11)[0]
        == "They order about every 20 days; the last order was 12 days ago.")
    #expect(try rhythm([0], lastOrder: 4)[0] == "100% ordered once only; the last order was 5 days ago.")
  }

  @Test("orders that all cost the same are told as such")
  func equalOrders() throws {
    var shop = RandomShop(customers: 40, seed: Seed(3))
    for index in shop.orders.indices { shop.orders[index].cents = 1_250 }
    let persona = try Shop(shop, segments: 1, labelOf: { _ in 0 }).personas()[0]
    #expect(
      persona.sentences(.whatTheyBuy).map(\.text) == [
        "A typical order is £12.50, and hardly any differs."
      ])
  }

  @Test("known pains come first, what is not known is asked")
  func pains() throws {
    let shop = try Shop(RandomShop(customers: 60, seed: Seed(4)), segments: 2, labelOf: { $0 % 2 })
    let pain = Persona.Sentence(
      "Half leave.", .observed, [Persona.Evidence(id: "s1.dropOff.Decision", n: 20, sources: ["events"])],
      rule: "pain.dropOff", fields: [.painPoints])
    let personas = shop.personas([[pain], []], hasFeedback: true)
    #expect(personas[0].sentences(.pains).map(\.text) == ["Half leave."])
    #expect(
      personas[0].sentences(.questions).contains {
        $0.text == "What stops them at Decision, where more of them leave?"
      })
    #expect(personas[1].sentences(.pains).isEmpty)
    #expect(personas[1].sentences(.questions).contains { $0.rule == "ask.noPain" })
    #expect(!personas[0].sentences(.questions).contains { $0.rule == "ask.feedback" })
    #expect(shop.personas()[0].sentences(.questions).contains { $0.rule == "ask.feedback" })
  }

  @Test("yes and no of several columns are told in one sentence")
  func grouped() throws {
    let names = ["No", "No internet", "Yes"]
    let found = try Shop(RandomShop(customers: 200, seed: Seed(1)), segments: 2, labelOf: { $0 % 2 }) { n in
      ["online security", "tech support"].map { name in
        category(name, n, names) { $0 % 2 == 0 ? ($0 % 10 < 8 ? 0 : 1) : ($0 % 10 < 7 ? 2 : 1) }
      }
    }.personas()
    #expect(
      said(found, "Without").contains(
        "Without online security: 80% (others 0%); tech support: 80% (0%)."), "\(said(found, "With"))")
  }

  @Test(
    "what stands in a sentence agrees with its number",
    arguments: [
      (Wording.days(0), "0 days"), (Wording.days(0.6), "1 day"), (Wording.days(1), "1 day"),
      (Wording.days(1.4), "1 day"), (Wording.days(1.6), "2 days"), (Wording.days(1_204), "1,204 days"),
      (Wording.customers(1), "1 customer"), (Wording.customers(12), "12 customers"),
      (Wording.horizon(365), "12 months"), (Wording.horizon(90), "90 days"), (Wording.horizon(1), "1 day"),
      (["a"].inWords, "a"), (["a", "b"].inWords, "a and b"),
      (["a", "b", "c"].inWords, "a, b and c"), ([String]().inWords, ""),
      (Wording.cut("short"), "short"),
      (Wording.cut("a very long label of a column that nobody reads", to: 24), "a very long label of a…"),
      (Wording.cut(String(repeating: "x", count: 60), to: 10), "xxxxxxxxx…"),
    ])
  func table(text: String, expected: String) {
    #expect(text == expected)
  }
}
