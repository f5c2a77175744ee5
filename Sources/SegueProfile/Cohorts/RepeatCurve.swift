/// How soon customers order again: the share with a next order within so many days of the one before.
///
/// Orders of one day count as one. Customers whose next order is not in the data are watched up to its last
/// day and no longer, so that newcomers do not count as lost (``KaplanMeier``).
public struct RepeatCurve: Sendable, Codable {
  /// The share of customers who have ordered again by the end of a day.
  public struct Point: Sendable, Codable, Hashable {
    /// Days after the order before.
    public var day: Int
    /// Customers who were still watched on this day and had not ordered again before it.
    public var atRisk: Int
    public var share: Double
    /// 95 %, Greenwood's on the log(−log) scale.
    public var interval: Interval
  }

  /// The order waited for: 2 for the second after the first.
  public var order: Int
  /// Customers with the order before.
  public var customers: Int
  /// Those of them with this order in the data.
  public var orderedAgain: Int
  /// After 7, 14, 30, 60, 90, 180, 365 and 730 days, as far as the curve goes.
  public var horizons: [Point]
  /// The curve at even steps, at most 122 points, up to the last day with at least 10 customers at risk.
  public var points: [Point]
  /// Days until half have ordered again; nil if fewer do within the days of the curve.
  public var medianDays: Int?
  /// The limits of the median's 95 % interval; an upper limit that is not reached is nil.
  public var medianLow: Int?
  public var medianHigh: Int?

  package static let horizonDays = [7, 14, 30, 60, 90, 180, 365, 730]
  private static let mostSteps = 120

  /// - Parameters:
  ///   - events: by days of waiting, how many ordered again after just so many.
  ///   - censored: by days of waiting, how many had not when the data ended.
  /// - Returns: nil for fewer than 10 customers.
  package init?(order: Int, events: [Int], censored: [Int]) {
    let orderedAgain = events.reduce(0, +)
    let customers = orderedAgain + censored.reduce(0, +)
    let curve = KaplanMeier(events: events, censored: censored)
    guard customers >= Cohorts.smallestGroup, let end = curve.lastDay(atRisk: Cohorts.smallestGroup) else {
      return nil
    }
    func point(_ day: Int) -> Point {
      let (share, interval) = curve.share(by: day)
      return Point(day: day, atRisk: curve.atRisk[day], share: share, interval: interval)
    }
    let step = max(1, (end + RepeatCurve.mostSteps - 1) / RepeatCurve.mostSteps)
    var days = Array(stride(from: 0, through: end, by: step))
    if days.last != end { days.append(end) }
    let median = curve.median(until: end)
    self.order = order
    self.customers = customers
    self.orderedAgain = orderedAgain
    horizons = RepeatCurve.horizonDays.filter { $0 <= end }.map(point)
    points = days.map(point)
    medianDays = median.day
    medianLow = median.low
    medianHigh = median.high
  }

  /// Where the curve ends.
  public var end: Point { points[points.count - 1] }

  /// The share within 90 days, or within the longest horizon there is if that is shorter.
  public var headline: Point? { horizons.last { $0.day <= 90 } }
}
