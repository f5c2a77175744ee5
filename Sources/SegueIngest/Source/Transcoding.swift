internal import SegueCore

/// Rewrites a text as UTF-8, a megabyte at a time.
enum Transcoding {
  private static let piece = 1 << 20

  /// Two bytes a unit; lone surrogates become U+FFFD.
  static func utf16(_ store: ByteStore, from start: Int, isLittle: Bool, _ input: Input) throws -> ByteStore {
    var spool = Spool(name: input.displayName, folder: input.scratchFolder)
    var position = start
    var units: [UInt16] = []
    while position < store.count {
      let bytes = try store.bytes(position..<min(store.count, position + piece))
      position += bytes.count
      for at in stride(from: 0, to: bytes.count - 1, by: 2) {
        let (a, b) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
        units.append(isLittle ? a | b << 8 : b | a << 8)
      }
      // The first half of a pair waits for the second.
      let isHalf = units.last.map { $0 & 0xFC00 == 0xD800 } == true && position < store.count
      let half = isHalf ? units.removeLast() : nil
      try spool.append(Array(String(decoding: units, as: UTF16.self).utf8))
      units.removeAll(keepingCapacity: true)
      if let half { units.append(half) }
    }
    return spool.finish()
  }

  /// - Parameter keepingUTF8: characters that are valid UTF-8 stay as they are.
  static func windows1252(
    _ store: ByteStore, from start: Int, keepingUTF8: Bool, _ input: Input
  ) throws -> ByteStore {
    var spool = Spool(name: input.displayName, folder: input.scratchFolder)
    var position = start
    var output: [UInt8] = []
    while position < store.count {
      let bytes = try store.bytes(position..<min(store.count, position + piece + 3))
      let own = min(piece, bytes.count)
      output.removeAll(keepingCapacity: true)
      var at = 0
      while at < own {
        let length = keepingUTF8 ? UTF8Text.length(bytes.span, at) : 0
        if length > 1 {
          output.append(contentsOf: bytes[at..<(at + length)])
        } else {
          append(bytes[at], to: &output)
        }
        at += max(1, length)
      }
      position += at
      try spool.append(output)
    }
    return spool.finish()
  }

  @inline(__always)
  private static func append(_ byte: UInt8, to output: inout [UInt8]) {
    if byte < 0x80 {
      output.append(byte)
    } else {
      let scalar = byte < 0xA0 ? upperControls[Int(byte) - 0x80] : UInt32(byte)
      output.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
    }
  }

  /// What Windows-1252 puts at 0x80…0x9F; its five holes stay control characters, as in the WHATWG table.
  private static let upperControls: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
    0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}
