public import SegueCore

/// Every knob of ``MiniBatchKMeans``, with its default.
public struct MiniBatchOptions: Hashable, Sendable, Codable {
  /// Number of clusters, 2 or more. The default is 5.
  public var k = 5
  /// Rows that are gathered before the centroids get their first places.
  ///
  /// The default, nil, gathers 50 for each cluster and at least 500.
  public var startRows: Int? = nil
  /// A centroid that no row has come to for so many rows is moved to where rows are served badly.
  ///
  /// The default, nil, waits 1,000 rows for each cluster.
  public var starvedAfter: Int? = nil
  /// The fit counts as settled when the smoothed mean squared distance has not fallen by more than this
  /// share of it for `patience` batches. The default is 0.001.
  public var tolerance = 0.001
  /// Batches without progress before the fit counts as settled. The default is 10.
  public var patience = 10
  /// Rows of a batch drawn from a table. The default is 4,096. Streams bring batches of their own.
  public var batchRows = 4_096
  /// Most rows drawn from a table, as a multiple of its length. The default is 10.
  public var epochs = 10

  public init() {}

  /// What is wrong with the options themselves, whatever the data; empty if nothing is.
  public var diagnostics: [Diagnostic] {
    var found: [Diagnostic] = []
    func require(_ holds: Bool, _ name: String, _ message: String, _ hint: String) {
      if !holds { found.append(Diagnostic("minibatch.\(name)", message, hint: hint)) }
    }
    if k < 2 {
      found.append(Diagnostic("kmeans.k", "\(k) is no number of clusters", hint: "choose k of 2 or more"))
    }
    require(
      startRows ?? 1 >= 1, "startRows", "\(startRows ?? 0) rows are no start", "gather 1 row or more")
    require(
      starvedAfter ?? 1 >= 1, "starvedAfter", "\(starvedAfter ?? 0) rows are no time to wait",
      "wait for 1 row or more")
    require(
      tolerance >= 0 && tolerance < 1, "tolerance", "\(tolerance) is no share of a distance",
      "choose a tolerance from 0 to below 1")
    require(patience >= 1, "patience", "\(patience) batches are none", "choose a patience of 1 or more")
    require(batchRows >= 1, "batchRows", "\(batchRows) rows are no batch", "choose 1 row or more")
    require(epochs >= 1, "epochs", "\(epochs) epochs do nothing", "choose 1 epoch or more")
    return found
  }

  /// The rows that a `startRows` of nil stands for.
  package var resolvedStartRows: Int { startRows ?? max(500, 50.saturatingProduct(k)) }

  /// The rows that a `starvedAfter` of nil stands for.
  package var resolvedStarvedAfter: Int { starvedAfter ?? 1_000.saturatingProduct(k) }
}

extension Int {
  fileprivate func saturatingProduct(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
