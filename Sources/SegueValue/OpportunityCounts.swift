/// What the model of discrete opportunities knows of customers: how often, until when, out of how many.
///
/// An opportunity is a period in which a customer buys or does not: a year for donors, a month for
/// subscribers, an event of a series. The period of the first purchase is not one of them.
public struct OpportunityCounts: Sendable {
  /// x: opportunities that were used.
  public var frequency: [Int32]
  /// t_x: number of the last opportunity used; 0 if none was.
  public var recency: [Int32]
  /// n: opportunities there were.
  public var opportunities: [Int32]
  /// Customers with this history.
  public var customers: [Double]

  /// - Parameter customers: how many customers each entry stands for; one each if left out.
  public init(frequency: [Int32], recency: [Int32], opportunities: [Int32], customers: [Double]? = nil) {
    self.frequency = frequency
    self.recency = recency
    self.opportunities = opportunities
    self.customers = customers ?? [Double](repeating: 1, count: frequency.count)
  }

  public var count: Int { frequency.count }

  /// Whether entry `index` can be: 0 ≤ x ≤ t_x ≤ n, and no recency without a purchase.
  func isPossible(_ index: Int) -> Bool {
    let (x, t, n) = (frequency[index], recency[index], opportunities[index])
    return x >= 0 && x <= t && t <= n && (x > 0) == (t > 0) && customers[index] > 0
      && customers[index].isFinite
  }
}

/// The entries of ``OpportunityCounts`` that differ, and which of them each customer has.
struct OpportunityGroups {
  struct History: Hashable, Comparable {
    var n, t, x: Int32

    static func < (a: History, b: History) -> Bool { (a.n, a.t, a.x) < (b.n, b.t, b.x) }
  }

  /// Ascending, so that sums do not depend on the order of customers.
  let histories: [History]
  /// Customers of each.
  let customers: [Double]
  /// Index into `histories` of each entry.
  let indices: [Int]

  /// - Complexity: O(entries + groups·log groups).
  init(_ counts: OpportunityCounts) {
    var totals: [History: Double] = [:]
    let all = (0..<counts.count).map { index in
      History(n: counts.opportunities[index], t: counts.recency[index], x: counts.frequency[index])
    }
    for (history, customers) in zip(all, counts.customers) { totals[history, default: 0] += customers }
    histories = totals.keys.sorted()
    customers = histories.map { totals[$0]! }
    var places: [History: Int] = [:]
    for (index, history) in histories.enumerated() { places[history] = index }
    indices = all.map { places[$0]! }
  }

  var mostOpportunities: Int { histories.reduce(0) { max($0, Int($1.n)) } }
}
