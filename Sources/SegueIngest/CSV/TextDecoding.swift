internal import SegueCore

/// The encodings a text file may have; bytes leave here as UTF-8 without a byte order mark.
enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case windows1252 = "windows-1252"
}

enum TextDecoding {
  struct Decoded {
    var bytes: [UInt8]
    var encoding: TextEncoding
  }

  /// Decides by byte order mark, else UTF-8 if valid, else Windows-1252.
  ///
  /// - Complexity: O(bytes); valid UTF-8 without a mark is not copied.
  static func decode(_ bytes: [UInt8]) -> Decoded {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return decode(Array(bytes.dropFirst(3)))
    }
    if bytes.starts(with: [0xFF, 0xFE]) {
      return Decoded(bytes: utf16(bytes, low: 0), encoding: .utf16LittleEndian)
    }
    if bytes.starts(with: [0xFE, 0xFF]) {
      return Decoded(bytes: utf16(bytes, low: 1), encoding: .utf16BigEndian)
    }
    if isUTF8(bytes.span) { return Decoded(bytes: bytes, encoding: .utf8) }
    return Decoded(bytes: windows1252(bytes), encoding: .windows1252)
  }

  private static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    (try? UTF8Span(validating: bytes)) != nil
  }

  /// Two bytes a unit after the mark; `low` is the place of the low byte. Lone surrogates become U+FFFD.
  private static func utf16(_ bytes: [UInt8], low: Int) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var i = 2
    while i + 1 < bytes.count {
      units.append(UInt16(bytes[i + low]) | UInt16(bytes[i + 1 - low]) << 8)
      i += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private static func windows1252(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 16)
    for byte in bytes {
      if byte < 0x80 {
        output.append(byte)
      } else {
        let scalar = byte < 0xA0 ? upperControls[Int(byte) - 0x80] : UInt32(byte)
        output.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
      }
    }
    return output
  }

  /// What Windows-1252 puts at 0x80…0x9F; its five holes stay control characters, as in the WHATWG table.
  private static let upperControls: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x8D,
    0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
    0x203A,
    0x0153, 0x9D, 0x017E, 0x0178,
  ]

  /// Says what a file is that is no text, with the way out; nil for text.
  static func binaryDiagnostic(_ bytes: [UInt8], file: String) -> Diagnostic? {
    for (magic, what, hint) in signatures where bytes.starts(with: magic) {
      return Diagnostic(
        "ingest.binary", "this is \(what), not a text file", at: .init(file: file), hint: hint)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return nil }
    let head = bytes.prefix(8_192)
    let controls = head.count { $0 < 9 || ($0 > 13 && $0 < 32) }
    guard controls > 0, controls * 20 > head.count else { return nil }
    return Diagnostic(
      "ingest.binary",
      "this is not a text file: \(controls) of its first \(head.count) bytes are control bytes",
      at: .init(file: file), hint: "export it as CSV; UTF-16 needs its byte order mark")
  }

  private static let signatures: [([UInt8], String, String)] = [
    ([0x89, 0x50, 0x4E, 0x47], "a PNG image", "name a CSV export instead"),
    ([0xFF, 0xD8, 0xFF], "a JPEG image", "name a CSV export instead"),
    ([0x25, 0x50, 0x44, 0x46], "a PDF", "name a CSV export instead"),
    (
      [0x50, 0x4B, 0x03, 0x04], "a ZIP archive or an XLSX workbook",
      "save the sheet as CSV, or unpack the archive"
    ),
    ([0x1F, 0x8B], "gzip", "unpack it: gunzip -c FILE | segue … -"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "unpack it: zstd -dc FILE | segue … -"),
    ([0x50, 0x41, 0x52, 0x31], "Parquet", "export it as CSV"),
    (Array("SQLite format 3".utf8), "an SQLite database", "export the table as CSV"),
  ]
}
