import ArgumentParser
import Foundation
import Segue

/// Where a table goes: `-` is standard output; a file appears whole or not at all.
enum Output {
  static func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" {
      do {
        try FileHandle.standardOutput.write(contentsOf: Data(bytes))
      } catch {
        // The reader has seen enough: `segue rfm … | head`.
        throw ExitCode(0)
      }
      return
    }
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw SegueError(
        .cannotWrite,
        [
          Diagnostic(
            "output.write", "the file cannot be written", at: .init(file: path),
            hint: "check the folder and its permissions, or choose another --output")
        ])
    }
  }
}

enum TableFormat: String, ExpressibleByArgument, CaseIterable {
  case csv
  case json
}
