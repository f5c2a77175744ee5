import SegueCore
import SegueNumerics

/// How far values are let out before they count as the limit they lie beyond.
public enum Winsorizing: Sendable, Hashable {
  /// A few rows that lie far out are pulled in, where the transform is `auto` too.
  case auto
  case off
  /// This share of the values at each end, below one half.
  case share(Double)
  /// Values more than this many robust standard deviations from the median, reshaped.
  case deviations(Double)

  static let leastDeviations = 2.0
}

extension Winsorizing: RawRepresentable, Codable {
  /// `auto`, `off`, a share such as `0.01`, or a number of deviations such as `5`.
  public init?(rawValue: String) {
    switch rawValue {
    case "auto": self = .auto
    case "off": self = .off
    default:
      guard let value = Double(rawValue), value.isFinite else { return nil }
      if value > 0, value < 0.5 {
        self = .share(value)
      } else if value >= Winsorizing.leastDeviations {
        self = .deviations(value)
      } else {
        return nil
      }
    }
  }

  public var rawValue: String {
    switch self {
    case .auto: "auto"
    case .off: "off"
    case .share(let value), .deviations(let value): "\(value)"
    }
  }
}

/// What pulling in did to one column.
public struct Winsorized: Sendable, Codable, Hashable {
  /// Of the feature.
  public var name: String
  /// In the column's own units; nil where no value lies beyond.
  public var lowest: Double?
  public var highest: Double?
  public var below: Int
  public var above: Int

  public var count: Int { below + above }
}

extension Winsorized {
  /// Limits of one column, and how many values lie beyond them; nil if none does.
  ///
  /// - Parameters:
  ///   - sorted: the column's own values, ascending.
  ///   - spread: of the reshaped values.
  init?(
    _ feature: Feature, sorted: [Double], _ reshaping: Reshaping, _ spread: OneSidedSpread,
    _ how: Winsorizing
  ) {
    let limits: (low: Double?, high: Double?)
    switch how {
    case .auto, .off: return nil
    case .share(let share):
      limits = (Quantiles.quantile(share, ofSorted: sorted), Quantiles.quantile(1 - share, ofSorted: sorted))
    case .deviations(let count):
      limits = (
        spread.below > 0 ? reshaping.invert(spread.center - count * spread.below) : nil,
        spread.above > 0 ? reshaping.invert(spread.center + count * spread.above) : nil
      )
    }
    let below = limits.low.map { low in sorted.prefix { $0 < low }.count } ?? 0
    let above = limits.high.map { high in sorted.reversed().prefix { $0 > high }.count } ?? 0
    guard below + above > 0 else { return nil }
    self.init(
      name: feature.name, lowest: below > 0 ? limits.low : nil, highest: above > 0 ? limits.high : nil,
      below: below, above: above)
  }
}
