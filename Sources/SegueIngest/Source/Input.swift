internal import SegueCore

/// A table as the user named it, and its text once it has been opened.
public struct Input: Sendable {
  /// What the user named: a path, `-`, or a database and a table in it.
  public var path: String
  /// How diagnostics and reports call it: the path, without passwords.
  public var displayName: String
  /// The table as delimited text in any encoding, once it is open.
  public private(set) var store: ByteStore?
  /// The bytes whose checksum names the input: the file itself where the text was unpacked or converted from it.
  public private(set) var original: ByteStore?
  /// Where temporary files may go.
  public var scratchFolder: String

  public static let defaultScratchFolder = "/var/tmp"

  /// A file that is opened when it is needed; it must hold delimited text.
  public init(path: String, scratchFolder: String = Input.defaultScratchFolder) {
    self.path = path
    displayName = path == "-" ? "standard input" : path
    self.scratchFolder = scratchFolder
  }

  /// An input that is already in memory.
  public init(path: String, bytes: [UInt8]) {
    self.init(path: path)
    let store = ByteStore(bytes, name: displayName)
    self.store = store
    original = store
  }

  /// An input that somebody else opened.
  ///
  /// - Parameters:
  ///   - store: the table as delimited text.
  ///   - original: the file it was unpacked or converted from, if it was.
  public init(
    path: String, displayName: String, store: ByteStore, original: ByteStore? = nil,
    scratchFolder: String = Input.defaultScratchFolder
  ) {
    self.path = path
    self.displayName = displayName
    self.store = store
    self.original = original ?? store
    self.scratchFolder = scratchFolder
  }

  /// The same input, opened if it was not yet: open once, then hash and ingest.
  ///
  /// - Throws: ``SegueCore/SegueError`` `ingest.notFound`, `ingest.directory` or `ingest.unreadable`, kind `noInput`.
  public func opened() throws -> Input {
    if store != nil { return self }
    let store = try ByteStore(path: path, name: displayName)
    return Input(
      path: path, displayName: displayName, store: store, scratchFolder: scratchFolder)
  }
}
