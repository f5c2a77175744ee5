import SegueCore
import SegueIngest
import SegueFeatures
import SegueProfile

/// `manifest.json`: enough to repeat the study and to account for every row.
struct StudyManifest: Encodable {
  struct Value: Encodable {
    var key: String
    var value: String
    var origin: ResolvedOptions.Origin
  }

  var version = Study.version
  var title: String
  var asOf: CalendarDay?
  var currency: String?
  var customers: Int
  var seed: Seed
  var settings: [Value]
  var inputs: [StudyResult.InputRecord]
  /// How each file was understood. Samples are customer data and stay out.
  var columns: [File]
  /// How customer ids were replaced; left out where they were not.
  var redaction: Redacted?
  /// Columns with personal data; none of them is copied into a report.
  var personalColumns: [String]
  var ledger: CleaningLedger
  var joining: Joining
  var features: Features
  var warnings: [String]
  var remarks: [String]

  /// What the segments were formed on, and what they were not.
  struct Features: Encodable {
    var used: [FeatureTreatment]
    var leftOut: [LeftOutFeature]
  }

  struct Redacted: Encodable {
    var method = "HMAC-SHA-256, 128 bits"
    /// The same in studies that share pseudonyms.
    var keyFingerprint: String
  }

  struct File: Encodable {
    var file: String
    var dialect: SourceInspection.Dialect
    var roles: [String: String]
  }

  init(_ result: StudyResult) {
    title = result.title
    asOf = result.asOf
    currency = result.profile.purchases?.currency
    customers = result.profile.customers
    seed = result.options.seed
    settings = StudyOptions.settings.map {
      let value = $0.read(result.options)
      return Value(
        key: $0.key, value: $0.key == "rfm.segments" ? Study.baseName(value) : value,
        origin: result.settings.origin($0.key))
    }
    inputs = result.inputs
    columns = result.sources.map { source in
      var roles: [String: String] = [:]
      for column in source.columns where column.role != .attribute && column.role != .ignored {
        roles[column.role.rawValue] = column.header
      }
      return File(file: Study.baseName(source.path), dialect: source.dialect, roles: roles)
    }
    personalColumns = result.sources.flatMap { source in
      source.personalColumns.map { "\(Study.baseName(source.path)): \($0)" }
    }
    redaction = result.redaction.map { Redacted(keyFingerprint: $0.fingerprint) }
    ledger = result.ledger
    // Where a file lay is nobody's business, and would tie the bytes to the place.
    for index in ledger.files.indices { ledger.files[index].file = Study.baseName(ledger.files[index].file) }
    joining = result.joining
    features = Features(used: result.features.treatments, leftOut: result.features.leftOut)
    warnings = result.warnings
    remarks = result.remarks
  }
}
