import Foundation

/// A folder of its own, gone with the test.
final class Folder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "segue-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> URL { url.appending(path: name) }

  @discardableResult
  func write(_ text: String, _ name: String) throws -> URL {
    try write([UInt8](text.utf8), name)
  }

  @discardableResult
  func write(_ bytes: [UInt8], _ name: String) throws -> URL {
    try Data(bytes).write(to: file(name))
    return file(name)
  }

  /// Names in the folder, hidden ones too, sorted.
  func names(_ inner: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.appending(path: inner).path).sorted()
  }

  /// The bytes of every file below a folder, by path.
  func contents(_ inner: String) throws -> [String: Data] {
    let root = file(inner)
    var found: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      let url = root.appending(path: path)
      if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        found[path] = try Data(contentsOf: url)
      }
    }
    return found
  }
}
