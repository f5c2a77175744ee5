import SegueCore
import SegueFeatures
import SegueNumerics
import SegueProfile
import SegueClustering
import SegueValue

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

  struct RFM: Encodable {
    var asOf: CalendarDay
    var frequency: RFMOptions.Frequency
    var monetary: RFMOptions.Monetary
    var bins: Int
    var binning: RFMOptions.Binning
    var cutPoints: RFMScores.CutPoints
    var segments: String
  }

  /// What it takes to foretell orders and their worth elsewhere.
  struct Value: Encodable {
    var model: OrderModel
    var parameters: [String: Double]
    /// Days in the model's unit of time.
    var unitDays: Double
    /// Gamma–Gamma.
    var spendParameters: [String: Double]?
    var horizonDays: Int
    var discount: Double
    var margin: Double

    init(_ value: StudyValue) {
      let fit = ValueDocument.Fit(value.model.fit)
      model = value.model.model
      parameters = fit.parameters
      unitDays = value.purchases.unitDays
      spendParameters = value.model.spendFit.map { ValueDocument.Fit($0).parameters }
      let options = value.settings.forecast
      (horizonDays, discount, margin) = (options.horizonDays, options.discount, options.margin)
    }
  }

  var version = Study.version
  var algorithm = "kmeans"
  var seed: Seed
  var scaling: Scaling
  var features: [ModelFeature]
  var segments: [ModelSegment]
  var rfm: RFM?
  var value: Value?
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
    let options = result.options.rfm
    if let rfm = result.rfm, let scores = result.scores {
      self.rfm = RFM(
        asOf: rfm.asOf, frequency: options.frequency, monetary: options.monetary, bins: options.bins,
        binning: options.binning, cutPoints: scores.cutPoints, segments: options.segments)
    }
    value = result.value.map(Value.init)
    columns = [:]
    for file in StudyManifest(result).columns { columns[file.file] = file.roles }
  }
}
