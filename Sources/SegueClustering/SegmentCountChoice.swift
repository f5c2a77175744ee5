internal import SegueCore

/// A reading of a ``SegmentCountScan``: which k, why, and whether there are clusters at all.
///
/// The rule, in the order in which an analyst would argue:
///
/// 1. **Do they come back?** A segment that does not return when the rows are drawn anew is an accident of the
///    sample, and nobody should plan for it. Every cluster needs a mean Jaccard similarity of at least 0.75
///    (Hennig 2007, doi:10.1016/j.csda.2006.11.025).
/// 2. **Do they stand apart?** Any cloud can be cut, and an elongated one comes back from every resample, cut
///    the same way. Groups have thin borders: on the line between any two centroids there is a place with at most
///    half the rows that the thinner of the two holds (``BorderDensity``), and fewer than between the parts
///    of nine in ten clouds without clusters that were cut likewise. Fewer than five rows are no group.
/// 3. **The finest such split** is chosen: verdict `clustered`. Coarser ones merge groups that stand apart. Its
///    weakest cluster must come back almost as surely as that of the surest split, within 0.15: strays around
///    groups look like one more group, but a less certain one.
/// 4. **No clusters** if no k passes. Whatever comes back is then bands cut from a continuum. Bands are still
///    useful, and the finer the better as long as they return, so the largest k that does is chosen.
/// 5. If none does, the k whose weakest cluster returns most often is chosen, and the verdict is `unstable` where some
///    split stands apart: the mark of outliers and of too few rows.
///
/// Silhouette, gap, prediction strength and Hopkins are reported beside it and not asked, because each errs where
/// these two do not. Among strays the largest silhouette and the gap see more groups than there are, prediction
/// strength sees fewer; the gap misses groups that show in one column of several; Hopkins takes any cloud that is
/// no box for heaps.
public struct SegmentCountChoice: Hashable, Sendable, Codable {
  public enum Verdict: String, Sendable, Codable {
    /// Groups stand apart and come back.
    case clustered
    /// The groups are bands cut from a continuum, not islands.
    case noClusters
    /// Some groups stand apart, but they do not come back from resample to resample.
    case unstable
  }

  /// Least mean Jaccard similarity of every cluster of an eligible k.
  public static let stabilityThreshold = 0.75
  /// By how much less surely a finer split may come back than the surest.
  public static let stabilityTolerance = 0.15
  /// Most rows on a border, as a share of those of the thinner cluster.
  public static let borderThreshold = 0.5
  /// By how much the silhouette of groups that do not come back must exceed that of the best cloud without clusters.
  public static let separationMargin = 0.02
  /// Fewer rows are outliers, not a group.
  public static let fewestRows = 5

  public var k: Int
  /// The next best k by the same rule; nil if no other was eligible.
  public var runnerUp: Int?
  public var verdict: Verdict
  /// One sentence, with the figures that decided.
  public var reason: String
  /// What to do where there are no clusters to rely on; nil where there are. Who knows what the rows are may add to it.
  public var advice: String?

  public init(k: Int, runnerUp: Int?, verdict: Verdict, reason: String, advice: String? = nil) {
    (self.k, self.runnerUp, self.verdict) = (k, runnerUp, verdict)
    (self.reason, self.advice) = (reason, advice)
  }
}

