/// Which step of the ladder an event belongs to, by the words in its name.
///
/// Covers the names of web shops, Segment's e-commerce specification, GA4, CRM stage histories,
/// support and e-mail tools. What it does not know is listed, never guessed.
public enum EventStages {
  /// - Returns: nil for an event that no entry fits.
  public static func step(of event: String) -> StageModel.Step? {
    let words = Set(normalized(event).split(separator: " ").map(String.init))
    return dictionary.first { entry in entry.words.contains { $0.isSubset(of: words) } }?.step
  }

  /// Lower case, words apart: `Product Added`, `productAdded` and `product_added` are one.
  static func normalized(_ name: String) -> String {
    var words: [String] = [""]
    var previousIsLower = false
    for character in name {
      if character.isLetter || character.isNumber {
        if character.isUppercase, previousIsLower { words.append("") }
        words[words.count - 1] += character.lowercased()
        previousIsLower = character.isLowercase
      } else {
        words.append("")
        previousIsLower = false
      }
    }
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  static func step(forStageName key: String) -> StageModel.Step? {
    stageNames.first { $0.names.contains(key) }?.step
  }

  private struct Entry {
    var step: StageModel.Step
    /// Any one of these sets of words, all of them in the name.
    var words: [Set<String>]

    init(_ step: StageModel.Step, _ phrases: String...) {
      self.step = step
      words = phrases.map { Set($0.split(separator: " ").map(String.init)) }
    }
  }

  /// First fit wins, so the special stands before the general.
  private static let dictionary: [Entry] = [
    // What failed or was given up is no purchase.
    Entry(
      .decision, "order failed", "payment failed", "payment declined", "purchase abandoned",
      "order abandoned",
      "checkout abandoned", "purchase failed", "checkout failed"),
    Entry(.awareness, "return visit", "returning visitor"),
    Entry(.postPurchase, "order viewed", "order status", "invoice viewed"),
    Entry(
      .advocacy, "referral", "refer", "referred", "review written", "review submitted", "reviewed",
      "testimonial", "product shared", "cart shared", "share", "shared", "recommended"),
    Entry(
      .loyalty, "points", "redeemed", "loyalty", "rewards", "repeat order", "reordered",
      "subscription renewed", "renewal", "renewed"),
    Entry(
      .postPurchase, "order refunded", "refund", "refunded", "return", "returned", "support", "ticket",
      "tracked", "tracking", "delivered", "delivery confirmed", "unboxing", "complaint", "order cancelled",
      "order canceled", "order updated", "onboarding", "service"),
    Entry(.decision, "checkout step", "wishlist cart"),
    Entry(.consideration, "wishlist"),
    Entry(.awareness, "newsletter", "subscribed list", "subscribed email", "subscribed sms"),
    Entry(
      .purchase, "order completed", "order placed", "purchase", "purchased", "transaction", "payment done",
      "payment completed", "checkout completed", "order paid", "order", "closed won", "bought", "subscribed"),
    Entry(
      .decision, "product added", "product removed", "added to cart", "add to cart", "remove from cart",
      "cart", "basket", "checkout", "begin checkout", "coupon", "payment info", "add payment info",
      "add shipping info", "payment choice", "payment card", "payment cash", "delivery choice",
      "delivery courier", "delivery pickup", "quote", "proposal", "negotiation", "trial started"),
    Entry(
      .consideration, "product viewed", "product clicked", "view item", "product", "product list", "catalog",
      "collection viewed", "products searched", "search", "searched", "reviews read", "compare", "pricing",
      "demo", "faq", "promotion clicked", "select promotion", "view item list", "select item", "product1",
      "product2",
      "qualified", "email clicked"),
    Entry(
      .awareness, "ad clicked", "ad", "landing", "social", "blog", "page view", "page viewed",
      "session start", "first visit", "main", "home", "visit", "email opened", "promotion viewed",
      "view promotion",
      "impression", "lead", "screen viewed"),
  ]

  private static let stageNames: [(step: StageModel.Step, names: Set<String>)] = [
    (.awareness, ["awareness", "attention", "initial engagement", "discovery"]),
    (.consideration, ["consideration", "evaluation", "interest", "active consideration", "research"]),
    (.decision, ["decision", "desire", "purchase decision", "checkout", "basket", "cart"]),
    (.purchase, ["purchase", "action", "acquisition", "order", "payment"]),
    (
      .postPurchase,
      [
        "post purchase", "post purchase behavior", "post purchase behaviour", "retention", "delivery",
        "support",
      ]
    ),
    (.loyalty, ["loyalty", "retention and loyalty", "repeat"]),
    (.advocacy, ["advocacy", "referral", "review"]),
  ]
}
