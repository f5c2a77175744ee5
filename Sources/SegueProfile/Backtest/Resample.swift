import SegueCore

/// How often each customer is drawn, and the ranks of what the drawn ones did later.
///
/// A resample is a list of counts, not a copy of the customers.
struct Resample {
  /// Of a mover, times its count: rank by revenue and by orders, each less the rank of the silent; revenue;
  /// whether it ordered; orders.
  typealias Figures = SIMD8<Double>

  private(set) var counts: [UInt8]
  private(set) var figures: [Figures]
  private var weights: [Double]
  private(set) var buyers = 0.0
  private(set) var revenue = 0.0
  /// Σ c² over all drawn customers for centred midranks c, by revenue and by orders.
  private(set) var revenueSpread = 0.0
  private(set) var orderSpread = 0.0
  /// Σ revenue · c in the order of revenue itself: no method can reach more.
  private(set) var perfect = 0.0

  /// Every customer once.
  init(_ movers: Movers) {
    counts = [UInt8](repeating: 1, count: movers.customerCount)
    figures = [Figures](repeating: .zero, count: movers.count)
    weights = [Double](repeating: 0, count: movers.count)
    weigh(movers)
  }

  /// As many customers as there are, with replacement.
  ///
  /// - Complexity: O(n).
  mutating func draw(_ generator: inout RandomGenerator, _ movers: Movers) {
    let n = counts.count
    for index in 0..<n { counts[index] = 0 }
    // Nobody is drawn 256 times: of a few customers that is impossible, of many it does not happen.
    for _ in 0..<n { counts[generator.index(below: n)] &+= 1 }
    weigh(movers)
  }

  private mutating func weigh(_ movers: Movers) {
    (buyers, revenue) = (0, 0)
    for mover in 0..<movers.count {
      let weight = Double(counts[Int(movers.customers[mover])])
      let bought = movers.orders[mover] > 0 ? weight : 0
      let money = weight * movers.revenue[mover]
      weights[mover] = weight
      figures[mover] = Figures(0, 0, money, bought, weight * movers.orders[mover], 0, 0, 0)
      buyers += bought
      revenue += money
    }
    (revenueSpread, perfect) = rank(movers.byRevenue, movers.revenue, lane: 0)
    (orderSpread, _) = rank(movers.byOrders, movers.orders, lane: 1)
  }

  /// Puts ranks into a lane of the figures.
  ///
  /// - Returns: Σ c², and Σ value · c.
  private mutating func rank(
    _ runs: Movers.Runs, _ values: [Double], lane: Int
  ) -> (spread: Double, product: Double) {
    let half = Double(counts.count) / 2
    let firstNegative = runs.positiveRuns == 0 ? 0 : runs.ends[runs.positiveRuns - 1]
    var positive = 0.0
    for mover in runs.movers[..<firstNegative] { positive += weights[Int(mover)] }
    var negative = 0.0
    for mover in runs.movers[firstNegative...] { negative += weights[Int(mover)] }
    let zeros = 2 * half - positive - negative
    let zeroRank = half - positive - zeros / 2
    var spread = zeros * zeroRank * zeroRank
    var product = 0.0
    var above = 0.0
    var start = 0
    for (run, end) in runs.ends.enumerated() {
      if run == runs.positiveRuns { above += zeros }
      var weight = 0.0
      for mover in runs.movers[start..<end] { weight += weights[Int(mover)] }
      let rank = half - above - weight / 2
      spread += weight * rank * rank
      product += weight * values[Int(runs.movers[start])] * rank
      for mover in runs.movers[start..<end] {
        figures[Int(mover)][lane] = weights[Int(mover)] * (rank - zeroRank)
      }
      above += weight
      start = end
    }
    return (spread, product)
  }
}
