/// How customer ids are matched: as written, blanks trimmed, `17850.0` as `17850`.
package enum CustomerKey {
  /// The part of a trimmed cell that is the id; empty if it names nobody.
  @inline(__always)
  package static func range(_ cell: Span<UInt8>) -> Range<Int> {
    let count = cell.count
    guard count > 0 else { return 0..<0 }
    if count > 2, cell[count - 1] == 48, cell[count - 2] == 0x2E {
      for index in 0..<(count - 2) where !ByteText.isDigit(cell[index]) { return 0..<count }
      return 0..<(count - 2)
    }
    return isNull(cell) || isNobody(cell) ? 0..<0 : 0..<count
  }

  /// What shops write for a customer they do not know. One such "customer" would be everybody's best.
  private static let nobodies: [[UInt8]] = ["guest", "anonymous", "unknown", "none", "gast", "anonym"].map {
    Array($0.utf8)
  }

  @inline(__always)
  static func isNobody(_ cell: Span<UInt8>) -> Bool {
    guard cell.count >= 4, cell.count <= 9, ByteText.isLetter(cell[0]), ByteText.isLetter(cell[1]) else {
      return false
    }
    return nobodies.contains { word in
      word.count == cell.count && word.indices.allSatisfy { cell[$0] | 0x20 == word[$0] }
    }
  }

  /// What programs write for "nothing": NULL, NaN, N/A, `\N`.
  @inline(__always)
  static func isNull(_ cell: Span<UInt8>) -> Bool {
    func letter(_ index: Int) -> UInt8 { cell[index] & 0xDF }
    switch cell.count {
    case 2: return cell[0] == 0x5C && cell[1] == 0x4E
    case 3:
      if letter(0) == 0x4E, letter(1) == 0x41, letter(2) == 0x4E { return true }
      return letter(0) == 0x4E && cell[1] == 0x2F && letter(2) == 0x41
    case 4: return letter(0) == 0x4E && letter(1) == 0x55 && letter(2) == 0x4C && letter(3) == 0x4C
    default: return false
    }
  }
}
