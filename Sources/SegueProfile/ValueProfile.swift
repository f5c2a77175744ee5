import SegueCore
public import SegueValue

/// A figure summed over customers and its mean, with 95 % intervals for what the models expect.
///
/// The intervals say how well the models' parameters are known. That is the same for all customers, so
/// the interval of a total is no narrower, in proportion, than that of one of them; what customers
/// then happen to do scatters around the expectation on top of it.
public struct Expectation: Sendable, Codable, Hashable {
  public var total: Double
  /// Nil where the fit gives no errors.
  public var totalInterval: Interval?
  /// Per customer.
  public var mean: Double
  public var meanInterval: Interval?

  /// - Parameter customers: how many the total is of.
  public init(total: Double, interval: Interval?, customers: Int) {
    let n = Double(max(1, customers))
    self.total = total
    totalInterval = interval
    mean = total / n
    meanInterval = interval.map { Interval($0.low / n, $0.high / n) }
  }
}

extension SegmentProfile {
  /// What the customers of a segment are expected to do within the horizon.
  public struct Value: Sendable, Codable, Hashable {
    public var expectedOrders: Expectation
    /// What these orders are worth today; nil where spend could not be modelled.
    public var clv: Expectation?
    /// Of the value expected of all customers.
    public var clvShare: Double?
    /// Mean probability of still being a customer.
    public var pAlive: Double
    /// The same over those who came back at least once; nil where nobody did.
    public var pAliveOfReturning: Double?
    /// Customers who came back at least once.
    public var returning: Int
  }
}

extension StudyProfile {
  /// When customers will order and what that is worth: the models, how they fit, how they did before.
  public struct Value: Sendable, Codable {
    /// Another model that was fitted to the same data.
    public struct Alternative: Sendable, Codable {
      public var model: OrderModel
      public var fit: ModelFit
    }

    public var model: OrderModel
    /// Days in the model's unit of time.
    public var unitDays: Double
    public var horizonDays: Int
    /// A year.
    public var discount: Double
    public var margin: Double
    public var fit: ModelFit
    public var alternative: Alternative?
    /// Gamma–Gamma; nil where too few bought again to fit it.
    public var spendFit: ModelFit?
    public var totals: SegmentProfile.Value
    /// The smallest share of customers that holds 80 % of the expected value.
    public var customersForEightyPercent: Double?
    /// Nil where none was asked for or the data is too short; the remarks say which.
    public var holdout: Holdout?
    public var remarks: [String]
  }
}
