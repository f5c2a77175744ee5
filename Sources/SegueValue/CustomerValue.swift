public import SegueCore

/// Models of when customers order.
public enum OrderModel: String, Sendable, Codable, CaseIterable {
  /// Fader, Hardie & Lee 2005.
  case bgnbd
  /// Schmittlein, Morrison & Colombo 1987.
  case paretonbd
}

/// How value is modelled.
public struct ValueOptions: Sendable, Codable, Hashable {
  public enum Model: String, Sendable, Codable, CaseIterable {
    /// The one of higher likelihood of BG/NBD and Pareto/NBD, which have as many parameters.
    case auto
    case bgnbd
    case paretonbd
    /// One purchase or none per period: subscriptions, yearly donations, events.
    case bgbb
  }

  public var model = Model.auto
  /// Days that are looked ahead.
  public var horizonDays = 365
  /// Yearly discount rate: money in a year is worth 1 / (1 + discount).
  public var discount = 0.1
  /// What is earned of a unit of revenue.
  public var margin = 1.0

  public init() {}
}

/// What customers paid per order day after the first one: what Gamma–Gamma is fitted to.
public struct RepeatSpend: Sendable {
  /// Mean of the totals of repeat order days; 0 or NaN where there is none.
  public var mean: [Double]

  public init(mean: [Double]) { self.mean = mean }
}

/// When customers will order, what they will spend, and what that is worth today.
public struct CustomerValue: Sendable {
  /// The model that was used.
  public var model: OrderModel
  public var fit: ModelFit
  /// The other model tried, for comparison.
  public var alternative: (model: OrderModel, fit: ModelFit)?
  public var forecast: OrderForecast
  /// Gamma–Gamma; nil where too few bought again to fit it.
  public var spendFit: ModelFit?
  /// Expected mean value of an order; nil where spend cannot be modelled.
  public var meanOrderValue: Estimates?
  /// Discounted orders × mean order value × margin; nil where spend cannot be modelled.
  public var clv: Estimates?
  /// What was left out, assumed or could not be had, in sentences.
  public var remarks: [String]

  /// - Throws: ``SegueError`` `value.tooFew` where no model can be fitted, in words; `CancellationError`.
  public init(
    _ purchases: RepeatPurchases, spend: RepeatSpend, _ options: ValueOptions, monitor: Monitor = .silent
  ) throws {
    preconditionFailure("to be built")
  }
}
