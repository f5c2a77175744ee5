import SegueCore
import SegueFeatures
import SegueIngest
import SegueProfile

/// Gathers what is known of each customer, from orders, customers and events, as attributes.
struct AttributeBuilder {
  let data: IngestedData
  let population: Population

  func attributes() -> [Attribute] {
    withoutPersonal(numbersOfOrders() + mixesOfOrders() + customerColumns() + touchChannel())
  }

  /// Levels that name a customer are one level that names nobody.
  private func withoutPersonal(_ attributes: [Attribute]) -> [Attribute] {
    let ids = idsAmong(attributes)
    return attributes.map { attribute in
      var result = attribute
      switch attribute.values {
      case .numbers: break
      case .levels(let codes, let names):
        let hidden = PersonalText.hide(names, codes, others: ids)
        result.values = .levels(hidden.codes, names: hidden.names)
      case .mix(let customers, let levels, let names):
        let hidden = PersonalText.hide(names, levels, others: ids)
        result.values = .mix(customers: customers, levels: hidden.codes, names: hidden.names)
      }
      return result
    }
  }

  /// Levels that are the id of a customer, such as who recommended the shop. Short ones may be anything.
  private func idsAmong(_ attributes: [Attribute]) -> Set<String> {
    var levels: Set<String> = []
    for attribute in attributes {
      switch attribute.values {
      case .numbers: break
      case .levels(_, let names), .mix(_, _, let names):
        for name in names where name.utf8.count >= 4 && name.contains(where: \.isNumber) {
          levels.insert(name)
        }
      }
    }
    return levels.isEmpty ? [] : Set(population.ids.filter(levels.contains))
  }

  private func source(_ kind: TableKind, _ roles: ColumnRole...) -> [String] {
    let files = data.sources.filter { $0.kind == kind }
    return files.flatMap { file in
      roles.compactMap { role in file.column(role).map { "\(Study.baseName(file.path)): \($0.header)" } }
    }
  }

  private func numbersOfOrders() -> [Attribute] {
    guard let (history, rfm, _) = population.purchases else { return [] }
    let money = source(.orders, .amount, .quantity, .unitPrice)
    let time = source(.orders, .time)
    let orders = source(.orders, .orderID, .customer)
    let orderValue = history.spent.indices.map {
      Amount(tenThousandths: history.spent[$0]).units / Double(history.orders[$0])
    }
    let tenure = history.firstDay.map { Double($0.days(until: rfm.asOf)) }
    let lateness = population.lifecycle.flatMap { $0.rhythm.typicalGap == nil ? nil : $0.lateness }
    return [
      Attribute(
        "recencyDays", label: "days since last order", unit: .days, sources: time,
        values: .numbers(rfm.recencyDays)),
      Attribute("frequency", label: "orders", unit: .count, sources: orders, values: .numbers(rfm.frequency)),
      Attribute("monetary", label: "spend", unit: .money, sources: money, values: .numbers(rfm.monetary)),
      Attribute(
        "orderValue", label: "average order value", unit: .money, sources: money, values: .numbers(orderValue)
      ),
      Attribute(
        "gapDays", label: "days between orders", unit: .days, sources: time,
        values: .numbers(history.gapDays),
        isFilterable: false),
      Attribute(
        "tenureDays", label: "days since first order", unit: .days, sources: time, values: .numbers(tenure)),
    ]
      + [
        lateness.map {
          Attribute(
            "lateness", label: "usual gaps since last order", unit: .plain, sources: time,
            values: .numbers($0))
        }
      ].compactMap(\.self)
  }

