import FoundationEssentials
import SegueCore
public import SegueFeatures

extension SegmentTable {
  /// Whether a name means a file rather than a built-in table: `segments.yaml`, `./mine`.
  public static func isFile(_ name: String) -> Bool {
    !ids.contains(name) && name.contains { $0 == "." || $0 == "/" }
  }

  /// - Throws: ``SegueError`` `segments.notFound`, or what ``init(yaml:file:)`` finds. The table may be unsound.
  public init(file path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SegueError(
        .noInput,
        [
          Diagnostic(
            "segments.notFound", "the segment table cannot be read", at: .init(file: path),
            hint: "check the path; segue rfm --show standard prints a table to start from")
        ])
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw SegueError.data(
        Diagnostic(
          "segments.yaml", "this is not UTF-8", at: .init(file: path), hint: "save it as UTF-8 text"))
    }
    try self.init(yaml: text, file: path)
  }

  /// A built-in table or a file, sound or not.
  ///
  /// - Parameter bins: scores per dimension where the table fits any number.
  /// - Throws: ``SegueError`` `rfm.segments` if there is no such table, or what ``init(file:)`` finds.
  public static func open(_ name: String, bins: Int) throws -> SegmentTable {
    if isFile(name) { return try SegmentTable(file: name) }
    if name == none, (2...9).contains(bins) { return scoresOnly(bins: bins) }
    guard let table = named(name) else { throw SegueError.usage(unknown(name)) }
    return table
  }
  /// The file of a built-in table, to start an own one from.
  ///
  /// - Throws: ``SegueError`` `rfm.segments` if there is none.
  public static func file(_ name: String) throws -> [UInt8] {
    guard let bytes = yaml(of: name) else {
      let names = ids.filter { $0 != none }.joined(separator: ", ")
      throw SegueError.usage(
        Diagnostic(
          "rfm.segments", "there is no built-in table \"\(name)\" with a file", hint: "choose one of \(names)"
        )
      )
    }
    return bytes
  }
}

extension RFMOptions {
  /// The file that segments are named by, if it is one.
  public var segmentsFile: [String] { SegmentTable.isFile(segments) ? [segments] : [] }
}
