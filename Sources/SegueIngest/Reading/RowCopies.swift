internal import SegueCore

/// Finds rows that repeat an earlier row, by their fingerprints.
enum RowCopies {
  /// Rows of a bucket; what they need stays in the second-level cache.
  private static let bucketSize = 1 << 15

  /// The rows that have the fingerprint of an earlier one.
  ///
  /// - Parameter isCompared: the other rows are passed over.
  /// - Complexity: O(rows), most of it on all cores; 8 bytes of memory a row.
  static func find(_ prints: [Fingerprint], where isCompared: (Int) -> Bool) -> [Int32] {
    var bits = 0
    while prints.count >> bits > bucketSize { bits += 1 }
    func bucket(_ print: Fingerprint) -> Int { bits == 0 ? 0 : Int(print.first >> UInt64(64 - bits)) }
    var ends = [Int](repeating: 0, count: 1 << bits)
    for row in prints.indices where isCompared(row) { ends[bucket(prints[row])] += 1 }
    var sum = 0
    for index in ends.indices {
      sum += ends[index]
      ends[index] = sum - ends[index]
    }
    var sorted = [Int32](repeating: 0, count: sum)
    for row in prints.indices where isCompared(row) {
      let index = bucket(prints[row])
      sorted[ends[index]] = Int32(row)
      ends[index] += 1
    }
    let (rows, bounds) = (sorted, [0] + ends)
    return parallelMap(ends.count) { copies(rows[bounds[$0]..<bounds[$0 + 1]], prints) }.flatMap(\.self)
  }

  /// Copies among some rows, which come in order of the file.
  private static func copies(_ rows: ArraySlice<Int32>, _ prints: [Fingerprint]) -> [Int32] {
    var size = 16
    while size < rows.count * 2 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    var copies: [Int32] = []
    next: for row in rows {
      let print = prints[Int(row)]
      var slot = Int(truncatingIfNeeded: print.first) & (size - 1)
      while slots[slot] >= 0 {
        if prints[Int(slots[slot])] == print {
          copies.append(row)
          continue next
        }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = row
    }
    return copies
  }
}
