import ArgumentParser
import Foundation
import Segue

/// Whether customer ids are replaced, and under which key.
struct RedactionFlags: ParsableArguments {
  /// Holds the key itself, for those who keep secrets there.
  static let variable = "SEGUE_REDACT_KEY"

  @Option(
    name: .customLong("redact"),
    help: ArgumentHelp(
      "Replace customer ids by pseudonyms under the key in this file (openssl rand -hex 32 > key), and leave out "
        + "rows of the input; SEGUE_REDACT_KEY may hold the key instead. The same key gives the same pseudonyms.",
      valueName: "file"))
  var keyFile: String?

  /// - Throws: ``SegueError`` `redact.notFound`, `redact.key`.
  func redaction() throws -> Redaction? {
    let redaction = try read()
    if redaction != nil { Console.redact() }
    return redaction
  }

  /// What must not be written over.
  var files: [String] { [keyFile].compactMap { $0 } }

  private func read() throws -> Redaction? {
    if let keyFile {
      guard let key = try? Data(contentsOf: URL(fileURLWithPath: keyFile)) else {
        throw SegueError(
          .noInput,
          [
            Diagnostic(
              "redact.notFound", "the key cannot be read", at: .init(file: keyFile),
              hint: "check the path; to make a key: openssl rand -hex 32 > key")
          ])
      }
      return try Redaction(key: Array(key), from: keyFile)
    }
    guard let key = ProcessInfo.processInfo.environment[RedactionFlags.variable] else { return nil }
    return try Redaction(key: Array(key.utf8), from: RedactionFlags.variable)
  }
}
