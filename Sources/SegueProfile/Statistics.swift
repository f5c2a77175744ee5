import SegueCore

/// The inference behind every claim: intervals, tests and false-discovery control.
///
/// All intervals are 95 %, all tests two-sided.
package enum Statistics {
  /// The 97.5 % point of the standard normal.
  package static let z975 = 1.959_963_984_540_054

  /// P(|Z| ≥ |z|).
  package static func twoSidedP(_ z: Double) -> Double {
    Elementary.erfc(z.magnitude / 2.0.squareRoot())
  }

  /// Wilson score interval of a share (Wilson 1927, doi:10.1080/01621459.1927.10502953).
  package static func wilson(_ hits: Double, of n: Double) -> Interval {
    guard n > 0 else { return Interval(0, 1) }
    let p = hits / n
    let z2 = z975 * z975
    let centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    let half = z975 / (1 + z2 / n) * (p * (1 - p) / n + z2 / (4 * n * n)).squareRoot()
    // At shares of 0 and 1 rounding must not part the interval from its share.
    return Interval(max(0, min(p, centre - half)), min(1, max(p, centre + half)))
  }

  /// Interval of a median from the order statistics, whatever the distribution: the ranks n/2 ± z√n/2
  /// (Conover 1999, Practical Nonparametric Statistics, 3rd ed., §3.2).
  package static func medianInterval(ofSorted values: [Double]) -> Interval {
    let n = Double(values.count)
    let reach = z975 * n.squareRoot() / 2
    let low = Int((n / 2 - reach).rounded(.down)) - 1
    let high = Int((n / 2 + reach).rounded(.up))
    return Interval(values[max(0, low)], values[min(values.count - 1, high)])
  }

  /// Difference of two independent shares, hybrid score interval
  /// (Newcombe 1998, method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
  package static func newcombe(_ p1: Double, _ i1: Interval, _ p2: Double, _ i2: Interval) -> Interval {
    func square(_ x: Double) -> Double { x * x }
    let difference = p1 - p2
    let low = difference - (square(p1 - i1.low) + square(i2.high - p2)).squareRoot()
    let high = difference + (square(i1.high - p1) + square(p2 - i2.low)).squareRoot()
    return Interval(max(-1, low), min(1, high))
  }

  /// Two-proportion z-test with pooled variance and Yates's correction for continuity, without which
  /// a single hit in a small group passes for a finding.
  package static func proportionsP(_ h1: Double, _ n1: Double, _ h2: Double, _ n2: Double) -> Double {
    guard n1 > 0, n2 > 0 else { return 1 }
    let pooled = (h1 + h2) / (n1 + n2)
    let variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    guard variance > 0 else { return 1 }
    let difference = max(0, (h1 / n1 - h2 / n2).magnitude - (1 / n1 + 1 / n2) / 2)
    return twoSidedP(difference / variance.squareRoot())
  }

  /// Adjusted p-values that control the false-discovery rate
  /// (Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x).
  ///
  /// - Returns: q-values in the order of `pValues`. O(m log m).
  package static func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var adjusted = [Double](repeating: 1, count: pValues.count)
    var smallest = 1.0
    for (rank, index) in order.enumerated().reversed() {
      smallest = min(smallest, pValues[index] * Double(pValues.count) / Double(rank + 1))
      adjusted[index] = smallest
    }
    return adjusted
  }
}

/// A ratio Σx / Σm over customers, each of whom gives several observations: how many of `m`
/// journeys went on, how many of `m` orders were discounted.
///
/// The variance treats the customer as the unit, because one customer's journeys are alike
/// (linearised ratio estimator, Cochran 1977, Sampling Techniques, 3rd ed., §6.3).
public struct ClusteredRatio: Hashable, Sendable, Codable {
  /// Customers that gave at least one observation.
  public private(set) var customers = 0
  /// Σm: journeys, orders.
  public private(set) var observations = 0.0
  /// Σx: those of them that have the property.
  public private(set) var hits = 0.0
  private var sumXX = 0.0
  private var sumXM = 0.0
  private var sumMM = 0.0

  public init() {}

  public mutating func add(hits x: Double, of m: Double) {
    guard m > 0 else { return }
    customers += 1
    observations += m
    hits += x
    sumXX += x * x
    sumXM += x * m
    sumMM += m * m
  }

  /// Hits of a customer whose `m` observations were added, or will be, with no hits.
  mutating func addHits(_ x: Double, of m: Double) {
    hits += x
    sumXX += x * x
    sumXM += x * m
  }

  public static func + (a: ClusteredRatio, b: ClusteredRatio) -> ClusteredRatio {
    var sum = a
    sum.customers += b.customers
    sum.observations += b.observations
    sum.hits += b.hits
    sum.sumXX += b.sumXX
    sum.sumXM += b.sumXM
    sum.sumMM += b.sumMM
    return sum
  }

  /// Nil without observations.
  public var ratio: Double? { observations > 0 ? hits / observations : nil }

  /// Sampling variance of the ratio; nil for fewer than two customers.
  public var variance: Double? {
    guard let ratio, customers > 1 else { return nil }
    let n = Double(customers)
    let residual = max(0, sumXX - 2 * ratio * sumXM + ratio * ratio * sumMM)
    return residual * n / (n - 1) / (observations * observations)
  }

  /// How many independent observations the clustered ones are worth, at least 1.
  ///
  /// Where the ratio is 0 or 1 no variance can be seen, so the customers are counted instead.
  public var effectiveObservations: Double {
    guard let ratio, let variance, variance > 0 else { return Double(max(1, customers)) }
    return min(max(1, ratio * (1 - ratio) / variance), observations)
  }

  /// Wilson interval at the effective number of observations (Korn & Graubard 1998).
  public var interval: Interval? {
    guard let ratio else { return nil }
    let effective = effectiveObservations
    return Statistics.wilson(ratio * effective, of: effective)
  }

  /// The difference to an independent group, with interval and p-value; nil if either is empty.
  package func difference(to other: ClusteredRatio) -> (value: Double, interval: Interval, p: Double)? {
    guard let mine = ratio, let theirs = other.ratio, let i1 = interval, let i2 = other.interval else {
      return nil
    }
    let n1 = effectiveObservations
    let n2 = other.effectiveObservations
    return (
      mine - theirs, Statistics.newcombe(mine, i1, theirs, i2),
      Statistics.proportionsP(mine * n1, n1, theirs * n2, n2)
    )
  }

  /// How many times that of an independent group the ratio is, with an interval on the logarithm (Katz et al. 1978,
  /// doi:10.2307/2530610) at the effective numbers of observations; nil if either is zero or empty.
  package func lift(over other: ClusteredRatio) -> Estimate? {
    guard let mine = ratio, let theirs = other.ratio, mine > 0, theirs > 0 else { return nil }
    let variance =
      (1 - mine) / (mine * effectiveObservations) + (1 - theirs) / (theirs * other.effectiveObservations)
    let factor = Elementary.exp(Statistics.z975 * variance.squareRoot())
    return Estimate(mine / theirs, Interval(mine / theirs / factor, mine / theirs * factor))
  }
}
