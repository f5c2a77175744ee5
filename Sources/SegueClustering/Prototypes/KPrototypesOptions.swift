public import SegueCore

/// Every knob of ``KPrototypes``, with its default.
public struct KPrototypesOptions: Hashable, Sendable, Codable {
  /// Number of clusters, from 2 to the number of rows that can be told apart. The default is 5.
  public var k = 5
  /// What one mismatch of categories costs, in squared units of the numbers; 0 leaves categories out
  /// of account. The default, nil, estimates it: see ``PrototypeGamma``.
  public var gamma: Double? = nil
  /// Independent descents from fresh starts; the best whole descent wins.
  ///
  /// The default, nil, tries 6 on tables up to 10,000 distinct rows and fewer on larger ones.
  public var restarts: Int? = nil
  /// Swaps tried in a row without success before a descent is given up. A swap puts one prototype on
  /// a row that is served badly and descends again (Fränti 2018, doi:10.1186/s40537-018-0122-y).
  ///
  /// The default, nil, is 12 on tables up to 10,000 distinct rows, where restarts alone miss optima.
  /// 0 switches them off.
  public var swaps: Int? = nil
  /// Most iterations of one descent. The default is 300.
  public var maxIterations = 300

  public init() {}

  /// What is wrong with the options themselves, whatever the data; empty if nothing is.
  public var diagnostics: [Diagnostic] {
    var found: [Diagnostic] = []
    if k < 2 {
      found.append(
        Diagnostic("kprototypes.k", "\(k) is no number of clusters", hint: "choose k of 2 or more"))
    }
    if let gamma, !(gamma >= 0 && gamma <= MixedTable.largestMagnitude) {
      found.append(
        Diagnostic(
          "kprototypes.gamma", "a mismatch cannot cost \(gamma)",
          hint: "choose a gamma of 0 or more, or leave it to be estimated"))
    }
    if let restarts, restarts < 1 {
      found.append(
        Diagnostic(
          "kprototypes.restarts", "\(restarts) restarts do nothing", hint: "choose 1 or more restarts"))
    }
    if let swaps, swaps < 0 {
      found.append(
        Diagnostic("kprototypes.swaps", "\(swaps) swaps cannot be tried", hint: "choose 0 or more swaps"))
    }
    if maxIterations < 1 {
      found.append(
        Diagnostic(
          "kprototypes.maxIterations", "\(maxIterations) iterations do nothing",
          hint: "choose 1 or more iterations"))
    }
    return found
  }

  /// The restarts that `nil` stands for.
  func resolvedRestarts(rowCount: Int) -> Int {
    if let restarts { return restarts }
    switch rowCount {
    case ...10_000: return 6
    case ...100_000: return 4
    default: return 2
    }
  }

  /// The swaps that `nil` stands for.
  func resolvedSwaps(rowCount: Int) -> Int {
    if let swaps { return swaps }
    return rowCount <= 10_000 ? 12 : 0
  }
}
