package import SegueCore

/// A number that people would type into a filter, and how far it is from a really round one.
package struct RoundNumber: Hashable, Sendable {
  package var value: Double
  /// 0 for 3, 40, 500; 1 for 45, 250; 2 for 37, 4,200; 3 for 1,985.
  package var roughness: Int

  /// Numbers of two significant digits that lie in `values`; finer ones where all values are close together
  /// against their size, as years are.
  ///
  /// - Parameter values: ascending, finite.
  /// - Returns: ascending, without repeats; of whole values only whole numbers.
  /// - Complexity: 90 numbers a power of ten.
  package static func grid(over values: [Double], unit: Unit) -> [RoundNumber] {
    guard let low = values.first, let high = values.last, low < high else { return [] }
    let isWhole = values.allSatisfy { $0 == $0.rounded() }
    let (p5, p95) = (values[values.count / 20], values[values.count - 1 - values.count / 20])
    let spread = p95 > p5 ? p95 - p5 : high - low
    guard spread.isFinite, spread > 0 else { return [] }
    let top = max(decimalExponent(spread) - 1, isWhole ? 0 : -290)
    let lowest = max(top - 2, isWhole ? 0 : -290)
    let near = (p5 - spread)...(p95 + spread)
    var found: [Double: Int] = low <= 0 && high >= 0 ? [0: 0] : [:]
    func add(_ mantissa: Int, _ exponent: Int, _ sign: Double) {
      let value = sign * scaled(mantissa, exponent)
      guard value >= low, value <= high, mantissa < 100 || near.contains(value) else { return }
      found[value] = roughness(mantissa, value, unit)
    }
    for (sign, reach) in [(1.0, high), (-1.0, -low)] where reach > 0 {
      for exponent in lowest...max(lowest, decimalExponent(reach)) {
        for mantissa in (exponent == lowest ? 1 : 10)...99 { add(mantissa, exponent, sign) }
      }
      let ends = [near.lowerBound, near.upperBound].map { units(sign * $0, top) }.sorted()
      if ends[1] >= 100 { for mantissa in max(100, ends[0])...ends[1] { add(mantissa, top, sign) } }
    }
    return found.map { RoundNumber(value: $0, roughness: $1) }.sorted { $0.value < $1.value }
  }

  /// ⌊log₁₀ x⌋ of a positive finite number.
  static func decimalExponent(_ x: Double) -> Int {
    var exponent = Int((Elementary.log(x) / Elementary.log(10)).rounded(.down))
    if scaled(1, exponent + 1) <= x { exponent += 1 }
    if scaled(1, exponent) > x { exponent -= 1 }
    return exponent
  }

  /// Dividing keeps 0.15 at 0.15, where multiplying by 0.01 would not.
  private static func scaled(_ mantissa: Int, _ exponent: Int) -> Double {
    exponent >= 0 ? Double(mantissa) * power(exponent) : Double(mantissa) / power(-exponent)
  }

  private static func units(_ value: Double, _ exponent: Int) -> Int {
    let quotient = exponent >= 0 ? value / power(exponent) : value * power(-exponent)
    return Int(min(max(quotient.rounded(), -1e15), 1e15))
  }

  private static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  private static func roughness(_ mantissa: Int, _ value: Double, _ unit: Unit) -> Int {
    // What calendars and habits make round.
    if unit == .days, [14, 28, 30, 60, 90, 180, 365, 730].contains(value) { return 0 }
    var digits = mantissa
    while digits >= 10, digits % 10 == 0 { digits /= 10 }
    if digits < 10 || (value.magnitude <= 12 && value == value.rounded()) { return 0 }
    return digits < 100 ? (digits % 5 == 0 ? 1 : 2) : 3
  }
}
