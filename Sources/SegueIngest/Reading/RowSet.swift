/// The distinct rows of a file, by their bytes.
struct RowSet {
  private var ranges: [Range<Int>] = []
  private var hashes: [UInt64] = []
  private var slots: [Int32] = []

  /// Whether no row before had the same bytes.
  ///
  /// - Complexity: O(length), amortised; 32 bytes of memory a row.
  mutating func insert(_ row: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    let text = bytes.extracting(row)
    let hash = InternedStrings.hash(text)
    if (ranges.count + 1) * 2 > slots.count { grow() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let candidate = Int(slots[slot])
      if hashes[candidate] == hash, ByteText.equal(bytes.extracting(ranges[candidate]), text) { return false }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(ranges.count)
    ranges.append(row)
    hashes.append(hash)
    return true
  }

  private mutating func grow() {
    let size = max(64, slots.count * 2)
    slots = [Int32](repeating: -1, count: size)
    for index in hashes.indices {
      var slot = Int(truncatingIfNeeded: hashes[index]) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(index)
    }
  }
}
