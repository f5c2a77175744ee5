import ArgumentParser
import Segue

/// Flags that set an entry of the settings catalogue. Name, meaning, values and default come from there.
protocol SettingFlags: ParsableArguments {
  /// By key of the catalogue; nil where the flag was not given.
  var given: [(key: String, values: [String])] { get }
}

extension NameSpecification {
  static func setting(_ key: String) -> NameSpecification {
    .customLong(StudyOptions.setting(key)!.flag)
  }
}

extension ArgumentHelp {
  /// - Parameter value: what stands behind the flag in the help.
  static func setting(_ key: String, _ value: String) -> ArgumentHelp {
    let setting = StudyOptions.setting(key)!
    let standard = setting.read(StudyOptions())
    let ending = standard.isEmpty ? "" : "; default: \(standard)"
    return ArgumentHelp("\(setting.meaning) (\(setting.allowed)\(ending))", valueName: value)
  }
}

// Settings take whatever follows the flag, so that `--k -3` is told what k may be.

/// How files are read.
struct ReadingFlags: SettingFlags {
  @OptionGroup var table: TableFlags
  @Option(
    name: .setting("ingest.refunds"), parsing: .unconditional, help: .setting("ingest.refunds", "choice"))
  var refunds: String?
  @Option(
    name: .setting("ingest.duplicates"), parsing: .unconditional,
    help: .setting("ingest.duplicates", "choice"))
  var duplicates: String?
  @Option(
    name: .setting("ingest.mergeCustomers"), parsing: .unconditional,
    help: .setting("ingest.mergeCustomers", "choice"))
  var mergeCustomers: String?
  @Option(
    name: .setting("ingest.timeZone"), parsing: .unconditional, help: .setting("ingest.timeZone", "zone"))
  var timeZone: String?
  @Option(
    name: .setting("ingest.currency"), parsing: .unconditional, help: .setting("ingest.currency", "code"))
  var currency: String?
  @Option(
    name: .setting("ingest.dateOrder"), parsing: .unconditional, help: .setting("ingest.dateOrder", "order"))
  var dateOrder: String?
  @Option(
    name: .setting("ingest.kinds"), parsing: .unconditionalSingleValue,
    help: .setting("ingest.kinds", "file=kind"))
  var kinds: [String] = []
  @Option(
    name: .setting("ingest.columns"), parsing: .unconditionalSingleValue,
    help: .setting("ingest.columns", "role=header"))
  var columns: [String] = []

  var given: [(key: String, values: [String])] {
    table.given + [
      ("ingest.refunds", refunds.list), ("ingest.duplicates", duplicates.list),
      ("ingest.mergeCustomers", mergeCustomers.list), ("ingest.timeZone", timeZone.list),
      ("ingest.currency", currency.list), ("ingest.dateOrder", dateOrder.list), ("ingest.kinds", kinds),
      ("ingest.columns", columns),
    ]
  }
}

/// How any table is read.
struct TableFlags: SettingFlags {
  @Option(
    name: .setting("ingest.onBadRow"), parsing: .unconditional, help: .setting("ingest.onBadRow", "choice"))
  var onBadRow: String?
  @Option(
    name: .setting("ingest.delimiter"), parsing: .unconditional, help: .setting("ingest.delimiter", "mark"))
  var delimiter: String?
  @Option(
    name: .setting("ingest.decimalMark"), parsing: .unconditional,
    help: .setting("ingest.decimalMark", "mark"))
  var decimalMark: String?
  @Flag(name: .setting("ingest.strict"), help: ArgumentHelp(StudyOptions.setting("ingest.strict")!.meaning))
  var strict = false

  var given: [(key: String, values: [String])] {
    [
      ("ingest.onBadRow", onBadRow.list), ("ingest.delimiter", delimiter.list),
      ("ingest.decimalMark", decimalMark.list), ("ingest.strict", strict ? ["true"] : []),
    ]
  }
}

