import SegueCore

/// Observations of a category counted by customer and level, in compressed rows.
struct LevelCounts: Sendable {
  /// Per customer with any observation: segment, and the span of `entries`.
  private var rows: [(segment: Int32, start: Int, end: Int)] = []
  private var entries: [(level: Int32, count: Int32)] = []
  private(set) var totals: [Int]
  /// Customers with at least one observation of each level.
  private(set) var holders: [Int]
  let segments: Int

  /// - Parameters:
  ///   - customers: of each observation; nil where every customer has one.
  ///   - labels: the segment of each customer; negative is left out.
  ///   - smallest: segments where fewer customers have an observation are left out, because a total less the other
  ///     segments would tell theirs.
  /// - Complexity: O(observations + customers + levels).
  init(
    customers: [Int32]?, levels: [Int32], levelCount: Int, labels: [Int32], segments: Int, smallest: Int = 0
  ) {
    self.segments = segments
    totals = [Int](repeating: 0, count: levelCount)
    holders = totals
    var (owners, codes) = (customers ?? Array(0..<Int32(levels.count)), levels)
    if customers != nil {
      // By level, then by customer: stable, so that the levels of a customer ascend.
      let byLevel = LevelCounts.order(levels, count: levelCount)
      (owners, codes) = (byLevel.map { owners[Int($0)] }, byLevel.map { levels[Int($0)] })
      let byCustomer = LevelCounts.order(owners, count: labels.count)
      (owners, codes) = (byCustomer.map { owners[Int($0)] }, byCustomer.map { codes[Int($0)] })
    }
    var known = [Int](repeating: 0, count: segments)
    var index = 0
    while index < owners.count {
      let customer = owners[index]
      let start = entries.count
      while index < owners.count, owners[index] == customer {
        if codes[index] >= 0 {
          if entries.count > start, entries[entries.count - 1].level == codes[index] {
            entries[entries.count - 1].count += 1
          } else {
            entries.append((codes[index], 1))
          }
        }
        index += 1
      }
      let label = labels[Int(customer)]
      guard label >= 0, entries.count > start else {
        entries.removeLast(entries.count - start)
        continue
      }
      known[Int(label)] += 1
      rows.append((label, start, entries.count))
    }
    rows.removeAll { known[Int($0.segment)] < smallest }
    for row in rows {
      for entry in entries[row.start..<row.end] {
        totals[Int(entry.level)] += Int(entry.count)
        holders[Int(entry.level)] += 1
      }
    }
  }

  /// Indices by falling order of a small key, equal keys as they come; negative keys are left out.
  private static func order(_ keys: [Int32], count: Int) -> [Int32] {
    var starts = [Int](repeating: 0, count: count + 1)
    for key in keys where key >= 0 { starts[Int(key) + 1] += 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    var result = [Int32](repeating: 0, count: starts[count])
    for (index, key) in keys.enumerated() where key >= 0 {
      result[starts[Int(key)]] = Int32(index)
      starts[Int(key)] += 1
    }
    return result
  }

  /// The most frequent levels that can be told: held by `smallest` customers or more, and so is what is left over,
  /// or nobody has it. One level withheld alone could be had by subtraction, so the rarest goes with it.
  func told(_ names: [String], most: Int, smallest: Int) -> [Int] {
    var told = totals.indices.filter { holders[$0] >= smallest }
      .sorted { (-totals[$0], names[$0]) < (-totals[$1], names[$1]) }
    told = Array(told.prefix(most))
    let left = holdersOutside(told)
    if left > 0, left < smallest, !told.isEmpty { told.removeLast() }
    return told
  }

  /// Customers with an observation of any other level.
  private func holdersOutside(_ levels: [Int]) -> Int {
    var isIn = [Bool](repeating: false, count: totals.count)
    for level in levels { isIn[level] = true }
    return rows.count { row in entries[row.start..<row.end].contains { !isIn[Int($0.level)] } }
  }

  /// Customers with an observation, by segment.
  var known: [Int] {
    var known = [Int](repeating: 0, count: segments)
    for row in rows { known[Int(row.segment)] += 1 }
    return known
  }

  /// By chosen level and segment; after the last of them what is left over.
  func ratios(of levels: [Int]) -> [[ClusteredRatio]] {
    var place = [Int](repeating: levels.count, count: totals.count)
    for (index, level) in levels.enumerated() { place[level] = index }
    let none = [ClusteredRatio](repeating: ClusteredRatio(), count: segments)
    var result = [[ClusteredRatio]](repeating: none, count: levels.count + 1)
    var base = none
    for row in rows {
      let segment = Int(row.segment)
      var (all, left) = (0.0, 0.0)
      for entry in entries[row.start..<row.end] { all += Double(entry.count) }
      base[segment].add(hits: 0, of: all)
      for entry in entries[row.start..<row.end] {
        let index = place[Int(entry.level)]
        if index < levels.count {
          result[index][segment].addHits(Double(entry.count), of: all)
        } else {
          left += Double(entry.count)
        }
      }
      if left > 0 { result[levels.count][segment].addHits(left, of: all) }
    }
    return result.map { zip($0, base).map(+) }
  }
}
