import ArgumentParser
import Foundation
import Segue

/// What every command takes.
struct CommonFlags: ParsableArguments {
  @Option(
    name: .customLong("options"),
    help: ArgumentHelp("YAML file with any of the settings; flags win over it.", valueName: "file"))
  var optionsFile: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Threads to use; results do not depend on it. (default: all cores)", valueName: "number"))
  var threads: String?
  @Flag(help: "No remarks and no progress on standard error.") var quiet = false
  @Flag(name: .customLong("no-color"), help: "No colour on standard error.") var noColor = false

  /// Options file first, then flags; all flags that do not fit are reported together.
  func resolve(_ groups: any SettingFlags...) throws -> ResolvedOptions {
    Console.configure(quiet: quiet, plain: noColor)
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
    var problems: [Diagnostic] = []
    // A file that a flag names may be missing or wrong; otherwise it is the flags that are.
    var kinds: Set<SegueError.Kind> = []
    if let threads {
      if let count = Int(threads), (1...1_024).contains(count) {
        Study.useThreads(count)
      } else {
        problems.append(
          Diagnostic("options.value", "\"\(threads)\" is not a value of --threads", hint: "choose 1 to 1024"))
        kinds.insert(.usage)
      }
    }
    for (key, values) in groups.flatMap(\.given) {
      for value in values {
        do {
          try resolved.set(key, to: value, origin: .flag)
        } catch let error as SegueError {
          problems += error.diagnostics
          kinds.insert(error.kind)
        }
      }
    }
    guard problems.isEmpty else {
      throw SegueError(kinds.count == 1 ? kinds.removeFirst() : .usage, problems)
    }
    return resolved
  }
}
