import SegueCore

/// How a feature's values are reshaped before scaling.
public enum Transform: String, Sendable, Codable, CaseIterable {
  /// `log1p` for money, days and counts, and for skewed values that are never negative; `yeoJohnson` for
  /// other skewed values; `none` for the rest.
  case auto
  /// sign(x)·ln(1 + |x|).
  case log1p
  /// The power of Yeo and Johnson that brings the values closest to a normal distribution.
  case yeoJohnson
  case none
}

/// What was done to the values of one column before scaling, and the way back.
public struct Reshaping: Sendable, Codable, Hashable {
  /// Never `auto`.
  public var transform: Transform
  /// The power of `yeoJohnson`.
  public var lambda: Double?
  /// Values beyond count as the nearer limit; in the column's own units.
  public var lowest: Double?
  public var highest: Double?

  public init(_ transform: Transform = .none, lambda: Double? = nil) {
    self.transform = transform
    self.lambda = lambda
  }

  /// Increasing in `value`, and strictly so between the limits.
  public func apply(_ value: Double) -> Double { reshape(limited(value)) }

  func limited(_ value: Double) -> Double {
    if let lowest, value < lowest { return lowest }
    if let highest, value > highest { return highest }
    return value
  }

  private func reshape(_ value: Double) -> Double {
    switch transform {
    case .auto, .none: value
    case .log1p: value < 0 ? -Elementary.log1p(-value) : Elementary.log1p(value)
    case .yeoJohnson: YeoJohnson(lambda: lambda ?? 1).apply(value)
    }
  }

  /// The value between the limits that becomes `reshaped`.
  public func invert(_ reshaped: Double) -> Double {
    switch transform {
    case .auto, .none: reshaped
    case .log1p: reshaped < 0 ? -Elementary.expm1(-reshaped) : Elementary.expm1(reshaped)
    case .yeoJohnson: YeoJohnson(lambda: lambda ?? 1).invert(reshaped)
    }
  }
}

extension Reshaping {
  /// A larger absolute skewness is reshaped.
  static let mostSkewness = 1.0
  /// Fewer values tell no power.
  static let fewestForPower = 20

  /// Money, days and counts run over orders of magnitude and are always logged. Anything else is reshaped if
  /// its skewness exceeds 1: logged if it is never negative and leans to large values, else by the power of
  /// Yeo and Johnson, if that lowers the skewness.
  ///
  /// - Parameter sorted: ascending, finite.
  init(choosing choice: Transform, for feature: Feature, sorted: [Double], _ statistics: ColumnStatistics) {
    self.init()
    // A logarithm of 0 and 1 would be 0 and less than 1.
    guard feature.shape == .number, !sorted.isEmpty else { return }
    switch choice {
    case .none: return
    case .log1p: transform = .log1p
    case .yeoJohnson: takePower(sorted)
    case .auto:
      let skewness = statistics.skewness
      if [.money, .days, .count].contains(feature.unit) {
        transform = .log1p
      } else if skewness > Reshaping.mostSkewness, sorted[0] >= 0 {
        transform = .log1p
      } else if skewness.magnitude > Reshaping.mostSkewness, sorted.count >= Reshaping.fewestForPower {
        takePower(sorted)
        let left = ColumnStatistics(sorted: sorted.map(apply)).skewness
        if left.magnitude >= skewness.magnitude { self = Reshaping() }
      }
    }
  }

  private mutating func takePower(_ sorted: [Double]) {
    guard let power = YeoJohnson(fitting: sorted) else { return }
    transform = .yeoJohnson
    lambda = power.lambda
  }
}
