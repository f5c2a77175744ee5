import SegueCore
import SegueProfile
import SegueReport

/// What cohorts add to the head of the report.
extension ReportBuilder {
  /// The share who order again soon, where the data follow customers for long enough to say.
  var cohortTiles: [Report.Tile] {
    guard let curve = result.profile.cohorts?.repeats.first, curve.orderedAgain > 0,
      let point = curve.headline, point.day >= 30
    else { return [] }
    let range =
      "\(NumberText.fixed(point.interval.low * 100, 1))–\(NumberText.fixed(point.interval.high * 100, 1))%"
    // Customers from before the data starts are not at their second order.
    let others = result.profile.cohorts.flatMap { cohorts -> String? in
      guard let old = cohorts.oldCustomers,
        let same = cohorts.repeatOfNewcomers?.horizons.first(where: { $0.day == point.day })
      else { return nil }
      return "; \(NumberText.percent(same.share, 1)) without those of \(old.label)"
    }
    return [
      Report.Tile(
        NumberText.percent(point.share, 1), "order again within \(point.day) days",
        note: "95% CI \(range)\(others ?? "")")
    ]
  }
}
