/// Small questions about UTF-8 text in bytes.
package enum ByteText {
  /// The part of `text` without blanks, tabs and no-break spaces around it.
  @inline(__always)
  static func trim(_ text: Span<UInt8>) -> Range<Int> {
    var start = 0
    var end = text.count
    while start < end {
      if text[start] == 0x20 || text[start] == 9 {
        start += 1
      } else if text[start] == 0xC2, start + 1 < end, text[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    while end > start {
      if text[end - 1] == 0x20 || text[end - 1] == 9 {
        end -= 1
      } else if text[end - 1] == 0xA0, end - 2 >= start, text[end - 2] == 0xC2 {
        end -= 2
      } else {
        break
      }
    }
    return start..<end
  }

  static func bytes(_ text: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for index in text.indices { bytes.append(text[index]) }
    return bytes
  }

  package static func string(_ text: Span<UInt8>) -> String { String(decoding: bytes(text), as: UTF8.self) }

  /// The first `limit` characters or so, line ends and tabs as blanks.
  static func sample(_ text: Span<UInt8>, limit: Int = 40) -> String {
    var bytes: [UInt8] = []
    for index in text.indices.prefix(limit * 4) { bytes.append(text[index] < 0x20 ? 0x20 : text[index]) }
    let whole = String(decoding: bytes, as: UTF8.self)
    return whole.count > limit ? String(whole.prefix(limit)) + "…" : whole
  }

  @inline(__always)
  static func equal(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices where a[index] != b[index] { return false }
    return true
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }
}
