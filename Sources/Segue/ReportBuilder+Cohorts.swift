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
    return [
      Report.Tile(
        NumberText.percent(point.share, 1), "order again within \(point.day) days",
        note: "95% CI \(range), on another day")
    ]
  }
}
