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

  /// What one cell says.
  struct Reading: Sendable {
    var shape: NumberShape
    var isNegative: Bool
    var hasCurrency: Bool
    /// The mark that may be one of thousands is a comma.
    var hasComma = false
    /// With the only mark the shape allows; digits alone where it allows either.
    var value: Double

    init(_ shape: NumberShape, _ core: NumberCore, _ cell: Span<UInt8>) {
      self.shape = shape
      isNegative = core.isNegative
      hasCurrency = !core.currency.isNone
      let decimal: UInt8 = shape == .comma ? 0x2C : 0x2E
      var digits = 0.0
      var divisor = 1.0
      var isFraction = false
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
      value = isNegative ? -digits / divisor : digits / divisor
    }

    /// Up to 15 digits, perhaps with a minus before and a point or comma among them: what most numbers are.
    ///
    /// Nil for every other shape; where it reads one, it does so as the thorough way does.
    init?(simple cell: Span<UInt8>, _ digits: Int) {
      guard digits <= 15 else { return nil }
      let start = cell[0] == 0x2D ? 1 : 0
      guard start < cell.count, ByteText.isDigit(cell[start]), ByteText.isDigit(cell[cell.count - 1]) else {
        return nil
      }
      var mantissa: Int64 = 0
      var scale: Int64 = 1
      var mark = -1
      for index in start..<cell.count {
        let byte = cell[index]
        if ByteText.isDigit(byte) {
          mantissa = mantissa &* 10 &+ Int64(byte &- 48)
          if mark >= 0 { scale = scale &* 10 }
        } else if mark < 0, byte == 0x2E || byte == 0x2C {
          mark = index
        } else {
          return nil
        }
      }
      isNegative = start == 1
      hasCurrency = false
      shape = .plain
      if mark >= 0 {
        let isGroup = cell.count - mark == 4 && mark - start <= 3 && cell[start] != 48
        shape = isGroup ? .either : cell[mark] == 0x2C ? .comma : .point
        if isGroup {
          hasComma = cell[mark] == 0x2C
          scale = 1
        }
      }
      let whole = Double(mantissa)
      value = scale == 1 ? whole : whole / Double(scale)
      if isNegative { value = -value }
    }
  }

  @inline(__always)
  mutating func take(_ reading: Reading) {
    switch reading.shape {
    case .none: return
    case .plain: plain += 1
    case .point: point += 1
    case .comma: comma += 1
    case .either: either += 1
    }
    if reading.isNegative { negative += 1 }
    if reading.hasCurrency { withCurrency += 1 }
    guard reading.value.isFinite else { return }
    if reading.shape != .either {
      spread.take(reading.value)
    } else if reading.hasComma {
      commaThousands.take(reading.value)
    } else {
      pointThousands.take(reading.value)
    }
  }

  @inline(__always)
  mutating func keepExamples(_ reading: Reading, _ cell: Span<UInt8>) {
    if first == nil { first = ByteText.sample(cell) }
    if reading.shape == .either, example == nil { example = ByteText.sample(cell) }
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
