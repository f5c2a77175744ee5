import SegueCore
import SegueFeatures
import SegueNumerics

/// The figures of a segment, by the names of the attributes they are of where there is one.
extension Profiler {
  /// - Parameters:
  ///   - rows: the customers whose figures these are.
  ///   - customers: of the segment.
  ///   - id: of the segment.
  ///   - total: over all customers.
  /// - Complexity: O(m log m) for m customers and orders.
  func figures(
    _ rows: [Int], customers: Int, id: Int, revenue: Amount, total: Amount, orders own: SegmentOrders
  ) -> [Figure] {
    let everybody = Double(features.raw.rowCount)
    let size = Double(customers)
    var list = FigureList(id: id)
    list.add("customers", "customers", .count, .count, size, n: customers, source("frequency", "monetary"))
    list.add(
      "customerShare", "share of customers", .share, .share, size / everybody,
      Statistics.wilson(size, of: everybody), n: customers, source("frequency", "monetary"))
    guard let (history, rfm) = purchases else { return list.figures }

    let orders = rows.reduce(0) { $0 + Int(history.orders[$1]) }
    let allOrders = history.orders.reduce(0) { $0 + Int($1) }
    let (money, time, order) = (source("monetary"), source("recencyDays"), source("frequency"))
    list.add("revenue", "revenue", .money, .sum, revenue.units, n: orders, money)
    if total > .zero {
      list.add(
        "revenueShare", "share of revenue", .share, .share, revenue.units / total.units, n: orders, money)
    }
    list.add("orders", "orders", .count, .sum, Double(orders), n: orders, order)
    list.add(
      "orderShare", "share of orders", .share, .share, Double(orders) / Double(allOrders), n: orders, order)
    list.addTypical("orderValue", "order value", .money, own.values, money)
    list.addMean("orderValueMean", "mean order value", .money, own.values, money)
    list.addTypical(
      "recencyDays", "days since last order", .days, rows.map { rfm.recencyDays[$0] }, time)
    list.addTypical("frequency", "orders per customer", .count, rows.map { rfm.frequency[$0] }, order)
    list.addTypical("monetary", "spend per customer", .money, rows.map { rfm.monetary[$0] }, money)
    list.addTypical("gapDays", "days between orders", .days, rows.map { history.gapDays[$0] }, time)
    list.addShare(
      "boughtAgain", "customers with two orders or more", of: rows, order
    ) { history.orders[$0] > 1 }

    if history.orderList.isDiscounted != nil {
      let discount = source("discounted")
      list.addRatio("discounted", "share of orders with a discount", own.discounted, discount)
      list.addRatio(
        "discountedRevenue", "share of revenue from orders with a discount", own.discountedMoney,
        discount + money)
    }
    let given = rows.reduce(Amount.zero) { $0 + Amount(tenThousandths: history.refunded[$1]) }
    let allGiven = history.refunded.reduce(Amount.zero) { $0 + Amount(tenThousandths: $1) }
    if allGiven > .zero {
      let refunds = source("refunded", "refundShare")
      list.addShare("refunded", "customers who were given money back", of: rows, refunds) {
        history.refunded[$0] > 0
      }
      list.add(
        "refundsShare", "share of all money given back", .share, .share, given.units / allGiven.units,
        n: orders, refunds)
      list.addRatio("refundRate", "share of sales given back", refundRate(rows, history), refunds)
    }
    if let lifecycle {
      let stages = source("recencyDays", "gapDays")
      for stage in Lifecycle.Stage.allCases {
        list.addShare("stage.\(stage.rawValue)", "customers who are \(stage.name)", of: rows, stages) {
          lifecycle.stages[$0] == stage
        }
      }
    }
    return list.figures
  }

  /// Money given back, of money sold.
  private func refundRate(_ rows: [Int], _ history: PurchaseHistory) -> ClusteredRatio {
    var ratio = ClusteredRatio()
    for row in rows {
      let given = Amount(tenThousandths: history.refunded[row])
      ratio.add(hits: given.units, of: (Amount(tenThousandths: history.spent[row]) + given).units)
    }
    return ratio
  }

  /// Columns behind the first attribute there is of the names.
  private func source(_ names: String...) -> [String] {
    for name in names {
      if let found = attributes.first(where: { $0.name == name }) { return found.sources }
    }
    return attributes.first?.sources ?? []
  }
}

/// Figures of one segment in the order they were added.
struct FigureList {
  let id: Int
  private(set) var figures: [Figure] = []

  init(id: Int) {
    self.id = id
  }

  mutating func add(
    _ name: String, _ label: String, _ unit: Unit, _ statistic: Figure.Statistic, _ value: Double,
    _ interval: Interval? = nil, n: Int, _ sources: [String]
  ) {
    figures.append(
      Figure(
        id: "s\(id).\(name)", label: label, unit: unit, statistic: statistic, value: value,
        interval: interval,
        n: n, sources: sources))
  }

  /// A median, where enough have a value to speak of one.
  mutating func addTypical(
    _ name: String, _ label: String, _ unit: Unit, _ values: [Double], _ sources: [String]
  ) {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard sorted.count >= TraitFinder.smallestGroup else { return }
    add(
      name, label, unit, .median, NumberSummary.median(sorted), Statistics.medianInterval(ofSorted: sorted),
      n: sorted.count, sources)
  }

  mutating func addMean(
    _ name: String, _ label: String, _ unit: Unit, _ values: [Double], _ sources: [String]
  ) {
    let known = values.filter { !$0.isNaN }
    guard known.count >= TraitFinder.smallestGroup else { return }
    let mean = NumberSummary.mean(known)
    let squares = known.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    let n = Double(known.count)
    let half = Statistics.z975 * (squares / (n - 1) / n).squareRoot()
    add(name, label, unit, .mean, mean, Interval(mean - half, mean + half), n: known.count, sources)
  }

  /// Of what customers have several of; the customer is the unit.
  mutating func addRatio(_ name: String, _ label: String, _ ratio: ClusteredRatio, _ sources: [String]) {
    guard ratio.customers >= TraitFinder.smallestGroup, let share = ratio.ratio else { return }
    add(name, label, .share, .share, share, ratio.interval, n: ratio.customers, sources)
  }

  mutating func addShare(
    _ name: String, _ label: String, of rows: [Int], _ sources: [String], _ isCounted: (Int) -> Bool
  ) {
    guard rows.count >= TraitFinder.smallestGroup else { return }
    let hits = Double(rows.count(where: isCounted))
    let n = Double(rows.count)
    add(name, label, .share, .share, hits / n, Statistics.wilson(hits, of: n), n: rows.count, sources)
  }
}
