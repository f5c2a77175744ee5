package import SegueCore

/// From when on a customer's silence says something, in usual gaps.
///
/// The usual gap is a median, so somebody who buys at random times waits longer than t of them with
/// probability 2⁻ᵗ: 2 gaps one time in four, 4 gaps one time in sixteen. The 3 mean gaps by which practice often
/// takes customers for lost are 4.3 medians of such a buyer.
public struct LifecycleOptions: Hashable, Sendable, Codable {
  /// A first order less than this many typical gaps ago makes a new customer.
  public var new = 2.0
  /// From this many own usual gaps of silence on, a customer is lapsing.
  public var lapsing = 2.0
  /// From this many on, lapsed.
  public var lapsed = 4.0

  public init() {}

  /// Why the thresholds cannot be used; empty if they can.
  package var diagnostics: [Diagnostic] {
    guard lapsed <= lapsing else { return [] }
    return [
      Diagnostic(
        "lifecycle.lapsed",
        "nobody would be lapsing: customers are lapsing from \(NumberText.compact(lapsing)) usual gaps on and lapsed "
          + "from \(NumberText.compact(lapsed)) on",
        hint: "choose --lapsed-after above --lapsing-after")
    ]
  }
}
