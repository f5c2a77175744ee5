/// Counts distinct hashes up to a cap, then stops looking.
struct DistinctCounter: Equatable, Sendable {
  struct Entry: Equatable {
    var hash: UInt64
    /// How many values had been looked at when it first appeared, itself among them.
    var seen: Int
  }

  /// In order of first appearance.
  private(set) var entries: [Entry] = []
  /// Hashes by open addressing; 0 is a free slot.
  private var slots: [UInt64] = []
  /// Values looked at before the counter was full.
  private(set) var seen = 0

  var count: Int { entries.count }
  var isFull: Bool { count >= cap }
  private var cap = SourceInspection.Column.distinctCap

  /// Counts nothing: for values that follow those of a counter that is full.
  static var idle: DistinctCounter {
    var counter = DistinctCounter()
    counter.cap = 0
    return counter
  }

  /// Looks at a value that is known already.
  @inline(__always)
  mutating func seeAgain() {
    if !isFull { seen += 1 }
  }

  /// Whether the hash is new.
  @inline(__always)
  mutating func insert(_ raw: UInt64) -> Bool {
    if isFull { return false }
    seen += 1
    let mixed = (raw ^ (raw &>> 32)) &* 0x9E37_79B9_7F4A_7C15
    return insert(mixed: mixed == 0 ? 1 : mixed, seen: seen)
  }

  private mutating func insert(mixed hash: UInt64, seen: Int) -> Bool {
    if (count + 1) * 2 > slots.count { grow() }
    let slot = slot(of: hash)
    if slots[slot] != 0 { return false }
    slots[slot] = hash
    entries.append(Entry(hash: hash, seen: seen))
    return true
  }

  func contains(_ hash: UInt64) -> Bool { !slots.isEmpty && slots[slot(of: hash)] != 0 }

  /// Where the hash stands, or the free slot where it would.
  @inline(__always)
  private func slot(of hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash &>> 20) & mask
    while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: max(32, slots.count * 4))
    for entry in entries { slots[slot(of: entry.hash)] = entry.hash }
  }

  /// Adds a counter of later values, exactly as if one had counted both.
  mutating func merge(_ later: DistinctCounter) {
    if isFull { return }
    let before = seen
    for entry in later.entries where insert(mixed: entry.hash, seen: before + entry.seen) && isFull {
      seen = before + entry.seen
      return
    }
    seen = before + later.seen
  }
}
