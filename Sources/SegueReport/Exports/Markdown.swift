/// Text from data as Markdown shows it: nothing in it can become markup, a link or a new line.
package enum Markdown {
  private static let escaped: Set<Character> = [
    "\\", "`", "*", "_", "[", "]", "{", "}", "|", "~", "#", "^", "$",
  ]

  /// Fit to begin a line or a list item.
  package static func text(_ text: String) -> String {
    let result = cell(text)
    // A backslash escapes punctuation only, so that of a numbered list goes before its point.
    let number = result.prefix { $0.isNumber }
    return startsLikeMarkup(result) ? number + "\\" + result.dropFirst(number.count) : result
  }

  /// For the cells of a table and the middle of a line.
  package static func cell(_ text: String) -> String {
    var result = ""
    for character in flat(text) {
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "@": result += "&#64;"
      case _ where escaped.contains(character): result += "\\\(character)"
      default: result.append(character)
      }
    }
    // Bare addresses would become links.
    return result.replacing("://", with: "&#58;//").replacing("www.", with: "www&#46;")
  }

  /// As code: a fence of backticks longer than any inside.
  package static func code(_ text: String) -> String {
    let text = flat(text)
    var longest = 0
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return longest > 0 ? "\(fence) \(text) \(fence)" : fence + text + fence
  }

  /// A row of a table.
  package static func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.isEmpty ? " " : $0 }.joined(separator: " | ") + " |\n"
  }

  /// A header with its rule; the first column to the left, the rest as `alignment` says.
  package static func header(_ cells: [String], right: Set<Int> = []) -> String {
    row(cells) + "|" + cells.indices.map { right.contains($0) ? " ---: |" : " --- |" }.joined() + "\n"
  }

  /// On one line, without characters that do not show.
  static func flat(_ text: String) -> String {
    let spaced = text.unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": " "
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": " "
      default: Character(scalar)
      }
    }
    return String(spaced).split(separator: " ").joined(separator: " ")
  }

  /// Whether it would begin a list or a heading.
  private static func startsLikeMarkup(_ text: String) -> Bool {
    if let first = text.first, "-+=".contains(first) { return true }
    // `1. ` and `1) ` begin a list of their own.
    let rest = text.drop { $0.isNumber }
    return rest.count < text.count && (rest.hasPrefix(". ") || rest.hasPrefix(") "))
  }
}
