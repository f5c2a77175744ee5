internal import SegueCore

/// The most frequent shapes of keys, days and amounts, eight bytes at a time.
///
/// Each answers nil for whatever it does not know; the readers in `Fields` then have the word. All of them load
/// up to 16 bytes around a field, which must be readable.

/// A short text in two words: up to 15 bytes and, in the top byte, their number.
struct ShortKey: Hashable, Sendable {
  var low: UInt64
  var high: UInt64

  static let longest = 15

  /// - Precondition: `count` is 0…15.
  @inline(__always)
  init(_ text: UnsafePointer<UInt8>, _ count: Int) {
    low = unsafe loadWord(text)
    high = unsafe loadWord(text + 8)
    let bits = UInt64(truncatingIfNeeded: count) &* 8
    low &= count >= 8 ? ~0 : ~(~0 &<< bits)
    high = count > 8 ? high & ~(~0 &<< (bits &- 64)) : 0
    high |= UInt64(truncatingIfNeeded: count) &<< 56
  }

  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  var count: Int { Int(high &>> 56) }

  /// Texts by length and then by their bytes: the order in which numbers rise, with or without a prefix.
  @inline(__always)
  func precedes(_ other: ShortKey) -> Bool {
    let (length, otherLength) = (high &>> 56, other.high &>> 56)
    if length != otherLength { return length < otherLength }
    if low != other.low { return low.byteSwapped < other.low.byteSwapped }
    return high.byteSwapped < other.high.byteSwapped
  }

  /// Whether a byte occurs in it.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    func has(_ word: UInt64) -> Bool {
      let zeros = word ^ (0x0101_0101_0101_0101 &* UInt64(byte))
      return (zeros &- 0x0101_0101_0101_0101) & ~zeros & 0x8080_8080_8080_8080 != 0
    }
    return has(low) || has(high & 0x00FF_FFFF_FFFF_FFFF)
  }

  /// ASCII letters, digits, hyphens and underscores only.
  var isPlain: Bool {
    for place in 0..<count {
      let word = place < 8 ? low : high
      let byte = UInt8(truncatingIfNeeded: word &>> UInt64((place & 7) &* 8))
      if !CustomerSpelling.isPlain(byte) { return false }
    }
    return true
  }

  /// Begins as what programs write for nothing or nobody does: NULL, N/A, `\N`, guest, anonymous, unknown.
  @inline(__always)
  var mayNameNobody: Bool {
    let first = low & 0xDF
    let second = low &>> 8 & 0xFF
    if second &- 48 < 10 { return false }
    return first == 0x4E || first == 0x47 || first == 0x41 || first == 0x55 || low & 0xFF == 0x5C
  }

  @inline(__always)
  var hash: UInt64 {
    let product = (low ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: high ^ 0xe703_7ed1_a0b4_28db)
    return product.high ^ product.low
  }

  func appendText(to bytes: inout [UInt8]) {
    for place in 0..<count {
      let word = place < 8 ? low : high
      bytes.append(UInt8(truncatingIfNeeded: word &>> UInt64((place & 7) * 8)))
    }
  }
}

