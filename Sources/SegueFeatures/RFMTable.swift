public import SegueCore
import SegueNumerics

/// Recency, frequency and monetary of every customer, as of a stated day.
public struct RFMTable: Sendable {
  public var asOf: CalendarDay
  /// Whole days from the last order to `asOf`, one per row of the history.
  public var recencyDays: [Double]
  public var frequency: [Double]
  /// In currency units.
  public var monetary: [Double]

  /// - Throws: ``SegueError`` `rfm.asOf` if an order lies after the as-of day.
  public init(_ history: PurchaseHistory, _ options: RFMOptions) throws {
    let last = history.lastDay.max() ?? CalendarDay(daysSinceEpoch: 0)
    let asOf = options.asOf ?? last.adding(days: 1)
    if asOf < last {
      let later = history.lastDay.filter { $0 > asOf }.count
      throw SegueError.data(
        Diagnostic(
          "rfm.asOf",
          "\(later == 1 ? "1 customer" : "\(later) customers") ordered after the as-of day \(asOf); "
            + "the last order is of \(last)",
          hint: "choose --as-of \(last) or later, or leave it out"))
    }
    if options.asOf == nil { try RFMTable.refuseStray(last, history.orderList.times) }
    self.asOf = asOf
    recencyDays = history.lastDay.map { Double($0.days(until: asOf)) }
    frequency =
      options.frequency == .orders ? history.orders.map(Double.init) : history.orderDays.map(Double.init)
    monetary = history.spent.indices.map { row in
      let total = Amount(tenThousandths: history.spent[row]).units
      return options.monetary == .total ? total : total / Double(max(1, history.orders[row]))
    }
  }
}

extension RFMTable {
  /// One mistyped year would make every customer look long gone, so a last day far from all others is asked
  /// about rather than counted from.
  private static func refuseStray(_ last: CalendarDay, _ times: [LocalTime]) throws {
    let before = times.lazy.map(\.day).filter { $0 < last }.max()
    guard let before, times.count >= 20, before.days(until: last) > 366 else { return }
    throw SegueError.data(
      Diagnostic(
        "rfm.asOf",
        "the last order is of \(last), \(NumberText.integer(before.days(until: last))) days after the one before it",
        hint:
          "mend the date if it is mistyped; to count from it all the same, say --as-of \(last.adding(days: 1))"
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
