internal import FoundationEssentials
internal import Glibc

/// Reference data beside the package, in `../shared`. Tests that need it are skipped where it is absent.
package enum SharedFolder {
  package static let packageRoot = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    .dropLast(3).joined(separator: "/")

  private static let path = packageRoot + "/../shared"

  package static func has(_ file: String) -> Bool {
    FileManager.default.isReadableFile(atPath: "\(path)/\(file)")
  }

  package static func json<Value: Decodable>(_ file: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes(file)))
  }

  /// The fields of each line but the first; quotes protect commas and are dropped.
  package static func table(_ file: String) throws -> [[String]] {
    try lines(file) { fields in fields.map { String(decoding: $0, as: UTF8.self) } }
  }

  /// What `read` makes of each line but the first; lines it answers with nil are left out.
  package static func lines<Value>(_ file: String, _ read: ([ArraySlice<UInt8>]) -> Value?) throws -> [Value]
  {
    try contents(file).split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
      .dropFirst().compactMap { line in
        var fields: [ArraySlice<UInt8>] = []
        var start = line.startIndex
        var isQuoted = false
        for index in line.indices {
          if line[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
          guard line[index] == UInt8(ascii: ","), !isQuoted else { continue }
          fields.append(line[start..<index])
          start = index + 1
        }
        fields.append(line[start...])
        return read(fields)
      }
  }

  /// A file whole; those that end in `.gz` are unpacked.
  package static func contents(_ file: String) throws -> [UInt8] {
    file.hasSuffix(".gz") ? try inflated(file) : try bytes(file)
  }

  private static func bytes(_ file: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: "\(path)/\(file)")))
  }

  private static func inflated(_ file: String) throws -> [UInt8] {
    guard let pipe = unsafe popen("gzip -dc '\(path)/\(file)'", "r") else {
      throw CocoaError(.fileReadUnknown)
    }
    defer { unsafe pclose(pipe) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, pipe)
      if count == 0 { return all }
      all += buffer[..<count]
    }
  }
}