@inline(__always)
func loadWord(_ text: UnsafePointer<UInt8>) -> UInt64 {
  UInt64(littleEndian: unsafe UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
}

/// Reads `2024-03-09`, alone or before a time that names no zone; remembers the last day.
struct FastDays: Sendable {
  private var lastWord: UInt64 = 0
  private var lastPair: UInt16 = 0
  private var lastDay: Int32 = 0
  /// Whether a time of day may follow that does not move the day.
  let allowsTime: Bool

  init(allowsTime: Bool) { self.allowsTime = allowsTime }

  /// Days since 1970-01-01.
  @inline(__always)
  mutating func read(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
    guard count == 10 || (count == 19 && allowsTime) else { return nil }
    if count == 19, unsafe !FastDays.isTime(text + 10) { return nil }
    let word = unsafe loadWord(text)
    let pair = UInt16(littleEndian: unsafe UnsafeRawPointer(text + 8).loadUnaligned(as: UInt16.self))
    if word == lastWord, pair == lastPair { return lastDay }
    return parse(word, pair)
  }

  private mutating func parse(_ word: UInt64, _ pair: UInt16) -> Int32? {
    // digits, digits, digits, digits, -, digit, digit, -
    let digits: UInt64 = 0x00FF_FF00_FFFF_FFFF
    guard word & ~digits == 0x2D00_002D_0000_0000 else { return nil }
    let padded = word & digits | 0x3000_0030_0000_0000
    guard areDigits(padded), areDigits(UInt64(pair) | 0x3030_3030_3030_0000) else { return nil }
    func digit(_ place: UInt64) -> Int { Int(padded &>> (place &* 8) & 15) }
    let year = digit(0) * 1_000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let month = digit(5) * 10 + digit(6)
    let day = Int(pair & 15) * 10 + Int(pair &>> 8 & 15)
    guard year >= 1000, let days = CalendarDay(year: year, month: month, day: day)?.daysSinceEpoch else {
      return nil
    }
    (lastWord, lastPair, lastDay) = (word, pair, days)
    return days
  }

  /// ` 14:05:07` or `T14:05:07`
  @inline(__always)
  private static func isTime(_ text: UnsafePointer<UInt8>) -> Bool {
    let mark = unsafe text[0]
    guard mark == 0x20 || mark == 0x54 else { return false }
    let word = unsafe loadWord(text + 1)
    let digits: UInt64 = 0xFFFF_00FF_FF00_FFFF
    guard word & ~digits == 0x0000_3A00_003A_0000, areDigits(word & digits | 0x0000_3000_0030_0000) else {
      return false
    }
    func pair(_ place: UInt64) -> UInt64 { (word &>> place & 15) &* 10 &+ (word &>> (place &+ 8) & 15) }
    return pair(0) < 24 && pair(24) < 60 && pair(48) < 60
  }
}

/// Eight bytes that are all digits.
@inline(__always)
private func areDigits(_ word: UInt64) -> Bool {
  word & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030
    && (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030
}

/// Reads `123.45`, up to eight characters behind an optional minus, at most four decimals.
///
/// - Returns: ten-thousandths.
@inline(__always)
func fastAmount(_ text: UnsafePointer<UInt8>, _ length: Int, decimal: UInt8) -> Int64? {
  var start = unsafe text
  var count = length
  let isNegative = unsafe count > 0 && text[0] == 0x2D
  if isNegative {
    unsafe start += 1
    count -= 1
  }
  guard count > 0, count <= 8 else { return nil }
  // The last character is the highest byte; what stands before the number becomes leading zeros.
  let garbage = UInt64(truncatingIfNeeded: 8 &- count) &* 8
  var word = unsafe loadWord(start + count - 8)
  word = (word &>> garbage) &<< garbage | (garbage == 0 ? 0 : 0x3030_3030_3030_3030 &>> (64 &- garbage))
  let marks = word ^ (0x0101_0101_0101_0101 &* UInt64(decimal))
  let found = ~(((marks & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | marks | 0x7F7F_7F7F_7F7F_7F7F)
  var scale: Int64 = 10_000
  if found != 0 {
    let place = UInt64(found.trailingZeroBitCount) &>> 3
    let decimals = 7 &- place
    guard decimals <= 4, count > 1 else { return nil }
    let below = (1 &<< (place &* 8)) &- 1 as UInt64
    // A number that ends in its mark has nothing above it.
    let above = decimals == 0 ? 0 : (word &>> ((place &+ 1) &* 8)) &<< ((place &+ 1) &* 8)
    word = (word & below) &<< 8 | above | 0x30
    scale = tenPowers(4 &- Int64(decimals))
  }
  guard areDigits(word) else { return nil }
  word &-= 0x3030_3030_3030_3030
  word = word &* 10 &+ (word &>> 8)
  let left = (word & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
  let right = (word &>> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
  let value = Int64((left &+ right) &>> 32) &* scale
  return isNegative ? -value : value
}

/// 10⁰ … 10⁴ without a table in memory.
@inline(__always)
private func tenPowers(_ exponent: Int64) -> Int64 {
  switch exponent {
  case 0: 1
  case 1: 10
  case 2: 100
  case 3: 1_000
  default: 10_000
  }
}
