internal import Foundation

/// The forms in which customer ids are compared.
///
/// *Evened*: blanks collapsed, full-width characters narrow, invisible ones dropped, accents composed, whole
/// numbers without `.0` or exponent; e-mail addresses and names in lower case. Nobody means two customers by
/// such a difference. *Folded*: evened, all in lower case, numbers without leading zeros. Here somebody may.
struct CustomerSpelling: Hashable {
  /// UTF-8.
  private(set) var evened: [UInt8] = []
  /// A number too long for its digits: `1.23457E+12`, which a spreadsheet wrote for several ids.
  private(set) var isShortened = false

  /// - Parameter id: a cell without blanks around it.
  /// - Complexity: O(length).
  init(_ id: Span<UInt8>) {
    var isASCII = true
    for index in id.indices where id[index] >= 0x80 { isASCII = false }
    if isASCII {
      evened.reserveCapacity(id.count)
      for index in id.indices {
        append(id[index], isBlank: id[index] == 0x20 || (9...13).contains(id[index]))
      }
    } else {
      appendScalars(of: String(decoding: ByteText.bytes(id), as: UTF8.self))
    }
    if evened.last == 0x20 { evened.removeLast() }
    evenNumber()
    if isAddress || isName { evened = CustomerSpelling.lowercased(evened) }
  }

  /// The form under which ids are looked up across files.
  var folded: [UInt8] {
    let lower = CustomerSpelling.lowercased(evened)
    guard isWholeNumber else { return lower }
    return Array(lower[(lower.firstIndex { $0 != 48 } ?? lower.count - 1)...])
  }

  /// Appends the folded form of an id of ASCII letters, digits, hyphens and underscores; most ids are so.
  ///
  /// - Returns: false, with nothing of use appended, for any other id.
  @inline(__always)
  static func foldPlain(_ id: Span<UInt8>, into buffer: inout [UInt8]) -> Bool {
    var isNumber = true
    for index in id.indices {
      let byte = id[index]
      if ByteText.isDigit(byte) {
        if isNumber, byte == 48, buffer.isEmpty, index + 1 < id.count { continue }
      } else if ByteText.isLetter(byte) || byte == 0x2D || byte == 0x5F {
        // The zeros in front belong to it after all.
        if isNumber, buffer.count < index {
          buffer.insert(contentsOf: repeatElement(48, count: index - buffer.count), at: 0)
        }
        isNumber = false
      } else {
        return false
      }
      buffer.append(byte &- 65 < 26 ? byte | 0x20 : byte)
    }
    return !buffer.isEmpty
  }

  @inline(__always)
  static func isPlain(_ byte: UInt8) -> Bool {
    ByteText.isDigit(byte) || ByteText.isLetter(byte) || byte == 0x2D || byte == 0x5F
  }

  /// ASCII letters, digits, hyphens and underscores only: evened, it stays as it is.
  static func isPlain(_ id: Span<UInt8>) -> Bool {
    for index in id.indices where !isPlain(id[index]) { return false }
    return true
  }

  /// Digits only.
  var isWholeNumber: Bool { !evened.isEmpty && evened.allSatisfy(ByteText.isDigit) }

  /// One `@` with something before it and a point in what follows, no blank.
  var isAddress: Bool {
    guard let at = evened.firstIndex(of: 0x40), at > 0, !evened.contains(0x20) else { return false }
    let host = evened[(at + 1)...]
    guard !host.contains(0x40), let point = host.firstIndex(of: 0x2E) else { return false }
    return point > at + 1 && point + 1 < evened.count
  }

  /// Words with blanks between and no digit: `Ann Smith`.
  var isName: Bool { evened.contains(0x20) && !evened.contains(where: ByteText.isDigit) }

  /// A token whose case says something: digits, and a capital after a small letter or a digit, as in
  /// `0015000000abcDE`.
  var isCaseSensitive: Bool {
    var (hasDigit, hasSmall, hasInnerCapital) = (false, false, false)
    var previous: UInt8 = 0
    for byte in evened {
      let isSmall = byte &- 97 < 26
      if byte &- 65 < 26, previous &- 97 < 26 || ByteText.isDigit(previous) { hasInnerCapital = true }
      hasDigit = hasDigit || ByteText.isDigit(byte)
      hasSmall = hasSmall || isSmall
      previous = byte
    }
    return hasDigit && hasSmall && hasInnerCapital
  }

  private mutating func append(_ byte: UInt8, isBlank: Bool) {
    if !isBlank {
      evened.append(byte)
    } else if let last = evened.last, last != 0x20 {
      evened.append(0x20)
    }
  }

  private mutating func appendScalars(of text: String) {
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
      if scalar.properties.isDefaultIgnorableCodePoint { continue }
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      let narrow = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      if narrow.properties.isWhitespace {
        append(0x20, isBlank: true)
      } else {
        for byte in UTF8.encode(narrow)! { append(byte, isBlank: false) }
      }
    }
  }

  /// `17850.0`, `17850.` and `1.785E4` become `17850`; a number that lost digits stays as it is.
  private mutating func evenNumber() {
    var mantissa: [UInt8] = []
    var decimals: Int?
    var place = 0
    while place < evened.count, ByteText.isDigit(evened[place]) || (evened[place] == 0x2E && decimals == nil)
    {
      if evened[place] == 0x2E {
        decimals = 0
      } else {
        mantissa.append(evened[place])
        if decimals != nil { decimals! += 1 }
      }
      place += 1
    }
    guard !mantissa.isEmpty, evened.first != 0x2E else { return }
    var exponent: Int?
    if place < evened.count, evened[place] | 0x20 == 0x65 {
      let isSigned = place + 1 < evened.count && evened[place + 1] == 0x2B
      let digits = evened[(place + (isSigned ? 2 : 1))...]
      // `12e4` may be a token of hexadecimal digits; no program writes a number so.
      guard decimals != nil || isSigned, (1...2).contains(digits.count), digits.allSatisfy(ByteText.isDigit)
      else { return }
      exponent = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    } else if place < evened.count || decimals == nil {
      return
    }
    var fraction = decimals ?? 0
    while fraction > 0, mantissa.last == 48 {
      mantissa.removeLast()
      fraction -= 1
    }
    let zeros = (exponent ?? 0) - fraction
    guard zeros >= 0, !mantissa.isEmpty else { return }
    // Programs write six digits: what has that many and still needs zeros has lost some.
    isShortened = exponent != nil && zeros > 0 && mantissa.count >= 6
    if isShortened { return }
    evened = mantissa + [UInt8](repeating: 48, count: zeros)
  }

  private static func lowercased(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map { $0 &- 65 < 26 ? $0 | 0x20 : $0 } }
    return Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
  }
}
