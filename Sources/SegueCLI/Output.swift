import ArgumentParser
import Foundation
import Glibc
import Segue

/// Where a table goes: `-` is standard output; a file appears whole or not at all.
enum Output {
  static func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" {
      do {
        try FileHandle.standardOutput.write(contentsOf: Data(bytes))
      } catch {
        // The reader has seen enough: `segue rfm … | head`.
        if errno == EPIPE { throw ExitCode.success }
        throw failure("standard output cannot be written", error, "standard output", "check the space left")
      }
      return
    }
    // A link stays a link: what it points to is written.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    do {
      if isSpecial(target.path) {
        // A pipe or a device, as in `--output >(gzip > rfm.csv.gz)`: there is nothing to replace.
        let handle = try FileHandle(forWritingTo: target)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
      } else {
        try Data(bytes).write(to: target, options: .atomic)
      }
    } catch {
      throw failure(error, path)
    }
  }

  /// What keeps a file from being written.
  static func failure(_ error: any Error, _ path: String) -> SegueError {
    failure(
      "the file cannot be written", error, path,
      "check the folder and its permissions, or choose another --output")
  }

  /// A pipe or a device: nothing that is there can be lost.
  static func isSpecial(_ path: String) -> Bool {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let type = (try? FileManager.default.attributesOfItem(atPath: target))?[.type] as? FileAttributeType
    return type.map { $0 != .typeRegular && $0 != .typeDirectory } ?? false
  }

  private static func failure(
    _ message: String, _ error: any Error, _ file: String, _ hint: String
  ) -> SegueError {
    SegueError(
      .cannotWrite,
      [
        Diagnostic(
          "output.write", "\(message): \(StudyFolder.reason(error))", at: .init(file: file), hint: hint)
      ])
  }
}

enum TableFormat: String, ExpressibleByArgument, CaseIterable {
  case csv
  case json
}
