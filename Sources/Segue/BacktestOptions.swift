public import SegueCore

/// Whether and from which day methods are tested against what customers did next.
public struct BacktestOptions: Sendable, Codable, Hashable {
  public enum Cut: Sendable, Hashable {
    /// A quarter of the days from the first order to the last is left for testing, 90 at most.
    case auto
    case off
    /// The last day that methods may know.
    case day(CalendarDay)
  }

  public var cut = Cut.auto

  public init() {}
}

extension BacktestOptions.Cut: RawRepresentable, Codable {
  public init?(rawValue: String) {
    switch rawValue {
    case "auto": self = .auto
    case "off": self = .off
    default:
      guard let day = CalendarDay(iso: rawValue) else { return nil }
      self = .day(day)
    }
  }

  public var rawValue: String {
    switch self {
    case .auto: "auto"
    case .off: "off"
    case .day(let day): day.description
    }
  }
}
