public import SegueCore
public import SegueIngest
import SegueNumerics

/// Recency, frequency and monetary of every customer, as of a stated day.
public struct RFMTable: Sendable {
  public var asOf: CalendarDay
  /// Whole days from the last order to `asOf`, one per row of the history.
  public var recencyDays: [Double]
  public var frequency: [Double]
  /// In currency units.
  public var monetary: [Double]

  /// - Throws: ``SegueError`` `rfm.asOf` if an order lies after the as-of day, or the last one far behind all others.
  public init(_ history: PurchaseHistory, _ options: RFMOptions) throws {
    let last = history.lastDay.max() ?? CalendarDay(daysSinceEpoch: 0)
    try self.init(
      lastDay: history.lastDay, frequency: options.frequency == .orders ? history.orders : history.orderDays,
      orders: history.orders, spent: history.spent,
      dayBefore: history.orderList.times.lazy.map(\.day).filter { $0 < last }.max(), options)
  }

  /// From totals alone, where frequency counts orders.
  public init(_ totals: CustomerTotals.Columns, _ options: RFMOptions) throws {
    precondition(options.frequency == .orders, "totals know no days but the first and the last")
    try self.init(
      lastDay: totals.lastDay, frequency: totals.orders, orders: totals.orders, spent: totals.spent,
      dayBefore: totals.dayBefore, options)
  }

  /// - Parameter dayBefore: the last day with an order before the very last.
  private init(
    lastDay: [CalendarDay], frequency: [Int32], orders: [Int32], spent: [Int64], dayBefore: CalendarDay?,
    _ options: RFMOptions
  ) throws {
    let last = lastDay.max() ?? CalendarDay(daysSinceEpoch: 0)
    let asOf =
      try options.asOf
      ?? RFMTable.dayAfter(last, dayBefore: dayBefore, orders: orders.reduce(0) { $0 + Int($1) })
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
    monetary = spent.indices.map { row in
      let total = Amount(tenThousandths: spent[row]).units
      return options.monetary == .total ? total : total / Double(max(1, orders[row]))
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

/// Scores 1…bins per dimension, with the cut points that made them.
public struct RFMScores: Sendable {
  /// Ascending; `bins − 1` of them.
  public struct CutPoints: Sendable, Codable, Hashable {
    public var recencyDays: [Double]
    public var frequency: [Double]
    public var monetary: [Double]
  }

  public var bins: Int
  public var binning: RFMOptions.Binning
  public var cutPoints: CutPoints
  /// The highest score is the most recent, the most frequent, the most spent.
  public var recency: [UInt8]
  public var frequency: [UInt8]
  public var monetary: [UInt8]
  /// Segment of each customer by the table of the options.
  public var segments: [String]
  /// What a reader should know of the scores: dimensions with fewer distinct values than bins.
  public var remarks: [String]

  /// - Throws: ``SegueError`` for options that cannot be used.
  /// - Complexity: O(n log n).
  public init(_ table: RFMTable, _ options: RFMOptions) throws {
    let problems = options.diagnostics
    guard problems.isEmpty, let names = SegmentTable.named(options.segments, bins: options.bins) else {
      throw SegueError(.usage, problems)
    }
    bins = options.bins
    binning = options.binning
    cutPoints = CutPoints(
      recencyDays: RFMScores.cuts(table.recencyDays, options),
      frequency: RFMScores.cuts(table.frequency, options), monetary: RFMScores.cuts(table.monetary, options))
    let top = UInt8(options.bins + 1)
    recency = RFMScores.scores(table.recencyDays, cutPoints.recencyDays, options.binning).map { top - $0 }
    frequency = RFMScores.scores(table.frequency, cutPoints.frequency, options.binning)
    monetary = RFMScores.scores(table.monetary, cutPoints.monetary, options.binning)
    let lookup = names.lookup
    let (r, f, m, bins) = (recency, frequency, monetary, bins)
    segments = r.indices.map { lookup[((Int(r[$0]) - 1) * bins + Int(f[$0]) - 1) * bins + Int(m[$0]) - 1] }
    remarks = [("recency", recency), ("frequency", frequency), ("monetary", monetary)].compactMap {
      name, scores in
      let used = Set(scores).count
      guard used < bins else { return nil }
      return
        "\(name) takes only \(used) of \(bins) scores: too many customers share the same value to part them"
    }
  }

  /// `543`: recency, frequency, monetary.
  public func code(_ row: Int) -> String { "\(recency[row])\(frequency[row])\(monetary[row])" }

  private static func cuts(_ values: [Double], _ options: RFMOptions) -> [Double] {
    let sorted = values.sorted()
    return (1..<options.bins).compactMap { bin in
      let cut = Quantiles.quantile(Double(bin) / Double(options.bins), ofSorted: sorted)
      return options.binning == .rfmPackage ? cut.map { $0 + 1 } : cut
    }
  }

  /// 1 + the number of cut points below the value (`quantile`) or not above it (`rfmPackage`).
  private static func scores(
    _ values: [Double], _ cuts: [Double], _ binning: RFMOptions.Binning
  ) -> [UInt8] {
    values.map { value in
      var score: UInt8 = 1
      for cut in cuts where binning == .quantile ? cut < value : cut <= value { score += 1 }
      return score
    }
  }
}
