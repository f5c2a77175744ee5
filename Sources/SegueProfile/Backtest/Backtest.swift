public import SegueCore

/// What methods foretold at a past day, held against what customers did next.
public struct Backtest: Sendable, Codable {
  /// A figure with its 95 % interval; nil where too few customers stand behind it to give one.
  public struct Estimate: Sendable, Codable, Hashable {
    public var value: Double
    public var interval: Interval?

    public init(_ value: Double, _ interval: Interval? = nil) {
      self.value = value
      self.interval = interval
    }
  }

  /// How well an order of customers agrees with what they did.
  public enum Measure: String, Sendable, Codable, CaseIterable {
    /// Spearman's rank correlation with later revenue.
    case revenueCorrelation
    /// The same with later orders.
    case orderCorrelation
    /// Of the later revenue, how much better than by chance the order finds it: 1 is a perfect order.
    case gini
    /// How often somebody who ordered again was ranked above somebody who did not.
    case auc
    /// Share of later revenue from the first tenth of customers, over a tenth.
    case topTenthLift
  }

  /// Share of later revenue that comes from the first `customers` by a method.
  public struct Gain: Sendable, Codable, Hashable {
    public var customers: Double
    public var revenue: Double
  }

  /// Customers that a method put together, and what they did.
  public struct Group: Sendable, Codable, Hashable {
    public var name: String
    public var customers: Int
    /// Of all customers known at the cut.
    public var customerShare: Double
    /// All below are nil for groups under 10 customers.
    ///
    /// Share of the revenue up to the cut.
    public var earlierRevenueShare: Double?
    public var orders: Int?
    public var revenue: Amount?
    public var ordersPerCustomer: Estimate?
    public var revenuePerCustomer: Estimate?
    public var revenueShare: Estimate?
    /// Share without an order after the cut.
    public var silentShare: Estimate?
  }

  public struct Method: Sendable, Codable {
    public var method: Ranking.Method
    /// By raw value of ``Measure``; a measure that cannot be had is left out.
    public var measures: [String: Estimate]
    /// At every hundredth of the customers, both ends included.
    public var gains: [Gain]
    /// By falling expectation; nil where every score is a group of its own.
    public var groups: [Group]?

    public subscript(measure: Measure) -> Estimate? { measures[measure.rawValue] }
  }

  /// The difference between two methods on the same resamples.
  public struct Comparison: Sendable, Codable, Hashable {
    public var first: Ranking.Method
    public var second: Ranking.Method
    public var measure: Measure
    /// First less second.
    public var difference: Estimate
    /// Whether the interval leaves out 0: only then is one of them better.
    public var isTold: Bool
  }

  public struct Skipped: Sendable, Codable, Hashable {
    public var method: Ranking.Method
    public var reason: String

    public init(_ method: Ranking.Method, _ reason: String) {
      self.method = method
      self.reason = reason
    }
  }

  /// The last day that was known to the methods.
  public var cut: CalendarDay
  public var firstDay: CalendarDay
  public var lastDay: CalendarDay
  /// Customers with an order up to the cut.
  public var customers: Int
  /// Orders up to the cut, and money net of what was refunded by then.
  public var earlierOrders: Int
  public var earlierRevenue: Amount
  /// What these customers did after it: orders, money net of refunds, customers without an order.
  public var laterOrders: Int
  public var laterRevenue: Amount
  public var silent: Int
  public var ordersPerCustomer: Estimate
  public var revenuePerCustomer: Estimate
  public var silentShare: Estimate
  /// Customers whose first order came later: no method could know of them.
  public var newCustomers: Int
  public var newRevenue: Amount
  public var methods: [Method]
  /// What nobody could do better: customers by what they then brought in.
  public var perfectGains: [Gain]
  public var comparisons: [Comparison]
  public var skipped: [Skipped]
  public var resamples: Int
  /// What a reader should know, in sentences.
  public var remarks: [String]

  /// - Parameters:
  ///   - figures: of `later`, with what the customers in it had done by the cut.
  public init(
    cut: CalendarDay, firstDay: CalendarDay, lastDay: CalendarDay,
    earlier: (orders: Int, revenue: Amount), _ later: LaterPurchases, _ figures: BacktestFigures,
    newcomers: (customers: Int, revenue: Amount), skipped: [Skipped], remarks: [String]
  ) {
    (self.cut, self.firstDay, self.lastDay) = (cut, firstDay, lastDay)
    customers = later.count
    (earlierOrders, earlierRevenue) = earlier
    (laterOrders, laterRevenue) = (later.orderCount, later.total)
    silent = later.count - later.buyers
    ordersPerCustomer = figures.ordersPerCustomer
    revenuePerCustomer = figures.revenuePerCustomer
    silentShare = figures.silentShare
    (newCustomers, newRevenue) = newcomers
    (methods, comparisons) = (figures.methods, figures.comparisons)
    perfectGains = figures.perfectGains
    resamples = figures.resamples
    (self.skipped, self.remarks) = (skipped, remarks)
  }

  /// Days after the cut that are counted.
  public var days: Int { cut.days(until: lastDay) }

  public subscript(method: Ranking.Method) -> Method? { methods.first { $0.method == method } }

  public func comparison(
    _ first: Ranking.Method, _ second: Ranking.Method, _ measure: Measure
  ) -> Comparison? {
    if let found = comparisons.first(where: {
      $0.first == first && $0.second == second && $0.measure == measure
    }) {
      return found
    }
    guard
      var found = comparisons.first(where: {
        $0.first == second && $0.second == first && $0.measure == measure
      })
    else { return nil }
    (found.first, found.second) = (first, second)
    found.difference.value.negate()
    found.difference.interval = found.difference.interval.map { Interval(-$0.high, -$0.low) }
    return found
  }
}
