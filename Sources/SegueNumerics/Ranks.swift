/// Keys in ascending order without repetition, and which of them each row has.
///
/// Radix sort by digits of 11 bits; digits that all keys share are skipped, so that small keys cost little.
package struct Ranks: Sendable {
  /// Ascending.
  package var distinct: [UInt64]
  /// Per row: the index of its key in `distinct`.
  package var rank: [Int32]

  private static let bits = 11
  private static let places = 6

  /// - Complexity: O(rows) for each digit in which keys differ.
  package init(of keys: [UInt64]) {
    let size = 1 << Self.bits
    let mask = UInt64(size - 1)
    var counts = [Int32](repeating: 0, count: Self.places * size)
    for key in keys {
      for place in 0..<Self.places {
        counts[place * size + Int(key &>> UInt64(place * Self.bits) & mask)] &+= 1
      }
    }
    var from = keys
    var rows = (0..<Int32(keys.count)).map { $0 }
    var (to, moved) = (from, rows)
    for place in 0..<Self.places {
      let slots = place * size..<(place + 1) * size
      if counts[slots].contains(Int32(keys.count)) { continue }
      var start: Int32 = 0
      for slot in slots { (counts[slot], start) = (start, start + counts[slot]) }
      let shift = UInt64(place * Self.bits)
      for index in from.indices {
        let slot = slots.lowerBound + Int(from[index] &>> shift & mask)
        let target = Int(counts[slot])
        counts[slot] &+= 1
        to[target] = from[index]
        moved[target] = rows[index]
      }
      swap(&from, &to)
      swap(&rows, &moved)
    }
    distinct = []
    rank = moved
    var last = Int32(-1)
    for index in from.indices {
      if index == 0 || from[index] != from[index - 1] {
        distinct.append(from[index])
        last += 1
      }
      rank[Int(rows[index])] = last
    }
  }

  /// Ranks of numbers that are not negative: their bits have the same order.
  package init(of numbers: [Double]) {
    self.init(of: numbers.map { ($0 + 0).bitPattern })
  }
}