  private func mixesOfOrders() -> [Attribute] {
    guard let (history, _, _) = population.purchases else { return [] }
    let orders = history.orderList
    let time = source(.orders, .time)
    var result: [Attribute] = []
    func add(_ name: String, _ label: String, _ sources: [String], _ levels: [Int32], _ names: [String]) {
      result.append(
        Attribute(
          name, label: label, unit: .share, sources: sources,
          values: .mix(customers: orders.customers, levels: levels, names: names), isFilterable: false))
    }
    add(
      "weekday", "weekday of order", time, orders.times.map { Int32($0.day.weekday) },
      AttributeBuilder.weekdays)
    add(
      "month", "month of order", time, orders.times.map { Int32($0.day.civil.month - 1) },
      AttributeBuilder.months)
    // Dates without a time all say midnight.
    if orders.times.contains(where: { $0.seconds % 86_400 != 0 }) {
      add(
        "daypart", "time of order", time, orders.times.map { Int32($0.hour / 6) },
        ["night", "morning", "afternoon", "evening"])
      add(
        "hour", "hour of order", time, orders.times.map { Int32($0.hour) },
        (0..<24).map { "\($0 < 10 ? "0" : "")\($0)" })
    }
    if let isDiscounted = orders.isDiscounted {
      add("discounted", "discounted orders", source(.orders, .discount), isDiscounted, ["no", "yes"])
    }
    if orders.isRefunded.contains(1) {
      add("refunded", "refunded orders", source(.orders, .refund), orders.isRefunded, ["no", "yes"])
    } else if history.refunded.contains(where: { $0 > 0 }) {
      // A share of money, because who orders more often also returns more often.
      let shares = history.refunded.indices.map { row -> Double in
        let sold = Amount(tenThousandths: history.spent[row]) + Amount(tenThousandths: history.refunded[row])
        return sold > .zero ? Amount(tenThousandths: history.refunded[row]).units / sold.units : .nan
      }
      result.append(
        Attribute(
          "refundShare", label: "share of money given back", unit: .share,
          sources: source(.orders, .orderID, .quantity, .amount), values: .numbers(shares),
          isFilterable: false))
    }
    let mixes: [(String, String, ColumnRole, PurchaseHistory.Mix?)] = [
      ("category", "category", .category, orders.category), ("product", "product", .product, orders.product),
      ("orderChannel", "channel of order", .channel, orders.channel),
      ("orderCountry", "country", .country, orders.country),
    ]
    for (name, label, role, mix) in mixes {
      guard let mix, mix.names.count > 1 else { continue }
      result.append(
        Attribute(
          name, label: label, unit: .share, sources: source(.orders, role),
          values: .mix(customers: mix.customers, levels: mix.levels, names: mix.names), isFilterable: false))
    }
    return result
  }

  private func customerColumns() -> [Attribute] {
    guard let table = data.customers else { return [] }
    let file = data.sources.first { $0.kind == .customers }.map { Study.baseName($0.path) } ?? "customers"
    let asOf = population.asOf
    return table.attributes.compactMap { attribute in
      let sources = ["\(file): \(attribute.name)"]
      let name = AttributeBuilder.customerPrefix + attribute.name
      switch attribute.values {
      case .numbers(let values):
        // A date becomes an age, which can be compared and averaged; that takes a day to count to.
        let isDate = attribute.type == .date
        if isDate, asOf == nil { return nil }
        var aligned = [Double](repeating: .nan, count: population.count)
        for (row, value) in zip(table.customer, values) where population.rowOf[Int(row)] >= 0 {
          aligned[Int(population.rowOf[Int(row)])] = isDate ? Double(asOf!.daysSinceEpoch) - value : value
        }
        return Attribute(
          name,
          label: isDate
            ? "days since \(attribute.name.humanized.lowercased())" : attribute.name.humanized.lowercased(),
          unit: isDate ? .days : .plain, sources: sources, values: .numbers(aligned))
      case .labels(let labels):
        let (names, rankOf) = labels.alphabet
        var aligned = [Int32](repeating: -1, count: population.count)
        for (row, code) in zip(table.customer, labels.codes)
        where population.rowOf[Int(row)] >= 0 && code >= 0 {
          aligned[Int(population.rowOf[Int(row)])] = rankOf[Int(code)]
        }
        return Attribute(
          name, label: attribute.name.humanized.lowercased(), unit: .share, sources: sources,
          values: .levels(aligned, names: names))
      case .notKept:
        return nil
      }
    }
  }

  private func touchChannel() -> [Attribute] {
    guard let events = data.events, events.channel.texts.count > 1 else { return [] }
    var customers: [Int32] = []
    var levels: [Int32] = []
    for row in events.customer.indices {
      let place = population.rowOf[Int(events.customer[row])]
      guard place >= 0, events.channel.codes[row] >= 0 else { continue }
      customers.append(place)
      levels.append(events.channel.codes[row])
    }
    return [
      Attribute(
        "touchChannel", label: "channel of touchpoints", unit: .share, sources: source(.events, .channel),
        values: .mix(customers: customers, levels: levels, names: events.channel.texts.strings),
        isFilterable: false)
    ]
  }

  /// Before the names of what stands in customers files.
  static let customerPrefix = "customer."

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]
}
