import SegueCore
import SegueIngest

/// One way to write an amount.
struct NumberStyle {
  var decimal: UInt8
  private var decimals: Int
  private var group: String
  private var sign: Int
  /// Before and behind the digits.
  private var affix: (String, String, String)
  private var blanks: (String, String)

  /// Sign or code before, behind, and the currency meant.
  private static let affixes: [(String, String, String)] = [
    ("", "", ""), ("", "", ""), ("£", "", "GBP"), ("$", "", "USD"), ("US$", "", "USD"), ("R$ ", "", "BRL"),
    ("€ ", "", "EUR"),
    ("", "€", "EUR"), ("", " €", "EUR"), ("", "\u{A0}€", "EUR"), ("", "\u{202F}€", "EUR"),
    ("EUR ", "", "EUR"), ("", " CHF", "CHF"),
    ("CHF", "", "CHF"), ("¥", "", "JPY"), ("₹", "", "INR"), ("₺", "", "TRY"), ("", " zł", "PLN"),
    ("", " kr", ""), ("", " Kč", "CZK"),
  ]

  init(_ cells: inout Cells) {
    decimal = [0x2E, 0x2C][cells.below(2)]
    decimals = cells.below(5)
    let other = decimal == 0x2E ? "," : "."
    group = ["", "", other, " ", "\u{A0}", "\u{202F}", "\u{2009}", "'", "’"][cells.below(9)]
    sign = cells.below(5)
    affix = Self.affixes[cells.below(Self.affixes.count)]
    blanks = (["", " ", "\u{A0}"][cells.below(3)], ["", " "][cells.below(2)])
  }

  var currency: CurrencyCode { CurrencyCode(affix.2) ?? .none }

  /// What is left of an amount with so few decimals.
  func rounded(_ amount: Int64) -> Int64 { amount - amount % unit }

  private var unit: Int64 { (decimals..<4).reduce(1) { value, _ in value * 10 } }

  func print(_ amount: Int64) -> String {
    let value = rounded(amount)
    var digits = String(value.magnitude / 10_000)
    if !group.isEmpty {
      var grouped = ""
      for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { grouped += group }
        grouped.append(digit)
      }
      digits = grouped
    }
    if decimals > 0 {
      let fraction = String(10_000 + value.magnitude % 10_000).dropFirst().prefix(decimals)
      digits += String(UnicodeScalar(decimal)) + fraction
    }
    let (before, behind, _) = affix
    let text =
      switch (value < 0, sign) {
      case (false, 4): "+" + before + digits + behind
      case (false, _): before + digits + behind
      case (true, 0): before + "-" + digits + behind
      case (true, 1): "(" + before + digits + behind + ")"
      case (true, 2): before + digits + "-" + behind
      case (true, 3): "\u{2212}" + before + digits + behind
      case (true, _): "-" + before + digits + behind
      }
    return blanks.0 + text + blanks.1
  }
}
