import Foundation
import Glibc
import Segue

/// The inputs a command names. What the library must not look for, it is told here.
enum InputFiles {
  static func open(_ names: [String]) throws -> [Input] {
    let console = Console()
    if names.contains("-"), isatty(STDIN_FILENO) == 1 {
      console.say("reading standard input; Ctrl-D ends it")
    }
    var options = SourceOptions()
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["TMPDIR"], !folder.isEmpty { options.scratchFolder = folder }
    options.duckdb = environment["SEGUE_DUCKDB"] ?? program("duckdb", in: environment["PATH"] ?? "")
    defer { console.clearProgress() }
    return try Sources.open(names, options, monitor: console.monitor())
  }

  /// For commands that take a single table.
  static func open(_ name: String) throws -> Input {
    let tables = try open([name])
    guard tables.count == 1 else {
      throw SegueError.usage(
        Diagnostic(
          "input.several", "\(name) stands for \(tables.count) tables, and one is wanted",
          hint: "name one of them: \(tables[0].displayName)"))
    }
    return tables[0]
  }

  private static func program(_ name: String, in path: String) -> String? {
    path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
