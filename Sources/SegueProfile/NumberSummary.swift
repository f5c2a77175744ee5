import SegueNumerics

/// A distribution in seven figures. Quantiles are type 7 (Hyndman & Fan 1996).
public struct NumberSummary: Hashable, Sendable, Codable {
  public var n: Int
  public var mean: Double
  public var p05: Double
  public var p25: Double
  public var median: Double
  public var p75: Double
  public var p95: Double

  /// Missing values (NaN) are left out; nil if none is left.
  public init?(_ values: [Double]) {
    self.init(sorted: values.filter { !$0.isNaN }.sorted())
  }

  /// - Parameter sorted: ascending, none missing.
  init?(sorted: [Double]) {
    guard !sorted.isEmpty else { return nil }
    n = sorted.count
    mean = NumberSummary.mean(sorted)
    p05 = Quantiles.quantile(0.05, ofSorted: sorted)!
    p25 = Quantiles.quantile(0.25, ofSorted: sorted)!
    median = Quantiles.quantile(0.5, ofSorted: sorted)!
    p75 = Quantiles.quantile(0.75, ofSorted: sorted)!
    p95 = Quantiles.quantile(0.95, ofSorted: sorted)!
  }

  static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }

  static func median(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : Quantiles.median(of: values)!
  }
}
