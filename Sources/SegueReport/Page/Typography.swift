/// Keeps together what reads badly apart: `£67 k` over two lines, a dot at the head of a line, `n =` without its number.
package enum Typography {
  private static let units: Set<Substring> = ["k", "M", "bn", "d", "h", "min", "days", "points"]

  /// The same words, with spaces that do not break after figures that a unit follows, before dots and around equals signs.
  package static func kept(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    var result = ""
    for (index, word) in words.enumerated() {
      if index > 0 { result += holds(words[index - 1], word) ? "\u{A0}" : " " }
      result += word
    }
    return result
  }

  private static func holds(_ before: Substring, _ word: Substring) -> Bool {
    if word == "·" || word == "=" || before == "=" { return true }
    let unit = word.prefix { $0.isLetter }
    return before.last?.isNumber == true && units.contains(unit) && word.dropFirst(unit.count).count <= 1
  }
}
