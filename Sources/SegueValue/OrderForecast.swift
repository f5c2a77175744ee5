/// A figure per customer with a 95 % interval for it.
public struct Estimates: Sendable, Hashable {
  public var values: [Double]
  /// Lower limits; nil where the fit has no covariance, so that how well the figures are known cannot be
  /// said.
  public var low: [Double]?
  /// Upper limits; nil where `low` is.
  public var high: [Double]?

  public init(values: [Double], low: [Double]? = nil, high: [Double]? = nil) {
    self.values = values
    self.low = low
    self.high = high
  }
}

/// What a model expects of every customer.
///
/// Intervals of estimates say how well the model's parameters are known (delta method); `fewestOrders` and
/// `mostOrders` say how far a single customer's orders will scatter around them, which is much further.
public struct OrderForecast: Sendable {
  /// Probability that the customer still buys at the end of observation.
  public var pAlive: Estimates
  /// Orders expected within the horizon.
  public var expectedOrders: Estimates
  /// The same, each order discounted to the end of observation.
  public var discountedOrders: Estimates
  /// Limits of a 95 % prediction interval of the orders within the horizon.
  public var fewestOrders: [Int32]
  public var mostOrders: [Int32]
}
