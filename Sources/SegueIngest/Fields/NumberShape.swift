/// What a number's separators say about the decimal mark.
package enum NumberShape: UInt8, Sendable {
  /// Not a number.
  case none
  /// Digits only, or grouped by blanks or apostrophes: reads the same either way.
  case plain
  /// Only possible with a decimal point.
  case point
  /// Only possible with a decimal comma.
  case comma
  /// `1.234` or `1,234`: a thousand or one and a bit.
  case either

  /// - Complexity: O(length).
  package static func of(_ text: Span<UInt8>) -> NumberShape { describe(text)?.shape ?? .none }

  /// - Complexity: O(length).
  static func describe(_ text: Span<UInt8>) -> (shape: NumberShape, core: NumberCore)? {
    guard let core = NumberCore(text) else { return nil }
    var scan = GroupScan()
    var index = core.range.lowerBound
    while index < core.range.upperBound {
      let width = scan.take(text, index, core.range.upperBound)
      guard width > 0 else { return nil }
      index += width
    }
    let shape = scan.shape
    return shape == .none ? nil : (shape, core)
  }
}

/// Follows groups of digits and the separators between them.
private struct GroupScan {
  private var points = 0
  private var commas = 0
  private var blanks = 0
  private var digits = 0
  private var group = 0
  private var firstGroup = 0
  /// The first digit is a zero, so a group of three after it are decimals.
  private var leadingZero = false
  /// A group between two separators is not three digits long.
  private var oddGroup = false
  /// The last separator is of another sort than one before it.
  private var last: UInt8 = 0
  private var pointAfterComma = false
  private var commaAfterPoint = false
  private var separators: Int { points + commas + blanks }

  /// The bytes of the digit or separator at `index`, 0 if there is neither.
  mutating func take(_ text: Span<UInt8>, _ index: Int, _ end: Int) -> Int {
    let byte = text[index]
    if ByteText.isDigit(byte) {
      if digits == 0 { leadingZero = byte == 48 }
      digits += 1
      group += 1
      return 1
    }
    var width = 1
    switch byte {
    case 0x2E:
      if commas > 0 { pointAfterComma = true }
      closeGroup()
      points += 1
    case 0x2C:
      if points > 0 { commaAfterPoint = true }
      closeGroup()
      commas += 1
    default:
      width = NumberCore.groupMark(text, index, end)
      if width == 0 { return 0 }
      closeGroup()
      blanks += 1
    }
    last = byte
    return width
  }

  private mutating func closeGroup() {
    if separators == 0 { firstGroup = group } else if group != 3 { oddGroup = true }
    group = 0
  }

  var shape: NumberShape {
    guard digits > 0 else { return .none }
    if separators == 0 { return .plain }
    let groupsFit = !oddGroup && firstGroup >= 1 && firstGroup <= 3
    let lastFits = group == 3
    switch (points, commas) {
    case (0, 0): return groupsFit && lastFits ? .plain : .none
    case (1, 0): return single(.point, groupsFit, lastFits)
    case (0, 1): return single(.comma, groupsFit, lastFits)
    case (_, 0): return groupsFit && lastFits && blanks == 0 ? .comma : .none
    case (0, _): return groupsFit && lastFits && blanks == 0 ? .point : .none
    default:
      guard groupsFit, blanks == 0, pointAfterComma != commaAfterPoint else { return .none }
      if last == 0x2E { return points == 1 ? .point : .none }
      return commas == 1 ? .comma : .none
    }
  }

  private func single(_ mark: NumberShape, _ groupsFit: Bool, _ lastFits: Bool) -> NumberShape {
    if blanks > 0 {
      return groupsFit && (last == 0x2E || last == 0x2C) ? mark : .none
    }
    return groupsFit && lastFits && !leadingZero ? .either : mark
  }
}
