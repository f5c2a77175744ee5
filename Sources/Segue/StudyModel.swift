import SegueClustering
public import SegueCore
public import SegueFeatures
import SegueNumerics
public import SegueProfile
public import SegueValue

/// `model.json`: all it takes to place new customers in the segments of a study, and to know the segments again.
public struct StudyModel: Sendable, Codable {
  /// A column that clustering saw, and how values become coordinates.
  public struct ModelFeature: Sendable, Codable {
    public var name: String
    public var label: String
    public var unit: Unit
    public var shape: Feature.Shape
    /// Name of what it was made from, as in `treatments`.
    public var attribute: String
    public var transform: Transform
    /// The power of `yeoJohnson`.
    public var lambda: Double?
    /// Values beyond count as these.
    public var lowest: Double?
    public var highest: Double?
    public var center: Double
    public var scale: Double

    public var reshaping: Reshaping {
      var reshaping = Reshaping(transform, lambda: lambda)
      (reshaping.lowest, reshaping.highest) = (lowest, highest)
      return reshaping
    }
  }

  public struct ModelSegment: Sendable, Codable {
    public var id: Int
    public var name: String
    public var isNamedByUser: Bool
    public var color: Int
    public var tagline: String
    public var kind: Segment.Kind
    public var customers: Int
    /// The group a customer must be in to be placed here; nil where customers were not parted.
    public var lifecycle: LifecycleGroups.Group?
    /// In scaled features.
    public var centroid: [Double]
    /// Percentiles 0 to 100 of its customers' distances to the centroid, in scaled features.
    public var distances: [Double]
  }

  /// How customers of a group, or all, are placed.
  public struct Placing: Sendable, Codable {
    /// Nil for everybody.
    public var group: LifecycleGroups.Group?
    /// Ids, in the order of the rule's clusters.
    public var segments: [Int]
    public var rule: ClusterRule
  }

  /// How customers are parted before the cluster within their group is looked for.
  public struct LifecycleRules: Sendable, Codable {
    /// Thresholds in usual gaps.
    public var options: LifecycleOptions
    /// Days; nil where nobody ordered on a second day, and everybody is one-time.
    public var typicalGap: Double?
    /// How many gaps of a customer's own the typical gap counts as.
    public var gapWeight: Double
    /// The group of each stage, by its key; nil where customers were not parted.
    public var groups: [String: LifecycleGroups.Group]?
  }

  /// What it takes to foretell orders and their worth elsewhere.
  public struct Value: Sendable, Codable {
    public var model: OrderModel
    public var parameters: [String: Double]
    /// Days in the model's unit of time.
    public var unitDays: Double
    /// Gamma–Gamma.
    public var spendParameters: [String: Double]?
    public var horizonDays: Int
    public var discount: Double
    public var margin: Double

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

  /// Raised whenever older versions would misread the file.
  public static let currentSchema = 3

  public var schema = StudyModel.currentSchema
  public var version = Study.version
  public var title: String
  /// The day the study looked from; nil where nothing in it is counted in days.
  public var asOf: CalendarDay?
  public var customers: Int
  public var algorithm: String
  public var seed: Seed
  public var scaling: Scaling
  public var features: [ModelFeature]
  /// How attributes became features: fills, levels, what an unseen level counts as.
  public var treatments: [FeatureTreatment]
  public var segments: [ModelSegment]
  /// One for all customers, or one a group.
  public var placing: [Placing]
  /// The id of the next segment that is new: ids of segments that are gone are not given again.
  public var nextID: Int
  public var rfm: RFMModel?
  public var lifecycle: LifecycleRules?
  public var value: Value?
  /// Roles of columns by file, as they were read.
  public var columns: [String: [String: String]]
  /// The study that segments were recognised from; nil in a first run.
  public var comparedWith: Origin?

  /// An earlier study, without where it lay.
  public struct Origin: Sendable, Codable, Hashable {
    public var title: String
    public var asOf: CalendarDay?
    public var schema: Int
  }

  package init(_ result: StudyResult) {
    let table = result.features
    title = result.title
    asOf = result.asOf
    customers = result.profile.customers
    algorithm = result.options.clustering.algorithm.rawValue
    seed = result.options.seed
    scaling = table.scaler.scaling
    treatments = table.treatments
    features = table.features.indices.map {
      let (feature, reshaping) = (table.features[$0], table.reshapings[$0])
      return ModelFeature(
        name: feature.name, label: feature.label, unit: feature.unit, shape: feature.shape,
        attribute: feature.attribute, transform: reshaping.transform, lambda: reshaping.lambda,
        lowest: reshaping.lowest, highest: reshaping.highest,
        center: table.scaler.centers[$0], scale: table.scaler.scales[$0])
    }
    var distances = [[Double]](repeating: [], count: result.profile.segments.count)
    for (label, distance) in zip(result.labels, result.distances) { distances[Int(label)].append(distance) }
    segments = result.profile.segments.indices.map { position in
      let (segment, cluster) = (result.profile.segments[position].segment, result.clusterOfSegment[position])
      return ModelSegment(
        id: segment.id, name: segment.name, isNamedByUser: segment.isNamedByUser, color: segment.color,
        tagline: segment.tagline, kind: segment.kind, customers: segment.customers,
        lifecycle: result.groups.first { $0.clusters.contains(cluster) }?.group,
        centroid: Array(result.model.centroids.row(cluster)),
        distances: StudyModel.percentiles(distances[position]))
    }
    let ids = result.profile.segments.map(\.segment.id)
    placing = result.rules.map { rule in
      Placing(
        group: rule.group,
        segments: rule.clusters.map { ids[result.clusterOfSegment.firstIndex(of: $0)!] }, rule: rule.rule)
    }
    nextID = max(result.nextID ?? 0, (segments.map(\.id).max() ?? 0) + 1)
    comparedWith = result.comparedWith
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

  private static func percentiles(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    return (0...100).compactMap { Quantiles.quantile(Double($0) / 100, ofSorted: sorted) }
  }

  /// A stage nobody is in goes where its own group goes, or with the largest group where that does not exist.
  static func groups(_ groups: [SegmentGroup]) -> [String: LifecycleGroups.Group] {
    let largest = groups.max { $0.customers < $1.customers }!.group
    return Dictionary(
      uniqueKeysWithValues: Lifecycle.Stage.allCases.map { stage in
        let home = groups.first { $0.group == stage.group || $0.joined.contains(stage.group) }
        return (stage.rawValue, home?.group ?? largest)
      })
  }
}
