internal import Glibc
internal import SegueCore

/// Where a table that arrives as a stream is kept until it has been read: in memory while it is small, then in a
/// temporary file without a name, which the system removes whatever happens.
///
/// Reading a table takes more than one look (what is it, then what is in it); a stream allows one.
package struct Spool: ~Copyable {
  /// Up to here a table stays in memory.
  package static let memoryLimit = 16 << 20

  private let name: String
  private let folder: String
  private var memory: [UInt8] = []
  private var descriptor: Int32 = -1
  /// Bytes appended so far.
  package private(set) var count = 0

  /// - Parameters:
  ///   - name: how diagnostics call the table.
  ///   - folder: where a large table goes.
  package init(name: String, folder: String) {
    self.name = name
    self.folder = folder
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// - Throws: ``SegueCore/SegueError`` `ingest.spool`, kind `cannotWrite`, where the disk is full.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count > 0 else { return }
    if descriptor < 0, count + bytes.count > Spool.memoryLimit {
      try openFile()
      try unsafe memory.withUnsafeBytes { try unsafe write($0) }
      memory = []
    }
    count += bytes.count
    if descriptor < 0 {
      unsafe memory.append(contentsOf: bytes)
    } else {
      try unsafe write(bytes)
    }
  }

  package mutating func append(_ bytes: [UInt8]) throws {
    try unsafe bytes.withUnsafeBytes { try unsafe append($0) }
  }

  /// What was appended, ready to be read.
  package consuming func finish() -> ByteStore {
    guard descriptor >= 0 else { return ByteStore(memory, name: name) }
    let taken = descriptor
    descriptor = -1
    return ByteStore(descriptor: taken, count: count, name: name)
  }

  private mutating func openFile() throws {
    var template = Array("\(folder)/segue-XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&template)
    if descriptor >= 0 { _ = unsafe unlink(template) }
    if descriptor < 0 { throw failure("no temporary file can be made in \(folder)") }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws {
    var done = 0
    while done < bytes.count {
      let put = unsafe Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw failure("the disk of \(folder) is full after \(count) bytes") }
      done += put
    }
  }

  private func failure(_ message: String) -> SegueError {
    SegueError(
      .cannotWrite,
      [
        Diagnostic(
          "ingest.spool", "\(name) does not fit: \(message)", at: .init(file: name),
          hint: "free some space, or name a roomier folder: TMPDIR=FOLDER segue …")
      ])
  }
}
