public import SegueCore

/// What recency, frequency and monetary mean, and how they are scored. Printed in the report.
public struct RFMOptions: Sendable, Codable, Hashable {
  public enum Frequency: String, Sendable, Codable, CaseIterable {
    case orders
    /// Days with at least one order.
    case orderDays
  }

  public enum Monetary: String, Sendable, Codable, CaseIterable {
    case total
    /// Per order.
    case mean
  }

  public enum Binning: String, Sendable, Codable, CaseIterable {
    /// Equal customers get equal scores: type-7 quantiles, a value on a cut point scores below it.
    case quantile
    /// As the R package rfm 0.3 does: quantile plus one, a value on a cut point scores above it.
    case rfmPackage
  }

  /// The day recency counts to. Default: the day after the last order.
  public var asOf: CalendarDay?
  /// Days before the as-of day that count; earlier rows are set aside. Nil looks back as far as the data goes.
  public var window: Int?
  /// What frequency counts.
  public var frequency = Frequency.orders
  /// What monetary sums.
  public var monetary = Monetary.total
  /// Scores per dimension, 2 to 9.
  public var bins = 5
  /// How values become scores.
  public var binning = Binning.quantile
  /// The table from scores to names; `none` names customers by their scores, for any number of bins.
  public var segments = SegmentTable.standard.id

  public init() {}

  /// Every setting that cannot be used, together.
  public var diagnostics: [Diagnostic] {
    var found: [Diagnostic] = []
    if !(2...9).contains(bins) {
      found.append(Diagnostic("rfm.bins", "\(bins) scores per dimension", hint: "choose 2 to 9 with --bins"))
    }
    if segments == SegmentTable.none { return found }
    guard let table = SegmentTable.named(segments) else {
      found.append(
        Diagnostic(
          "rfm.segments", "there is no segment table \"\(segments)\"",
          hint: "choose one of \(SegmentTable.ids.joined(separator: ", "))"))
      return found
    }
    if table.bins != bins {
      let fitting = SegmentTable.all.filter { $0.bins == bins }.map(\.id) + [SegmentTable.none]
      found.append(
        Diagnostic(
          "rfm.segments", "the table \"\(segments)\" names scores 1 to \(table.bins), not 1 to \(bins)",
          hint: "say --bins \(table.bins), or --segments \(fitting.joined(separator: " or "))"))
    }
    return found
  }
}
