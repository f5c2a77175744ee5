internal import Glibc
internal import SegueCore

/// Bytes that many threads may read by position: a file, a temporary file, or memory.
///
/// Files are read with pread, never mapped: a file that shrinks while it is read ends in an error
/// instead of a fault, and what was read counts once in memory.
public final class ByteStore: Sendable {
  /// All bytes; waits for whoever still writes them. Where they do not all come, those that did.
  public var count: Int { known ?? (try? available(upTo: .max).count) ?? 0 }
  private let known: Int?
  /// How diagnostics call it.
  public let name: String
  private let place: Place

  private enum Place: Sendable {
    case memory([UInt8])
    /// Closed with the store.
    case descriptor(Int32)
    case scratch(ScratchFile)
    case growing(GrowingFile)
  }

  public init(_ bytes: [UInt8], name: String) {
    known = bytes.count
    place = .memory(bytes)
    self.name = name
  }

  /// Takes over an open file of `count` bytes.
  package init(descriptor: Int32, count: Int, name: String) {
    known = count
    place = .descriptor(descriptor)
    self.name = name
  }

  init(_ file: ScratchFile, count: Int, name: String) {
    known = count
    place = .scratch(file)
    self.name = name
  }

  /// A file that somebody still writes.
  package init(_ file: GrowingFile) {
    known = nil
    place = .growing(file)
    name = file.name
  }

  /// Opens a regular file.
  ///
  /// - Throws: ``SegueCore/SegueError`` `ingest.notFound`, `ingest.directory` or `ingest.unreadable`, kind `noInput`.
  public convenience init(path: String, name: String? = nil) throws {
    let name = name ?? path
    func failure(_ code: String, _ message: String, _ hint: String) -> SegueError {
      SegueError(.noInput, [Diagnostic(code, message, at: .init(file: name), hint: hint)])
    }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? failure("ingest.notFound", "there is no such file", "check the path; - reads standard input")
        : failure("ingest.unreadable", "the file cannot be read", "check its permissions")
    }
    var status = stat()
    let known = unsafe fstat(descriptor, &status) == 0
    guard known, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw known && status.st_mode & S_IFMT == S_IFDIR
        ? failure(
          "ingest.directory", "this is a folder, not a file",
          "name the files in it, or all of them: 'FOLDER/*.csv'")
        : failure(
          "ingest.unreadable", "this is no regular file", "pipe it into standard input: … | segue … -")
    }
    self.init(descriptor: descriptor, count: Int(status.st_size), name: name)
  }

  deinit {
    if case .descriptor(let descriptor) = place { close(descriptor) }
    if case .growing(let file) = place { file.abandon() }
  }

  /// How many bytes there are up to a place, and whether that is all; waits for them if they still come.
  ///
  /// - Throws: what kept them from coming.
  package func available(upTo end: Int) throws -> (count: Int, isAll: Bool) {
    if case .growing(let file) = place {
      let state = try file.wait(until: end)
      return (min(state.count, end), state.isDone && state.count <= end)
    }
    return (min(known!, end), known! <= end)
  }

  /// Waits until all bytes are there.
  ///
  /// - Throws: what kept them from coming.
  package func settle() throws { _ = try available(upTo: .max) }

  /// All bytes if that is known by now: for progress.
  var expectedCount: Int? { known }

  /// A copy of some of the bytes; the range is cut to what there is.
  ///
  /// - Throws: ``SegueCore/SegueError`` `ingest.unreadable` if the file fails or has become shorter.
  public func bytes(_ range: Range<Int>) throws -> [UInt8] {
    let range = range.clamped(to: 0..<(try available(upTo: range.upperBound).count))
    if case .memory(let bytes) = place { return Array(bytes[range]) }
    return try unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      try unsafe read(
        at: range.lowerBound,
        into: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: range.count))
      filled = range.count
    }
  }

  /// Fills `buffer` with the bytes from `offset` on, which must all be there.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    switch place {
    case .memory(let bytes):
      unsafe bytes.withUnsafeBytes { source in
        unsafe buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[offset..<(offset + buffer.count)]))
      }
    case .descriptor(let descriptor):
      guard unsafe readWhole(descriptor, at: offset, into: buffer) else { throw vanished(at: offset) }
    case .scratch(let file): try unsafe file.read(at: offset, into: buffer)
    case .growing(let file): try unsafe file.read(at: offset, into: buffer)
    }
  }

  /// For libraries that read on their own: a copy of the descriptor, which the callee closes, or the bytes in memory.
  package func withSource<Value>(
    descriptor: (Int32) throws -> Value?, memory: (UnsafeRawBufferPointer) throws -> Value?
  ) rethrows -> Value? {
    switch place {
    case .memory(let bytes): return try unsafe bytes.withUnsafeBytes(memory)
    case .descriptor(let own): return try ByteStore.copy(own).flatMap(descriptor)
    case .scratch(let file): return try ByteStore.copy(file.descriptor).flatMap(descriptor)
    case .growing: preconditionFailure("only a settled table is handed to a library")
    }
  }

  private static func copy(_ descriptor: Int32) -> Int32? {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    return copy >= 0 ? copy : nil
  }

  private func vanished(at offset: Int) -> SegueError {
    SegueError(
      .noInput,
      [
        Diagnostic(
          "ingest.unreadable",
          "reading failed behind byte \(offset) of \(count): the file changed or its disk failed",
          at: .init(file: name), hint: "let whoever writes the file finish, then run again")
      ])
  }
}
