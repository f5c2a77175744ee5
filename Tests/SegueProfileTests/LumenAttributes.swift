import SegueCore
import SegueFeatures
import SegueIngest
import SegueProfile
import SegueTestSupport
import Testing

/// The made-up shop's customers, their planted labels and all attributes that something was planted in.
struct LumenAttributes: Sendable {
  let planted: PlantedShop
  let labels: [Int32]
  let attributes: [Attribute]
  let history: PurchaseHistory
  let rfm: RFMTable

  init() throws {
    planted = try PlantedShop()
    let data = try ingest(
      [Input(path: planted.path("orders.csv")), Input(path: planted.path("customers.csv"))],
      planted.readingOptions)
    history = PurchaseHistory(try #require(data.orders), ids: data.customerIDs)
    var options = RFMOptions()
    options.asOf = CalendarDay(iso: planted.period.asOf)
    rfm = try RFMTable(history, options)
    labels = history.customerIDs.map { [planted] in planted.segment(of: $0) }
    attributes =
      LumenAttributes.ofOrders(history, rfm)
      + LumenAttributes.ofCustomers(
        try #require(data.customers), rowOf: history.rows(idCount: data.customerIDs.count), history.count)
  }

  private static func ofOrders(_ history: PurchaseHistory, _ rfm: RFMTable) -> [Attribute] {
    let orders = history.orderList
    func mix(_ name: String, _ levels: [Int32], _ names: [String]) -> Attribute {
      Attribute(
        name, label: name, unit: .share, sources: ["orders.csv: \(name)"],
        values: .mix(customers: orders.customers, levels: levels, names: names))
    }
    func number(_ name: String, _ unit: SegueCore.Unit, _ values: [Double]) -> Attribute {
      Attribute(name, label: name, unit: unit, sources: ["orders.csv: \(name)"], values: .numbers(values))
    }
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    var found = [
      number("recencyDays", .days, rfm.recencyDays), number("frequency", .count, rfm.frequency),
      number("monetary", .money, rfm.monetary),
      mix("weekday", orders.times.map { Int32($0.day.weekday) }, days),
      mix(
        "daypart", orders.times.map { Int32($0.hour / 6) }, ["night", "morning", "afternoon", "evening"]),
      mix(
        "hour", orders.times.map { Int32($0.hour) }, (0..<24).map { "\($0 < 10 ? "0" : "")\($0)" }),
      mix("refunded", orders.isRefunded, ["no", "yes"]),
    ]
    if let isDiscounted = orders.isDiscounted {
      found.append(mix("discounted", isDiscounted, ["no", "yes"]))
    }
    for (name, own) in [("category", orders.category), ("orderChannel", orders.channel)] {
      guard let own else { continue }
      found.append(
        Attribute(
          name, label: name, unit: .share, sources: ["orders.csv: \(name)"],
          values: .mix(customers: own.customers, levels: own.levels, names: own.names)))
    }
    return found
  }

  private static func ofCustomers(_ table: CustomerTable, rowOf: [Int32], _ count: Int) -> [Attribute] {
    table.attributes.compactMap { attribute in
      let name = "customer.\(attribute.name)"
      switch attribute.values {
      case .numbers(let values):
        var aligned = [Double](repeating: .nan, count: count)
        for (row, value) in zip(table.customer, values) where rowOf[Int(row)] >= 0 {
          aligned[Int(rowOf[Int(row)])] = value
        }
        return Attribute(name, label: attribute.name, unit: .plain, sources: [], values: .numbers(aligned))
      case .labels(let labels):
        let (names, rankOf) = labels.alphabet
        var aligned = [Int32](repeating: -1, count: count)
        for (row, code) in zip(table.customer, labels.codes) where rowOf[Int(row)] >= 0 && code >= 0 {
          aligned[Int(rowOf[Int(row)])] = rankOf[Int(code)]
        }
        return Attribute(
          name, label: attribute.name, unit: .share, sources: [], values: .levels(aligned, names: names))
      case .notKept:
        return nil
      }
    }
  }
}
