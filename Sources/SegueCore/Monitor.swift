/// Progress out, cancellation in. The last argument of whatever takes long; `.silent` by default.
public struct Monitor: Sendable {
  public struct Progress: Sendable {
    /// The stage in a word or two: `reading orders.csv`, `trying k = 5`.
    public var stage: String
    /// Share done, 0…1; nil where it cannot be known.
    public var fraction: Double?
  }

  private let report: @Sendable (Progress) -> Void

  public init(report: @escaping @Sendable (Progress) -> Void) {
    self.report = report
  }

  public static let silent = Monitor { _ in }

  /// Reports and then throws `CancellationError` if the current task was cancelled.
  ///
  /// Drivers call it between chunks and between iterations; kernels never do.
  public func checkpoint(_ stage: String, _ fraction: Double? = nil) throws {
    report(Progress(stage: stage, fraction: fraction))
    try Task.checkCancellation()
  }
}
