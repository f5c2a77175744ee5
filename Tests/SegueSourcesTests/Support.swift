import Foundation
import SegueCore
import SegueIngest
import SegueSources
import Testing

/// A folder of its own, gone with the test.
final class Workspace {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "segue-sources-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult
  func write(_ text: String, _ name: String) throws -> String { try write([UInt8](text.utf8), name) }

  @discardableResult
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: file(name)))
    return file(name)
  }

  func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: file(name)))) }
}

enum Opening {
  static func inputs(_ names: [String], _ options: SourceOptions = SourceOptions()) throws -> [Input] {
    try Sources.open(names, options)
  }

  /// The tables as text.
  static func texts(_ names: String..., options: SourceOptions = SourceOptions()) throws -> [String] {
    try inputs(names, options).map { try text($0) }
  }

  static func text(_ name: String, _ options: SourceOptions = SourceOptions()) throws -> String {
    let all = try inputs([name], options)
    #expect(all.count == 1)
    return try text(all[0])
  }

  static func text(_ input: Input) throws -> String {
    let store = try input.opened().store!
    return String(decoding: try store.bytes(0..<store.count), as: UTF8.self)
  }

  /// What opening complains about.
  static func error(_ names: [String], _ options: SourceOptions = SourceOptions()) -> SegueError? {
    #expect(throws: SegueError.self) { _ = try Sources.open(names, options) }
  }

  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path
}

enum Cancelling {
  /// Not by a task: the threads that run tasks may all be waiting in tests.
  static func soon(_ cancel: @escaping @Sendable () -> Void) {
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.4, execute: cancel)
  }
}
