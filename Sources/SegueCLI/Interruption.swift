import Dispatch
import Glibc

/// Ctrl-C and SIGTERM cancel the work instead of killing it, so that nothing half-written stays.
enum Interruption {
  static func cancelling(_ work: @escaping @Sendable () async throws -> Void) async throws {
    // A reader that went away ends the writing with an error, not the process with a signal.
    signal(SIGPIPE, SIG_IGN)
    // So does a file that grows beyond what is allowed.
    signal(SIGXFSZ, SIG_IGN)
    let task = Task(operation: work)
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { task.cancel() }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    try await task.value
  }
}
