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

  /// - Parameters:
  ///   - noun: what a row is, in the plural.
  ///   - file: where the rows came from, as the user named it.
  init(_ points: Matrix, of noun: String, _ file: String?, _ options: StudyOptions, monitor: Monitor) throws {
    var kMeans = KMeansOptions()
    kMeans.restarts = options.clustering.restarts
    let place = file.map { Diagnostic.Location(file: $0) }
    if let k = options.clustering.k {
      guard k <= points.rowCount else {
        let most = points.rowCount
        throw SegueError.usage(
          Diagnostic(
            "study.k", "\(k) segments cannot be made of \(most) \(noun)", at: place,
            hint: most < 3 ? "give more \(noun)" : "choose --k between 2 and \(most), or give more \(noun)"))
      }
      kMeans.k = k
      model = try SegmentSplit.placed(place) {
        try KMeans(kMeans, seed: options.seed).fit(points, monitor: monitor)
      }
      stability = try ClusterStability(points, model: model, seed: options.seed, monitor: monitor).jaccard
    } else {
      guard points.rowCount >= SegmentSplit.fewestForAuto else {
        throw SegueError.data(
          Diagnostic(
            "study.tooFew", "\(points.rowCount) \(noun) are too few to find segments in", at: place,
            hint: "give at least \(SegmentSplit.fewestForAuto), or say how many with --k"))
      }
      var search = SegmentCountOptions()
      // Groups under ten are not described, so twenty customers a segment is the finest split worth trying.
      search.range =
        2...max(2, min(options.clustering.mostSegments, points.rowCount / SegmentSplit.fewestForAuto))
      search.kMeans = kMeans
      let scan = try SegmentSplit.placed(place) {
        try SegmentCountScan(points, options: search, seed: options.seed, monitor: monitor)
      }
      let chosen = scan.choice.k
      model = scan.model(k: chosen)!
      stability = scan[chosen]?.stability?.jaccard
      self.scan = scan
    }
    quality = ClusterQuality(points, labels: model.labels, clusterCount: model.k, seed: options.seed)
    distances = try model.nearest(to: points).distances
    axes = try PrincipalAxes(points, count: min(2, points.columnCount))
  }

  private static let fewestForAuto = 20

  /// Clustering knows no files, so its diagnostics get theirs here.
  private static func placed<Value>(_ place: Diagnostic.Location?, _ work: () throws -> Value) throws -> Value
  {
    do {
      return try work()
    } catch var error as SegueError {
      for index in error.diagnostics.indices where error.diagnostics[index].location == nil {
        error.diagnostics[index].location = place
      }
      throw error
    }
  }
}
