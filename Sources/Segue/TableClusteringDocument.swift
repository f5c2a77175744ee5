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

  /// What was found with one number of clusters.
  struct Tried: Encodable {
    var k: Int
    var inertia: FiniteNumber
    var silhouette: FiniteNumber
    var calinskiHarabasz: FiniteNumber
    var daviesBouldin: FiniteNumber
    /// Least mean Jaccard of its clusters over bootstraps.
    var stability: Double?
    /// Rows on the densest border between two clusters, as a share of those of the thinner.
    var densestBorder: FiniteNumber
    var gap: Double?
    var gapStandardError: Double?
    var predictionStrength: Double?

    init(_ candidate: SegmentCountScan.Candidate) {
      k = candidate.k
      inertia = FiniteNumber(candidate.inertia)
      silhouette = FiniteNumber(candidate.silhouette)
      calinskiHarabasz = FiniteNumber(candidate.calinskiHarabasz)
      daviesBouldin = FiniteNumber(candidate.daviesBouldin)
      stability = candidate.stability?.minimum
      densestBorder = FiniteNumber(candidate.borders.maximum)
      gap = candidate.gap?.gap
      gapStandardError = candidate.gap?.standardError
      predictionStrength = candidate.predictionStrength
    }
  }

  /// What only a mixture knows.
  struct Mixture: Encodable {
    var covariance: String
    var weights: [Double]
    var means: [[Double]]
    var covariances: [[[Double]]]
    var logLikelihood: Double
    /// Lower is better.
    var bic: Double
    var aic: Double
    var icl: Double
    var isConverged: Bool
    /// Share of the rows that belong to no component with a probability of 0.8 or more.
    var unsureShare: Double
    var candidates: [MixtureScan.Candidate]
    /// Of each clustered row, to its segment.
    var probabilities: [Double]

    init(_ split: MixtureSplit) {
      func rows(_ matrix: Matrix) -> [[Double]] { (0..<matrix.rowCount).map { Array(matrix.row($0)) } }
      let model = split.model
      covariance = model.covariance.rawValue
      (weights, means, covariances) = (model.weights, rows(model.means), model.covariances.map(rows))
      (logLikelihood, bic, aic, icl) = (model.logLikelihood, model.bic, model.aic, model.icl)
      (isConverged, unsureShare) = (model.isConverged, model.unsureShare)
      (candidates, probabilities) = (split.candidates, split.probabilities)
    }
  }

  /// What only k-prototypes knows.
  struct Prototypes: Encodable {
    var gamma: PrototypeGamma
    var cost: Double
    var numericCost: Double
    var categoricalCost: Double
    var modes: [PrototypeModel.Mode]
    var columnShares: [PrototypeModel.ColumnShare]

    init(_ model: PrototypeModel) {
      (gamma, cost) = (model.gamma, model.cost)
      (numericCost, categoricalCost) = (model.numericCost, model.categoricalCost)
      (modes, columnShares) = (model.modes, model.columnShares)
    }
  }

  var algorithm: String
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
  var advice: String?
  var runnerUp: Int?
  /// Every number of clusters tried, silhouettes and borders on `scanSampleCount` rows.
  var scan: [Tried]?
  var scanSampleCount: Int?
  var hopkins: Hopkins?
  var mixture: Mixture?
  var prototypes: Prototypes?
  /// Merges of the clusters by Ward's method, as scipy writes linkages.
  var tree: [Ward.Merge]?
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
    algorithm = result.algorithm.rawValue
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
    advice = result.choice?.advice
    runnerUp = result.choice?.runnerUp
    scan = result.scan.map { $0.candidates.map(Tried.init) }
    scanSampleCount = result.scan?.sampleCount
    hopkins = result.scan?.hopkins
    mixture = result.mixture.map(Mixture.init)
    prototypes = result.prototypes.map(Prototypes.init)
    tree = result.tree?.merges
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
