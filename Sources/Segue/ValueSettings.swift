public import SegueCore
public import SegueFeatures
public import SegueValue

/// How value is modelled, and how the model is tested.
public struct ValueSettings: Sendable, Codable, Hashable {
  /// Model, horizon, discount and margin.
  public var forecast = ValueOptions()
  /// Under BG/BB, in which a customer buys or does not.
  public var period = OrderPeriod.month
  /// What is kept from the model to see whether it foretells it.
  public var holdout = HoldoutChoice.auto

  public init() {}
}

/// Which orders are kept from a model that is tested on them.
public enum HoldoutChoice: Sendable, Codable, Hashable, RawRepresentable {
  /// Those of the last part of the data, where it is long enough.
  case auto
  case off
  /// Those of this day and after.
  case from(CalendarDay)

  public init?(rawValue text: String) {
    switch text {
    case "auto": self = .auto
    case "off": self = .off
    default:
      guard let day = CalendarDay(iso: text) else { return nil }
      self = .from(day)
    }
  }

  public var rawValue: String {
    switch self {
    case .auto: "auto"
    case .off: "off"
    case .from(let day): day.description
    }
  }
}
