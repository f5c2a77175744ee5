import SegueClustering
import SegueCore
import SegueProfile
import SegueReport

/// Why this number of segments, and which of them are alike, as the report shows them.
extension ReportBuilder {
  var scan: Report.Scan? {
    guard let scan = result.scan else { return nil }
    let choice = scan.choice
    // No other index knows a single segment, so its row shows where the gap speaks for one only.
    let single = scan.gap.flatMap { $0.k(by: .firstSEmax) == 1 ? $0[1] : nil }
    let whole = single.map { Report.Scan.Row(k: 1, gap: $0.gap, gapStandardError: $0.standardError) }
    return Report.Scan(
      rows: [whole].compactMap(\.self)
        + scan.candidates.map {
          Report.Scan.Row(
            k: $0.k, silhouette: $0.silhouette, minJaccard: $0.stability?.minimum,
            meanJaccard: $0.stability?.mean, inertia: $0.inertia, calinskiHarabasz: $0.calinskiHarabasz,
            daviesBouldin: $0.daviesBouldin, gap: $0.gap?.gap, gapStandardError: $0.gap?.standardError,
            predictionStrength: $0.predictionStrength, densestBorder: $0.borders.maximum)
        }, chosen: choice.k, runnerUp: choice.runnerUp,
      verdict: Report.Scan.Verdict(rawValue: choice.verdict.rawValue) ?? .noClusters, reason: choice.reason,
      advice: advice(choice), votes: ReportBuilder.votes(scan),
      notes: [ReportBuilder.hopkins(scan.hopkins), ReportBuilder.samples(scan)])
  }

  /// What customers can be divided by where they do not fall into clusters is known here only.
  private func advice(_ choice: SegmentCountChoice) -> String? {
    let grid =
      choice.verdict == .noClusters && result.grid != nil
      ? "The RFM grid divides the same customers by stated limits and is the honest alternative." : nil
    let sentences = [choice.advice, grid].compactMap(\.self)
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// Each index by its own rule; those that ask for a threshold speak for the finest split that meets it.
  private static func votes(_ scan: SegmentCountScan) -> [Report.Scan.Vote] {
    let tried = scan.candidates
    func best(_ figure: (SegmentCountScan.Candidate) -> Double) -> Int? {
      tried.max { figure($0) < figure($1) }?.k
    }
    var votes = [
      Report.Scan.Vote(.silhouette, k: best(\.silhouette)),
      Report.Scan.Vote(.calinskiHarabasz, k: best(\.calinskiHarabasz)),
      Report.Scan.Vote(.daviesBouldin, k: best { -$0.daviesBouldin }),
    ]
    if let gap = scan.gap { votes.append(Report.Scan.Vote(.gap, k: gap.k(by: .firstSEmax))) }
    if let strength = scan.predictionStrength {
      votes.append(Report.Scan.Vote(.predictionStrength, k: strength.k))
    }
    if tried.contains(where: { $0.stability != nil }) {
      let stable = tried.last { ($0.stability?.minimum ?? 0) >= SegmentCountChoice.stabilityThreshold }
      votes.append(Report.Scan.Vote(.leastJaccard, k: stable?.k))
    }
    let apart = tried.last {
      $0.borders.maximum <= SegmentCountChoice.borderThreshold
        && $0.borders.maximum < $0.reference.thinBorder
    }
    return votes + [Report.Scan.Vote(.densestBorder, k: apart?.k)]
  }

  private static func hopkins(_ hopkins: Hopkins) -> String {
    let p = hopkins.pValue < 0.001 ? "p < 0.001" : "p = \(NumberText.fixed(hopkins.pValue, 3))"
    let reading =
      hopkins.pValue < 0.05
      ? "customers lie closer together than if they were spread evenly, which is a reason to look for groups and no "
        + "proof of them"
      : "customers lie about as far apart as if they were spread evenly"
    return "Hopkins statistic \(NumberText.fixed(hopkins.statistic, 2)) (\(p)): \(reading)."
  }

  private static func samples(_ scan: SegmentCountScan) -> String {
    let figures: [(name: String, rows: Int?)] = [
      ("silhouette and densest border", scan.sampleCount), ("Hopkins", scan.hopkins.rowCount),
      ("gap", scan.gap?.rowCount), ("prediction strength", scan.predictionStrength?.rowCount),
      ("Jaccard", scan.candidates.lazy.compactMap(\.stability?.rowCount).first),
    ]
    let sampled = figures.compactMap { name, rows in
      rows.flatMap { $0 < scan.rowCount ? "\(name) of \(NumberText.integer($0))" : nil }
    }
    let all = NumberText.integer(scan.rowCount)
    guard !sampled.isEmpty else { return "All figures are of all \(all) customers." }
    return
      "Of a sample of the \(all) customers: \(sampled.joined(separator: ", ")). All other figures are of all of "
      + "them."
  }

  /// Ward's tree of the centroids. As on the map, segments too small to describe are left out.
  var kinship: Report.Kinship? {
    let model = result.model
    let shown = result.clusterOfSegment.indices.filter { segment in
      result.profile.segments[segment].isDescribed
        && (0..<model.centroids.rowCount).contains(result.clusterOfSegment[segment])
    }
    guard shown.count >= 3 else { return nil }
    let clusters = shown.map { result.clusterOfSegment[$0] }
    guard
      let tree = try? Ward(
        model.centroids.selecting(rows: clusters), weights: clusters.map { Double(model.sizes[$0]) }),
      // Branches are turned so that the order is as near to that of the report as a tree allows.
      let order = try? tree.leaves(ascending: shown.map(Double.init))
    else { return nil }
    return Report.Kinship(
      segments: shown, order: order,
      merges: tree.merges.map { Report.Kinship.Merge($0.first, $0.second, height: $0.height) })
  }
}
