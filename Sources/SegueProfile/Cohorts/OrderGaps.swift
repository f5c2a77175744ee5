import SegueNumerics

/// Days between one order day and the next of the same customer, over all customers.
///
/// Customers with many orders give many gaps, and a gap longer than the data cannot be in it: these are the
/// gaps of those who came back, and ``RepeatCurve`` also counts those who did not.
public struct OrderGaps: Sendable, Codable {
  /// Gaps of more than `over` and at most `through` days.
  public struct Bin: Sendable, Codable, Hashable {
    public var over: Int
    /// Nil for the last bin, which has no end.
    public var through: Int?
    public var gaps: Int
  }

  /// Customers with at least one gap.
  public var customers: Int
  /// In days; `n` counts gaps.
  public var days: NumberSummary
  /// Of equal width, a day or whole weeks, then what is longer.
  public var bins: [Bin]

  private static let widths = [1, 7, 14, 28, 56, 91, 182, 364]
  private static let mostBins = 27

  /// - Parameter counts: by days, how many gaps are that long.
  /// - Returns: nil for fewer than 10 customers.
  package init?(counts: [Int], customers: Int) {
    guard customers >= Cohorts.smallestGroup, let days = NumberSummary(counts: counts) else { return nil }
    let longest = counts.lastIndex { $0 > 0 } ?? 0
    // All but the longest hundredth lie in bins of their own.
    let reach = max(1, NumberSummary.quantile(0.99, ofCounts: counts, days.n))
    let width =
      OrderGaps.widths.first { reach <= Double($0 * OrderGaps.mostBins) } ?? OrderGaps.widths.last!
    let ends = min(OrderGaps.mostBins, (Int(reach.rounded(.up)) + width - 1) / width)
    var bins = (0..<ends).map { index in
      Bin(over: index * width, through: (index + 1) * width, gaps: 0)
    }
    for (day, count) in counts.enumerated() where day > 0 && day <= ends * width {
      bins[(day - 1) / width].gaps += count
    }
    if longest > ends * width {
      bins.append(Bin(over: ends * width, through: nil, gaps: counts[(ends * width + 1)...].reduce(0, +)))
    }
    self.customers = customers
    self.days = days
    self.bins = bins
  }
}

extension NumberSummary {
  /// The summary of whole numbers that occur so many times each; nil if there are none.
  ///
  /// - Complexity: O(different numbers).
  package init?(counts: [Int]) {
    let n = counts.reduce(0, +)
    guard n > 0 else { return nil }
    self.n = n
    mean = Double(counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }) / Double(n)
    p05 = NumberSummary.quantile(0.05, ofCounts: counts, n)
    p25 = NumberSummary.quantile(0.25, ofCounts: counts, n)
    median = NumberSummary.quantile(0.5, ofCounts: counts, n)
    p75 = NumberSummary.quantile(0.75, ofCounts: counts, n)
    p95 = NumberSummary.quantile(0.95, ofCounts: counts, n)
  }

  /// Type 7, as ``Quantiles`` has it.
  fileprivate static func quantile(_ probability: Double, ofCounts counts: [Int], _ n: Int) -> Double {
    let position = Double(n - 1) * probability
    let below = Int(position)
    let neighbours = [below, min(n - 1, below + 1)].map { rank -> Double in
      var seen = 0
      return Double(
        counts.firstIndex {
          seen += $0
          return seen > rank
        } ?? 0)
    }
    return neighbours[0] + (position - Double(below)) * (neighbours[1] - neighbours[0])
  }
}
