extension [String] {
  /// As a sentence lists them: `a`, `a and b`, `a, b and c`; empty for none.
  package var inWords: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + self[count - 1]
  }
}
