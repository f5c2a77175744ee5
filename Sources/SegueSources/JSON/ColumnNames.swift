internal import Glibc

/// Names of columns in the order they first appear, found by their bytes.
///
/// Records mostly repeat their keys in the same order, so the column after the last one found is tried first.
struct ColumnNames {
  /// As many as a worksheet may have; keys that are data (an id per key) would otherwise eat the memory.
  static let limit = 16_384

  private(set) var names: [[UInt8]] = []
  private var next = 0
  private var table = [Int32](repeating: -1, count: 64)

  var count: Int { names.count }

  mutating func startRecord() { next = 0 }

  /// The column of that name; a new one is added.
  ///
  /// - Returns: nil if there is no room for another.
  mutating func column(_ name: UnsafeRawBufferPointer) -> Int? {
    if next < names.count, unsafe ColumnNames.equal(names[next], name) {
      next += 1
      return next - 1
    }
    var slot = unsafe hash(name) & (table.count - 1)
    while table[slot] >= 0 {
      let column = Int(table[slot])
      if unsafe ColumnNames.equal(names[column], name) {
        next = column + 1
        return column
      }
      slot = (slot + 1) & (table.count - 1)
    }
    guard names.count < ColumnNames.limit else { return nil }
    table[slot] = Int32(names.count)
    unsafe names.append([UInt8](name))
    next = names.count
    if names.count * 2 > table.count { grow() }
    return names.count - 1
  }

  private mutating func grow() {
    table = [Int32](repeating: -1, count: table.count * 2)
    for (column, name) in names.enumerated() {
      var slot = unsafe name.withUnsafeBytes { unsafe hash($0) } & (table.count - 1)
      while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = Int32(column)
    }
  }

  @inline(__always)
  private static func equal(_ name: [UInt8], _ other: UnsafeRawBufferPointer) -> Bool {
    guard name.count == other.count else { return false }
    return unsafe name.withUnsafeBytes { mine in
      guard let a = mine.baseAddress, let b = other.baseAddress else { return true }
      return unsafe memcmp(a, b, other.count) == 0
    }
  }

  /// FNV-1a.
  private func hash(_ name: UnsafeRawBufferPointer) -> Int {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in 0..<name.count { value = unsafe (value ^ UInt64(name[index])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: value ^ (value >> 32)) & Int.max
  }
}
