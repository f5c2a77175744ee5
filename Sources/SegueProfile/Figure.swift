public import SegueCore

/// A figure of one segment that compares it with nobody: how many customers, what a typical order is worth.
///
/// With ``Trait``, all that a sentence may rest on.
public struct Figure: Hashable, Sendable, Codable, Identifiable {
  public enum Statistic: String, Sendable, Codable {
    case count
    case sum
    case mean
    case median
    case share
  }

  /// `s2.orderValue`: segment and name.
  public var id: String
  public var label: String
  public var unit: Unit
  public var statistic: Statistic
  public var value: Double
  /// 95 %; nil for sums and counts, which are not estimated.
  public var interval: Interval?
  /// Customers, orders or answers behind it.
  public var n: Int
  /// Columns it was read from.
  public var sources: [String]

  public init(
    id: String, label: String, unit: Unit, statistic: Statistic, value: Double, interval: Interval? = nil,
    n: Int, sources: [String]
  ) {
    (self.id, self.label, self.unit, self.statistic) = (id, label, unit, statistic)
    (self.value, self.interval, self.n, self.sources) = (value, interval, n, sources)
  }
}

extension SegmentProfile {
  /// - Parameter name: the id without its segment: `orderValue`.
  public func figure(_ name: String) -> Figure? {
    let id = "s\(segment.id).\(name)"
    return figures.first { $0.id == id }
  }
}
