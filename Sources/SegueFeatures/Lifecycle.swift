import SegueCore

/// Where in their life with the shop every customer stands, by silence measured in their own usual gaps.
///
/// With L days since the last order over the customer's usual gap (``Rhythm``), and order days counted, since a
/// second order on the same day is no return:
///
/// | stage    | order days | silence                | and                                                       |
/// |----------|------------|------------------------|-----------------------------------------------------------|
/// | new      | 1          | L < `new`              |                                                           |
/// | one-time | 1          | L ≥ `new`              |                                                           |
/// | new      | 2          | L < `lapsing`          | first order less than `new` typical gaps ago              |
/// | won back | 2 or more  | L < `lapsing`          | one of the last two gaps was `lapsed` usual gaps or longer |
/// | active   | 2 or more  | L < `lapsing`          | neither                                                   |
/// | lapsing  | 2 or more  | `lapsing` ≤ L < `lapsed` |                                                         |
/// | lapsed   | 2 or more  | L ≥ `lapsed`           |                                                           |
///
/// Earlier silences are measured by the rhythm known when they began, so who comes back is won back just if they would
/// have counted as lapsed the day before. Only the last two gaps are asked: in a long history some silence is
/// long by chance, and who has come back twice since is simply active.
///
/// Every customer has one stage. More silence never leads back: the stages that are in rhythm, then lapsing, then lapsed;
/// new, then one-time. Nothing depends on the unit of time.
///
/// Where nobody ordered on a second day no rhythm is known: nobody can be early or late, and all are one-time.
public struct Lifecycle: Sendable {
  public enum Stage: String, CaseIterable, Sendable, Codable {
    case new
    case active
    case wonBack
    case lapsing
    case lapsed
    case oneTime

    /// In words.
    public var name: String {
      switch self {
      case .wonBack: "won back"
      case .oneTime: "one-time"
      default: rawValue
      }
    }
  }

  public let options: LifecycleOptions
  public let rhythm: Rhythm
  /// Rows as in the history.
  public let stages: [Stage]
  /// L: silence in usual gaps; NaN where no rhythm is known.
  public let lateness: [Double]

  /// - Parameter recencyDays: days from the last order to the as-of day, rows as in the history.
  /// - Complexity: O(orders + c log c) for c customers.
  public init(_ history: PurchaseHistory, recencyDays: [Double], _ options: LifecycleOptions) {
    self.init(history, recencyDays: recencyDays, rhythm: Rhythm(history), options)
  }

  /// - Parameter rhythm: of the same history.
  package init(
    _ history: PurchaseHistory, recencyDays: [Double], rhythm: Rhythm, _ options: LifecycleOptions
  ) {
    let lateness = rhythm.lateness(recencyDays)
    self.options = options
    self.rhythm = rhythm
    self.lateness = lateness
    var stages: [Stage] = []
    stages.reserveCapacity(history.count)
    var days = OrderDays(history.orderList)
    for row in 0..<history.count {
      days.read(row)
      stages.append(
        Lifecycle.stage(
          gaps: days.gaps, recencyDays: recencyDays[row], lateness: lateness[row], rhythm, options))
    }
    self.stages = stages
  }

  /// The stage of one customer.
  ///
  /// - Parameters:
  ///   - gaps: days between their consecutive order days, in order.
  ///   - lateness: `recencyDays` in usual gaps.
  package static func stage(
    gaps: [Double], recencyDays: Double, lateness: Double, _ rhythm: Rhythm, _ options: LifecycleOptions
  ) -> Stage {
    guard let typicalGap = rhythm.typicalGap else { return .oneTime }
    if gaps.isEmpty { return lateness < options.new ? .new : .oneTime }
    if lateness >= options.lapsed { return .lapsed }
    if lateness >= options.lapsing { return .lapsing }
    if gaps.count == 1, gaps[0] + recencyDays < options.new * typicalGap { return .new }
    let isBack = gaps.indices.suffix(2).contains {
      gaps[$0] >= options.lapsed * rhythm.usualGap(after: gaps[..<$0])
    }
    return isBack ? .wonBack : .active
  }

  /// What a reader should know of the stages, in sentences.
  public var remarks: [String] {
    guard !stages.isEmpty else { return [] }
    let returned = rhythm.customersWithGaps
    guard returned > 0 else {
      return [
        "Nobody ordered on a second day, so it is not known how long customers usually wait: too few orders to say "
          + "who is new, active or lapsed, and all count as one-time."
      ]
    }
    guard returned < Lifecycle.fewestReturned else { return [] }
    return [
      "\(returned == 1 ? "One customer" : "\(returned) customers") ordered on a second day; how long customers usually "
        + "wait, and so who is late, rests on \(returned == 1 ? "that one" : "them") alone."
    ]
  }

  /// With fewer customers who came back, the typical gap is said to rest on little.
  private static let fewestReturned = 10
}

/// Walks the orders, which lie by customer and time, once.
package struct OrderDays {
  private let customers: [Int32]
  private let times: [LocalTime]
  private var position = 0
  /// Days between consecutive order days of the customer read last.
  package private(set) var gaps: [Double] = []

  package init(_ orders: PurchaseHistory.OrderList) { (customers, times) = (orders.customers, orders.times) }

  /// Rows are to be read in order.
  package mutating func read(_ row: Int) {
    gaps.removeAll(keepingCapacity: true)
    var previous: CalendarDay?
    while position < customers.count, customers[position] == Int32(row) {
      let day = times[position].day
      if let previous, previous != day { gaps.append(Double(previous.days(until: day))) }
      previous = day
      position += 1
    }
  }
}
