internal import SegueCore
internal import SegueIngest

/// OLE compound files: workbooks with a password, and those of Excel 97.
enum CompoundFile {
  /// What to do instead of reading it.
  static func problem(_ store: ByteStore, name: String) throws -> SegueError {
    let names = try directory(store)
    if names.contains("EncryptedPackage") {
      return refusal(
        name, "this workbook is protected by a password",
        "open it and save it without: File > Info > Protect Workbook > Encrypt with Password, and leave that empty"
      )
    }
    if names.contains("Workbook") || names.contains("Book") {
      return refusal(
        name, "this is a workbook of Excel 97 to 2003 (.xls)",
        "save it as XLSX: soffice --convert-to xlsx FILE")
    }
    return refusal(
      name, "this is an old Office file (.xls, .doc), or a workbook with a password",
      "save it as XLSX, without a password")
  }

  private static func refusal(_ name: String, _ message: String, _ hint: String) -> SegueError {
    SegueError.data(Diagnostic("source.compound", message, at: .init(file: name), hint: hint))
  }

  /// The names in the first sectors of the directory (MS-CFB 2.6.1): 128 bytes each, the name first, in UTF-16.
  private static func directory(_ store: ByteStore) throws -> [String] {
    let header = try store.bytes(0..<512)
    guard header.count == 512, (9...12).contains(header[30]) else { return [] }
    let sector = 1 << Int(header[30])
    let first = (0..<4).reduce(0) { $0 | Int(header[48 + $1]) << (8 * $1) }
    let start = (first + 1) * sector
    let entries = try store.bytes(start..<start + 8 * sector)
    return stride(from: 0, to: entries.count - 127, by: 128).map { place in
      let length = min(64, Int(entries[place + 64]))
      let units = stride(from: 0, to: max(0, length - 2), by: 2).map {
        UInt16(entries[place + $0]) | UInt16(entries[place + $0 + 1]) << 8
      }
      return String(decoding: units, as: UTF16.self)
    }
  }
}
