extension InternedStrings {
  /// Some of the strings by their bytes: an order that neither locale nor row order changes.
  package func sorted(_ indices: some Sequence<Int32>) -> [(index: Int32, text: String)] {
    indices.map { (index: $0, text: self[$0]) }.sorted {
      $0.text.utf8.lexicographicallyPrecedes($1.text.utf8)
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
