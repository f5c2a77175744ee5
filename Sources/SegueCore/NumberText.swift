/// Numbers as people read them: fixed decimals, grouped thousands, shares, money. No locale.
public enum NumberText {
  /// Rounded half away from zero to `decimals` places; grouped with commas unless told otherwise.
  ///
  /// `−` is a plain hyphen, so that the text also survives CSV and terminals.
  public static func fixed(_ value: Double, _ decimals: Int = 0, grouped: Bool = true) -> String {
    guard value.isFinite else { return value.isNaN ? "n/a" : (value < 0 ? "-∞" : "∞") }
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    let scaled = (value.magnitude * factor).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e18 else { return "\(value)" }
    let digits = UInt64(scaled)
    let whole = digits / UInt64(factor)
    var text = grouped ? groupedDigits(whole) : String(whole)
    if decimals > 0 {
      let fraction = String(digits % UInt64(factor))
      text += "." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
    return value < 0 && digits > 0 ? "-" + text : text
  }

  /// As many decimals as the size calls for: three significant digits, two below 1, whole numbers from
  /// 100 on.
  public static func compact(_ value: Double) -> String {
    let magnitude = value.magnitude
    if magnitude < 0.1, magnitude >= 1e-9 {
      var (places, scaled) = (1, magnitude)
      while scaled < 1 { (places, scaled) = (places + 1, scaled * 10) }
      return fixed(value, places)
    }
    if magnitude >= 100 || magnitude == magnitude.rounded() { return fixed(value) }
    return magnitude >= 10 ? fixed(value, 1) : fixed(value, 2)
  }

  public static func integer(_ value: Int) -> String {
    (value < 0 ? "-" : "") + groupedDigits(UInt64(value.magnitude))
  }

  /// `20 min`, `3 h`, `2.4 d`.
  public static func duration(days: Double) -> String {
    if days < 1.0 / 24 { return fixed(days * 1_440) + " min" }
    if days < 1 { return fixed(days * 24) + " h" }
    return fixed(days, days < 10 ? 1 : 0) + " d"
  }

  /// `1 row`, `1,204 rows`: for nouns that take an s.
  public static func count(_ value: Int, _ noun: String) -> String {
    "\(integer(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  /// `0.0937` → `9.4%`; from 10 % on without decimals unless `decimals` says otherwise.
  public static func percent(_ share: Double, _ decimals: Int? = nil) -> String {
    let places = decimals ?? (share.magnitude < 0.0995 && share != 0 ? 1 : 0)
    return fixed(share * 100, places) + "%"
  }

  private static func groupedDigits(_ value: UInt64) -> String {
    let digits = Array(String(value).utf8)
    var text: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// How money is shown: the ISO code's sign where everybody knows it, else the code itself.
public struct MoneyText: Hashable, Sendable {
  /// ISO 4217, or nil when the data names no currency: then figures stand without a sign.
  public var currency: String?

  public init(currency: String?) { self.currency = currency }

  /// `£4,820`, `£12.50` below 100, `-£3.20`.
  public func string(_ units: Double) -> String {
    signed(units, NumberText.fixed(units.magnitude, units.magnitude < 99.995 ? 2 : 0))
  }

  /// With a stated number of decimals: `£8,911,407.904`, for tables that must add up.
  public func exact(_ units: Double, _ decimals: Int) -> String {
    signed(units, NumberText.fixed(units.magnitude, decimals))
  }

  /// For tiles and headlines: `£8.91 M`, `£412 k`, `£980`.
  public func short(_ units: Double) -> String {
    let magnitude = units.magnitude
    if magnitude >= 999_500_000 { return signed(units, NumberText.fixed(magnitude / 1e9, 2) + " bn") }
    if magnitude >= 999_500 { return signed(units, NumberText.fixed(magnitude / 1e6, 2) + " M") }
    if magnitude >= 10_000 { return signed(units, NumberText.fixed(magnitude / 1e3) + " k") }
    return signed(units, NumberText.fixed(magnitude, magnitude < 100 ? 2 : 0))
  }

  private func signed(_ units: Double, _ text: String) -> String {
    let sign = units < 0 && text.contains { ("1"..."9").contains($0) } ? "-" : ""
    guard let currency else { return sign + text }
    if let symbol = MoneyText.symbols[currency] { return sign + symbol + text }
    return sign + text + " " + currency
  }

  private static let symbols = ["GBP": "£", "USD": "$", "EUR": "€", "JPY": "¥", "INR": "₹"]
}
