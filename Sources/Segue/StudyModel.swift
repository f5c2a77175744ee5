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
    /// The group a customer must be in to be placed here; nil where customers were not parted.
    var lifecycle: LifecycleGroups.Group?
    /// In scaled features.
    var centroid: [Double]
  }

  /// How customers are parted before the nearest centroid of their group is looked for.
  struct LifecycleRules: Encodable {
    /// Thresholds in usual gaps.
    var options: LifecycleOptions
    /// Days; nil where nobody ordered on a second day, and everybody is one-time.
    var typicalGap: Double?
    /// How many gaps of a customer's own the typical gap counts as.
    var gapWeight: Double
    /// The group of each stage, by its key; nil where customers were not parted.
    var groups: [String: LifecycleGroups.Group]?
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
  var rfm: RFMModel?
  var lifecycle: LifecycleRules?
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
        customers: profile.segment.customers,
        lifecycle: result.groups.first { $0.clusters.contains(cluster) }?.group,
        centroid: Array(result.model.centroids.row(cluster)))
    }
    if let rfm = result.rfm, let scores = result.scores { self.rfm = RFMModel(rfm, scores, result.options) }
    if let lifecycle = result.lifecycle {
      self.lifecycle = LifecycleRules(
        options: lifecycle.options, typicalGap: lifecycle.rhythm.typicalGap,
        gapWeight: lifecycle.rhythm.weight,
        groups: result.groups.isEmpty ? nil : StudyModel.groups(result.groups))
    }
    value = result.value.map(Value.init)
    columns = [:]
    for file in StudyManifest(result).columns { columns[file.file] = file.roles }
  }
  /// A stage nobody is in goes where its own group goes, or with the largest group where that does not exist.
  private static func groups(_ groups: [SegmentGroup]) -> [String: LifecycleGroups.Group] {
    let largest = groups.max { $0.customers < $1.customers }!.group
    return Dictionary(
      uniqueKeysWithValues: Lifecycle.Stage.allCases.map { stage in
        let home = groups.first { $0.group == stage.group || $0.joined.contains(stage.group) }
        return (stage.rawValue, home?.group ?? largest)
      })
  }
}
