import Segue
import SegueTestSupport

/// Studies that several tests look at, run once.
enum Studies {
  static let lumen = Result { try Study(settings(["ingest.onBadRow": "skip"])).run(lumenInputs) }
  static let cdnow = Result { try Study().run([Input(path: dataset("cdnow/orders.csv"))]) }

  static let lumenInputs = ["orders.csv", "customers.csv", "events.csv", "feedback.csv"]
    .map { Input(path: dataset("lumen/\($0)")) }

  static func dataset(_ path: String) -> String { "\(SharedFolder.packageRoot)/datasets/\(path)" }

  static func settings(_ values: [String: String]) throws -> ResolvedOptions {
    var settings = ResolvedOptions()
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      try settings.set(key, to: value, origin: .flag)
    }
    return settings
  }

  /// Names of the files whose bytes differ.
  static func differing(_ a: StudyResult, _ b: StudyResult) throws -> [String] {
    let (a, b) = try (a.folder().files, b.folder().files)
    let names = a.map(\.name)
    return names == b.map(\.name) ? zip(a, b).filter { $0.bytes != $1.bytes }.map(\.0.name) : names
  }
}

func file(_ name: String, of result: StudyResult) throws -> String {
  try String(decoding: result.folder().files.first { $0.name == name }!.bytes, as: UTF8.self)
}
