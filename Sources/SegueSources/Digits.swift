/// Numbers as text, without locale.
enum Digits {
  /// Writes up to 20 bytes and returns how many.
  static func write(_ value: Int64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    var rest = value.magnitude
    var length = value < 0 ? 2 : 1
    var bound: UInt64 = 10
    while length < 20, rest >= bound {
      length += 1
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    var index = length
    repeat {
      index -= 1
      unsafe place[index] = UInt8(0x30 + rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 { unsafe place[0] = 0x2D }
    return length
  }

  /// The shortest digits that read back as the same number, without an exponent where that stays readable.
  static func plain(_ value: Double) -> String {
    let text = value.description
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]),
      (-20...20).contains(exponent)
    else { return text }
    let isNegative = value < 0
    let mantissa = text[..<mark].drop { $0 == "-" }
    let whole = mantissa.prefix { $0 != "." }
    var digits = whole + mantissa.dropFirst(whole.count + 1)
    if digits.last == "0", digits.count > 1 { digits.removeLast() }
    // the point stands behind this many digits
    let point = whole.count + exponent
    let sign = isNegative ? "-" : ""
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }
}
