/// Exact money: whole ten-thousandths of a currency unit, so that sums do not depend on their order.
///
/// Holds ±922 trillion units. Arithmetic that user data can overflow reports it; nothing traps.
public struct Amount: Hashable, Comparable, Sendable {
  public static let scale: Int64 = 10_000
  public static let zero = Amount(tenThousandths: 0)

  public var tenThousandths: Int64

  public init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  /// Whole units.
  public init(_ units: Int) { tenThousandths = Int64(units) * Amount.scale }

  /// For computing, never for adding up.
  public var units: Double { Double(tenThousandths) / Double(Amount.scale) }

  /// The sum, or nil when it leaves the range.
  public func adding(_ other: Amount) -> Amount? {
    let (sum, overflow) = tenThousandths.addingReportingOverflow(other.tenThousandths)
    return overflow ? nil : Amount(tenThousandths: sum)
  }

  /// Unit price times quantity, rounded half away from zero to a ten-thousandth; nil when out of range.
  public func multiplied(by quantity: Amount) -> Amount? {
    let product = Int128(tenThousandths) * Int128(quantity.tenThousandths)
    let half = Int128(Amount.scale / 2)
    let rounded = (product >= 0 ? product + half : product - half) / Int128(Amount.scale)
    return Int64(exactly: rounded).map(Amount.init(tenThousandths:))
  }

  /// Sums saturate at the ends of the range instead of trapping; readers reject such values first.
  public static func + (a: Amount, b: Amount) -> Amount {
    a.adding(b) ?? Amount(tenThousandths: b.tenThousandths > 0 ? .max : .min)
  }

  public static func - (a: Amount, b: Amount) -> Amount { a + -b }

  public static prefix func - (a: Amount) -> Amount {
    Amount(tenThousandths: a.tenThousandths == .min ? .max : -a.tenThousandths)
  }

  public static func += (a: inout Amount, b: Amount) { a = a + b }
  public static func -= (a: inout Amount, b: Amount) { a = a - b }
  public static func < (a: Amount, b: Amount) -> Bool { a.tenThousandths < b.tenThousandths }
}

extension Amount: CustomStringConvertible, Codable {
  /// Plain decimal with at least two places and no more than needed: `12.50`, `8911407.904`.
  public var description: String {
    var bytes: [UInt8] = []
    bytes.append(self)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads what `description` writes: optional sign, digits, up to four decimals.
  public init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    let negative = bytes.first == UInt8(ascii: "-")
    if negative { bytes = bytes.dropFirst() }
    var value: Int64 = 0
    var decimals: Int?
    guard !bytes.isEmpty else { return nil }
    for byte in bytes {
      if byte == UInt8(ascii: "."), decimals == nil {
        decimals = 0
        continue
      }
      guard byte >= 48, byte <= 57, (decimals ?? 0) < 4 else { return nil }
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = scaled.addingReportingOverflow(Int64(byte - 48))
      if overflow || carry { return nil }
      value = sum
      if let places = decimals { decimals = places + 1 }
    }
    for _ in (decimals ?? 0)..<4 {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = scaled
    }
    tenThousandths = negative ? -value : value
  }

  /// JSON carries money as text, so that no reader rounds it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let amount = Amount(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is not an amount")
    }
    self = amount
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
