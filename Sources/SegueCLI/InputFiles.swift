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

  /// Nothing is written over what is read, whatever links lead there.
  static func protect(_ names: [String], options: String? = nil, from output: String) throws {
    guard output != "-", !Output.isSpecial(output) else { return }
    let place = InputName.realPath(output)
    guard files(names, options).contains(where: { $0.path == place }) else { return }
    throw SegueError.usage(
      Diagnostic("output.input", "\(output) is also an input", hint: "choose another name"))
  }

  /// A study takes the place of a folder and of all that is in it.
  static func protect(_ names: [String], options: String?, fromFolder folder: String) throws {
    try protect(names, options: options, from: folder)
    let place = InputName.realPath(folder)
    let within = files(names, options).first { $0.path.hasPrefix(place.hasSuffix("/") ? place : place + "/") }
    guard let within else { return }
    throw SegueError.usage(
      Diagnostic(
        "output.input", "the folder \(folder) holds an input, \(within.name), and would be replaced",
        hint: "choose another --out"))
  }

  /// A comparison changes neither of the studies.
  static func protect(studies: [String], from output: String) throws {
    guard output != "-", !Output.isSpecial(output) else { return }
    // The output need not be there yet, so its folder is looked up, and where a link leads too.
    let places = [output, InputName.realPath(output)].map { file in
      InputName.realPath(URL(fileURLWithPath: file).deletingLastPathComponent().path)
    }
    for study in studies {
      let path = InputName.realPath(study)
      let folder = path.hasSuffix("/model.json") ? String(path.dropLast("/model.json".count)) : path
      guard places.contains(folder) else { continue }
      throw SegueError.usage(
        Diagnostic(
          "output.input", "\(output) would stand in the study \(study), which is only read",
          hint: "choose another --output"))
    }
  }

  /// Names that mean nothing are complained of when they are opened.
  private static func files(_ names: [String], _ options: String?) -> [(name: String, path: String)] {
    let inputs = names.flatMap { (try? InputName.parse($0)) ?? [] }
    return inputs.compactMap { input in input.file.map { (input.displayName, $0) } }
      + [options].compactMap { $0 }.map { ($0, InputName.realPath($0)) }
  }

  private static func program(_ name: String, in path: String) -> String? {
    path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