/// Which days count.
struct DayFlags: SettingFlags {
  @Option(name: .setting("rfm.asOf"), parsing: .unconditional, help: .setting("rfm.asOf", "day")) var asOf:
    String?
  @Option(name: .setting("rfm.window"), parsing: .unconditional, help: .setting("rfm.window", "days"))
  var window: String?

  var given: [(key: String, values: [String])] {
    [("rfm.asOf", asOf.list), ("rfm.window", window.list)]
  }
}

struct RFMFlags: SettingFlags {
  @OptionGroup var days: DayFlags
  @Option(name: .setting("rfm.recency"), parsing: .unconditional, help: .setting("rfm.recency", "choice"))
  var recency: String?
  @Option(name: .setting("rfm.frequency"), parsing: .unconditional, help: .setting("rfm.frequency", "choice"))
  var frequency: String?
  @Option(name: .setting("rfm.monetary"), parsing: .unconditional, help: .setting("rfm.monetary", "choice"))
  var monetary: String?
  @Option(name: .setting("rfm.bins"), parsing: .unconditional, help: .setting("rfm.bins", "number")) var bins:
    String?
  @Option(name: .setting("rfm.binning"), parsing: .unconditional, help: .setting("rfm.binning", "choice"))
  var binning: String?
  @Option(
    name: .setting("rfm.cuts"), parsing: .unconditionalSingleValue,
    help: .setting("rfm.cuts", "dimension=numbers"))
  var cuts: [String] = []
  @Option(name: .setting("rfm.segments"), parsing: .unconditional, help: .setting("rfm.segments", "table"))
  var segments: String?

  var given: [(key: String, values: [String])] {
    days.given + [
      ("rfm.recency", recency.list), ("rfm.frequency", frequency.list), ("rfm.monetary", monetary.list),
      ("rfm.bins", bins.list), ("rfm.binning", binning.list), ("rfm.cuts", cuts),
      ("rfm.segments", segments.list),
    ]
  }
}

struct ClusteringFlags: SettingFlags {
  @OptionGroup var features: FeatureFlags
  @Option(
    name: .setting("clustering.algorithm"), parsing: .unconditional,
    help: .setting("clustering.algorithm", "method"))
  var algorithm: String?
  @Option(name: .setting("clustering.k"), parsing: .unconditional, help: .setting("clustering.k", "number"))
  var k: String?
  @Option(
    name: .setting("clustering.restarts"), parsing: .unconditional,
    help: .setting("clustering.restarts", "number"))
  var restarts: String?
  @Option(
    name: .setting("clustering.mostSegments"), parsing: .unconditional,
    help: .setting("clustering.mostSegments", "number"))
  var mostSegments: String?
  @Option(
    name: .setting("clustering.seeding"), parsing: .unconditional,
    help: .setting("clustering.seeding", "choice"))
  var seeding: String?
  @Option(
    name: .setting("clustering.covariance"), parsing: .unconditional,
    help: .setting("clustering.covariance", "shape"))
  var covariance: String?
  @Option(
    name: .setting("clustering.gamma"), parsing: .unconditional, help: .setting("clustering.gamma", "number"))
  var gamma: String?
  @Option(name: .setting("seed"), parsing: .unconditional, help: .setting("seed", "number")) var seed: String?

  var given: [(key: String, values: [String])] {
    [
      ("clustering.k", k.list), ("clustering.restarts", restarts.list),
      ("clustering.mostSegments", mostSegments.list), ("clustering.algorithm", algorithm.list),
      ("clustering.seeding", seeding.list), ("clustering.covariance", covariance.list),
      ("clustering.gamma", gamma.list), ("seed", seed.list),
    ] + features.given
  }
}

/// What clustering sees.
struct FeatureFlags: SettingFlags {
  @Option(
    name: .setting("features.columns"), parsing: .unconditional, help: .setting("features.columns", "names"))
  var features: String?
  @Option(
    name: .setting("features.scaling"), parsing: .unconditional, help: .setting("features.scaling", "choice"))
  var scaling: String?
  @Option(
    name: .setting("features.transform"), parsing: .unconditional,
    help: .setting("features.transform", "choice"))
  var transform: String?
  @Option(
    name: .setting("features.winsorize"), parsing: .unconditional,
    help: .setting("features.winsorize", "limit"))
  var winsorize: String?
  @Option(
    name: .setting("features.outliers"), parsing: .unconditional,
    help: .setting("features.outliers", "choice"))
  var outliers: String?

