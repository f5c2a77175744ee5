public import SegueCore

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

  /// Days of the year that ``discount`` is meant for.
  static let yearDays = 365.0

  /// Every setting that cannot be used, together.
  public var offences: [Diagnostic] {
    var offences: [Diagnostic] = []
    if horizonDays < 1 {
      offences.append(
        Diagnostic(
          "value.horizon", "a horizon of \(horizonDays) days lies not ahead", hint: "choose 1 or more"))
    }
    if !(discount >= 0 && discount.isFinite) {
      offences.append(
        Diagnostic("value.discount", "\(discount) is no discount rate", hint: "0.1 means 10 % a year"))
    }
    if !(margin > 0 && margin.isFinite) {
      offences.append(
        Diagnostic("value.margin", "\(margin) is no margin", hint: "0.3 means that 30 % of revenue is earned")
      )
    }
    return offences
  }

  /// The discount rate of a period of this many days.
  func discount(perDays days: Double) -> Double {
    Elementary.expm1(Elementary.log1p(discount) * days / Self.yearDays)
  }
}
