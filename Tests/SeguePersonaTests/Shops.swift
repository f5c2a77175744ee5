import SegueCore
import SegueFeatures
import SegueIngest
import SeguePersona
import SegueProfile
import SegueTestSupport

/// A study as far as personas need it: orders, attributes of customers, labels.
struct Shop {
  var profile: StudyProfile

  /// - Parameters:
  ///   - labelOf: the group of a customer by row.
  ///   - attributes: of the customers in the order of their ids.
  init(
    _ shop: RandomShop, segments: Int, labelOf: (Int) -> Int, attributes: (Int) -> [Attribute] = { _ in [] }
  ) throws {
    let data = try ingest([Input(path: "o.csv", bytes: shop.csv())])
    let history = PurchaseHistory(data.orders!, ids: data.customerIDs)
    let rfm = try RFMTable(history, RFMOptions())
    let orders = history.orderList
    let own = [
      Attribute(
        "recencyDays", label: "days since last order", unit: .days, sources: ["o.csv: ordered_at"],
        values: .numbers(rfm.recencyDays)),
      Attribute(
        "frequency", label: "orders", unit: .count, sources: ["o.csv: order_id"],
        values: .numbers(rfm.frequency)),
      Attribute(
        "monetary", label: "spend", unit: .money, sources: ["o.csv: amount"], values: .numbers(rfm.monetary)),
      Attribute(
        "weekday", label: "weekday of order", unit: .share, sources: ["o.csv: ordered_at"],
        values: .mix(
          customers: orders.customers, levels: orders.times.map { Int32($0.day.weekday) },
          names: CalendarDay.weekdayNames)),
    ]
    let features = FeatureTable(
      [Feature("monetary", label: "spend", unit: .money, sources: [])], columns: [rfm.monetary],
      FeatureOptions())
    profile =
      Profiler(
        features, attributes: own + attributes(history.count), purchases: (history, rfm), currency: "GBP"
      ).profile(labels: (0..<history.count).map { Int32(labelOf($0)) }, count: segments, stability: nil)
      .profile
    PersonaFigures.complete(&profile)
  }

  func personas(_ pains: [[Persona.Sentence]]? = nil, hasFeedback: Bool = false) -> [Persona] {
    PersonaWriter(
      profile, pains: pains ?? profile.segments.map { _ in [] }, hasFeedback: hasFeedback,
      hasTouchpoints: false
    ).personas()
  }
}

/// A category of customers, level by row.
func category(_ name: String, _ n: Int, _ names: [String], _ level: (Int) -> Int) -> Attribute {
  Attribute(
    "customer.\(name)", label: name, unit: .share, sources: ["customers.csv: \(name)"],
    values: .levels((0..<n).map { Int32(level($0)) }, names: names))
}

extension Persona {
  var texts: [String] { sections.flatMap(\.sentences).map(\.text) + [segment.name + ".", segment.tagline] }

  func sentences(_ topic: Topic) -> [Sentence] { sections.first { $0.topic == topic }?.sentences ?? [] }
}
