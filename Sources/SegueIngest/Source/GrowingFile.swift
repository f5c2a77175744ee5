internal import Foundation
internal import Glibc
internal import SegueCore

/// A temporary file that one thread writes while others already read it.
package final class GrowingFile: @unchecked Sendable {
  let name: String
  private let file: ScratchFile
  private let condition = NSCondition()
  // What follows is touched only while the condition is locked.
  private var count = 0
  private var isDone = false
  private var problem: (any Error)?
  private var isAbandoned = false

  /// - Throws: ``SegueCore/SegueError`` `ingest.spool`, kind `cannotWrite`.
  package init(name: String, folder: String) throws {
    self.name = name
    file = try ScratchFile(name: name, folder: folder)
  }

  /// For the writer.
  ///
  /// - Throws: ``SegueCore/SegueError`` `ingest.spool`; `CancellationError` once nobody reads any more.
  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    try unsafe file.write(bytes)
    condition.lock()
    defer { condition.unlock() }
    if isAbandoned { throw CancellationError() }
    count += bytes.count
    condition.broadcast()
  }

  /// The writer's last word: an error is thrown to whoever wants bytes that will not come.
  package func finish(_ error: (any Error)? = nil) {
    condition.lock()
    isDone = true
    problem = error
    condition.broadcast()
    condition.unlock()
  }

  /// For the reader: waits until `wanted` bytes are there, or no more will come.
  func wait(until wanted: Int) throws -> (count: Int, isDone: Bool) {
    condition.lock()
    defer { condition.unlock() }
    while count < wanted, !isDone {
      // Ctrl-C must not wait for the writer.
      try Task.checkCancellation()
      _ = condition.wait(until: Date(timeIntervalSinceNow: 0.1))
    }
    if count < wanted, let problem { throw problem }
    return (count, isDone && problem == nil)
  }

  func abandon() {
    condition.lock()
    isAbandoned = true
    condition.unlock()
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    _ = try wait(until: offset + buffer.count)
    try unsafe file.read(at: offset, into: buffer)
  }
}
