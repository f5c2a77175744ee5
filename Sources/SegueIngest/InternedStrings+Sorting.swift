internal import SegueCore

extension InternedStrings {
  /// Some of the strings by their bytes.
  ///
  /// - Complexity: O(n log n).
  package func sorted(_ indices: some Sequence<Int32>) -> [(index: Int32, text: String)] {
    let sorted = byteOrder.sorted(Array(indices))
    let size = 1 << 14
    return parallelMap((sorted.count + size - 1) / size) { part in
      sorted[part * size..<min(sorted.count, (part + 1) * size)].map { (index: $0, text: self[$0]) }
    }.flatMap { $0 }
  }
}

extension Labels {
  /// The texts by their bytes, and the place of each code among them.
  package var alphabet: (names: [String], rankOf: [Int32]) {
    let sorted = texts.sorted(0..<Int32(texts.count))
    var rankOf = [Int32](repeating: 0, count: texts.count)
    for (place, entry) in sorted.enumerated() { rankOf[Int(entry.index)] = Int32(place) }
    return (sorted.map(\.text), rankOf)
  }
}
