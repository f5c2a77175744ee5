public import SegueCore

/// Something known about rows that could be clustered on.
public struct FeatureSource: Sendable {
  public var name: String
  public var label: String
  public var unit: Unit
  /// Columns it was made from.
  public var sources: [String]
  public var values: FeatureEncoder.Values
  public var kind: FeatureTreatment.Kind

  public init(
    _ name: String, label: String, unit: Unit, sources: [String], values: FeatureEncoder.Values,
    kind: FeatureTreatment.Kind
  ) {
    self.name = name
    self.label = label
    self.unit = unit
    self.sources = sources
    self.values = values
    self.kind = kind
  }
}

/// Columns without gaps for methods that measure distances, and what they were made from for those that compare
/// levels and leave gaps open.
public struct EncodedFeatures: Sendable {
  public var rows: RowKind
  public var features: [Feature] = []
  /// One per feature, all of equal length, finite.
  public var columns: [[Double]] = []
  public var treatments: [FeatureTreatment] = []
  /// What cannot be clustered on, with the reason.
  public var leftOut: [LeftOutFeature] = []
  /// What the treatments are of, in their order.
  public var used: [FeatureSource] = []

  /// - Complexity: O(n log n) for each number, O(n) for each category.
  public init(_ sources: [FeatureSource], rows: RowKind) {
    self.rows = rows
    for source in sources {
      let encoder = FeatureEncoder(
        source.name, label: source.label, unit: source.unit, sources: source.sources, rows: rows)
      switch encoder.encode(source.values, as: source.kind) {
      case .columns(let added, let values, let treatment):
        features += added
        columns += values
        treatments.append(treatment)
        used.append(source)
      case .leftOut(let reason): leftOut.append(reason)
      }
    }
  }
}

extension FeatureTable {
  public init(_ encoded: EncodedFeatures, _ options: FeatureOptions) {
    self.init(
      encoded.features, columns: encoded.columns, options, treatments: encoded.treatments, rows: encoded.rows)
    leftOut = encoded.leftOut
  }
}
