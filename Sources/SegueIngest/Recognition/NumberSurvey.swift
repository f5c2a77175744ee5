/// Which decimal mark a column's numbers speak for.
struct NumberSurvey: Equatable, Sendable {
  var plain = 0
  var point = 0
  var comma = 0
  var either = 0
  var negative = 0
  var withCurrency = 0
  /// A value that reads two ways.
  var example: String?
  /// The first number as it stands.
  var first: String?
  /// How large the numbers are that read one way.
  private var spread = NumberSpread()
  /// Those of `1,234` and of `1.234`, with the mark read as one of thousands.
  private var commaThousands = NumberSpread()
  private var pointThousands = NumberSpread()

  var count: Int { plain + point + comma + either }

  mutating func take(_ shape: NumberShape, _ core: NumberCore, _ cell: Span<UInt8>) {
    switch shape {
    case .none: return
    case .plain: plain += 1
    case .point: point += 1
    case .comma: comma += 1
    case .either:
      either += 1
      if example == nil { example = ByteText.sample(cell) }
    }
    if first == nil { first = ByteText.sample(cell) }
    if core.isNegative { negative += 1 }
    if !core.currency.isNone { withCurrency += 1 }
    takeSize(shape, core, cell)
  }

  private mutating func takeSize(_ shape: NumberShape, _ core: NumberCore, _ cell: Span<UInt8>) {
    let decimal: UInt8 = shape == .comma ? 0x2C : 0x2E
    var digits = 0.0
    var divisor = 1.0
    var isFraction = false
    var hasComma = false
    for index in core.range {
      let byte = cell[index]
      if ByteText.isDigit(byte) {
        digits = digits * 10 + Double(byte - 48)
        if isFraction { divisor *= 10 }
      } else if byte == decimal, shape != .either {
        isFraction = true
      } else if byte == 0x2C {
        hasComma = true
      }
    }
    let value = core.isNegative ? -digits / divisor : digits / divisor
    guard value.isFinite else { return }
    if shape != .either {
      spread.take(value)
    } else if hasComma {
      commaThousands.take(value)
    } else {
      pointThousands.take(value)
    }
  }

  /// How large the numbers are, read with one decimal mark.
  func spread(decimalMark: UInt8) -> NumberSpread {
    let isComma = decimalMark == 0x2C
    var whole = spread
    whole.merge(isComma ? pointThousands : commaThousands)
    whole.merge((isComma ? commaThousands : pointThousands).dividedByThousand())
    return whole
  }

  mutating func merge(_ later: NumberSurvey) {
    plain += later.plain
    point += later.point
    comma += later.comma
    either += later.either
    negative += later.negative
    withCurrency += later.withCurrency
    example = example ?? later.example
    first = first ?? later.first
    spread.merge(later.spread)
    commaThousands.merge(later.commaThousands)
    pointThousands.merge(later.pointThousands)
  }

  /// The mark the values prove, nil if they prove none.
  var decimalMark: IngestOptions.DecimalMark? {
    if point == 0, comma == 0 { return nil }
    return point >= comma ? .point : .comma
  }

  /// Values read two ways and nothing in the column says which.
  var isUndecided: Bool { either > 0 && point == 0 && comma == 0 }
}
