internal import Foundation
internal import SegueCore

/// A file or standard input, as the user named it.
public struct Input: Sendable, Hashable {
  /// A path, or `-` for standard input.
  public var path: String
  /// The bytes, once loaded, exactly as they are in the file.
  public private(set) var bytes: [UInt8]?

  public init(path: String) { self.path = path }

  public static let standardInput = Input(path: "-")

  /// An input that is already in memory.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// How diagnostics call it.
  public var displayName: String { path == "-" ? "standard input" : path }

  /// The same input with its bytes, read now if they were not yet: load once, then hash and ingest.
  ///
  /// - Throws: ``SegueCore/SegueError`` `ingest.notFound`, `ingest.directory` or `ingest.unreadable`, kind `noInput`.
  public func load() throws -> Input {
    if bytes != nil { return self }
    var loaded = self
    if path == "-" {
      do {
        loaded.bytes = [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
      } catch {
        throw failure("ingest.unreadable", "standard input cannot be read", nil)
      }
      return loaded
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw failure("ingest.notFound", "there is no such file", "check the path; - reads standard input")
    }
    if try URL(fileURLWithPath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true {
      throw failure("ingest.directory", "this is a folder, not a file", "name the files in it")
    }
    do {
      loaded.bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw failure("ingest.unreadable", "the file cannot be read", "check its permissions")
    }
    return loaded
  }

  private func failure(_ code: String, _ message: String, _ hint: String?) -> SegueError {
    SegueError(.noInput, [Diagnostic(code, message, at: .init(file: displayName), hint: hint)])
  }
}
