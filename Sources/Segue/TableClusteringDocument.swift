import SegueClustering
import SegueFeatures
import SegueIngest
import SegueNumerics

/// The JSON of `segue cluster`.
struct TableClusteringDocument: Encodable {
  /// Rows that are clustered with no others.
  struct Apart: Encodable {
    /// Their label.
    var label: Int
    var rows: Int
    var centroid: [Double]
    /// Robust standard deviations from the median beyond which a value lies far out.
    var cutOff: Double
    var columns: [Outliers.Column]
  }

  var k: Int
  var n: Int
  var d: Int
  var rowsIn: Int
  var rowsUsed: Int
  var columns: [String]
  var inertia: FiniteNumber
  var iterations: Int
  /// Of the clusters; with the rows set apart they add up to `n`.
  var sizes: [Int]
  var centroids: [[Double]]
  /// As the algorithm sees them: reshaped and scaled.
  var scaledCentroids: [[Double]]
  var apart: Apart?
  var silhouette: FiniteNumber
  var calinskiHarabasz: FiniteNumber
  var daviesBouldin: FiniteNumber
  var stability: [Double]
  var reason: String?
  var verdict: String?
  /// 0-based, in the order of the rows; `k` for rows set apart.
  var labels: [Int32]
  var preparation: [PreparedColumn]
  var treatments: [FeatureTreatment]
  var leftOut: [LeftOutFeature]
  var winsorized: [Winsorized]
  var correlated: [CorrelatedPair]
  var distanceShares: [DistanceShare]
  var remarks: [String]

  init(_ result: TableClustering) {
    let features = result.prepared.features
    k = result.model.k
    n = result.table.rowCount
    d = features.features.count
    rowsIn = result.table.ledger.rowsIn
    rowsUsed = result.table.ledger.rowsUsed
    columns = features.features.map(\.name)
    inertia = FiniteNumber(result.model.inertia)
    iterations = result.model.iterations
    sizes = result.model.sizes
    centroids = result.centroids
    scaledCentroids = (0..<result.model.k).map { Array(result.model.centroids.row($0)) }
    if let outliers = features.outliers, let centroid = result.centroidApart {
      apart = Apart(
        label: result.model.k, rows: outliers.rows.count, centroid: centroid, cutOff: outliers.cutOff,
        columns: outliers.columns)
    }
    silhouette = FiniteNumber(result.quality.silhouette.mean)
    calinskiHarabasz = FiniteNumber(result.quality.calinskiHarabasz)
    daviesBouldin = FiniteNumber(result.quality.daviesBouldin)
    stability = result.stability
    reason = result.choice?.reason
    verdict = result.choice?.verdict.rawValue
    labels = result.labels
    preparation = PreparedColumn.all(features)
    treatments = features.treatments
    leftOut = features.leftOut
    winsorized = features.winsorized
    correlated = features.correlated
    distanceShares = features.distanceShares
    remarks = result.remarks
  }
}
