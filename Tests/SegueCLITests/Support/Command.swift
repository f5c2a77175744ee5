import Foundation

/// The `segue` that was built beside this test bundle, run as people run it.
struct Command {
  /// Nil where the program was not built.
  static let program: URL? = {
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    return [
      bundle, Package.root.appending(path: ".build/release"), Package.root.appending(path: ".build/debug"),
    ]
    .map { $0.appending(path: "segue") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  static var isBuilt: Bool { program != nil }

  struct Outcome {
    /// Nil if a signal ended it.
    var status: Int32?
    var signal: Int32?
    var output: [UInt8]
    var remarks: String

    var text: String { String(decoding: output, as: UTF8.self) }

    func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try JSONDecoder().decode(type, from: Data(output))
    }
  }

  /// A process that runs; its output goes to files, so that no pipe fills up.
  final class Running {
    let process = Process()
    private let output: URL
    private let remarks: URL

    init(_ arguments: [String], in folder: URL, input: URL?, environment: [String: String]) throws {
      guard let program = Command.program else { throw CocoaError(.fileNoSuchFile) }
      let logs = FileManager.default.temporaryDirectory
      output = logs.appending(path: "segue-out-\(UUID().uuidString)")
      remarks = logs.appending(path: "segue-err-\(UUID().uuidString)")
      for file in [output, remarks] { try Data().write(to: file) }
      process.executableURL = program
      process.arguments = arguments
      process.currentDirectoryURL = folder
      process.environment = ["COLUMNS": "80", "TZ": "Asia/Tokyo", "LC_ALL": "C"].merging(environment) { $1 }
      process.standardInput = try input.map(FileHandle.init(forReadingFrom:)) ?? FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: remarks)
      try process.run()
    }

    /// What hangs is killed, and shows as a signal.
    func finished(limit: TimeInterval = 120) throws -> Outcome {
      let number = process.processIdentifier
      let watchdog = DispatchWorkItem { kill(number, SIGKILL) }
      DispatchQueue.global().asyncAfter(deadline: .now() + limit, execute: watchdog)
      process.waitUntilExit()
      watchdog.cancel()
      defer { for file in [output, remarks] { try? FileManager.default.removeItem(at: file) } }
      let wasKilled = process.terminationReason == .uncaughtSignal
      return Outcome(
        status: wasKilled ? nil : process.terminationStatus,
        signal: wasKilled ? process.terminationStatus : nil,
        output: [UInt8](try Data(contentsOf: output)),
        remarks: try String(contentsOf: remarks, encoding: .utf8))
    }
  }

  static func start(
    _ arguments: [String], in folder: URL, input: URL? = nil, environment: [String: String] = [:]
  ) throws -> Running {
    try Running(arguments, in: folder, input: input, environment: environment)
  }

  @discardableResult
  static func run(
    _ arguments: [String], in folder: URL, input: URL? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    try start(arguments, in: folder, input: input, environment: environment).finished()
  }
}

enum Package {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func dataset(_ path: String) -> String { root.appending(path: "datasets/\(path)").path }

  /// The folder that `scripts/demo` wrote to.
  static let demo = ProcessInfo.processInfo.environment["SEGUE_DEMO"]

  static let lumen = ["orders", "customers", "events", "feedback"].map { dataset("lumen/\($0).csv") }

  /// Reference data beside the package; tests that need it are skipped where it is absent.
  static func shared(_ path: String) -> URL { root.appending(path: "../shared/\(path)") }

  static func hasShared(_ paths: String...) -> Bool {
    paths.allSatisfy { FileManager.default.isReadableFile(atPath: shared($0).path) }
  }
}
