public import SegueCore
public import SegueFeatures

/// Customers by the period of their first order, and what each group did in the periods after it.
///
/// Aggregates only: groups under 10 customers keep their size and nothing else.
public struct Cohorts: Sendable, Codable {
  /// What a cohort did in one period.
  public struct Cell: Sendable, Codable, Hashable {
    /// Periods since the one of the first order, which is 0.
    public var age: Int
    /// Customers with an order in the period.
    public var active: Int
    /// `active` of the cohort's customers.
    public var retention: Double
    /// 95 %, Wilson's.
    public var interval: Interval
    /// As the study counts money: orders in the period, less what refund rows of the period gave back.
    public var revenue: Amount
    /// Revenue of the period, and of it and all before, by customer of the cohort.
    public var revenuePerCustomer: Double
    public var cumulativePerCustomer: Double
    /// The period was not over when the data ended.
    public var isIncomplete: Bool
  }

  /// Customers whose first order lies in the same period.
  public struct Cohort: Sendable, Codable {
    /// First day of the period.
    public var start: CalendarDay
    public var label: String
    public var customers: Int
    /// The period was not over when the data ended: more customers may join.
    public var isIncomplete: Bool
    /// By age, up to the last period; empty for fewer than 10 customers, and where theirs would follow from it.
    public var cells: [Cell]
  }

  /// All cohorts that have lived through a whole period of this age, by customer.
  public struct Average: Sendable, Codable, Hashable {
    public var age: Int
    public var cohorts: Int
    public var customers: Int
    public var active: Int
    public var retention: Double
    /// 95 %, Wilson's.
    public var interval: Interval
    public var revenuePerCustomer: Double
    public var cumulativePerCustomer: Double
  }

  /// The first cohort is far larger than those after it, so it likely holds customers from before the data starts.
  public struct OldCustomers: Sendable, Codable, Hashable {
    public var label: String
    public var customers: Int
    /// Median size of the later cohorts whose period is over.
    public var usual: Double
  }

  public var period: CohortPeriod
  public var asOf: CalendarDay
  /// The last day whose orders count: the day before `asOf`, or `asOf` itself if there are orders on it.
  public var through: CalendarDay
  /// Whether the last period was not over by then.
  public var isLastIncomplete: Bool
  /// Periods with at least one new customer, the oldest first.
  public var cohorts: [Cohort]
  /// By age, as long as at least 10 customers are in it. Leaves out incomplete periods, and the first cohort
  /// where `oldCustomers` says that it is none.
  public var average: [Average]
  public var oldCustomers: OldCustomers?
  /// Second after first order, third after second, fourth after third, as far as 10 customers got.
  public var repeats: [RepeatCurve]
  /// The second order without the first cohort, where `oldCustomers` says that it is none.
  public var repeatOfNewcomers: RepeatCurve?
  public var gaps: OrderGaps?

  /// Smaller groups are not described.
  package static let smallestGroup = TraitFinder.smallestGroup

  /// - Returns: nil for nobody.
  /// - Complexity: O(orders + days + periods²).
  public init?(_ history: PurchaseHistory, asOf: CalendarDay) {
    guard let first = history.firstDay.min(), let last = history.lastDay.max() else { return nil }
    let through = max(last, asOf.adding(days: -1))
    let calendar = CohortCalendar(from: first, through: through)
    let tally = CohortTally(history, calendar)
    let waits = OrderWaits(history, calendar)
    let old = tally.oldCustomers
    period = calendar.period
    self.asOf = asOf
    self.through = through
    isLastIncomplete = calendar.isLastIncomplete
    cohorts = (0..<calendar.count).filter { tally.sizes[$0] > 0 }.map(tally.cohort)
    average = tally.average(from: old == nil ? 0 : 1)
    oldCustomers = old
    repeats = waits.curves
    repeatOfNewcomers = old == nil ? nil : waits.curveOfNewcomers
    gaps = OrderGaps(counts: waits.gaps, customers: waits.customersWithGaps)
  }
}
