/// What makes a sentence applicable, said so that a reader can look it up.
public struct PersonaRule: Sendable, Codable, Hashable, Identifiable {
  public var id: String
  public var basis: Persona.Basis
  /// The rule, in a sentence.
  public var text: String

  private init(_ id: String, _ basis: Persona.Basis, _ text: String) {
    self.id = id
    self.basis = basis
    self.text = text
  }

  public static func named(_ id: String) -> PersonaRule? { all.first { $0.id == id } }

  /// The rules that made these personas, in the order of ``all``.
  public static func used(by personas: [Persona]) -> [PersonaRule] {
    let used = Set(personas.flatMap(\.sections).flatMap(\.sentences).map(\.rule))
    return all.filter { used.contains($0.id) }
  }

  /// Every rule there is. “Differs” means: it survives the control of false discoveries at 5 % and is no
  /// trifle (5 points of a share, or a Cliff's delta of 0.147).
  public static let all: [PersonaRule] = told + inferred + asked

  private static let told = [
    PersonaRule("size", .observed, "How many customers the segment has, and which part of the revenue."),
    PersonaRule(
      "personalTrait", .observed,
      "What differs from the others, strongest first; of a category its most frequent values."),
    PersonaRule("nothingApart", .observed, "Said where none of the compared attributes differs."),
    PersonaRule("spent", .observed, "What the segment brought so far, and its typical customer."),
    PersonaRule(
      "expected", .observed,
      "What the value models expect of the segment's customers within the horizon, at today's worth."),
    PersonaRule(
      "stillThere", .observed,
      "The mean probability that those who came back at least once are still customers, below 99 %."),
    PersonaRule("orderValue", .observed, "Median and middle half of the values of single orders."),
    PersonaRule("affinity", .observed, "Shares of what is ordered, where one differs from the others."),
    PersonaRule("discounts", .observed, "Share of discounted orders, where it differs."),
    PersonaRule("rhythm", .observed, "Where at least half came back: the median gap, and the last order."),
    PersonaRule("oneTime", .observed, "Where fewer than half came back: how many, and the last order."),
    PersonaRule(
      "timing", .observed,
      "Days of the week, times of day and, over two years or more, months with more orders than the others'."),
    PersonaRule(
      "pain.dropOff", .observed, "A step at which significantly more journeys end than the others'."),
    PersonaRule("pain.score", .observed, "A stage whose answers are significantly lower than the others'."),
    PersonaRule("refunds", .observed, "More orders refunded, or more money given back, than the others'."),
    PersonaRule("support", .observed, "More support contacts or complaints than the others'."),
    PersonaRule("leaving", .observed, "A column that says who left, where more did so than of the others."),
    PersonaRule("channels", .observed, "Shares of the channels, and where they differ from the others'."),
    PersonaRule("response", .observed, "A column that says who answered a campaign, where it differs."),
  ]

