internal import Foundation

/// Programs that tests compare with; a test that needs one is skipped where it is absent.
package enum Tools {
  package static let python = find("python3")
  /// Put first in PATH by `scripts/test`.
  package static let duckdb = find("duckdb")
  package static let zstd = find("zstd")
  package static let initdb = find("initdb", also: postgresFolders)

  package static var hasPython: Bool { python != nil }
  package static var hasDuckDB: Bool { duckdb != nil }
  package static var hasPostgres: Bool { initdb != nil }

  /// Debian keeps the server's programs out of PATH.
  private static var postgresFolders: [String] {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
  }

  package static func find(_ name: String, also folders: [String] = []) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return (path.split(separator: ":").map(String.init) + folders).map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Runs a program to its end and returns what it printed.
  @discardableResult
  package static func run(
    _ program: String, _ arguments: [String], in folder: String? = nil, input: String? = nil
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    let log = FileManager.default.temporaryDirectory.appending(path: "segue-log-\(UUID().uuidString)")
    try Data().write(to: log)
    defer { try? FileManager.default.removeItem(at: log) }
    let output = try FileHandle(forWritingTo: log)
    (process.standardOutput, process.standardError) = (output, output)
    let feed = Pipe()
    process.standardInput = input == nil ? FileHandle.nullDevice : feed
    try process.run()
    if let input {
      try feed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try feed.fileHandleForWriting.close()
    }
    process.waitUntilExit()
    let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(program): \(text.suffix(2_000))")
    }
    return text
  }

  /// Runs a script, with its arguments in `sys.argv[1:]`.
  @discardableResult
  package static func python(_ script: String, _ arguments: String..., in folder: String? = nil) throws
    -> String
  {
    guard let python else { throw Failure(description: "there is no python3") }
    return try run(python, ["-c", script] + arguments, in: folder)
  }
}
