internal import SegueCore

/// Which mixture describes the rows best, and why.
///
/// The lowest BIC among those without a collapsed component decides: it weighs likelihood against free numbers, and
/// finds the true number of Gaussian components as rows become many (Keribin 2000). One component is among
/// those tried, so the answer may be that there is one group. Groups that are not Gaussian take several components
/// each; ICL, which asks that components stand apart, tells where that is so.
public struct MixtureChoice: Hashable, Sendable, Codable {
  /// Smaller differences of BIC are not worth more than a bare mention (Kass & Raftery 1995,
  /// doi:10.1080/01621459.1995.10476572).
  public static let decisiveDifference = 2.0

  public var k: Int
  public var covariance: MixtureCovariance
  /// The next lowest BIC; nil if nothing else was tried.
  public var runnerUp: MixtureScan.Candidate?
  /// The lowest ICL; it may be the same.
  public var lowestICL: MixtureScan.Candidate
  /// The figures that decided, in a sentence or two.
  public var reason: String
}

extension MixtureScan {
  /// The mixture that the rule of ``MixtureChoice`` picks.
  public var choice: MixtureChoice {
    let ranked = ranking(by: \.bic)
    let (best, runnerUp) = (ranked[0], ranked.dropFirst().first)
    let standsApart = ranking(by: \.icl)[0]
    var reason =
      best.k == 1
      ? "One group: one component (\(best.covariance.rawValue)) has the lowest BIC, \(best.bicText)"
      : "\(best.k) components (\(best.covariance.rawValue)) have the lowest BIC, \(best.bicText)"
    if let runnerUp, !runnerUp.isCollapsed {
      let difference = runnerUp.bic - best.bic
      reason += ", \(NumberText.fixed(difference, 1)) below \(runnerUp.name)"
      if difference < MixtureChoice.decisiveDifference { reason += ", too little to decide between them" }
    }
    reason += "."
    if best.isCollapsed {
      reason =
        "No mixture keeps all its components from collapsing, so BIC decides nothing: "
        + "some columns have few distinct values."
    } else if standsApart.k < best.k {
      reason +=
        " By ICL \(standsApart.name) \(standsApart.k == 1 ? "stands" : "stand") best: components overlap, "
        + "and several may describe one group."
    }
    return MixtureChoice(
      k: best.k, covariance: best.covariance, runnerUp: runnerUp, lowestICL: standsApart, reason: reason)
  }

  /// Best first, ties to the earliest.
  private func ranking(by criterion: KeyPath<Candidate, Double>) -> [Candidate] {
    candidates.indices.sorted { a, b in
      if candidates[a].isBetter(than: candidates[b], by: criterion) { return true }
      return a < b && !candidates[b].isBetter(than: candidates[a], by: criterion)
    }.map { candidates[$0] }
  }
}

extension MixtureScan.Candidate {
  fileprivate var bicText: String { NumberText.fixed(bic, 1) }

  fileprivate var name: String {
    "\(k == 1 ? "one component" : "\(k) components") (\(covariance.rawValue))"
  }
}
