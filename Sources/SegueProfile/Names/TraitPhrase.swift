import SegueCore

/// A trait in the few words that a name has room for: `high income`, `without phone service`, `month-to-month`.
struct TraitPhrase {
  var trait: Trait
  /// Written small, but for proper names.
  var text: String
  /// What stands before the words of its own, where two phrases can share it: `with `.
  var opening = ""
  /// The words that carry the meaning, in small letters: two phrases that share one say much the same.
  var keys: Set<String>

  /// - Returns: nil if the trait is no name: a key, personal data, or less of a level.
  init?(_ trait: Trait, sharedLevels: Set<String>, vocabulary: Vocabulary.Traits) {
    guard trait.isNotable, !trait.levelIsKey else { return nil }
    let words = TraitWords(vocabulary)
    let attribute = words.readable(trait.attributeLabel)
    self.trait = trait
    guard let level = trait.level else {
      let isHigh = trait.effect > 0
      text = words.number(attribute, isHigh: isHigh)
      keys = TraitWords.keys(text)
      return
    }
    let answer = words.answer(level)
    let isFlag = trait.isFlag
    guard trait.effect > 0 || isFlag else { return nil }
    // Most of the segment has the level, or lacks the flag.
    let share = trait.effect > 0 ? trait.value : 1 - trait.value
    if let answer = isFlag ? trait.effect > 0 : answer {
      text = words.flag(attribute, isHigh: answer)
      let pattern = answer ? vocabulary.flag.high : vocabulary.flag.low
      if let opening = pattern.split(separator: "{").first, text.hasPrefix(opening), pattern.hasSuffix("{}") {
        self.opening = String(opening)
      }
      keys = TraitWords.keys(attribute)
    } else {
      text = words.level(level, attribute, isShared: sharedLevels.contains(level))
      keys = TraitWords.keys(text)
    }
    if share < 0.5 {
      // Less of a flag than elsewhere says nothing of a segment where most have it.
      guard trait.effect > 0 else { return nil }
      text = vocabulary.minority.replacing("{}", with: text)
      opening = ""
    }
  }

  /// Whether it speaks of the many in the segment.
  var isOfMost: Bool { trait.level == nil || (trait.effect > 0 ? trait.value : 1 - trait.value) >= 0.5 }
}

/// Column names and levels as people would say them.
struct TraitWords {
  private let vocabulary: Vocabulary.Traits

  init(_ vocabulary: Vocabulary.Traits) { self.vocabulary = vocabulary }

  /// `mnt meat products` reads `spend on meat products`, `annual income (k$)` `annual income`.
  func readable(_ label: String) -> String {
    var bare = ""
    var depth = 0
    for character in label {
      if "([".contains(character) { depth += 1 }
      if depth == 0 { bare.append(character == "_" ? " " : character) }
      if ")]".contains(character) { depth = max(0, depth - 1) }
    }
    if !bare.contains(where: \.isLetter) { bare = label }
    let words = bare.split(separator: " ").map { word -> String in
      let (stem, digits) = TraitWords.split(word)
      let known = vocabulary.words[stem.lowercased()] ?? String(stem)
      let said = vocabulary.acronyms.contains(known.lowercased()) ? known.uppercased() : known
      return digits.isEmpty ? said : stem.isEmpty ? String(digits) : "\(said) \(digits)"
    }
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// `cmp5` into `cmp` and `5` where the stem is a word that is known; other words stay whole.
  private static func split(_ word: Substring) -> (stem: Substring, digits: Substring) {
    let digits = word.reversed().prefix { $0.isNumber }.count
    let stem = word.dropLast(digits)
    guard Vocabulary.standard.traits.words[stem.lowercased()] != nil else { return (word, "") }
    return (stem, word.suffix(digits))
  }

  func number(_ attribute: String, isHigh: Bool) -> String {
    say(attribute, isHigh, otherwise: vocabulary.number)
  }

  func flag(_ attribute: String, isHigh: Bool) -> String {
    say(attribute, isHigh, otherwise: vocabulary.flag)
  }

  private func say(_ attribute: String, _ isHigh: Bool, otherwise: Vocabulary.Pair) -> String {
    for own in vocabulary.own {
      guard let match = own.match(attribute.lowercased()) else { continue }
      // The attribute's own spelling, for names and acronyms in it.
      let start = attribute.lowercased().distance(
        from: attribute.lowercased().startIndex, to: match.startIndex)
      let said = match.isEmpty ? "" : String(attribute.dropFirst(start).prefix(match.count))
      return (isHigh ? own.high : own.low).replacing("{}", with: said)
    }
    return (isHigh ? otherwise.high : otherwise.low).replacing("{}", with: attribute)
  }

  /// Whether the level is a yes (true) or a no (false); nil if it is neither.
  func answer(_ level: String) -> Bool? {
    let word = level.lowercased()
    return vocabulary.answers.high.contains(word)
      ? true : vocabulary.answers.low.contains(word) ? false : nil
  }

  /// The level alone where it speaks for itself.
  func level(_ level: String, _ attribute: String, isShared: Bool) -> String {
    let words = level.replacing("_", with: " ")
    let said = TraitWords.shortened(small(words))
    let pattern = isShared || isDependent(level) ? vocabulary.level.dependent : vocabulary.level.alone
    return pattern.replacing("{attribute}", with: attribute).replacing("{}", with: said)
  }

  private func isDependent(_ level: String) -> Bool {
    if !level.contains(where: \.isLetter) || vocabulary.dependent.contains(level.lowercased()) { return true }
    return level.count == 1 || (level.count <= 3 && level.allSatisfy { $0.isUppercase || $0.isNumber })
      || level.first?.isNumber == true
  }

  /// `Fiber optic` reads `fiber optic` within a name; what may be a proper name stays as it is.
  private func small(_ level: String) -> String {
    let parts = level.split { " -".contains($0) }
    let isSentence =
      parts.count > 1 && parts.dropFirst().allSatisfy { $0.allSatisfy { !$0.isUppercase } }
      && parts[0].dropFirst().allSatisfy { !$0.isUppercase } && parts[0].count > 1
    guard isSentence || vocabulary.common.contains(level.lowercased()) else { return level }
    return level.prefix(1).lowercased() + level.dropFirst()
  }

  static func shortened(_ text: String, to limit: Int = TraitNaming.longest - 4) -> String {
    guard text.count > limit else { return text }
    let cut = text.prefix(limit - 1)
    let words = cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut
    return (words.isEmpty ? cut : words) + "…"
  }

  static func keys(_ text: String) -> Set<String> {
    Set(
      text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        .filter {
          $0.count > 3 && !["high", "many", "more", "with", "without", "fewer", "often"].contains($0)
        })
  }
}
