internal import SegueCore

/// Where a table that arrives as a stream is kept until it has been read: in memory while it is small, then in a
/// temporary file.
///
/// Reading a table takes more than one look (what is it, then what is in it); a stream allows one.
package struct Spool: ~Copyable {
  /// Up to here a table stays in memory.
  package static let memoryLimit = 16 << 20

  private let name: String
  private let folder: String
  private var memory: [UInt8] = []
  private var file: ScratchFile?
  /// Bytes appended so far.
  package private(set) var count = 0

  /// - Parameters:
  ///   - name: how diagnostics call the table.
  ///   - folder: where a large table goes.
  package init(name: String, folder: String) {
    self.name = name
    self.folder = folder
  }

  /// - Throws: ``SegueCore/SegueError`` `ingest.spool`, kind `cannotWrite`, where the disk is full.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    count += bytes.count
    if let file { return try unsafe file.write(bytes) }
    guard count > Spool.memoryLimit else {
      unsafe memory.append(contentsOf: bytes)
      return
    }
    let file = try ScratchFile(name: name, folder: folder)
    self.file = file
    try unsafe memory.withUnsafeBytes { try unsafe file.write($0) }
    try unsafe file.write(bytes)
    memory = []
  }

  package mutating func append(_ bytes: [UInt8]) throws {
    try unsafe bytes.withUnsafeBytes { try unsafe append($0) }
  }

  /// What was appended, ready to be read.
  package consuming func finish() -> ByteStore {
    guard let file else { return ByteStore(memory, name: name) }
    return ByteStore(file, count: count, name: name)
  }
}
