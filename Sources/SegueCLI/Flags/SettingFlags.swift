import ArgumentParser
import Foundation
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
  static func setting(_ key: String) -> ArgumentHelp {
    let setting = StudyOptions.setting(key)!
    let standard = setting.read(StudyOptions())
    let ending = standard.isEmpty ? "" : " (default: \(standard))"
    return ArgumentHelp(
      "\(setting.meaning) \(setting.allowed.prefix(1).uppercased())\(setting.allowed.dropFirst()).\(ending)")
  }
}

struct InputFlags: SettingFlags {
  @Option(name: .setting("ingest.onBadRow"), help: .setting("ingest.onBadRow")) var onBadRow: String?
  @Option(name: .setting("ingest.refunds"), help: .setting("ingest.refunds")) var refunds: String?
  @Option(name: .setting("ingest.duplicates"), help: .setting("ingest.duplicates")) var duplicates: String?
  @Option(name: .setting("ingest.timeZone"), help: .setting("ingest.timeZone")) var timeZone: String?
  @Option(name: .setting("ingest.currency"), help: .setting("ingest.currency")) var currency: String?
  @Option(name: .setting("ingest.delimiter"), help: .setting("ingest.delimiter")) var delimiter: String?
  @Option(name: .setting("ingest.decimalMark"), help: .setting("ingest.decimalMark")) var decimalMark: String?
  @Option(name: .setting("ingest.dateOrder"), help: .setting("ingest.dateOrder")) var dateOrder: String?
  @Option(name: .setting("ingest.kinds"), help: .setting("ingest.kinds")) var kinds: [String] = []
  @Option(name: .setting("ingest.columns"), help: .setting("ingest.columns")) var columns: [String] = []

  var given: [(key: String, values: [String])] {
    [
      ("ingest.onBadRow", onBadRow.list), ("ingest.refunds", refunds.list),
      ("ingest.duplicates", duplicates.list), ("ingest.timeZone", timeZone.list),
      ("ingest.currency", currency.list), ("ingest.delimiter", delimiter.list),
      ("ingest.decimalMark", decimalMark.list), ("ingest.dateOrder", dateOrder.list), ("ingest.kinds", kinds),
      ("ingest.columns", columns),
    ]
  }
}

struct RFMFlags: SettingFlags {
  @Option(name: .setting("rfm.asOf"), help: .setting("rfm.asOf")) var asOf: String?
  @Option(name: .setting("rfm.frequency"), help: .setting("rfm.frequency")) var frequency: String?
  @Option(name: .setting("rfm.monetary"), help: .setting("rfm.monetary")) var monetary: String?
  @Option(name: .setting("rfm.bins"), help: .setting("rfm.bins")) var bins: String?
  @Option(name: .setting("rfm.binning"), help: .setting("rfm.binning")) var binning: String?
  @Option(name: .setting("rfm.segments"), help: .setting("rfm.segments")) var segments: String?

  var given: [(key: String, values: [String])] {
    [
      ("rfm.asOf", asOf.list), ("rfm.frequency", frequency.list), ("rfm.monetary", monetary.list),
      ("rfm.bins", bins.list), ("rfm.binning", binning.list), ("rfm.segments", segments.list),
    ]
  }
}

struct ClusteringFlags: SettingFlags {
  @Option(name: .setting("clustering.k"), help: .setting("clustering.k")) var k: String?
  @Option(name: .setting("clustering.restarts"), help: .setting("clustering.restarts")) var restarts: String?
  @Option(name: .setting("clustering.mostSegments"), help: .setting("clustering.mostSegments"))
  var mostSegments: String?
  @Option(name: .setting("features.columns"), help: .setting("features.columns")) var features: String?
  @Option(name: .setting("features.scaling"), help: .setting("features.scaling")) var scaling: String?
  @Option(name: .setting("features.transform"), help: .setting("features.transform")) var transform: String?
  @Option(name: .setting("seed"), help: .setting("seed")) var seed: String?

  var given: [(key: String, values: [String])] {
    [
      ("clustering.k", k.list), ("clustering.restarts", restarts.list),
      ("clustering.mostSegments", mostSegments.list), ("features.columns", features.list),
      ("features.scaling", scaling.list), ("features.transform", transform.list), ("seed", seed.list),
    ]
  }
}

struct JourneyFlags: SettingFlags {
  @Option(name: .setting("journey.stages"), help: .setting("journey.stages")) var stages: String?
  @Option(name: .setting("journey.gapDays"), help: .setting("journey.gapDays")) var gapDays: String?

  var given: [(key: String, values: [String])] {
    [("journey.stages", stages.list), ("journey.gapDays", gapDays.list)]
  }
}

/// What every command takes.
struct CommonFlags: ParsableArguments {
  @Option(name: .customLong("options"), help: "YAML file with any of the settings; flags win over it.")
  var optionsFile: String?
  @Option(help: "Threads to use; results do not depend on it. (default: all cores)") var threads: Int?
  @Flag(help: "No remarks and no progress on standard error.") var quiet = false
  @Flag(name: .customLong("no-color"), help: "No colour on standard error.") var noColor = false

  /// Options file first, then flags.
  func resolve(_ groups: any SettingFlags...) throws -> ResolvedOptions {
    Console.configure(quiet: quiet, plain: noColor)
    if let threads { Study.useThreads(threads) }
    var resolved = ResolvedOptions()
    if let optionsFile {
      guard let text = try? String(contentsOf: URL(fileURLWithPath: optionsFile), encoding: .utf8) else {
        throw SegueError(
          .noInput,
          [
            Diagnostic(
              "options.notFound", "the options file cannot be read", at: .init(file: optionsFile),
              hint: "check the path; segue options prints a file to start from")
          ])
      }
      try resolved.read(yaml: text, file: optionsFile)
    }
    for group in groups {
      for (key, values) in group.given {
        for value in values { try resolved.set(key, to: value, origin: .flag) }
      }
    }
    return resolved
  }
}

extension Optional where Wrapped == String {
  fileprivate var list: [String] { map { [$0] } ?? [] }
}