  private static let inferred = [
    PersonaRule(
      "need.choice", .inferred,
      "Who gives a category at least 10 points more of their orders than the others is taken to need choice "
        + "there."
    ),
    PersonaRule(
      "need.price", .inferred,
      "Who pays less than the others, by a column of charges, is taken to need a low price."
    ),
    PersonaRule(
      "motive.discount", .inferred,
      "Who uses discounts more than the others is taken to look for a reason to buy now."),
    PersonaRule(
      "motive.notPrice", .inferred,
      "Who orders more often than the others, with fewer discounts, is taken to come for something other than price."
    ),
    PersonaRule(
      "motive.season", .inferred,
      "Orders that gather in a month, by 10 points over the others, are taken to be for an occasion."),
    PersonaRule(
      "motive.freedom", .inferred,
      "A contract by the month, more often than the others, is taken as a wish to be free to leave."),
    PersonaRule(
      "motive.lasting", .inferred,
      "A contract of a year or more, more often than the others, is taken as a wish for terms that last."),
    PersonaRule(
      "motive.offers", .inferred,
      "Who answered campaigns more than the others is taken to be open to new offers."),
    PersonaRule(
      "goal.supplied", .inferred,
      "Where most came back and are not late, the goal is taken to be regular supply."),
    PersonaRule(
      "goal.onePurchase", .inferred,
      "Where at least 80 % ordered once and are overdue, the goal is taken to have been one purchase."),
    PersonaRule(
      "goal.tryOut", .inferred,
      "Where most ordered once, not long ago, the goal is taken to be trying the shop."),
    PersonaRule(
      "goal.largePurchase", .inferred,
      "Orders worth more than the others' by a Cliff's delta of 0.33 are taken to be planned purchases."),
    PersonaRule(
      "expect.asShown", .inferred,
      "Who returns more than the others is taken to expect goods that are as shown."),
    PersonaRule(
      "expect.channel", .inferred,
      "Who orders through a channel more than the others is taken to expect good service there."),
    PersonaRule(
      "expect.betterStage", .inferred,
      "Answers lower than the others' are taken to mean that more is expected at that stage."),
    PersonaRule("next.champion", .inferred, "The best customers are kept by service, not by discounts."),
    PersonaRule(
      "next.regular", .inferred,
      "Regulars are offered the next order before their usual gap is over. At stake: one order more from each, "
        + "customers × median order."),
    PersonaRule(
      "next.newcomer", .inferred,
      "Newcomers are to order again. At stake: those who ordered once × median order."),
    PersonaRule(
      "next.slipping", .inferred,
      "Who is slipping is won back with what they bought before, measured against a group left alone. At stake: "
        + "one order from each, customers × median order."),
    PersonaRule(
      "next.oneTime", .inferred,
      "Who bought once long ago gets one reminder. At stake: an order from one in ten, at the median order."),
    PersonaRule(
      "next.occasional", .inferred,
      "Who comes now and then is given a reason in between. At stake: customers × median order."),
    PersonaRule(
      "next.lapsed", .inferred,
      "Who lapsed gets one cheap attempt. At stake: an order from one in ten, at the median order."),
    PersonaRule(
      "next.lapsing", .inferred,
      "Ten or more customers who are lapsing are written to first. At stake: what the value models expect of "
        + "them."
    ),
    PersonaRule(
      "next.leaving", .inferred,
      "Where more left than of the others: how many would have stayed at the others' share."),
    PersonaRule(
      "next.test", .inferred, "Without orders: one offer on the strongest trait, tested on a part of them."),
    PersonaRule(
      "next.plain", .inferred, "Where nothing tells what to do: one offer, against a group that gets none."),
  ]

  private static let asked = [
    PersonaRule("smallGroup", .ask, "Groups of fewer than 10 customers are not described."),
    PersonaRule("ask.pain", .ask, "A pain point is asked about where it was found."),
    PersonaRule("ask.refunds", .ask, "Asked where at least 5 % of the orders were refunded."),
    PersonaRule("ask.kind", .ask, "What to ask first, by what the segment is in the customer's life."),
    PersonaRule("ask.without", .ask, "Asked where far more go without something than of the others."),
    PersonaRule("ask.trait", .ask, "Without orders: the strongest traits are asked about."),
    PersonaRule("ask.feedback", .ask, "Asked where the data holds no answers of customers."),
    PersonaRule("ask.noPain", .ask, "Asked where nothing hurts more than among the others."),
    PersonaRule("ask.channel", .ask, "Asked where the data holds no channel."),
    PersonaRule("ask.goals", .ask, "Asked for those of needs, motives and goals that no rule concludes."),
    PersonaRule("ask.expectations", .ask, "Asked where no rule concludes what is expected."),
    PersonaRule("ask.interests", .ask, "Asked where nothing tells what they are interested in."),
    PersonaRule("ask.who", .ask, "Asked where the data tells nothing of the person."),
    PersonaRule("ask.behaviour", .ask, "Asked where the data holds no orders."),
    PersonaRule("ask.value", .ask, "Asked where nothing tells what they are worth."),
  ]
}
