internal import SegueCore

/// The encodings a text file may have; bytes leave here as UTF-8.
enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case windows1252 = "windows-1252"
  /// UTF-8 with some bytes that are none, which read as Windows-1252: files that several programs wrote to.
  case mixed = "UTF-8 and windows-1252"
}

/// A table's text as UTF-8.
struct DecodedText: Sendable {
  var store: ByteStore
  var encoding: TextEncoding
  /// Behind a byte order mark.
  var start = 0
  /// Bytes that are no UTF-8, if they were taken for Windows-1252.
  var repairedCount = 0

  /// Decides by byte order mark, by zero bytes in every other place, else UTF-8 if valid, else Windows-1252.
  ///
  /// - Parameter isChecked: whether all of a file that looks like UTF-8 is looked at; otherwise its head alone.
  /// - Throws: ``SegueCore/SegueError`` `ingest.binary`, those of reading and spooling.
  /// - Complexity: one pass over the bytes, one more where they must be rewritten; valid UTF-8 is not copied.
  init(_ input: Input, isChecked: Bool = true) throws {
    let store = input.store!
    if isChecked { try store.settle() }
    let head = try store.bytes(0..<(1 << 16))
    if let problem = BinaryFormats.diagnostic(head, file: input.displayName) {
      throw SegueError.data(problem)
    }
    if let (isLittle, mark) = UTF16Form.of(head) {
      encoding = isLittle ? .utf16LittleEndian : .utf16BigEndian
      self.store = try Transcoding.utf16(store, from: mark, isLittle: isLittle, input)
      return
    }
    start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let validity = isChecked ? try UTF8Validity(store, from: start) : UTF8Validity()
    if validity.strayBytes == 0 {
      self.store = store
      encoding = .utf8
    } else {
      // In text of one byte a character hardly any two look like one of UTF-8.
      let isMixed = validity.sequences * 20 > validity.strayBytes
      self.store = try Transcoding.windows1252(store, from: start, keepingUTF8: isMixed, input)
      encoding = isMixed ? .mixed : .windows1252
      repairedCount = isMixed ? validity.strayBytes : 0
      start = 0
    }
  }
}

/// UTF-16 by its mark, or by the zero bytes that Latin text has in every other place.
private enum UTF16Form {
  static func of(_ head: [UInt8]) -> (isLittle: Bool, mark: Int)? {
    if head.starts(with: [0xFF, 0xFE]) { return (true, 2) }
    if head.starts(with: [0xFE, 0xFF]) { return (false, 2) }
    guard head.count >= 8 else { return nil }
    var zeros = [0, 0]
    for index in head.indices where head[index] == 0 { zeros[index & 1] += 1 }
    let many = head.count * 2 / 5
    if zeros[1] >= many, zeros[0] * 20 < zeros[1] { return (true, 0) }
    if zeros[0] >= many, zeros[1] * 20 < zeros[0] { return (false, 0) }
    return nil
  }
}

/// How much of a text is UTF-8 beyond ASCII, and how much is not.
struct UTF8Validity: Sendable {
  /// Characters of several bytes.
  var sequences = 0
  var strayBytes = 0

  init() {}

  /// - Complexity: one pass over the bytes, on all cores.
  init(_ store: ByteStore, from start: Int) throws {
    let size = 1 << 20
    let count = (store.count - start + size - 1) / size
    for part in try parallelMap(
      max(0, count),
      { piece in
        let range = (start + piece * size)..<min(store.count, start + (piece + 1) * size)
        // A character may stand across the border: it belongs to the piece it begins in.
        let bytes = try store.bytes(range.lowerBound..<min(store.count, range.upperBound + 3))
        return UTF8Validity(bytes, own: range.count, isFirst: piece == 0)
      })
    {
      sequences += part.sequences
      strayBytes += part.strayBytes
    }
  }

  private init(_ bytes: [UInt8], own: Int, isFirst: Bool) {
    if (try? UTF8Span(validating: bytes.span)) != nil, bytes.allSatisfy({ $0 < 0x80 }) { return }
    var at = 0
    if !isFirst { while at < min(3, own), bytes[at] & 0xC0 == 0x80 { at += 1 } }
    while at < own {
      let length = UTF8Text.length(bytes.span, at)
      if length == 0 { strayBytes += 1 }
      if length > 1 { sequences += 1 }
      at += max(1, length)
    }
  }
}

/// Characters in bytes.
enum UTF8Text {
  /// Bytes of the character at a place; 0 if there is no valid one (Unicode 15, table 3-7).
  @inline(__always)
  static func length(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let first = bytes[at]
    if first < 0x80 { return 1 }
    func tail(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
      at + offset < bytes.count && bytes[at + offset] >= low && bytes[at + offset] <= high
    }
    switch first {
    case 0xC2...0xDF: return tail(1) ? 2 : 0
    case 0xE0: return tail(1, 0xA0) && tail(2) ? 3 : 0
    case 0xED: return tail(1, 0x80, 0x9F) && tail(2) ? 3 : 0
    case 0xE1...0xEF: return tail(1) && tail(2) ? 3 : 0
    case 0xF0: return tail(1, 0x90) && tail(2) && tail(3) ? 4 : 0
    case 0xF4: return tail(1, 0x80, 0x8F) && tail(2) && tail(3) ? 4 : 0
    case 0xF1...0xF3: return tail(1) && tail(2) && tail(3) ? 4 : 0
    default: return 0
    }
  }
}
