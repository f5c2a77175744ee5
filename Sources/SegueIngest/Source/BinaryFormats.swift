internal import SegueCore

/// What files are that are no text.
enum BinaryFormats {
  /// Says what a file is that is no text, with the way out; nil for text.
  ///
  /// - Parameter bytes: the head of the file.
  static func diagnostic(_ bytes: [UInt8], file: String) -> Diagnostic? {
    for (magic, what, hint) in signatures where bytes.starts(with: magic) {
      return Diagnostic(
        "ingest.binary", "this is \(what), not a text file", at: .init(file: file), hint: hint)
    }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      return Diagnostic(
        "ingest.binary", "this is text in UTF-32", at: .init(file: file), hint: "export it as CSV in UTF-8")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return nil }
    let head = bytes.prefix(8_192)
    // Zero bytes may be UTF-16, or gaps in an otherwise readable file.
    let controls = head.count { $0 > 0 && $0 < 9 || ($0 > 13 && $0 < 32) }
    let zeros = head.count { $0 == 0 }
    let isWide = zeros * 5 >= head.count * 2 && zeros * 5 <= head.count * 3
    let strange = controls + (isWide ? 0 : zeros)
    guard strange > 0, strange * 20 > head.count else { return nil }
    return Diagnostic(
      "ingest.binary",
      "this is not a text file: \(strange) of its first \(head.count) bytes are control bytes",
      at: .init(file: file), hint: "export it as CSV in UTF-8")
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