extension SegmentCountScan {
  /// The number of segments the rule of ``SegmentCountChoice`` picks.
  public var choice: SegmentCountChoice {
    let stable = candidates.filter(\.comesBack)
    let groups = SegmentCountScan.nearlySurest(stable.filter(\.standsApart))
    if let finest = groups.last {
      return SegmentCountChoice(
        k: finest.k, runnerUp: groups.dropLast().last?.k, verdict: .clustered,
        reason: "\(finest.k) is the largest number of segments that \(finest.jaccardText)stand apart: the "
          + "emptiest place between any two is at most \(finest.borderText); silhouette "
          + "\(finest.silhouetteText).")
    }
    let bands = candidates[0].stability == nil ? [] : SegmentCountScan.nearlySurest(stable)
    if let finest = bands.last {
      return SegmentCountChoice(
        k: finest.k, runnerUp: bands.dropLast().last?.k, verdict: .noClusters,
        reason:
          "\(finest.k) is the largest number of segments that \(finest.jaccardText)are of use, but they are "
          + "bands cut from a continuum, not islands: the emptiest place between some two is \(finest.borderText)"
          + "\(gapText); silhouette \(finest.silhouetteText).",
        advice: SegmentCountChoice.bands)
    }
    // Few rows in many columns have thin borders anywhere, so their silhouettes must speak for groups too.
    let apart = candidates.filter {
      $0.standsApart && $0.silhouette >= $0.reference.maximum + SegmentCountChoice.separationMargin
    }
    let ranked = (apart.isEmpty ? candidates : apart).sorted { a, b in
      a.weakest != b.weakest ? a.weakest > b.weakest : a.k < b.k
    }
    let best = ranked[0]
    if apart.isEmpty {
      return SegmentCountChoice(
        k: best.k, runnerUp: ranked.dropFirst().first?.k, verdict: .noClusters,
        reason: "No number of segments stands apart: with \(best.k), the emptiest place between some two is "
          + "\(best.borderText)\(gapText); silhouette \(best.silhouetteText).",
        advice: SegmentCountChoice.bands)
    }
    return SegmentCountChoice(
      k: best.k, runnerUp: ranked.dropFirst().first?.k, verdict: .unstable,
      reason:
        "\(best.k) segments stand apart, but not all of them come back when the rows are drawn anew: the "
        + "weakest does with a Jaccard of \(NumberText.fixed(best.weakest, 2)); silhouette "
        + "\(best.silhouetteText).",
      advice:
        "Look at the smallest segments first: a few unusual rows, or too few rows, make groups that do not last."
    )
  }

  /// The candidates that come back almost as surely as the surest of them.
  private static func nearlySurest(_ candidates: [Candidate]) -> [Candidate] {
    let surest = candidates.compactMap { $0.stability?.minimum }.max() ?? 0
    return candidates.filter {
      $0.stability.map { $0.minimum >= surest - SegmentCountChoice.stabilityTolerance } ?? true
    }
  }

  private var gapText: String {
    guard let gap, gap.k(by: .firstSEmax) == 1 else { return "" }
    return ", and the gap statistic speaks for one group"
  }
}

extension SegmentCountChoice {
  fileprivate static let bands =
    "Treat the segments as bands: their borders are a convention and could lie elsewhere, so cut where action "
    + "differs, by thresholds on the columns that matter, and do not read a border as a difference in kind."
}

extension SegmentCountScan.Candidate {
  fileprivate var weakest: Double { stability?.minimum ?? separation }

  fileprivate var comesBack: Bool {
    stability.map { $0.minimum >= SegmentCountChoice.stabilityThreshold } ?? true
  }

  fileprivate var standsApart: Bool {
    borders.maximum <= SegmentCountChoice.borderThreshold && borders.maximum < reference.thinBorder
      && sizes.allSatisfy { $0 >= SegmentCountChoice.fewestRows }
  }

  fileprivate var jaccardText: String {
    guard let stability else { return "" }
    return "all come back when the rows are drawn anew (Jaccard at least "
      + "\(NumberText.fixed(stability.minimum, 2))) and "
  }

  fileprivate var borderText: String {
    "\(NumberText.percent(borders.maximum, 0)) as dense as the thinner of them"
  }

  fileprivate var silhouetteText: String {
    "\(NumberText.fixed(silhouette, 2)), against \(NumberText.fixed(reference.mean, 2)) "
      + "(at most \(NumberText.fixed(reference.maximum, 2))) for clouds without clusters"
  }
}
