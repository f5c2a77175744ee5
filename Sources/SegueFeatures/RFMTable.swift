public import SegueCore
public import SegueIngest
import SegueNumerics

/// Recency, frequency and monetary of every customer, as of a stated day.
public struct RFMTable: Sendable {
  public var asOf: CalendarDay
  /// Whole days from the last order to `asOf`, one per row of the history.
  public var recencyDays: [Double]
  /// The same in usual gaps of each customer (``Rhythm``); nil unless the options ask for it, and where nobody has
  /// a gap.
  public var recencyCadence: [Double]?
  public var frequency: [Double]
  /// In currency units.
  public var monetary: [Double]

  /// From figures that are there.
  package init(asOf: CalendarDay, recencyDays: [Double], frequency: [Double], monetary: [Double]) {
    self.asOf = asOf
    self.recencyDays = recencyDays
    self.frequency = frequency
    self.monetary = monetary
  }

  /// - Throws: ``SegueError`` `rfm.asOf` if an order lies after the as-of day, or the last one far behind all others.
  /// - Complexity: O(orders), on all cores; O(c log c) more for cadence.
  public init(_ history: PurchaseHistory, _ options: RFMOptions) throws {
    try self.init(
      lastDay: history.lastDay, frequency: options.frequency == .orders ? history.orders : history.orderDays,
      orders: history.orders, spent: history.spent, options
    ) { last in
      let start = LocalTime(last).seconds
      return history.orderList.times.lazy.map(\.seconds).filter { $0 < start }.max()
        .map { LocalTime(seconds: $0).day }
    }
    guard options.recency == .cadence else { return }
    let rhythm = Rhythm(history)
    if rhythm.typicalGap != nil { recencyCadence = rhythm.lateness(recencyDays) }
  }

  /// From totals alone, where frequency counts orders and recency days.
  public init(_ totals: CustomerTotals.Columns, _ options: RFMOptions) throws {
    precondition(
      options.frequency == .orders && options.recency == .days,
      "totals know no days but the first and the last"
    )
    try self.init(
      lastDay: totals.lastDay, frequency: totals.orders, orders: totals.orders, spent: totals.spent, options
    ) { _ in totals.dayBefore }
  }

  /// - Parameter dayBefore: the last day with an order before the very last.
  private init(
    lastDay: [CalendarDay], frequency: [Int32], orders: [Int32], spent: [Int64], _ options: RFMOptions,
    dayBefore: (CalendarDay) -> CalendarDay?
  ) throws {
    let last = lastDay.max() ?? CalendarDay(daysSinceEpoch: 0)
    let asOf =
      try options.asOf
      ?? RFMTable.dayAfter(last, dayBefore: dayBefore(last), orders: orders.reduce(0) { $0 + Int($1) })
    if asOf < last {
      let later = lastDay.count { $0 > asOf }
      throw SegueError.data(
        Diagnostic(
          "rfm.asOf",
          "\(later == 1 ? "1 customer" : "\(later) customers") ordered after the as-of day \(asOf); "
            + "the last order is of \(last)",
          hint: "choose --as-of \(last) or later, or leave it out"))
    }
    self.asOf = asOf
    recencyDays = lastDay.map { Double($0.days(until: asOf)) }
    self.frequency = frequency.map(Double.init)
    let isMean = options.monetary == .mean
    monetary = spent.indices.map { row in
      let total = Amount(tenThousandths: spent[row]).units
      return isMean ? total / Double(max(1, orders[row])) : total
    }
  }
}

extension RFMTable {
  /// The day recency counts to where none is named.
  ///
  /// One mistyped year would make every customer look long gone, so a last day far from all others is asked
  /// about rather than counted from.
  ///
  /// - Parameters:
  ///   - dayBefore: the last day with an order before the very last.
  ///   - orders: how many there are; few may well be years apart.
  /// - Throws: ``SegueError`` `rfm.asOf` if the last order lies far behind all others.
  package static func dayAfter(
    _ last: CalendarDay, dayBefore: CalendarDay?, orders: Int
  ) throws -> CalendarDay {
    let next = last.adding(days: 1)
    guard orders >= 20, let before = dayBefore, before.days(until: last) > 366 else { return next }
    throw SegueError.data(
      Diagnostic(
        "rfm.asOf",
        "the last order is of \(last), \(NumberText.integer(before.days(until: last))) days after the one before it",
        hint:
          "mend the date if it is mistyped; to count from it all the same, say --as-of \(next)"
      ))
  }
}
