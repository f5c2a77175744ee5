/// How the levels of a category are spoken of.
extension Trait {
  /// The level as a sentence says it: `gifts`; `yes` for the 1 of a flag.
  package var levelText: String? { level.map { label.hasSuffix(": \($0)") ? $0 : "yes" } }

  /// The level as prose: `paid_search` reads `paid search`.
  package var levelWords: String { (levelText ?? "").replacing("_", with: " ") }

  /// The attribute's label without the level.
  package var attributeLabel: String {
    guard let text = levelText, label.hasSuffix(": \(text)") else { return label }
    return String(label.dropLast(text.count + 2))
  }

  /// The attribute as people say it: `NumStorePurchases` reads `number of store purchases`. What stands in brackets
  /// is often a unit, so such labels stay as they are.
  package var attributeWords: String {
    let text = attributeLabel.humanized
    if text.contains(where: { "([".contains($0) }) { return text }
    let words = TraitWords(Vocabulary.standard.traits).readable(text)
    return words.isEmpty ? text : words
  }

  /// Attribute and level as people say them: `Number of store purchases`, `Contract: Month-to-month`.
  package var labelWords: String {
    let words = attributeWords
    let level = attributeLabel == label ? "" : ": \(levelWords)"
    return words.prefix(1).uppercased() + words.dropFirst() + level
  }

  /// Whether this is the share of a yes.
  package var isFlag: Bool { level.map { Flags.yes.contains($0.lowercased()) } == true && levelText == "yes" }

  /// Whether the level looks like the key of something: nothing a page about people should print.
  ///
  /// Keys have no blanks and five digits in a row or are very long, or have an at sign: `85123A`, `C00317`, `10115`.
  package var levelIsKey: Bool {
    guard let level, !level.contains(" ") else { return level?.contains("@") ?? false }
    if level.contains("@") || level.count > 24 || level == PersonalText.withheld { return true }
    var run = 0
    for character in level {
      run = character.isNumber ? run + 1 : 0
      if run == 5 { return true }
    }
    return false
  }
}

/// Two levels that answer a question. They are one figure, told by its yes.
enum Flags {
  static let yes: Set<String> = ["yes", "y", "true", "t", "1", "on", "ja", "oui", "sí", "si", "sì", "sim"]
  private static let no: Set<String> = ["no", "n", "false", "f", "0", "off", "nein", "non", "não"]

  /// The code of the yes among two names; nil if they are no such pair.
  static func positive(_ names: [String]) -> Int? {
    guard names.count == 2, let answer = names.firstIndex(where: { yes.contains($0.lowercased()) }),
      no.contains(names[1 - answer].lowercased())
    else { return nil }
    return answer
  }
}
