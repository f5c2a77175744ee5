/// Strings stored once and named by small integers, in order of first appearance.
///
/// All text lies in one byte array; lookup is open addressing over a hash that is the same in
/// every run, so indices never depend on the process.
public struct InternedStrings: Sendable {
  private var arena: [UInt8] = []
  /// End of string `i` in the arena; it starts where the one before ends.
  private var ends: [Int] = []
  /// At a string's hash or behind it: the hash, and in the lower half its index plus one; 0 is free. The count
  /// is a power of two.
  private var slots: [UInt64] = []
  /// Strings that can be found, which the unnamed cannot.
  private var namedCount = 0

  public init() {}

  public var count: Int { ends.count }

  /// The index of `text`, which is added if it is new.
  ///
  /// - Complexity: O(length), amortised.
  public mutating func intern(_ text: Span<UInt8>) -> Int32 { intern(text, InternedStrings.hash(text)) }

  private mutating func intern(_ text: Span<UInt8>, _ hash: UInt64) -> Int32 {
    if (namedCount + 1) * 2 > slots.count { grow() }
    let (found, slot) = find(text, hash)
    if found >= 0 { return found }
    let index = append(text)
    slots[slot] = InternedStrings.entry(hash, index)
    namedCount += 1
    return index
  }

  /// The index of a text, or -1 and the slot where it would be.
  @inline(__always)
  private func find(_ text: Span<UInt8>, _ hash: UInt64) -> (index: Int32, slot: Int) {
    let mask = slots.count - 1
    var slot = Int(hash &>> 32) & mask
    while slots[slot] != 0 {
      let index = InternedStrings.index(slots[slot])
      if (slots[slot] ^ hash) &>> 32 == 0, matches(Int(index), text) { return (index, slot) }
      slot = (slot + 1) & mask
    }
    return (-1, slot)
  }

  /// Appends a text without looking whether it is there, and so that it cannot be found.
  mutating func append(_ text: Span<UInt8>) -> Int32 {
    arena.append(text)
    ends.append(arena.count)
    return Int32(ends.count - 1)
  }

  /// As `intern`, for a text of another list.
  mutating func intern(_ index: Int32, of other: InternedStrings) -> Int32 {
    other.withText(index) { intern($0) }
  }

  /// The indices of all texts of another list, whether or not they can be found there.
  ///
  /// Goes by blocks and step by step, so that memory far away is asked for many texts at a time.
  mutating func intern(all other: InternedStrings) -> [Int32] {
    while (namedCount + other.count + 1) * 2 > slots.count { grow() }
    var found = [Int32](repeating: -1, count: other.count)
    var hashes = [UInt64](repeating: 0, count: min(256, other.count))
    var seen = hashes
    let mask = slots.count - 1
    for start in stride(from: 0, to: other.count, by: 256) {
      let block = 0..<min(256, other.count - start)
      for i in block { hashes[i] = other.withText(Int32(start + i), InternedStrings.hash) }
      for i in block { seen[i] = slots[Int(hashes[i] &>> 32) & mask] }
      for i in block where seen[i] != 0 && (seen[i] ^ hashes[i]) &>> 32 == 0 {
        let index = InternedStrings.index(seen[i])
        if other.withText(Int32(start + i), { matches(Int(index), $0) }) { found[start + i] = index }
      }
      for i in block where found[start + i] < 0 {
        found[start + i] = other.withText(Int32(start + i)) { intern($0, hashes[i]) }
      }
    }
    return found
  }

  public mutating func intern(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    return intern(bytes.span)
  }

  /// The index of `text` if it was interned.
  public func index(of text: String) -> Int32? {
    let bytes = Array(text.utf8)
    return index(of: bytes.span)
  }

  /// The index of `text` if it was interned.
  public func index(of text: Span<UInt8>) -> Int32? {
    guard !slots.isEmpty else { return nil }
    let index = find(text, InternedStrings.hash(text)).index
    return index < 0 ? nil : index
  }

  /// A new index for something that has no text of its own; reads as "" and is never found by text.
  public mutating func addUnnamed() -> Int32 {
    ends.append(arena.count)
    return Int32(ends.count - 1)
  }

  /// The text of `index`, decoded as UTF-8.
  public subscript(index: Int32) -> String {
    let i = Int(index)
    return String(decoding: arena[start(of: i)..<ends[i]], as: UTF8.self)
  }

  /// Calls `body` with the text of `index` as it is stored.
  @inline(__always)
  func withText<R>(_ index: Int32, _ body: (Span<UInt8>) -> R) -> R {
    let i = Int(index)
    return body(arena.span.extracting(start(of: i)..<ends[i]))
  }

  var byteOrder: ByteOrder { ByteOrder(texts: arena, ends: ends) }

  /// All texts, in order of index.
  public var strings: [String] { (0..<Int32(count)).map { self[$0] } }

  @inline(__always)
  static func hash(_ text: Span<UInt8>) -> UInt64 { Fingerprint(text).first }

  @inline(__always)
  private static func entry(_ hash: UInt64, _ index: Int32) -> UInt64 {
    hash & ~0xFFFF_FFFF | UInt64(index + 1)
  }

  /// The lower half of an entry.
  @inline(__always)
  private static func index(_ entry: UInt64) -> Int32 { Int32(truncatingIfNeeded: entry) &- 1 }

  private func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }

  /// Whether the text of `index` is this one.
  @inline(__always)
  func matches(_ index: Int, _ text: Span<UInt8>) -> Bool {
    arena.span.extracting(start(of: index)..<ends[index]).hasSameBytes(as: text)
  }

  /// Entries know where they belong, so that growing looks at nothing else.
  private mutating func grow() {
    let size = max(64, slots.count * 2)
    let old = slots
    slots = [UInt64](repeating: 0, count: size)
    for entry in old where entry != 0 {
      var slot = Int(entry &>> 32) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = entry
    }
  }
}
