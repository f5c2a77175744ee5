import SegueClustering
import SegueCore
import SegueReport

/// The groups by lifecycle, as the report shows them.
extension ReportBuilder {
  var groups: [Report.Group] {
    let main = mainGroup
    return result.groups.indices.map { index in
      let group = result.groups[index]
      return Report.Group(
        name: group.name, customers: group.customers, segments: group.clusters.count, reason: group.reason,
        isMain: index == main)
    }
  }

  /// The one whose scan is the study's.
  private var mainGroup: Int? {
    result.groups.firstIndex { $0.isMain }
  }

  /// Whether groups stand apart, of those that were looked at most closely.
  func standing(_ scan: SegmentCountScan) -> String {
    let main = mainGroup.map { result.groups[$0] }
    let found = scan[scan.choice.k]
    let silhouette = main == nil ? result.quality.silhouette.mean : found?.silhouette
    let figures = [silhouette, found?.reference.mean].map { $0.map { NumberText.fixed($0, 2) } ?? "n/a" }
    let against = "silhouette \(figures[0]), against \(figures[1]) for data without clusters"
    let name = main.map { "\($0.group.name.prefix(1).uppercased())\($0.group.name.dropFirst())" }
    switch scan.choice.verdict {
    case .clustered:
      return main.map { "The segments of \($0.group.name) stand apart: \(against)." }
        ?? "The segments stand apart: \(against)."
    case .unstable:
      return
        "Some \(main?.group.name ?? "customers") stand apart, but not all segments hold together: \(against)."
    case .noClusters:
      return "\(name ?? "Customers") form a continuum, and the segments are bands cut from it: \(against)."
    }
  }
}
