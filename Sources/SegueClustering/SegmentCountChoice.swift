internal import SegueCore

/// A reading of a ``SegmentCountScan``: which k, why, and whether there are clusters at all.
///
/// The rule, in the order in which an analyst would argue:
///
/// 1. **Stability first.** A segment that does not come back when the customers are drawn anew is an
///    accident of the sample, and nobody should plan for it. Only those k stand whose every cluster
///    has a mean Jaccard similarity of at least 0.75 (Hennig 2007, doi:10.1016/j.csda.2006.11.025).
/// 2. **Separation against nothing.** Any cloud falls into k parts with some silhouette, an elongated
///    one into two parts with a high one, so the raw silhouette answers "two" far too often. What
///    counts is the silhouette above that of clouds without clusters, of the same covariance, split
///    the same way (the idea of the gap statistic, Tibshirani, Walther & Hastie 2001,
///    doi:10.1111/1467-9868.00293, on the silhouette). Of the stable k that beat the best such cloud
///    by 0.02 or more, the one furthest above their mean is best: verdict `clustered`. Two islands
///    that lie close, seen from a third far away, look best as one; so a finer k is preferred when it
///    keeps nine tenths of the separation and each of its clusters is highly stable (0.85).
/// 3. **Otherwise a continuum.** If no stable k beats the clouds, the groups are bands cut from a
///    continuum, not islands. Bands are still useful, and the finer the better as long as they come
///    back: the largest stable k is chosen.
/// 4. **Nothing stable.** The k whose weakest cluster comes back most often is chosen. The verdict is
///    `unstable` if it beats the clouds, which is the mark of outliers, else `continuum`.
public struct SegmentCountChoice: Hashable, Sendable, Codable {
  public enum Verdict: String, Sendable, Codable {
    /// Groups stand apart, more than a cloud without clusters would show.
    case clustered
    /// The groups are bands cut from a continuum, not islands.
    case continuum
    /// Some groups stand apart, but they do not come back from resample to resample.
    case unstable
  }

  /// Least mean Jaccard similarity of every cluster of an eligible k.
  public static let stabilityThreshold = 0.75
  /// By how much the silhouette must exceed that of the best cloud without clusters.
  public static let separationMargin = 0.02

  /// Share of the best separation that a finer, highly stable k must keep to be preferred.
  public static let finerShare = 0.9

  public var k: Int
  /// The next best k by the same rule; nil if no other was eligible.
  public var runnerUp: Int?
  public var verdict: Verdict
  /// One sentence, with the figures that decided.
  public var reason: String
}

extension SegmentCountScan {
  /// The number of segments the rule of ``SegmentCountChoice`` picks.
  public var choice: SegmentCountChoice {
    let stable = candidates.filter { $0.stability.minimum >= SegmentCountChoice.stabilityThreshold }
    let islands = stable.filter(\.standsApart).sorted { a, b in
      a.separation != b.separation ? a.separation > b.separation : a.k < b.k
    }
    if let furthest = islands.first {
      let finer = islands.filter { candidate in
        candidate.k > furthest.k && candidate.stability.verdicts.allSatisfy { $0 == .highlyStable }
          && candidate.separation >= SegmentCountChoice.finerShare * furthest.separation
      }
      let best = finer.max { $0.k < $1.k } ?? furthest
      let claim = finer.isEmpty ? "no stable split stands" : "no stable split stands much"
      return SegmentCountChoice(
        k: best.k, runnerUp: islands.first { $0.k != best.k }?.k, verdict: .clustered,
        reason: "\(best.k) segments all come back when the rows are drawn anew (\(best.jaccardText)), and "
          + "\(claim) further apart: silhouette \(best.silhouetteText).")
    }
    if let finest = stable.last {
      return SegmentCountChoice(
        k: finest.k, runnerUp: stable.dropLast().last?.k, verdict: .continuum,
        reason:
          "\(finest.k) is the largest number of segments that all come back when the rows are drawn anew "
          + "(\(finest.jaccardText)), but they are bands cut from a continuum, not islands: "
          + "silhouette \(finest.silhouetteText).")
    }
    let ranked = candidates.sorted { a, b in
      a.stability.minimum != b.stability.minimum ? a.stability.minimum > b.stability.minimum : a.k < b.k
    }
    let best = ranked[0]
    return SegmentCountChoice(
      k: best.k, runnerUp: ranked.dropFirst().first?.k, verdict: best.standsApart ? .unstable : .continuum,
      reason:
        "No number of segments comes back whole when the rows are drawn anew; with \(best.k) the weakest "
        + "does most often (\(best.jaccardText)), silhouette \(best.silhouetteText).")
  }
}

extension SegmentCountScan.Candidate {
  fileprivate var standsApart: Bool {
    silhouette >= reference.maximum + SegmentCountChoice.separationMargin
  }

  fileprivate var jaccardText: String {
    "Jaccard at least \(NumberText.fixed(stability.minimum, 2))"
  }

  fileprivate var silhouetteText: String {
    "\(NumberText.fixed(silhouette, 2)), against \(NumberText.fixed(reference.mean, 2)) "
      + "(at most \(NumberText.fixed(reference.maximum, 2))) for clouds without clusters"
  }
}
