import SegueProfile

/// What a column is about, as far as its label tells: decides the topic under which a trait is said.
///
/// Columns of orders and touchpoints are known by name; those of customers files by the words of their label.
/// A column that no word gives away describes the person.
enum AttributeTopic {
  case person
  /// How long somebody has been a customer.
  case tenure
  case contract
  case price
  /// What a customer brings.
  case worth
  case taste
  case deals
  case channel
  case response
  case complaint
  case leaving
  /// Of orders and touchpoints; has sentences of its own.
  case orders

  init(_ trait: Trait) {
    guard trait.attribute.hasPrefix("customer.") || !AttributeTopic.ofOrders.contains(trait.attribute) else {
      self = .orders
      return
    }
    let words = Set(trait.attributeLabel.humanized.lowercased().split { !$0.isLetter }.map(String.init))
    self = AttributeTopic.words.first { !$0.words.isDisjoint(with: words) }?.topic ?? .person
  }

  private static let ofOrders: Set<String> = [
    "recencyDays", "frequency", "monetary", "orderValue", "gapDays", "lateness", "tenureDays", "category",
    "product", "orderChannel", "orderCountry", "weekday", "daypart", "hour", "month", "discounted",
    "refunded", "refundShare", "touchChannel", "supportContacts",
  ]

  /// First match wins.
  private static let words: [(topic: AttributeTopic, words: Set<String>)] = [
    (.leaving, ["churn", "churned", "attrition", "exited", "cancelled", "canceled", "left"]),
    (
      .complaint, ["complain", "complained", "complaint", "complaints", "tickets", "disputes", "escalations"]
    ),
    (.response, ["response", "responded", "accepted", "converted", "clicked", "opened", "cmp"]),
    (
      .deals,
      ["deal", "deals", "discount", "discounts", "coupon", "coupons", "promo", "promotion", "voucher"]
    ),
    (
      .channel,
      [
        "channel", "source", "medium", "newsletter", "email", "web", "website", "store", "catalog",
        "catalogue", "app", "mobile",
      ]
    ),
    (.taste, ["mnt", "products", "prods", "category", "purchases", "favourite", "favorite", "interest"]),
    (.contract, ["contract", "subscription", "plan", "membership", "term"]),
    (.worth, ["revenue", "ltv", "clv", "spending", "spend", "spent", "total"]),
    (.price, ["charges", "fee", "fees", "premium", "price", "rent", "bill"]),
    (.tenure, ["tenure", "since", "signed", "joined", "registered", "enrolled", "recency"]),
  ]
}
