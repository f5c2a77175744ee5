import SegueCore
import SegueNumerics

/// How many days usually pass between two order days: of everybody, and of each customer.
///
/// A customer's own median gap means little where it rests on one or two gaps, so it is shrunk towards what is
/// usual for all. On the scale of logarithms, where a gap twice and a gap half the usual are equally far,
///
///     log usual = (g · log own + w · log typical) / (g + w)
///
/// for g own gaps: everybody's usual gap counts as w gaps more. This is the posterior mean of a normal mean with
/// known variances, w = σ²/τ², where σ² is the variance of gaps within customers and τ² between them, both estimated
/// by the moments of the one-way layout (Searle, Casella & McCulloch 1992, Variance Components, 3.6). In a shop where
/// everybody keeps to a rhythm of their own w is small; where differences are chance w is large. Both gaps are
/// medians and variances are of logarithms, so that a single long pause moves little.
///
/// All is relative: if every gap doubles, every usual gap doubles.
public struct Rhythm: Sendable {
  /// Median over customers of their own median gap, in days; nil where nobody ordered on a second day.
  public let typicalGap: Double?
  /// Customers with a gap, that is those who ordered on two days at least.
  public let customersWithGaps: Int
  /// w: how many gaps of a customer's own `typicalGap` counts as.
  public let weight: Double
  /// Days, one a row of the history; `typicalGap` for customers with one order day; NaN where that is nil.
  public let usualGap: [Double]

  /// - Complexity: O(orders + c log c) for c customers.
  public init(_ history: PurchaseHistory) {
    let own = history.gapDays
    let known = own.filter { !$0.isNaN }
    customersWithGaps = known.count
    typicalGap = Quantiles.median(of: known)
    weight = Rhythm.weight(history)
    usualGap = Rhythm.usualGaps(history, typicalGap, weight)
  }

  /// By what was usual for all elsewhere, so that customers of another day are measured alike.
  package init(_ history: PurchaseHistory, typicalGap: Double?, weight: Double) {
    customersWithGaps = history.gapDays.count { !$0.isNaN }
    (self.typicalGap, self.weight) = (typicalGap, weight)
    usualGap = Rhythm.usualGaps(history, typicalGap, weight)
  }

  private static func usualGaps(
    _ history: PurchaseHistory, _ typicalGap: Double?, _ weight: Double
  ) -> [Double] {
    let own = history.gapDays
    guard let typicalGap else { return own }
    return own.indices.map { row in
      own[row].isNaN
        ? typicalGap : shrunk(own[row], Double(history.orderDays[row] - 1), to: typicalGap, weight)
    }
  }

  /// The usual gap of somebody of whom only these gaps are known: what a customer's rhythm was at an earlier time.
  ///
  /// - Parameter gaps: in days, at least 1 each, in any order.
  /// - Returns: NaN where `typicalGap` is nil.
  package func usualGap(after gaps: some Collection<Double>) -> Double {
    guard let typicalGap, let own = Quantiles.median(of: Array(gaps)) else { return typicalGap ?? .nan }
    return Rhythm.shrunk(own, Double(gaps.count), to: typicalGap, weight)
  }

  /// As a multiple of the typical gap, so that who is typical has exactly that.
  private static func shrunk(_ own: Double, _ gaps: Double, to typical: Double, _ weight: Double) -> Double {
    typical * Elementary.exp(gaps / (gaps + weight) * Elementary.log(own / typical))
  }

  /// Days since the last order in units of the customer's usual gap; NaN where no gap is known.
  ///
  /// Somebody who buys at random times waits longer than t usual gaps with probability 2⁻ᵗ, since the usual gap
  /// is a median.
  /// - Parameter recencyDays: rows as in the history.
  public func lateness(_ recencyDays: [Double]) -> [Double] {
    precondition(recencyDays.count == usualGap.count, "one recency a customer")
    return zip(recencyDays, usualGap).map { $0 / $1 }
  }

  /// σ²/τ² by analysis of variance over customers, held within bounds that keep both sides in the picture.
  private static func weight(_ history: PurchaseHistory) -> Double {
    var (groups, count, total) = (0.0, 0.0, 0.0)
    var (squares, groupSquares, sizeSquares) = (0.0, 0.0, 0.0)
    forEachCustomer(history) { gaps, sum, squareSum in
      groups += 1
      count += gaps
      total += sum
      squares += squareSum
      groupSquares += sum * sum / gaps
      sizeSquares += gaps * gaps
    }
    // The variance within needs customers with two gaps, and neither is worth estimating from a handful.
    guard groups >= 10, count - groups >= 10 else { return weightUntold }
    let within = max(0, squares - groupSquares) / (count - groups)
    let between = max(0, groupSquares - total * total / count) / (groups - 1)
    let effectiveSize = (count - sizeSquares / count) / (groups - 1)
    let variance = (between - within) / effectiveSize
    guard variance > 0 else { return weights.upperBound }
    return min(weights.upperBound, max(weights.lowerBound, within / variance))
  }

  /// What is used where there are too few gaps to estimate it from.
  private static let weightUntold = 2.0
  private static let weights = 0.5...20.0

  /// Number, sum and sum of squares of each customer's log gaps, for customers with any.
  private static func forEachCustomer(_ history: PurchaseHistory, _ body: (Double, Double, Double) -> Void) {
    let (customers, times) = (history.orderList.customers, history.orderList.times)
    var position = 0
    while position < customers.count {
      let customer = customers[position]
      var day = times[position].day
      var (gaps, sum, squares) = (0.0, 0.0, 0.0)
      while position < customers.count, customers[position] == customer {
        let next = times[position].day
        if next != day {
          let log = Elementary.log(Double(day.days(until: next)))
          gaps += 1
          sum += log
          squares += log * log
          day = next
        }
        position += 1
      }
      if gaps > 0 { body(gaps, sum, squares) }
    }
  }
}
