import Foundation
import Glibc
import Synchronization
import Segue

/// Standard error as people see it: progress on one line, diagnostics in colour, both only where wanted.
struct Console: Sendable {
  /// Set by `--quiet` and `--no-color` before any work.
  private static let isQuiet = Atomic<Bool>(false)
  private static let isPlain = Atomic<Bool>(false)
  /// Set by `--redact`.
  private static let isRedacted = Atomic<Bool>(false)

  private var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  private var hasColor: Bool {
    isTerminal && !Console.isPlain.load(ordering: .relaxed)
      && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  static func configure(quiet: Bool, plain: Bool) {
    isQuiet.store(quiet, ordering: .relaxed)
    isPlain.store(plain, ordering: .relaxed)
  }

  /// From here on nothing of the input is shown.
  static func redact() { isRedacted.store(true, ordering: .relaxed) }

  /// A remark, unless quiet.
  func say(_ text: String) {
    guard !Console.isQuiet.load(ordering: .relaxed) else { return }
    clearProgress()
    write(text + "\n")
  }

  func show(_ diagnostics: [Diagnostic]) {
    clearProgress()
    for diagnostic in diagnostics {
      let shown = Console.isRedacted.load(ordering: .relaxed) ? diagnostic.redacted : diagnostic
      var text = shown.description
      if hasColor {
        let word = "\(diagnostic.severity.rawValue):"
        let color = diagnostic.severity == .error ? "31" : "33"
        if let place = text.range(of: word) {
          text.replaceSubrange(place, with: "\u{1B}[1;\(color)m\(word)\u{1B}[0m")
        }
      }
      write(text + "\n")
    }
  }

  /// A message of the argument parser: `Error: …`, then the usage.
  func showUsage(_ message: String) {
    var text = message
    if text.hasPrefix("Error: ") {
      let word = hasColor ? "\u{1B}[1;31merror:\u{1B}[0m " : "error: "
      text = word + text.dropFirst("Error: ".count)
    }
    write(text + "\n")
  }

  /// One line that rewrites itself; silent where standard error is no terminal.
  func monitor() -> Monitor {
    guard isTerminal, !Console.isQuiet.load(ordering: .relaxed) else { return .silent }
    return Monitor { progress in
      var line = progress.stage
      if let fraction = progress.fraction { line += "  \(NumberText.percent(min(1, fraction), 0))" }
      Console().write("\r\u{1B}[K\(line)")
    }
  }

  func clearProgress() {
    if isTerminal, !Console.isQuiet.load(ordering: .relaxed) { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
