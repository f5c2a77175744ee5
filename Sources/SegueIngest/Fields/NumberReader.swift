/// Reads amounts and numbers with one decimal mark, exactly.
package struct NumberReader: Sendable {
  var decimal: UInt8 = 0x2E

  package init(decimal: UInt8 = 0x2E) { self.decimal = decimal }

  package enum Reading: Equatable {
    /// Ten-thousandths; `rounded` if there were more decimals than four.
    case value(Int64, rounded: Bool)
    case notANumber
    case outOfRange
  }

  /// Reads `1,234.50`, `£12`, `(12.50)`, `12.50-`, `EUR 3`.
  ///
  /// - Complexity: O(length), no allocation.
  package func read(_ text: Span<UInt8>, currency: inout CurrencyCode) -> Reading {
    if let value = simple(text) {
      currency = .none
      return .value(value, rounded: false)
    }
    guard let core = NumberCore(text) else { return .notANumber }
    currency = core.currency
    guard let digits = digits(text, core.range) else { return .notANumber }
    guard !digits.overflow else { return .outOfRange }
    var value = digits.whole
    for place in 0..<4 {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return .outOfRange }
      value = scaled + UInt64(digits.decimals[place])
    }
    if digits.decimals[4] >= 5 { value += 1 }
    // half of the range stays free, so that netting and negating never overflow
    guard value < UInt64(Int64.max) / 2 else { return .outOfRange }
    let signed = core.isNegative ? -Int64(value) : Int64(value)
    return .value(signed, rounded: digits.isRounded)
  }

  /// Digits, perhaps with a minus before and a decimal mark and up to four decimals: what most amounts are.
  @inline(__always)
  private func simple(_ text: Span<UInt8>) -> Int64? {
    let count = text.count
    guard count > 0, count <= 14 else { return nil }
    let start = text[0] == 0x2D ? 1 : 0
    guard start < count, ByteText.isDigit(text[start]), ByteText.isDigit(text[count - 1]) else { return nil }
    var value: Int64 = 0
    var mark = count - 1
    for index in start..<count {
      let byte = text[index]
      if ByteText.isDigit(byte) {
        value = value &* 10 &+ Int64(byte &- 48)
      } else {
        guard byte == decimal, mark == count - 1 else { return nil }
        mark = index
      }
    }
    switch count - 1 - mark {
    case 0: value &*= 10_000
    case 1: value &*= 1_000
    case 2: value &*= 100
    case 3: value &*= 10
    case 4: break
    default: return nil
    }
    return start == 1 ? -value : value
  }

  /// A number as a double, correctly rounded; nil if it is none or too large for one.
  package func double(_ text: Span<UInt8>) -> Double? {
    guard let core = NumberCore(text) else { return exponent(text) }
    guard let digits = digits(text, core.range) else { return exponent(text) }
    if !digits.overflow, digits.decimalCount <= 4, digits.whole < 1 << 39 {
      var mantissa = Double(digits.whole)
      mantissa *= 10_000
      var fraction = 0
      for place in 0..<4 { fraction = fraction * 10 + Int(digits.decimals[place]) }
      let value = (mantissa + Double(fraction)) / 10_000
      return core.isNegative ? -value : value
    }
    var plain: [UInt8] = []
    for index in core.range {
      if ByteText.isDigit(text[index]) { plain.append(text[index]) }
      if text[index] == decimal { plain.append(0x2E) }
    }
    if plain.last == 0x2E { plain.removeLast() }
    if plain.first == 0x2E { plain.insert(48, at: 0) }
    return Double(String(decoding: plain, as: UTF8.self)).flatMap { value in
      value.isFinite ? (core.isNegative ? -value : value) : nil
    }
  }

  /// `1.5e-3`, as programs write doubles.
  private func exponent(_ text: Span<UInt8>) -> Double? {
    guard text.count < 40, text.count > 2 else { return nil }
    var hasExponent = false
    for index in text.indices {
      switch text[index] {
      case 48...57, 0x2B, 0x2D, 0x2E: continue
      case 0x45, 0x65: hasExponent = true
      default: return nil
      }
    }
    guard hasExponent, let value = Double(ByteText.string(text)), value.isFinite else { return nil }
    return value
  }

  private struct Digits {
    var whole: UInt64 = 0
    var overflow = false
    /// The first five decimals; the fifth only to round by.
    var decimals: [5 of UInt8] = [0, 0, 0, 0, 0]
    var decimalCount = 0
    var isRounded = false
  }

  /// Digits before and after the decimal mark; nil if groups of thousands do not fit.
  @inline(__always)
  private func digits(_ text: Span<UInt8>, _ range: Range<Int>) -> Digits? {
    var digits = Digits()
    var seenDecimal = false
    var separators = 0
    /// A point, a comma or, for any other mark, 0.
    var separator: UInt8 = 0
    var group = 0
    var any = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      var width = 1
      if ByteText.isDigit(byte) {
        any = true
        if seenDecimal {
          if digits.decimalCount < 5 { digits.decimals[digits.decimalCount] = byte - 48 }
          if digits.decimalCount >= 4, byte != 48 { digits.isRounded = true }
          digits.decimalCount += 1
        } else {
          group += 1
          let (scaled, over) = digits.whole.multipliedReportingOverflow(by: 10)
          let (sum, carry) = scaled.addingReportingOverflow(UInt64(byte - 48))
          if over || carry { digits.overflow = true }
          digits.whole = digits.overflow ? 0 : sum
        }
      } else if byte == decimal {
        if seenDecimal || (separators > 0 && group != 3) { return nil }
        seenDecimal = true
      } else {
        width = byte == 0x2E || byte == 0x2C ? 1 : NumberCore.groupMark(text, index, range.upperBound)
        if width == 0 || seenDecimal { return nil }
        let kind = byte == 0x2E || byte == 0x2C ? byte : 0
        if separators > 0, kind != separator { return nil }
        separator = kind
        if separators == 0 ? group < 1 || group > 3 : group != 3 { return nil }
        separators += 1
        group = 0
      }
      index += width
    }
    if !seenDecimal, separators > 0, group != 3 { return nil }
    // 0.125 with a decimal comma would be 125: nobody writes a thousand so
    if !seenDecimal, separators == 1, separator != 0, text[range.lowerBound] == 48 { return nil }
    return any ? digits : nil
  }
}
