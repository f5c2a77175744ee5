/// What bytes are, by how they begin.
enum SourceKind {
  case gzip
  case zstd
  case zip
  /// OLE: an encrypted workbook, or one of Excel 97.
  case compoundFile
  case sqlite
  case parquet
  case json
  case bzip2
  case xz
  /// Anything else: delimited text, or what the reader of text refuses by name.
  case text

  /// - Parameter head: the first bytes, some thousand at most.
  init(_ head: [UInt8]) {
    let found = SourceKind.signatures.first { head.starts(with: $0.0) }
    self = found?.1 ?? (SourceKind.isJSON(head) ? .json : .text)
  }

  private static let signatures: [([UInt8], SourceKind)] =
    [
      ([0x1F, 0x8B], .gzip),
      ([0x28, 0xB5, 0x2F, 0xFD], .zstd),
      ([0x50, 0x4B, 0x03, 0x04], .zip),
      ([0x50, 0x4B, 0x05, 0x06], .zip),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .compoundFile),
      (Array("SQLite format 3\0".utf8), .sqlite),
      (Array("PAR1".utf8), .parquet),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .xz),
    ] + (1...9).map { (Array("BZh\($0)1AY&SY".utf8), .bzip2) }

  /// `{` and then a key or nothing; `[` and then an object or nothing. `{a},{b}` may be a header of CSV.
  private static func isJSON(_ head: [UInt8]) -> Bool {
    let isBlank: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    var rest = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    rest = rest.drop(while: isBlank)
    guard let first = rest.first else { return false }
    rest = rest.dropFirst().drop(while: isBlank)
    return switch first {
    case UInt8(ascii: "{"):
      rest.first == nil || rest.first == UInt8(ascii: "\"") || rest.first == UInt8(ascii: "}")
    case UInt8(ascii: "["): rest.first == UInt8(ascii: "{") || rest.first == UInt8(ascii: "]")
    default: false
    }
  }
}
