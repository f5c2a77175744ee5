import SegueCore
import SegueFeatures
import SegueNumerics
import SegueProfile
import SegueClustering

/// `model.json`: what it takes to place a new customer in a segment.
struct StudyModel: Encodable {
  struct ModelFeature: Encodable {
    var name: String
    var label: String
    var transform: Transform
    /// The power of `yeoJohnson`.
    var lambda: Double?
    /// Values beyond count as these.
    var lowest: Double?
    var highest: Double?
    var center: Double
    var scale: Double
  }

  struct ModelSegment: Encodable {
    var id: Int
    var name: String
    var kind: Segment.Kind
    var customers: Int
    /// In scaled features.
    var centroid: [Double]
  }

  var version = Study.version
  var algorithm = "kmeans"
  var seed: Seed
  var scaling: Scaling
  var features: [ModelFeature]
  var segments: [ModelSegment]
  var rfm: RFMModel?
  /// Roles of columns by file, as they were read.
  var columns: [String: [String: String]]

  init(_ result: StudyResult) {
    let table = result.features
    seed = result.options.seed
    scaling = table.scaler.scaling
    features = table.features.indices.map {
      ModelFeature(
        name: table.features[$0].name, label: table.features[$0].label,
        transform: table.reshapings[$0].transform, lambda: table.reshapings[$0].lambda,
        lowest: table.reshapings[$0].lowest, highest: table.reshapings[$0].highest,
        center: table.scaler.centers[$0], scale: table.scaler.scales[$0])
    }
    segments = zip(result.profile.segments, result.clusterOfSegment).map { profile, cluster in
      ModelSegment(
        id: profile.segment.id, name: profile.segment.name, kind: profile.segment.kind,
        customers: profile.segment.customers, centroid: Array(result.model.centroids.row(cluster)))
    }
    if let rfm = result.rfm, let scores = result.scores {
      self.rfm = RFMModel(rfm, scores, result.options.rfm)
    }
    columns = [:]
    for file in StudyManifest(result).columns { columns[file.file] = file.roles }
  }
}
