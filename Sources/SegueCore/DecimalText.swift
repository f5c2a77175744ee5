extension [UInt8] {
  /// Appends the digits of a number, as its description would.
  package mutating func append(decimal value: some FixedWidthInteger) {
    if value < 0 { append(0x2D) }
    append(digits: UInt64(value.magnitude))
  }

  private mutating func append(digits value: UInt64) {
    var scale: UInt64 = 1
    while value / scale >= 10 { scale *= 10 }
    var rest = value
    while scale > 0 {
      append(48 + UInt8(truncatingIfNeeded: rest / scale))
      rest %= scale
      scale /= 10
    }
  }

  /// Appends an amount, as its description would.
  ///
  /// - Parameter places: decimals that stand there even if they are zero, at most four.
  package mutating func append(_ amount: Amount, places: Int = 2) {
    let magnitude = amount.tenThousandths.magnitude
    if amount.tenThousandths < 0 { append(0x2D) }
    append(digits: magnitude / UInt64(Amount.scale))
    var fraction = magnitude % UInt64(Amount.scale)
    guard fraction > 0 || places > 0 else { return }
    append(0x2E)
    var scale: UInt64 = 1_000
    var written = 0
    while scale > 0, fraction > 0 || written < places {
      append(48 + UInt8(truncatingIfNeeded: fraction / scale))
      fraction %= scale
      scale /= 10
      written += 1
    }
  }

  /// Appends the shortest decimal that reads back as a finite number, as JSON encoders write it: `12.5`, `3`.
  package mutating func append(json value: Double) {
    // Up to 15 digits the shortest decimal is the one the number was made from.
    let scaled = value * Double(Amount.scale)
    if abs(scaled) < 1e15, scaled != 0 || value.sign == .plus {
      let amount = Amount(tenThousandths: Int64(scaled.rounded()))
      if amount.units == value { return append(amount, places: 0) }
    }
    let text = value.description
    append(contentsOf: (text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8)
  }
}
