internal import Glibc

/// What is wrong with JSON, and where.
struct JSONFault: Error {
  enum Kind: Equatable {
    /// The text at hand ends inside a value.
    case unfinished
    /// What stands there instead of JSON, and what to do about it.
    case wrong(String, hint: String)
  }

  var kind: Kind
  /// Counts from the beginning of the text at hand.
  var offset: Int
}

/// Strict JSON over bytes in memory: finds where values end and what they hold, copies nothing.
@safe
struct JSONText {
  static let depthLimit = 64
  static let hint = "correct that record, or export the file again"

  private let base: UnsafePointer<UInt8>
  let count: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe base = bytes.baseAddress!
    count = bytes.count
  }

  /// A string: where it stands between its quotes, and whether it has escapes.
  struct Quoted {
    var start: Int
    var end: Int
    var hasEscapes: Bool
  }

  @inline(__always)
  func byte(_ offset: Int) throws(JSONFault) -> UInt8 {
    guard offset < count else { throw JSONFault(kind: .unfinished, offset: count) }
    return unsafe base[offset]
  }

  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// The next place that is no blank.
  @inline(__always)
  func skipBlanks(_ offset: Int) -> Int {
    var offset = offset
    while offset < count {
      let byte = unsafe base[offset]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      offset += 1
    }
    return offset
  }

  func wrong(_ message: String, at offset: Int, hint: String = JSONText.hint) -> JSONFault {
    JSONFault(kind: .wrong(message, hint: hint), offset: offset)
  }

  /// - Parameter start: where the opening quote stands.
  @inline(__always)
  func string(_ start: Int) throws(JSONFault) -> Quoted {
    var offset = start + 1
    var (hasEscapes, isASCII) = (false, true)
    while true {
      // eight bytes at a time, up to one that is a quote, a backslash, a control or no ASCII
      while offset + 8 <= count {
        let word = unsafe UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self)
        let special = JSONText.special(UInt64(littleEndian: word))
        if special != 0 {
          offset += special.trailingZeroBitCount >> 3
          break
        }
        offset += 8
      }
      let byte = try byte(offset)
      if byte == 0x22 { break }
      if byte == 0x5C {
        hasEscapes = true
        offset = try escape(offset)
      } else if byte < 0x20 {
        throw wrong("a control character stands inside a text, as if its quote were missing", at: offset)
      } else {
        if byte >= 0x80 { isASCII = false }
        offset += 1
      }
    }
    if !isASCII {
      let bad = unsafe UTF8Check.firstFault(UnsafeBufferPointer(start: base + start, count: offset - start))
      if let bad {
        throw wrong(
          "this byte is not UTF-8, which JSON has to be", at: start + bad,
          hint: "save the file as UTF-8: iconv -f WINDOWS-1252 -t UTF-8 FILE")
      }
    }
    return Quoted(start: start + 1, end: offset, hasEscapes: hasEscapes)
  }

  /// The top bit of each byte that needs a closer look; the lowest one is exact.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ (ones &* 0x22)
    let slash = word ^ (ones &* 0x5C)
    return (((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | (word &- ones &* 0x20) | word) & tops
  }

  private func escape(_ start: Int) throws(JSONFault) -> Int {
    switch try byte(start + 1) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start + 2
    case UInt8(ascii: "u"):
      for offset in start + 2..<start + 6 where JSONText.hex(try byte(offset)) == nil {
        throw wrong("\\u needs four hexadecimal digits", at: start)
      }
      return start + 6
    default: throw wrong("there is no such escape in JSON", at: start)
    }
  }

  static func hex(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }

  /// The text between the quotes with its escapes resolved; lone surrogates and NUL become U+FFFD.
  func unescape(_ quoted: Quoted, into output: inout [UInt8]) {
    var offset = quoted.start
    while offset < quoted.end {
      let byte = unsafe base[offset]
      guard byte == 0x5C else {
        output.append(byte)
        offset += 1
        continue
      }
      let kind = unsafe base[offset + 1]
      guard kind == UInt8(ascii: "u") else {
        let plain: UInt8 =
          switch kind {
          case UInt8(ascii: "b"): 0x08
          case UInt8(ascii: "f"): 0x0C
          case UInt8(ascii: "n"): 0x0A
          case UInt8(ascii: "r"): 0x0D
          case UInt8(ascii: "t"): 0x09
          default: kind
          }
        output.append(plain)
        offset += 2
        continue
      }
      var code = unit(offset)
      offset += 6
      if (0xD800..<0xDC00).contains(code), offset + 6 <= quoted.end, unsafe base[offset] == 0x5C,
        unsafe base[offset + 1] == UInt8(ascii: "u"), case let low = unit(offset),
        (0xDC00..<0xE000).contains(low)
      {
        code = 0x1_0000 + (code - 0xD800) << 10 + (low - 0xDC00)
        offset += 6
      }
      let scalar = code == 0 ? nil : Unicode.Scalar(code)
      output.append(contentsOf: String(scalar ?? "\u{FFFD}").utf8)
    }
  }

  private func unit(_ escape: Int) -> UInt32 {
    (2..<6).reduce(0) { unsafe $0 << 4 | (JSONText.hex(base[escape + $1]) ?? 0) }
  }

  /// The end of a number, `true`, `false` or `null`.
  @inline(__always)
  func literal(_ start: Int) throws(JSONFault) -> Int {
    let first = try byte(start)
    if first == 0x2D || (0x30...0x39).contains(first) { return try number(start) }
    for word in JSONText.words where first == word[0] {
      for index in 1..<word.count where try byte(start + index) != word[index] {
        throw wrong("no value starts like this", at: start)
      }
      return start + word.count
    }
    throw wrong("a value is missing here", at: start)
  }

  private static let words: [[UInt8]] = [Array("true".utf8), Array("false".utf8), Array("null".utf8)]

  private func number(_ start: Int) throws(JSONFault) -> Int {
    var offset = start
    if try byte(offset) == 0x2D { offset += 1 }
    let whole = try digits(offset)
    if whole - offset > 1, unsafe base[offset] == 0x30 { throw wrong("a number starts with 0", at: start) }
    offset = whole
    if try byte(offset) == 0x2E { offset = try digits(offset + 1) }
    if try byte(offset) | 0x20 == 0x65 {
      offset += 1
      let sign = try byte(offset)
      if sign == 0x2B || sign == 0x2D { offset += 1 }
      offset = try digits(offset)
    }
    return offset
  }

  @inline(__always)
  private func digits(_ start: Int) throws(JSONFault) -> Int {
    var offset = start
    while offset < count, unsafe base[offset] &- 0x30 < 10 { offset += 1 }
    if offset == start {
      _ = try byte(start)
      throw wrong("a digit is missing in this number", at: start)
    }
    return offset
  }

  /// The end of any value, checked.
  func value(_ start: Int, depth: Int) throws(JSONFault) -> Int {
    switch try byte(start) {
    case UInt8(ascii: "\""): return try string(start).end + 1
    case UInt8(ascii: "{"):
      return try members(start, depth: depth) { (_, value) throws(JSONFault) in
        try self.value(value, depth: depth + 1)
      }
    case UInt8(ascii: "["):
      return try elements(start, depth: depth) { (value) throws(JSONFault) in
        try self.value(value, depth: depth + 1)
      }
    default: return try literal(start)
    }
  }

  /// Calls `body` with key and value of every member of the object at `start`; it returns where the value ends.
  func members(
    _ start: Int, depth: Int, _ body: (Quoted, Int) throws(JSONFault) -> Int
  ) throws(JSONFault) -> Int {
    try series(start, depth: depth, closing: UInt8(ascii: "}")) { (place) throws(JSONFault) in
      guard try byte(place) == UInt8(ascii: "\"") else {
        throw wrong("a key in double quotes is missing here", at: place)
      }
      let key = try string(place)
      let colon = skipBlanks(key.end + 1)
      guard try byte(colon) == UInt8(ascii: ":") else { throw wrong("a colon is missing here", at: colon) }
      return try body(key, skipBlanks(colon + 1))
    }
  }

  /// Calls `body` with the place of every element of the array at `start`; it returns where the element ends.
  func elements(_ start: Int, depth: Int, _ body: (Int) throws(JSONFault) -> Int) throws(JSONFault) -> Int {
    try series(start, depth: depth, closing: UInt8(ascii: "]"), body)
  }

  @inline(__always)
  private func series(
    _ start: Int, depth: Int, closing: UInt8, _ body: (Int) throws(JSONFault) -> Int
  ) throws(JSONFault) -> Int {
    guard depth < JSONText.depthLimit else {
      throw wrong("values are nested more than \(JSONText.depthLimit) deep", at: start)
    }
    var offset = skipBlanks(start + 1)
    if try byte(offset) == closing { return offset + 1 }
    while true {
      offset = skipBlanks(try body(offset))
      let byte = try byte(offset)
      if byte == closing { return offset + 1 }
      guard byte == UInt8(ascii: ",") else {
        throw wrong("a comma or \(Character(Unicode.Scalar(closing))) is missing here", at: offset)
      }
      offset = skipBlanks(offset + 1)
    }
  }
}

/// Well-formed UTF-8, as the Unicode standard's table 3-7 has it.
enum UTF8Check {
  /// Where the first ill-formed sequence starts; nil if there is none.
  static func firstFault(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let lead = unsafe bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let (length, second): (Int, ClosedRange<UInt8>) =
        switch lead {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: (0, 0...0)
        }
      guard length > 0, index + length <= bytes.count, unsafe second.contains(bytes[index + 1]) else {
        return index
      }
      for place in index + 2..<index + max(2, length) where unsafe bytes[place] & 0xC0 != 0x80 {
        return index
      }
      index += length
    }
    return nil
  }
}
