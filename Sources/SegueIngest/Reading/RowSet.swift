/// The distinct rows of a file, by their fingerprints.
struct RowSet {
  private var rows: [Fingerprint] = []
  private var slots: [Int32] = []

  /// Whether no row before was the same.
  ///
  /// - Complexity: O(1), amortised; some 28 bytes of memory a row.
  mutating func insert(_ row: Fingerprint) -> Bool {
    if (rows.count + 1) * 2 > slots.count { grow() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: row.first) & mask
    while slots[slot] >= 0 {
      if rows[Int(slots[slot])] == row { return false }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(rows.count)
    rows.append(row)
    return true
  }

  mutating func insert(_ row: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    insert(Fingerprint(bytes.extracting(row)))
  }

  private mutating func grow() {
    let size = max(64, slots.count * 2)
    slots = [Int32](repeating: -1, count: size)
    for index in rows.indices {
      var slot = Int(truncatingIfNeeded: rows[index].first) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(index)
    }
  }
}
