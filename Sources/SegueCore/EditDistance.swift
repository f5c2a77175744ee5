extension String {
  /// Levenshtein distance over characters: O(a·b).
  package func editDistance(to other: String) -> Int {
    let (a, b) = (Array(self), Array(other))
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(substitution, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }

  /// The nearest of some words, the first by the alphabet among equals; nil if there are none.
  package func nearest(among words: some Sequence<String>) -> String? {
    words.min { (editDistance(to: $0), $0) < (editDistance(to: $1), $1) }
  }
}
