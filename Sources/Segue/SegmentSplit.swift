import SegueClustering
import SegueCore
import SegueNumerics

/// The clustering step of a study: a given number of segments, or the number the scan chooses.
struct SegmentSplit {
  var model: KMeansModel
  /// Nil where k was given.
  var scan: SegmentCountScan?
  /// Mean Jaccard per cluster.
  var stability: [Double]?
  var quality: ClusterQuality
  /// Of each row to its centroid, in scaled units.
  var distances: [Double]
  var axes: PrincipalAxes

  init(_ points: Matrix, _ options: StudyOptions, monitor: Monitor) throws {
    var kMeans = KMeansOptions()
    kMeans.restarts = options.clustering.restarts
    if let k = options.clustering.k {
      kMeans.k = k
      model = try KMeans(kMeans, seed: options.seed).fit(points, monitor: monitor)
      stability = try ClusterStability(points, model: model, seed: options.seed, monitor: monitor).jaccard
    } else {
      guard points.rowCount >= SegmentSplit.fewestForAuto else {
        throw SegueError.data(
          Diagnostic(
            "study.tooFew", "\(points.rowCount) customers are too few to find segments in",
            hint: "give at least \(SegmentSplit.fewestForAuto), or say how many with --k"))
      }
      var search = SegmentCountOptions()
      search.range = 2...max(2, options.clustering.mostSegments)
      search.kMeans = kMeans
      let scan = try SegmentCountScan(points, options: search, seed: options.seed, monitor: monitor)
      let chosen = scan.choice.k
      model = scan.model(k: chosen)!
      stability = scan[chosen]?.stability.jaccard
      self.scan = scan
    }
    quality = ClusterQuality(points, labels: model.labels, clusterCount: model.k, seed: options.seed)
    distances = try model.nearest(to: points).distances
    axes = try PrincipalAxes(points, count: min(2, points.columnCount))
  }

  private static let fewestForAuto = 20
}
