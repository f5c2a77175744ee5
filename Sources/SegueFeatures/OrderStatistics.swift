import SegueCore

/// Values at given places of the ascending order, without sorting what lies between them.
///
/// Counts values by ranges of equal width in the order of their bits, then looks into the ranges that hold a
/// place, and so on until a range is small or all of one value.
package enum OrderStatistics {
  /// - Parameters:
  ///   - ranks: ascending, each in 0 ..< the number of values.
  ///   - values: no NaN.
  /// - Complexity: O(n) for values that spread or repeat, on all cores; n log n at worst.
  package static func values(at ranks: [Int], of values: [Double]) -> [Double] {
    guard !ranks.isEmpty else { return [] }
    guard values.count > OrderStatistics.fewest else {
      let sorted = values.sorted()
      return ranks.map { sorted[$0] }
    }
    let parts = OrderStatistics.parts(values.count)
    let ends = parallelMap(parts.count) { part in
      var (low, high) = (UInt64.max, UInt64.min)
      for place in parts[part] {
        let key = key(values[place])
        low = min(low, key)
        high = max(high, key)
      }
      return (low: low, high: high)
    }
    let low = ends.reduce(.max) { min($0, $1.low) }
    let high = ends.reduce(.min) { max($0, $1.high) }
    // Equal values may differ in the sign of a zero.
    guard low < high else { return ranks.map { _ in values[0] + 0 } }
    let shift = UInt64(max(0, high.bitLength(above: low) - OrderStatistics.bits))
    let counts = parallelMap(parts.count) { part in
      var counts = [Int32](repeating: 0, count: 1 << OrderStatistics.bits)
      for place in parts[part] { counts[Int((key(values[place]) - low) >> shift)] += 1 }
      return counts
    }
    let wanted = Wanted(ranks, counts)
    let found = parallelMap(parts.count) { part in
      var lists = [[Double]](repeating: [], count: wanted.groups.count)
      for place in parts[part] {
        let value = values[place]
        let list = wanted.listOf[Int((key(value) - low) >> shift)]
        if list > 0 { lists[Int(list) - 1].append(value) }
      }
      return lists
    }
    return wanted.groups.indices.flatMap { group in
      OrderStatistics.values(at: wanted.groups[group], of: found.flatMap { $0[group] })
    }
  }

  /// The places that each range holds, counted from its own first value.
  private struct Wanted {
    /// One more than the group of each range; 0 for ranges without a place.
    var listOf: [UInt8]
    var groups: [[Int]] = []

    init(_ ranks: [Int], _ counts: [[Int32]]) {
      listOf = [UInt8](repeating: 0, count: 1 << OrderStatistics.bits)
      var (before, next) = (0, 0)
      for range in listOf.indices where next < ranks.count {
        let end = before + counts.reduce(0) { $0 + Int($1[range]) }
        guard ranks[next] < end else {
          before = end
          continue
        }
        var group: [Int] = []
        while next < ranks.count, ranks[next] < end {
          group.append(ranks[next] - before)
          next += 1
        }
        groups.append(group)
        listOf[range] = UInt8(groups.count)
        before = end
      }
    }
  }

  /// Below this, sorting is as quick.
  private static let fewest = 2_048
  /// The counters of a thread fit the cache next to it.
  private static let bits = 14

  /// As many parts as there are threads, one where it is not worth it.
  private static func parts(_ count: Int) -> [Range<Int>] {
    let parts = count < 1 << 16 ? 1 : Threads.count
    return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }

  /// Numbers in the order of the values; both zeros are one.
  @inline(__always)
  private static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits ^ (bits >> 63 == 1 ? .max : 1 << 63)
  }
}

extension UInt64 {
  /// Bits it takes to count from `low` to here.
  fileprivate func bitLength(above low: UInt64) -> Int { 64 - (self - low).leadingZeroBitCount }
}
