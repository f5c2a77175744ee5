import SeguePersona
import SegueProfile

/// Personas in the words that rules would use for the sample's segments.
enum SamplePersonas {
  private typealias Line = (Persona.Topic, Persona.Basis, String)

  private static let lines: [[Line]] = [
    [
      (.whoTheyAre, .observed, "408 customers, 9.4% of all, who bring 41% of revenue."),
      (.whatTheyBuy, .observed, "A typical order is £340; half lie between £204 and £544."),
      (.whatTheyBuy, .observed, "34% of what they order is Catering, against 17% among the others."),
      (.whenTheyBuy, .observed, "They order about every 21 days; the last order was 9 days ago."),
      (.wants, .inferred, "Reordering without effort: half of them come back within 21 days."),
      (.pains, .observed, "CES at Post-purchase is 4.9, against 3.1 among the others (n = 87)."),
      (.reach, .observed, "Touchpoints: Email (48%), Direct (39%)."),
      (
        .doNext, .inferred,
        "Keep them: £3.67 M came from them. Give them first choice and a named contact, not discounts."
      ),
      (.questions, .ask, "What would they miss if you were gone?"),
    ],
    [
      (.whoTheyAre, .observed, "859 customers, 20% of all, who bring 30% of revenue."),
      (.whatTheyBuy, .observed, "A typical order is £268; half lie between £161 and £429."),
      (.whenTheyBuy, .observed, "They order about every 48 days; the last order was 24 days ago."),
      (.wants, .inferred, "Reordering without effort: half of them come back within 48 days."),
      (.pains, .ask, "Nothing where they do worse than the others. Ask what they put up with."),
      (.reach, .observed, "Touchpoints: Email (52%), Organic search (21%)."),
      (
        .doNext, .inferred,
        "Offer the next order before the usual gap is over. One order more from each at their median value brings £230 k."
      ),
    ],
    [
      (.whoTheyAre, .observed, "941 customers, 22% of all, who bring 12% of revenue."),
      (.whoTheyAre, .observed, "Age: typically 31, against 44 of the others."),
      (.whatTheyBuy, .observed, "A typical order is £310; half lie between £186 and £496."),
      (.wants, .ask, "The data does not tell what they are after. Ask what they came for."),
      (.pains, .observed, "58% leave between Purchase and Post-purchase, 9 points more than elsewhere."),
      (
        .reach, .observed,
        "Orders: Mobile app (46%), Web (41%). More than the others by mobile app (+22 points)."
      ),
      (.doNext, .inferred, "Win the second order: 62% have ordered once only. Each is worth about £310."),
      (.questions, .ask, "What would make a second order worth it?"),
    ],
    [
      (.whoTheyAre, .observed, "707 customers, 16% of all, who bring 13% of revenue."),
      (.whenTheyBuy, .observed, "They order about every 44 days; the last order was 121 days ago."),
      (.wants, .inferred, "A reason to buy now: 34% of their orders were discounted (+16 points)."),
      (.pains, .observed, "69% leave between Decision and Purchase, 12 points more than elsewhere."),
      (.pains, .ask, "Ask what nearly kept them from the last order."),
      (.reach, .observed, "Touchpoints: Email (61%), Paid social (18%)."),
      (
        .doNext, .inferred,
        "Win back: they brought £1.12 M. Write to them with what they bought before, and hold out 10% to measure it."
      ),
      (.questions, .ask, "What changed since the last order?"),
    ],
    [
      (.whoTheyAre, .observed, "1,423 customers, 33% of all, who bring 4.7% of revenue."),
      (.whenTheyBuy, .observed, "96% ordered once only; the last order was 214 days ago."),
      (.wants, .inferred, "The right thing at the right time of year: 41% of orders fall in Nov."),
      (.pains, .ask, "No feedback from this segment. Ask what they put up with."),
      (.reach, .observed, "Touchpoints: Paid search (44%), Organic search (29%)."),
      (
        .doNext, .inferred,
        "Spend little: one reminder when they bought last time. A next order would be about £206."
      ),
    ],
  ]

  private static let rules: [Persona.Topic: String] = [
    .whatTheyBuy: "orderValue", .whenTheyBuy: "rhythm", .wants: "motive.season", .pains: "pain.dropOff",
    .reach: "channels", .doNext: "next.plain", .questions: "ask.kind",
  ]

  static func persona(_ profile: SegmentProfile, _ index: Int) -> Persona {
    let own = profile.isDescribed ? lines[index % lines.count] : []
    let sections: [Persona.Section] = Persona.Topic.allCases.compactMap { topic in
      let sentences = own.filter { $0.0 == topic }.map { line in
        let cited = profile.traits.first
        return Persona.Sentence(
          line.2, line.1,
          line.1 == .ask
            ? []
            : [
              Persona.Evidence(
                id: cited?.id ?? "s\(index + 1).customers", n: profile.segment.customers,
                effect: cited?.effect, interval: cited?.interval, sources: cited?.sources ?? ["orders.csv"])
            ],
          rule: rules[topic] ?? "size")
      }
      return sentences.isEmpty ? nil : decoded(["topic": topic, "sentences": sentences])
    }
    let silence: Persona.Section = decoded([
      "topic": Persona.Topic.whoTheyAre,
      "sentences": [
        Persona.Sentence("Fewer than 10 customers: too few to describe.", .ask, rule: "smallGroup")
      ],
    ])
    return decoded([
      "segment": profile.segment, "customerShare": profile.customerShare,
      "revenueShare": profile.purchases?.revenueShare,
      "medianOrderValue": profile.purchases?.orderValue.median, "apart": profile.traits,
      "alsoDiffers": [Trait](),
      "rule": profile.rule,
      "sections": profile.isDescribed ? sections : [silence], "isDescribed": profile.isDescribed,
    ])
  }
}
