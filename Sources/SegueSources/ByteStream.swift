internal import Glibc
internal import SegueCore
internal import SegueIngest

/// Pipes, FIFOs, terminals and sockets: read to their end into a spool, with an ear for cancellation.
enum ByteStream {
  /// - Throws: ``SegueCore/SegueError`` `ingest.empty` if nothing came, `ingest.unreadable` if reading fails;
  ///   `CancellationError` within a fifth of a second.
  static func spooled(_ descriptor: Int32, _ scratch: Scratch) throws -> ByteStore {
    var spool = Spool(name: scratch.name, folder: scratch.folder)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let got = try read(descriptor, into: &buffer, scratch)
      if got == 0 { break }
      try unsafe buffer.withUnsafeBytes {
        try unsafe spool.append(UnsafeRawBufferPointer(rebasing: $0[..<got]))
      }
    }
    if spool.count == 0 {
      throw SegueError.data(
        Diagnostic(
          "ingest.empty", "no data came", at: .init(file: scratch.name),
          hint: "run the command that writes into it on its own: it may have failed"))
    }
    return spool.finish()
  }

  /// Waits for bytes; 0 at the end.
  static func read(_ descriptor: Int32, into buffer: inout [UInt8], _ scratch: Scratch) throws -> Int {
    while true {
      try wait(descriptor, Int16(POLLIN), "reading \(scratch.name)", scratch.monitor)
      let got = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if got >= 0 { return got }
      guard errno == EINTR || errno == EAGAIN else {
        throw SegueError(
          .noInput,
          [
            Diagnostic(
              "ingest.unreadable", "reading failed: \(message(errno))", at: .init(file: scratch.name),
              hint: "pipe a file into it, or name the file")
          ])
      }
    }
  }

  /// Returns once something can be done with the descriptor, or by `deadline`.
  ///
  /// - Returns: false if the deadline passed.
  @discardableResult
  static func wait(
    _ descriptor: Int32, _ events: Int16, _ stage: String, _ monitor: Monitor,
    until deadline: ContinuousClock.Instant? = nil
  ) throws -> Bool {
    var poller = pollfd(fd: descriptor, events: events, revents: 0)
    while true {
      try monitor.checkpoint(stage)
      if unsafe poll(&poller, 1, 100) != 0 { return true }
      if let deadline, ContinuousClock.now >= deadline { return false }
    }
  }

  static func message(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
