import Foundation
import SegueCore
import SegueIngest
import Testing

/// Small files in code or in Tests/Fixtures.
enum Reading {
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  static func fixture(_ name: String) throws -> Input {
    Input(path: name, bytes: try bytes(name))
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: fixtures.appending(path: name)))
  }

  static func ingestFixture(_ name: String, _ options: IngestOptions = IngestOptions()) throws -> IngestedData
  {
    try ingest([fixture(name)], options)
  }

  static func inspectFixture(_ name: String, _ options: IngestOptions = IngestOptions()) throws
    -> SourceInspection
  {
    try inspect([fixture(name)], options)[0]
  }

  static func text(
    _ csv: String, named name: String = "orders.csv", _ options: IngestOptions = IngestOptions()
  ) throws -> IngestedData {
    try ingest([Input(path: name, bytes: Array(csv.utf8))], options)
  }

  /// Orders of customer `a` with the given dates, 1.50 each.
  static func dates(_ dates: [String], _ options: IngestOptions = IngestOptions()) throws -> [String] {
    let rows = dates.map { "a,\"\($0)\",1.50\n" }.joined()
    let data = try text("customer_id,date,amount\n" + rows, options)
    return try #require(data.orders).time.map(readable)
  }

  /// Orders of customer `a` on one day with the given amounts, as `Amount` prints them.
  static func amounts(_ amounts: [String], _ options: IngestOptions = IngestOptions()) throws -> [String] {
    let rows = amounts.map { "a,2024-01-31,\"\($0)\"\n" }.joined()
    let data = try text("customer_id,date,amount\n" + rows, options)
    return try #require(data.orders).amount.map { Amount(tenThousandths: $0).description }
  }

  /// `2024-03-09 14:05:07`
  static func readable(_ seconds: Int64) -> String {
    let time = LocalTime(seconds: seconds)
    let rest = ((seconds % 3_600) + 3_600) % 3_600
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(time.day) \(two(time.hour)):\(two(Int(rest) / 60)):\(two(Int(rest) % 60))"
  }

  /// The codes of the diagnostics that `body` throws; nil if it throws none.
  static func codes(_ body: () throws -> Void) -> [String]? {
    do {
      try body()
      return nil
    } catch let error as SegueError {
      return error.diagnostics.map(\.code)
    } catch {
      return ["\(error)"]
    }
  }

  static func options(_ change: (inout IngestOptions) -> Void) -> IngestOptions {
    var options = IngestOptions()
    change(&options)
    return options
  }

  /// Real data beside the package, where there is any.
  static let shared = fixtures.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/data")

  static func sharedInput(_ name: String) -> Input { Input(path: shared.appending(path: name).path) }

  static func hasShared(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: shared.appending(path: name).path)
  }
}
