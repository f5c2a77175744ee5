/// Strings stored once and named by small integers, in order of first appearance.
///
/// All text lies in one byte array; lookup is open addressing over a hash that is the same in
/// every run, so indices never depend on the process.
public struct InternedStrings: Sendable {
  private var arena: [UInt8] = []
  /// End of string `i` in the arena; it starts where the one before ends.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Index of a string or -1, at its hash or after it. The count is a power of two.
  private var slots: [Int32] = []

  public init() {}

  public var count: Int { ends.count }

  /// The index of `text`, which is added if it is new.
  ///
  /// - Complexity: O(length), amortised.
  public mutating func intern(_ text: Span<UInt8>) -> Int32 { intern(text, InternedStrings.hash(text)) }

  /// As above, for a text of another list, whose hash is known.
  @inline(__always)
  mutating func intern(_ index: Int32, of other: borrowing InternedStrings) -> Int32 {
    let i = Int(index)
    return intern(other.arena.span.extracting(other.start(of: i)..<other.ends[i]), other.hashes[i])
  }

  private mutating func intern(_ text: Span<UInt8>, _ hash: UInt64) -> Int32 {
    if (ends.count + 1) * 2 > slots.count { grow() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let candidate = Int(slots[slot])
      if hashes[candidate] == hash, matches(candidate, text) { return Int32(candidate) }
      slot = (slot + 1) & mask
    }
    let index = Int32(ends.count)
    slots[slot] = index
    arena.append(text)
    ends.append(arena.count)
    hashes.append(hash)
    return index
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
    let hash = InternedStrings.hash(text)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let candidate = Int(slots[slot])
      if hashes[candidate] == hash, matches(candidate, text) { return Int32(candidate) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// A new index for something that has no text of its own; reads as "" and is never found by text.
  public mutating func addUnnamed() -> Int32 {
    ends.append(arena.count)
    hashes.append(0)
    return Int32(ends.count - 1)
  }

  /// The text of `index`, decoded as UTF-8.
  public subscript(index: Int32) -> String {
    let i = Int(index)
    return String(decoding: arena[start(of: i)..<ends[i]], as: UTF8.self)
  }

  /// All texts, in order of index.
  public var strings: [String] { (0..<Int32(count)).map { self[$0] } }

  /// Makes room for as many texts as are expected.
  mutating func reserve(_ count: Int) {
    ends.reserveCapacity(count)
    hashes.reserveCapacity(count)
    while count * 2 > slots.count { grow() }
  }

  @inline(__always)
  static func hash(_ text: Span<UInt8>) -> UInt64 { Fingerprint(text).first }

  private func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }

  /// Whether the text of `index` is this one.
  @inline(__always)
  func matches(_ index: Int, _ text: Span<UInt8>) -> Bool {
    arena.span.extracting(start(of: index)..<ends[index]).hasSameBytes(as: text)
  }

  /// Unnamed entries stay out of the table.
  private mutating func grow() {
    let size = max(64, slots.count * 2)
    let old = slots
    slots = [Int32](repeating: -1, count: size)
    for index in old where index >= 0 {
      var slot = Int(truncatingIfNeeded: hashes[Int(index)]) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = index
    }
  }
}
