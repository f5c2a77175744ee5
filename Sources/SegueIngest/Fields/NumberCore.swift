/// The digits of a number without what people put around them.
struct NumberCore {
  /// Where digits and separators stand in the text.
  var range: Range<Int>
  var isNegative: Bool
  var currency: CurrencyCode
}

/// Three upper-case letters in one integer; zero is none.
package struct CurrencyCode: Hashable, Sendable {
  var packed: UInt32 = 0

  package static let none = CurrencyCode()

  package init() {}

  init(_ a: UInt8, _ b: UInt8, _ c: UInt8) { packed = UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c) }

  /// Nil unless the text is three letters of either case.
  init?(_ text: Span<UInt8>) {
    guard text.count == 3 else { return nil }
    for index in text.indices where !ByteText.isLetter(text[index]) { return nil }
    self.init(text[0] & 0xDF, text[1] & 0xDF, text[2] & 0xDF)
  }

  package init?(_ text: String) {
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
  /// The bytes of a mark between thousands that no decimals follow: a blank or an apostrophe, and what
  /// typesetters make of them. 0 if there is none.
  @inline(__always)
  static func groupMark(_ text: Span<UInt8>, _ index: Int, _ end: Int) -> Int {
    if text[index] == 0x27 { return 1 }
    let isTypographic = index + 2 < end && text[index] == 0xE2 && text[index + 1] == 0x80
    if isTypographic, text[index + 2] == 0x99 { return 3 }
    return blank(text, index, end)
  }

  /// The bytes of a blank: a plain one, a tab, a no-break one, a narrow one, a thin one. 0 if there is none.
  @inline(__always)
  private static func blank(_ text: Span<UInt8>, _ index: Int, _ end: Int) -> Int {
    switch text[index] {
    case 0x20, 9: return 1
    case 0xC2: return index + 1 < end && text[index + 1] == 0xA0 ? 2 : 0
    case 0xE2:
      guard index + 2 < end, text[index + 1] == 0x80 else { return 0 }
      return text[index + 2] == 0xAF || text[index + 2] == 0x89 ? 3 : 0
    default: return 0
    }
  }

  /// The bytes of the blank that ends at `end`, 0 if there is none.
  private static func blankBehind(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    for width in 1...3 where end - width >= start && blank(text, end - width, end) == width { return width }
    return 0
  }

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
    // a closing bracket is looked for where the text ends
    while start < end, case let width = NumberCore.blankBehind(text, start, end), width > 0 { end -= width }
    while start < end {
      let byte = text[start]
      let width = NumberCore.blank(text, start, end)
      if width > 0 {
        start += width
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
      let width = NumberCore.blankBehind(text, start, end)
      if width > 0 {
        end -= width
      } else if let whole = NumberCore.withoutDash(text, start, end) {
        end = whole
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

extension NumberCore {
  /// Where a price ends whose dash stands for no cents: `443,-`, `443.--`, `443,–`.
  private static func withoutDash(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var place = end
    while place > start, text[place - 1] == 0x2D { place -= 1 }
    if place == end, end - start > 3, text[end - 1] & 0xFE == 0x94 || text[end - 1] == 0x93,
      text[end - 2] == 0x80, text[end - 3] == 0xE2
    {
      place = end - 3
    }
    guard place < end, place - 1 > start, text[place - 1] == 0x2C || text[place - 1] == 0x2E else {
      return nil
    }
    return place - 1
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
    if let found = dollar(text, start, end) { return found }
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

  /// `US$`, `R$`: the letters say whose.
  private static func dollar(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> (CurrencyCode, Int)? {
    var letters: UInt32 = 0
    var at = start
    while at < end, at - start < 3, text[at] >= 65, text[at] <= 90 {
      letters = letters << 8 | UInt32(text[at])
      at += 1
    }
    guard at > start, at < end, text[at] == 0x24 else { return nil }
    return dollars[letters].map { ($0, at + 1 - start) }
  }

  private static let dollars: [UInt32: CurrencyCode] = {
    let codes = [
      "US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "HK": "HKD", "MX": "MXN", "NZ": "NZD",
      "R": "BRL", "S": "SGD",
    ]
    var table: [UInt32: CurrencyCode] = [:]
    for (letters, code) in codes {
      table[letters.utf8.reduce(0) { $0 << 8 | UInt32($1) }] = CurrencyCode(code)
    }
    return table
  }()

  /// Signs U+20A6…U+20BD by their last byte.
  private static func currencyBlock(_ last: UInt8) -> CurrencyCode? {
    switch last {
    case 0xA6: CurrencyCode(0x4E, 0x47, 0x4E)  // ₦
    case 0xA9: CurrencyCode(0x4B, 0x52, 0x57)  // ₩
    case 0xAA: CurrencyCode(0x49, 0x4C, 0x53)  // ₪
    case 0xAB: CurrencyCode(0x56, 0x4E, 0x44)  // ₫
    case 0xAC: CurrencyCode(0x45, 0x55, 0x52)  // €
    case 0xB1: CurrencyCode(0x50, 0x48, 0x50)  // ₱
    case 0xB4: CurrencyCode(0x55, 0x41, 0x48)  // ₴
    case 0xB9: CurrencyCode(0x49, 0x4E, 0x52)  // ₹
    case 0xBA: CurrencyCode(0x54, 0x52, 0x59)  // ₺
    case 0xBD: CurrencyCode(0x52, 0x55, 0x42)  // ₽
    default: nil
    }
  }

  private static func symbol(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> (CurrencyCode, Int)? {
    if text[at] == 0x24 { return (CurrencyCode(0x55, 0x53, 0x44), 1) }  // $
    if text[at] == 0xC2, at + 1 < end {
      if text[at + 1] == 0xA3 { return (CurrencyCode(0x47, 0x42, 0x50), 2) }  // £
      if text[at + 1] == 0xA5 { return (CurrencyCode(0x4A, 0x50, 0x59), 2) }  // ¥
    }
    if text[at] == 0xE2, at + 2 < end, text[at + 1] == 0x82 {
      return currencyBlock(text[at + 2]).map { ($0, 3) }
    }
    if text[at] == 0x7A, at + 2 < end, text[at + 1] == 0xC5, text[at + 2] == 0x82 {
      return (CurrencyCode(0x50, 0x4C, 0x4E), 3)  // zł
    }
    if text[at] == 0x4B, at + 2 < end, text[at + 1] == 0xC4, text[at + 2] == 0x8D {
      return (CurrencyCode(0x43, 0x5A, 0x4B), 3)  // Kč
    }
    // crowns: Swedish, Norwegian or Danish, so no code
    if text[at] | 0x20 == 0x6B, at + 1 < end, text[at + 1] | 0x20 == 0x72 { return (.none, 2) }
    return nil
  }

  private static func isCode(_ text: Span<UInt8>, _ at: Int) -> Bool {
    for offset in 0..<3 where text[at + offset] < 65 || text[at + offset] > 90 { return false }
    // `NaN` is mixed case and so no code; INF and NAN are not currencies
    let code = CurrencyCode(text[at], text[at + 1], text[at + 2])
    return code != CurrencyCode(0x49, 0x4E, 0x46) && code != CurrencyCode(0x4E, 0x41, 0x4E)
  }
}
