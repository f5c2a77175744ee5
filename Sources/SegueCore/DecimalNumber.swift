/// Numbers as programs read them, with no more digits than they deserve.
package enum DecimalNumber {
  /// More than any estimate from data is good for, and enough that whole days come back from weeks.
  package static let digits = 10

  /// The value to ten significant digits, without trailing zeros: `0.7266091510` as `0.726609151`, `2.5e-7`.
  ///
  /// What is read back and written again gives the same text. Writes nothing for what is not finite.
  ///
  /// - Complexity: O(1), without allocation while `output` has room.
  package static func append(_ value: Double, to output: inout [UInt8]) {
    guard value.isFinite else { return }
    guard value != 0 else { return output.append(zero) }
    if value < 0 { output.append(UInt8(ascii: "-")) }
    var (significand, exponent) = scaled(value.magnitude)
    var count = digits
    while significand % 10 == 0 {
      significand /= 10
      count -= 1
    }
    switch exponent {
    case -5..<0:
      output.append(zero)
      output.append(point)
      for _ in 1..<(-exponent) { output.append(zero) }
      append(significand, count, pointAfter: count, to: &output)
    case 0..<15:
      append(significand, count, pointAfter: exponent + 1, to: &output)
      if count <= exponent { for _ in count...exponent { output.append(zero) } }
    default:
      append(significand, count, pointAfter: 1, to: &output)
      output.append(UInt8(ascii: "e"))
      if exponent < 0 { output.append(UInt8(ascii: "-")) }
      let magnitude = exponent.magnitude
      if magnitude >= 100 { output.append(zero + UInt8(magnitude / 100)) }
      if magnitude >= 10 { output.append(zero + UInt8(magnitude / 10 % 10)) }
      output.append(zero + UInt8(magnitude % 10))
    }
  }

  private static let zero = UInt8(ascii: "0")
  private static let point = UInt8(ascii: ".")
  private static let smallest: UInt64 = 1_000_000_000

  /// All `count` digits of the significand, the point behind `pointAfter` of them if more follow.
  private static func append(
    _ significand: UInt64, _ count: Int, pointAfter: Int, to output: inout [UInt8]
  ) {
    var divisor: UInt64 = 1
    for _ in 1..<max(1, count) { divisor *= 10 }
    var rest = significand
    for position in 0..<count {
      if position == pointAfter { output.append(point) }
      output.append(zero + UInt8(rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// Ten digits s and e with value ≈ s · 10^(e − 9).
  private static func scaled(_ value: Double) -> (significand: UInt64, exponent: Int) {
    // log10(2) · the binary exponent misses by at most one.
    var exponent = Int((Double(value.exponent) * 0.301_029_995_663_981_2).rounded(.down))
    while true {
      let digits = UInt64(shifted(value, by: DecimalNumber.digits - 1 - exponent).rounded())
      if digits >= smallest * 10 {
        exponent += 1
      } else if digits < smallest {
        exponent -= 1
      } else {
        return (digits, exponent)
      }
    }
  }

  /// value · 10^places; each step is by a power of ten that a double holds exactly.
  private static func shifted(_ value: Double, by places: Int) -> Double {
    var (value, left) = (value, places)
    while left > 22 { (value, left) = (value * 1e22, left - 22) }
    while left < -22 { (value, left) = (value / 1e22, left + 22) }
    var power = 1.0
    for _ in 0..<left.magnitude { power *= 10 }
    return left < 0 ? value / power : value * power
  }
}
