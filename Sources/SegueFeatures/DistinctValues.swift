import SegueCore

/// Values in ascending order, each once, and how often each occurs.
package struct DistinctValues {
  package private(set) var values: [Double] = []
  package private(set) var counts: [Double] = []

  /// - Parameter all: any order, no NaN.
  /// - Complexity: O(n) for whole numbers within a range of a million, O(n log n) otherwise, on all cores.
  package init(_ all: [Double]) {
    guard !all.isEmpty else { return }
    if !count(wholes: all) { count(sorted: DistinctValues.sorted(all)) }
  }

  /// The median of the values above zero, each as often as it occurs.
  var medianOfPositives: Double? {
    let first = values.firstIndex { $0 > 0 } ?? values.count
    var left = counts[first...].reduce(0, +)
    guard left > 0 else { return nil }
    let half = left / 2
    for place in first..<values.count {
      left -= counts[place]
      if left <= half { return values[place] }
    }
    return nil
  }

  private static let widest = 1_000_000.0

  /// False if the values are no whole numbers close together.
  private mutating func count(wholes all: [Double]) -> Bool {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in all {
      guard value == value.rounded() else { return false }
      low = min(low, value)
      high = max(high, value)
    }
    guard high - low < DistinctValues.widest, low.magnitude < 1e15 else { return false }
    var found = [Int32](repeating: 0, count: Int(high - low) + 1)
    for value in all { found[Int(value - low)] += 1 }
    for place in found.indices where found[place] > 0 {
      values.append(low + Double(place))
      counts.append(Double(found[place]))
    }
    return true
  }

  private mutating func count(sorted: [Double]) {
    for value in sorted {
      if value == values.last {
        counts[counts.count - 1] += 1
      } else {
        values.append(value)
        counts.append(1)
      }
    }
  }

  /// Sorts a part on each thread, then merges.
  private static func sorted(_ all: [Double]) -> [Double] {
    let count = all.count < 1 << 14 ? 1 : Threads.count
    var parts = parallelMap(count) { part in
      all[all.count * part / count..<all.count * (part + 1) / count].map { $0 + 0 }.sorted()
    }
    while parts.count > 1 {
      let pairs = parts
      parts = parallelMap((pairs.count + 1) / 2) { pair in
        2 * pair + 1 < pairs.count ? merged(pairs[2 * pair], pairs[2 * pair + 1]) : pairs[2 * pair]
      }
    }
    return parts[0]
  }

  private static func merged(_ a: [Double], _ b: [Double]) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if b[j] < a[i] {
        result.append(b[j])
        j += 1
      } else {
        result.append(a[i])
        i += 1
      }
    }
    result += a[i...]
    result += b[j...]
    return result
  }
}
