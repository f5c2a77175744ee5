import SegueCore
import SegueFeatures
import SegueNumerics
import SegueProfile

/// What one order, or none, would make of each customer: the model's own rules, run forward in time.
///
/// An order of their usual value resets recency and counts once more; days that pass make everything older, and the
/// lifecycle stage follows by the rhythm of the model.
struct OrderMoves: Sendable {
  struct Outlook: Sendable, Equatable {
    /// Where an order on the as-of day leads, looked at on the day after.
    var orderTo: Int
    /// Until how many days after the as-of day an order leads there.
    var orderDays: Int
    /// After how many days without an order they are elsewhere, and where; nil if not within ``OrderMoves/horizon``.
    var silence: (days: Int, to: Int)?

    static func == (a: Outlook, b: Outlook) -> Bool {
      a.orderTo == b.orderTo && a.orderDays == b.orderDays && a.silence?.days == b.silence?.days
        && a.silence?.to == b.silence?.to
    }
  }

  /// Days that are looked ahead.
  static let horizon = 730
  static let columns = ["move_to", "move_days", "silence_to", "silence_days", "move_text"]

  private let columns: ModelColumns
  private let placer: Placer
  private let names: [String]
  private let history: PurchaseHistory
  private let rfm: RFMTable
  private let options: RFMOptions
  private let lifecycle: Lifecycle
  /// Values of the sources, one array each.
  private let values: [[Double]]
  private let gaps: [[Double]]

  /// - Parameter values: of each of the model's sources, by row.
  init(
    _ model: StudyModel, _ columns: ModelColumns, _ placer: Placer, _ history: PurchaseHistory,
    _ rfm: RFMTable, _ options: RFMOptions, _ lifecycle: Lifecycle, values: [[Double]]
  ) {
    (self.columns, self.placer, self.history, self.rfm) = (columns, placer, history, rfm)
    (self.options, self.lifecycle, self.values) = (options, lifecycle, values)
    names = model.segments.map(\.name)
    var days = OrderDays(history.orderList)
    gaps = (0..<history.count).map { row in
      days.read(row)
      return days.gaps
    }
  }

  /// - Complexity: O(k·d) for each day that is looked at, some 200 of them.
  func outlook(_ row: Int, segment: Int) -> Outlook {
    var point = [Double](repeating: 0, count: columns.width)
    let orderTo = self.segment(row, orderAfter: 0, days: 1, &point)
    let (left, _) = firstDay(from: 1) { self.segment(row, orderAfter: $0, days: $0 + 1, &point) != orderTo }
    let (silent, isThere) = firstDay(from: 1) {
      self.segment(row, orderAfter: nil, days: $0, &point) != segment
    }
    return Outlook(
      orderTo: orderTo, orderDays: left - 1,
      silence: isThere ? (silent, self.segment(row, orderAfter: nil, days: silent, &point)) : nil)
  }

  /// The first day on which something holds: day by day at first, later by weeks and then within the week.
  private func firstDay(from start: Int, _ holds: (Int) -> Bool) -> (day: Int, isFound: Bool) {
    var day = start
    while day <= OrderMoves.horizon {
      if holds(day) {
        var first = day
        while first > start, day - first < 6, first > 120, holds(first - 1) { first -= 1 }
        return (first, true)
      }
      day += day < 120 ? 1 : 7
    }
    return (OrderMoves.horizon + 1, false)
  }

  /// Where a customer is some days after the as-of day, having ordered once on an earlier one or not at all.
  ///
  /// - Parameter order: days from the as-of day to the order.
  func segment(_ row: Int, orderAfter order: Int?, days: Int, _ point: inout [Double]) -> Int {
    let past = Double(days)
    let recency = order.map { Double(days - $0) } ?? rfm.recencyDays[row] + past
    var own = gaps[row]
    var orders = Double(history.orders[row])
    var orderDays = Double(history.orderDays[row])
    var spent = Amount(tenThousandths: history.spent[row])
    if let order {
      let gap = rfm.recencyDays[row] + Double(order)
      if gap > 0 {
        own.append(gap)
        orderDays += 1
      }
      orders += 1
      spent = spent + OrderMoves.usualValue(history, row)
    }
    let usual = lifecycle.rhythm.usualGap(after: own)
    let lateness = recency / usual
    for (index, source) in columns.sources.enumerated() {
      var value = values[index][row]
      switch source.name {
      case "recencyDays": value = recency
      case "frequency": value = options.frequency == .orders ? orders : orderDays
      case "monetary": value = options.monetary == .mean ? spent.units / orders : spent.units
      case "orderValue": value = spent.units / orders
      case "gapDays": value = Quantiles.median(of: own) ?? .nan
      case "tenureDays": value += past
      case "lateness": value = lateness
      case "refundShare":
        let refunded = Amount(tenThousandths: history.refunded[row]).units
        value = refunded / (spent.units + refunded)
      default: if source.treatment.kind == .date { value += past }
      }
      columns.put(value, of: index, into: &point, at: 0)
    }
    let stage = Lifecycle.stage(
      gaps: own, recencyDays: recency, lateness: lateness, lifecycle.rhythm, lifecycle.options)
    let rule = placer.ruleOfStage.map { $0[stage.rawValue] ?? Placer.anyGroup } ?? 0
    return placer.segment(of: point, rule: rule)
  }

  /// The mean of their orders, to the cent.
  static func usualValue(_ history: PurchaseHistory, _ row: Int) -> Amount {
    let mean = Double(history.spent[row]) / Double(max(1, history.orders[row]))
    return Amount(tenThousandths: Int64((mean / 100).rounded()) * 100)
  }

  // MARK: In words

  func sentence(_ outlook: Outlook, segment: Int) -> String {
    let isLasting = outlook.orderDays >= OrderMoves.horizon
    let within = isLasting ? "" : " within \(NumberText.count(outlook.orderDays, "day"))"
    let order =
      outlook.orderTo == segment
      ? "One order\(within) keeps them in \(names[segment])"
      : outlook.orderDays == 0
        ? "One order today moves them to \(names[outlook.orderTo])"
        : "One order\(within) moves them to \(names[outlook.orderTo])"
    guard let silence = outlook.silence else { return order + "; without one they stay where they are." }
    return order
      + "; without one they move to \(names[silence.to]) in \(NumberText.count(silence.days, "day"))."
  }

  func append(_ outlook: Outlook, segment: Int, _ format: AssignedFormat, to output: inout [UInt8]) {
    AssignedText.append(
      [
        names[outlook.orderTo], outlook.orderDays >= OrderMoves.horizon ? "" : "\(outlook.orderDays)",
        outlook.silence.map { names[$0.to] } ?? "", outlook.silence.map { "\($0.days)" } ?? "",
        sentence(outlook, segment: segment),
      ], keys: ["moveTo", "moveDays", "silenceTo", "silenceDays", "moveText"], format, to: &output)
  }
}
