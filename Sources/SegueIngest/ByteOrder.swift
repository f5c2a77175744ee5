internal import SegueCore

/// The order of texts by their bytes, shorter first among equal beginnings: one that neither locale nor row order
/// changes.
///
/// Texts are dealt into buckets by splitters from a sample, and each bucket is sorted by itself (sample sort,
/// Frazer & McKellar 1970), on all cores. Eight bytes behind what all have in common settle most comparisons.
struct ByteOrder: Sendable {
  /// One behind the other.
  let texts: [UInt8]
  /// Where each text ends.
  let ends: [Int]

  /// A text on its way to its place.
  private struct Entry {
    var head: UInt64
    var index: Int32
  }

  private static let chunkSize = 1 << 14
  private static let bucketCount = 256

  /// - Returns: the same indices, by their texts; those of equal texts ascending.
  /// - Complexity: O(n log n).
  func sorted(_ indices: [Int32]) -> [Int32] {
    let prefix = commonPrefix(indices)
    let chunks = stride(from: 0, to: indices.count, by: ByteOrder.chunkSize).map {
      $0..<min(indices.count, $0 + ByteOrder.chunkSize)
    }
    guard chunks.count > 1 else { return sorted(entries(indices[...], prefix), prefix) }
    let splitters = splitters(indices, prefix)
    let dealt = parallelMap(chunks.count) { deal(entries(indices[chunks[$0]], prefix), splitters) }
    let buckets = parallelMap(ByteOrder.bucketCount) { bucket in
      var mine: [Entry] = []
      mine.reserveCapacity(dealt.reduce(0) { $0 + $1.starts[bucket + 1] - $1.starts[bucket] })
      for part in dealt { mine += part.entries[part.starts[bucket]..<part.starts[bucket + 1]] }
      return sorted(mine, prefix)
    }
    var result: [Int32] = []
    result.reserveCapacity(indices.count)
    for bucket in buckets { result += bucket }
    return result
  }

  private func sorted(_ entries: [Entry], _ prefix: Int) -> [Int32] {
    entries.sorted { a, b in
      a.head == b.head ? precedes(a.index, b.index, from: prefix) : a.head < b.head
    }.map(\.index)
  }

  private func entries(_ indices: ArraySlice<Int32>, _ prefix: Int) -> [Entry] {
    indices.map { Entry(head: head($0, from: prefix), index: $0) }
  }

  /// The entries by bucket, and where each bucket starts.
  private func deal(_ entries: [Entry], _ splitters: [UInt64]) -> (entries: [Entry], starts: [Int]) {
    var bucketOf = [UInt8](repeating: 0, count: entries.count)
    var starts = [Int](repeating: 0, count: ByteOrder.bucketCount + 1)
    for place in entries.indices {
      // The number of splitters not above the head: equal heads share a bucket.
      var bucket = 0
      var step = ByteOrder.bucketCount / 2
      while step > 0 {
        if splitters[bucket + step - 1] <= entries[place].head { bucket += step }
        step /= 2
      }
      bucketOf[place] = UInt8(bucket)
      starts[bucket + 1] += 1
    }
    for bucket in 0..<ByteOrder.bucketCount { starts[bucket + 1] += starts[bucket] }
    var next = starts
    var result = entries
    for place in entries.indices {
      let bucket = Int(bucketOf[place])
      result[next[bucket]] = entries[place]
      next[bucket] += 1
    }
    return (result, starts)
  }

  /// 255 heads, ascending, between which about equally many texts lie.
  private func splitters(_ indices: [Int32], _ prefix: Int) -> [UInt64] {
    let size = ByteOrder.bucketCount * 16
    let sample = (0..<size).map { head(indices[$0 * indices.count / size], from: prefix) }.sorted()
    return (1..<ByteOrder.bucketCount).map { sample[$0 * 16] }
  }

  /// Eight bytes as a number that orders as they do; zeros behind the end.
  private func head(_ index: Int32, from prefix: Int) -> UInt64 {
    let range = range(index)
    var head: UInt64 = 0
    let start = range.lowerBound + prefix
    let end = min(range.upperBound, start + 8)
    for place in start..<max(start, end) { head = head << 8 | UInt64(texts[place]) }
    return end <= start ? 0 : head << UInt64(8 * (8 - (end - start)))
  }

  private func range(_ index: Int32) -> Range<Int> {
    (index == 0 ? 0 : ends[Int(index) - 1])..<ends[Int(index)]
  }

  /// Bytes that all of the texts begin with.
  private func commonPrefix(_ indices: [Int32]) -> Int {
    guard let first = indices.first else { return 0 }
    let pattern = range(first)
    var length = pattern.count
    for index in indices {
      let text = range(index)
      length = min(length, text.count)
      var place = 0
      while place < length, texts[text.lowerBound + place] == texts[pattern.lowerBound + place] { place += 1 }
      length = place
      if length == 0 { break }
    }
    return length
  }

  private func precedes(_ first: Int32, _ second: Int32, from prefix: Int) -> Bool {
    let (a, b) = (range(first), range(second))
    for place in prefix..<max(prefix, min(a.count, b.count)) {
      let (mine, other) = (texts[a.lowerBound + place], texts[b.lowerBound + place])
      if mine != other { return mine < other }
    }
    return a.count == b.count ? first < second : a.count < b.count
  }
}
