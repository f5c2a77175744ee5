public import SegueCore
public import SegueFeatures
public import SegueIngest

/// What clustering would see: the CSV and JSON of `segue features`.
public struct FeaturesFile: Sendable {
  /// One per row of the table.
  public var customerIDs: [String]
  public var table: FeatureTable
  public var warnings: [String]
  /// How files were joined, then how the table came about.
  public var remarks: [String]
  /// Every row of the inputs, used or set aside.
  public var ledger: CleaningLedger
  /// What each file was taken for.
  public var sources: [SourceInspection]
  /// ISO 4217, if the data names one or the options do.
  public var currency: String?
  /// Under which ids are written; nil writes them as they are.
  var redaction: Redaction?
}

extension Study {
  /// The feature table of the study's options, without clustering it.
  public func features(_ inputs: [Input], monitor: Monitor = .silent) throws -> FeaturesFile {
    let problems = options.rfm.diagnostics
    guard problems.isEmpty else { throw SegueError(.usage, problems) }
    let data = try observed(inputs, monitor)
    let population = try Population(data, options)
    let attributes = AttributeBuilder(data: data, population: population).attributes()
    let table = try FeatureBuilder(attributes: attributes, population: population, data: data)
      .features(options.features)
    return FeaturesFile(
      customerIDs: population.ids, table: table, warnings: data.joining.warnings,
      remarks: data.joining.remarks + table.remarks + [FeatureText.weights(table)].compactMap { $0 },
      ledger: data.ledger, sources: data.sources,
      currency: data.currency, redaction: redaction)
  }
}

extension FeaturesFile {
  /// One row per customer in the order of their ids or pseudonyms: filled values, neither transformed nor scaled.
  ///
  /// - Throws: ``SegueError`` `redact.collision`.
  public func csv() throws -> [UInt8] {
    let ids = try WrittenIDs(customerIDs, redaction)
    var output = Array("customer_id".utf8)
    for feature in table.features {
      output.append(44)
      CSVWriter.append(FeaturesFile.header(feature.name), to: &output)
    }
    output.append(contentsOf: [13, 10])
    for row in ids.order {
      CSVWriter.append(ids.texts[row], to: &output)
      for column in table.features.indices {
        output.append(44)
        output.append(contentsOf: FeaturesFile.text(table.raw[row, column]).utf8)
      }
      output.append(contentsOf: [13, 10])
    }
    return output
  }

  /// How each column came about; nothing of single customers.
  public func json() throws -> [UInt8] { try StudyResult.json(Document(self)) }

  /// Columns of customers files are called as there.
  static func header(_ name: String) -> String {
    name.replacing(AttributeBuilder.customerPrefix, with: "", maxReplacements: 1)
  }

  /// Whole numbers without a point, others with as many digits as give them back.
  static func text(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : "\(value)"
  }

  private struct Document: Encodable {
    var version = Study.version
    var customers: Int
    var asOf: CalendarDay?
    var scaling: Scaling
    var columns: [PreparedColumn]
    var treatments: [FeatureTreatment]
    var leftOut: [LeftOutFeature]
    var winsorized: [Winsorized]
    var correlated: [CorrelatedPair]
    var distanceShares: [DistanceShare]
    var warnings: [String]
    var remarks: [String]

    init(_ file: FeaturesFile) {
      let table = file.table
      customers = file.customerIDs.count
      asOf = table.asOf
      scaling = table.scaler.scaling
      columns = PreparedColumn.all(table)
      treatments = table.treatments
      leftOut = table.leftOut
      winsorized = table.winsorized
      correlated = table.correlated
      distanceShares = table.distanceShares
      warnings = file.warnings
      remarks = file.remarks
    }
  }
}

/// How one column came about, as `segue features` and `segue cluster` write it.
struct PreparedColumn: Encodable {
  var name: String
  var label: String
  var attribute: String
  var shape: Feature.Shape
  var unit: Unit
  var sources: [String]
  var transform: Transform
  /// The power of `yeoJohnson`.
  var lambda: Double?
  /// Values beyond count as these, in the column's own units.
  var lowest: Double?
  var highest: Double?
  /// Of the reshaped values.
  var center: Double
  var scale: Double

  static func all(_ table: FeatureTable) -> [PreparedColumn] {
    table.features.enumerated().map { index, feature in
      let reshaping = table.reshapings[index]
      return PreparedColumn(
        name: FeaturesFile.header(feature.name), label: feature.label, attribute: feature.attribute,
        shape: feature.shape, unit: feature.unit, sources: feature.sources, transform: reshaping.transform,
        lambda: reshaping.lambda, lowest: reshaping.lowest, highest: reshaping.highest,
        center: table.scaler.centers[index], scale: table.scaler.scales[index])
    }
  }
}
