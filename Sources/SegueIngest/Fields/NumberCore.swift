/// The digits of a number without what people put around them.
struct NumberCore {
  /// Where digits and separators stand in the text.
  var range: Range<Int>
  var isNegative: Bool
  var currency: CurrencyCode
}

/// Three upper-case letters in one integer; zero is none.
struct CurrencyCode: Hashable, Sendable {
  var packed: UInt32 = 0

  static let none = CurrencyCode()

  init() {}

  init(_ a: UInt8, _ b: UInt8, _ c: UInt8) { packed = UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c) }

  /// Nil unless the text is three letters of either case.
  init?(_ text: Span<UInt8>) {
    guard text.count == 3 else { return nil }
    for index in text.indices where !ByteText.isLetter(text[index]) { return nil }
    self.init(text[0] & 0xDF, text[1] & 0xDF, text[2] & 0xDF)
  }

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    self.init(bytes.span)
  }

  var isNone: Bool { packed == 0 }

  var text: String {
    guard packed != 0 else { return "" }
    return String(
      decoding: [UInt8(packed >> 16 & 0xFF), UInt8(packed >> 8 & 0xFF), UInt8(packed & 0xFF)], as: UTF8.self)
  }
}

extension NumberCore {
  /// Strips blanks, one currency sign or code, a sign before or after, and accounting brackets.
  ///
  /// Nil if what is left does not begin and end with a digit or a decimal mark.
  @inline(__always)
  init?(_ text: Span<UInt8>) {
    let count = text.count
    guard count > 0 else { return nil }
    if ByteText.isDigit(text[0]), ByteText.isDigit(text[count - 1]) {
      self.init(range: 0..<count, isNegative: false, currency: .none)
    } else {
      self.init(decorated: text)
    }
  }

  private init?(decorated text: Span<UInt8>) {
    var start = 0
    var end = text.count
    var negative = false
    var currency = CurrencyCode.none
    var signs = 0
    var isBracketed = false
    while start < end {
      let byte = text[start]
      if byte == 0x20 {
        start += 1
      } else if byte == 0x2D || byte == 0x2B {
        negative = negative || byte == 0x2D
        signs += 1
        start += 1
      } else if byte == 0xE2, start + 2 < end, text[start + 1] == 0x88, text[start + 2] == 0x92 {
        negative = true
        signs += 1
        start += 3
      } else if byte == 0x28, !isBracketed, text[end - 1] == 0x29 {
        isBracketed = true
        negative = true
        signs += 1
        start += 1
        end -= 1
      } else if currency.isNone, let (code, length) = CurrencySigns.leading(text, start, end) {
        currency = code
        start += length
      } else {
        break
      }
    }
    while end > start {
      let byte = text[end - 1]
      if byte == 0x20 {
        end -= 1
      } else if byte == 0x2D {
        negative = true
        signs += 1
        end -= 1
      } else if currency.isNone, let (code, length) = CurrencySigns.trailing(text, start, end) {
        currency = code
        end -= length
      } else {
        break
      }
    }
    guard start < end, signs <= 1 else { return nil }
    let (first, last) = (text[start], text[end - 1])
    guard ByteText.isDigit(first) || first == 0x2E || first == 0x2C else { return nil }
    guard ByteText.isDigit(last) || last == 0x2E || last == 0x2C else { return nil }
    self.init(range: start..<end, isNegative: negative, currency: currency)
  }
}

extension CurrencyCode {
  /// A currency cell: three letters, or a sign such as `£`; none if it is neither.
  static func cell(_ text: Span<UInt8>) -> CurrencyCode {
    if let code = CurrencyCode(text) { return code }
    if !text.isEmpty, let (code, length) = CurrencySigns.leading(text, 0, text.count), length == text.count {
      return code
    }
    return .none
  }
}

/// Signs and codes that stand before or after an amount. `$` alone reads as USD.
private enum CurrencySigns {
  static func leading(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> (CurrencyCode, Int)? {
    if let found = symbol(text, start, end) { return found }
    // `US$` and the like: the sign says enough
    if end - start > 3, text[start] == 0x55, text[start + 1] == 0x53, text[start + 2] == 0x24 {
      return (CurrencyCode(0x55, 0x53, 0x44), 3)
    }
    if end - start > 3, isCode(text, start), !ByteText.isLetter(text[start + 3]) {
      return (CurrencyCode(text[start], text[start + 1], text[start + 2]), 3)
    }
    return nil
  }

  static func trailing(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> (CurrencyCode, Int)? {
    for length in 1...3 where end - length > start {
      if let (code, found) = symbol(text, end - length, end), found == length { return (code, length) }
    }
    if end - start > 3, isCode(text, end - 3), !ByteText.isLetter(text[end - 4]) {
      return (CurrencyCode(text[end - 3], text[end - 2], text[end - 1]), 3)
    }
    return nil
  }

  private static func symbol(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> (CurrencyCode, Int)? {
    if text[at] == 0x24 { return (CurrencyCode(0x55, 0x53, 0x44), 1) }  // $
    if text[at] == 0xC2, at + 1 < end {
      if text[at + 1] == 0xA3 { return (CurrencyCode(0x47, 0x42, 0x50), 2) }  // £
      if text[at + 1] == 0xA5 { return (CurrencyCode(0x4A, 0x50, 0x59), 2) }  // ¥
      if text[at + 1] == 0xA0 { return (.none, 2) }  // a no-break space
    }
    if text[at] == 0xE2, at + 2 < end, text[at + 1] == 0x82 {
      if text[at + 2] == 0xAC { return (CurrencyCode(0x45, 0x55, 0x52), 3) }  // €
      if text[at + 2] == 0xB9 { return (CurrencyCode(0x49, 0x4E, 0x52), 3) }  // ₹
    }
    return nil
  }

  private static func isCode(_ text: Span<UInt8>, _ at: Int) -> Bool {
    for offset in 0..<3 where text[at + offset] < 65 || text[at + offset] > 90 { return false }
    // `NaN` is mixed case and so no code; INF and NAN are not currencies
    let code = CurrencyCode(text[at], text[at + 1], text[at + 2])
    return code != CurrencyCode(0x49, 0x4E, 0x46) && code != CurrencyCode(0x4E, 0x41, 0x4E)
  }
}