  var given: [(key: String, values: [String])] {
    [
      ("features.columns", features.list), ("features.scaling", scaling.list),
      ("features.transform", transform.list), ("features.winsorize", winsorize.list),
      ("features.outliers", outliers.list),
    ]
  }
}

/// When customers count as new, late and gone, and whether they are clustered apart.
struct LifecycleFlags: SettingFlags {
  @Option(
    name: .setting("clustering.lifecycle"), parsing: .unconditional,
    help: .setting("clustering.lifecycle", "choice"))
  var lifecycle: String?
  @Option(name: .setting("lifecycle.new"), parsing: .unconditional, help: .setting("lifecycle.new", "gaps"))
  var new: String?
  @Option(
    name: .setting("lifecycle.lapsing"), parsing: .unconditional, help: .setting("lifecycle.lapsing", "gaps"))
  var lapsing: String?
  @Option(
    name: .setting("lifecycle.lapsed"), parsing: .unconditional, help: .setting("lifecycle.lapsed", "gaps"))
  var lapsed: String?

  var given: [(key: String, values: [String])] {
    [
      ("clustering.lifecycle", lifecycle.list), ("lifecycle.new", new.list),
      ("lifecycle.lapsing", lapsing.list), ("lifecycle.lapsed", lapsed.list),
    ]
  }
}

/// What customers will be worth, and how that is tested.
struct ValueFlags: SettingFlags {
  @Option(
    name: .setting("value.model"), parsing: .unconditional, help: .setting("value.model", "model"))
  var model: String?
  @Option(
    name: .setting("value.horizonDays"), parsing: .unconditional, help: .setting("value.horizonDays", "days"))
  var horizonDays: String?
  @Option(
    name: .setting("value.discount"), parsing: .unconditional, help: .setting("value.discount", "rate"))
  var discount: String?
  @Option(name: .setting("value.margin"), parsing: .unconditional, help: .setting("value.margin", "share"))
  var margin: String?
  @Option(name: .setting("value.period"), parsing: .unconditional, help: .setting("value.period", "period"))
  var period: String?
  @Option(name: .setting("value.holdout"), parsing: .unconditional, help: .setting("value.holdout", "day"))
  var holdout: String?

  var given: [(key: String, values: [String])] {
    [
      ("value.model", model.list), ("value.horizonDays", horizonDays.list), ("value.discount", discount.list),
      ("value.margin", margin.list), ("value.period", period.list), ("value.holdout", holdout.list),
    ]
  }
}

struct JourneyFlags: SettingFlags {
  @Option(
    name: .setting("journey.stages"), parsing: .unconditional, help: .setting("journey.stages", "model"))
  var stages: String?
  @Option(
    name: .setting("journey.gapDays"), parsing: .unconditional, help: .setting("journey.gapDays", "days"))
  var gapDays: String?

  var given: [(key: String, values: [String])] {
    [("journey.stages", stages.list), ("journey.gapDays", gapDays.list)]
  }
}

/// What segments are called.
struct NameFlags: SettingFlags {
  @Option(
    name: .setting("segments.names"), parsing: .unconditionalSingleValue,
    help: .setting("segments.names", "name=new name"))
  var names: [String] = []

  var given: [(key: String, values: [String])] { [("segments.names", names)] }
}

struct BacktestFlags: SettingFlags {
  @Option(name: .setting("backtest.cut"), parsing: .unconditional, help: .setting("backtest.cut", "day"))
  var cut: String?

  var given: [(key: String, values: [String])] { [("backtest.cut", cut.list)] }
}

extension Optional where Wrapped == String {
  fileprivate var list: [String] { map { [$0] } ?? [] }
}
