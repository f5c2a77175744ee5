import ArgumentParser
import Foundation
import Segue

/// Where a table goes that comes in pieces: standard output as it comes; a file appears whole or not at all, as
/// ``Output`` has it.
final class OutputStream {
  private let path: String
  private let target: URL
  /// What is written until all of it is there; nil for what is written to directly.
  private let partial: URL?
  private var handle: FileHandle?

  init(_ path: String) {
    self.path = path
    // A link stays a link: what it points to is written.
    target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let isDirect = path == "-" || Output.isSpecial(target.path)
    let name = ".\(target.lastPathComponent).partial-\(ProcessInfo.processInfo.processIdentifier)"
    partial = isDirect ? nil : target.deletingLastPathComponent().appendingPathComponent(name)
  }

  deinit { discard() }

  /// - Throws: ``ExitCode`` success where nobody reads standard output any more; ``SegueError`` `output.write`.
  func write(_ bytes: [UInt8]) throws {
    if path == "-" { return try Output.write(bytes, to: "-") }
    do {
      try opened().write(contentsOf: Data(bytes))
    } catch {
      throw Output.failure(error, path)
    }
  }

  /// Puts the file in its place.
  func finish() throws {
    guard path != "-" else { return }
    do {
      try opened().close()
      handle = nil
      if let partial { try StudyFolder.replace(target.path, by: partial.path) }
    } catch {
      throw Output.failure(error, path)
    }
  }

  /// Leaves nothing behind of what was not finished.
  private func discard() {
    guard let open = handle else { return }
    try? open.close()
    if let partial { try? FileManager.default.removeItem(at: partial) }
  }

  private func opened() throws -> FileHandle {
    if let handle { return handle }
    if let partial { try Data().write(to: partial) }
    let opened = try FileHandle(forWritingTo: partial ?? target)
    handle = opened
    return opened
  }
}
