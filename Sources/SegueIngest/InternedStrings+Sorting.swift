extension InternedStrings {
  /// Some of the strings by their bytes: an order that neither locale nor row order changes.
  ///
  /// - Complexity: O(n log n).
  package func sorted(_ indices: some Sequence<Int32>) -> [(index: Int32, text: String)] {
    let indices = Array(indices)
    let shared = commonPrefix(indices)
    return indices.map { index in withText(index) { SortedText(index, $0, from: shared) } }
      .sorted { $0.head == $1.head ? precedes($0.index, $1.index) : $0.head < $1.head }
      .map { (index: $0.index, text: self[$0.index]) }
  }

  /// A text on its way to its place: eight bytes behind what all have in common settle most comparisons.
  private struct SortedText {
    var head: UInt64 = 0
    var index: Int32

    init(_ index: Int32, _ text: Span<UInt8>, from start: Int) {
      self.index = index
      for place in start..<start + 8 { head = head << 8 | (place < text.count ? UInt64(text[place]) : 0) }
    }
  }

  /// Bytes that all of the texts begin with.
  private func commonPrefix(_ indices: [Int32]) -> Int {
    guard let first = indices.first else { return 0 }
    return withText(first) { pattern in
      var length = pattern.count
      for index in indices {
        withText(index) { text in
          length = min(length, text.count)
          for place in 0..<length where text[place] != pattern[place] {
            length = place
            break
          }
        }
      }
      return length
    }
  }

  private func precedes(_ a: Int32, _ b: Int32) -> Bool {
    withText(a) { a in
      withText(b) { b in
        for place in 0..<min(a.count, b.count) where a[place] != b[place] { return a[place] < b[place] }
        return a.count < b.count
      }
    }
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
