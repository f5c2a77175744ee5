/// What type of value a column holds, by its survey and what its header says.
enum AttributeTyping {
  static func type(_ header: String, _ survey: ColumnSurvey, role: ColumnRole) -> CustomerTable.AttributeType
  {
    if isPersonal(header, survey, role: role) { return .pii }
    guard survey.filled > 0 else { return .category }
    let distinct = survey.distinct.count
    if distinct == 2, isFlag(survey.samples) { return .flag }
    let looksLikeID = isIDHeader(header)
    if survey.dateShare >= 0.95, survey.numberShare < 0.5 || survey.dates.compact == survey.filled {
      return .date
    }
    if survey.numberShare >= 0.95 {
      if looksLikeID, survey.uniqueness > 0.9, distinct > 20 { return .identifier }
      return isCodeHeader(header) && distinct <= 30 ? .category : .number
    }
    if survey.uniqueness > 0.95, distinct > 20 {
      return survey.totalLength > 40 * survey.filled ? .text : .identifier
    }
    if distinct > 50, survey.uniqueness > 0.5 { return .text }
    if survey.totalLength > 60 * survey.filled, distinct > 12 { return .text }
    return .category
  }

  static func isPersonal(_ header: String, _ survey: ColumnSurvey, role: ColumnRole) -> Bool {
    if role.isPersonal { return true }
    if survey.emailShare > 0.5 { return true }
    if survey.filled > 0, max(survey.addresses, survey.phones) * 2 > survey.filled { return true }
    if role == .customer, looksLikeNames(survey.samples) { return true }
    guard role == .attribute || role == .ignored || role == .customer else { return false }
    return HeaderSynonyms.keys(of: header).contains { key in
      personalNames.contains(key) || HeaderSynonyms.personalEndings.contains(where: key.hasSuffix)
    }
  }

  private static let personalNames: Set<String> = Set(
    HeaderSynonyms.shared.filter(\.role.isPersonal).flatMap(\.names)
  ).subtracting(["name"])

  /// Customers that go by first and last name.
  private static func looksLikeNames(_ samples: [String]) -> Bool {
    let names = samples.count { sample in
      let words = sample.split(separator: " ")
      return (2...4).contains(words.count)
        && words.allSatisfy { word in
          word.first?.isUppercase == true && word.allSatisfy { $0.isLetter || "'-.".contains($0) }
        }
    }
    return samples.count >= 3 && names * 4 >= samples.count * 3
  }

  private static func isFlag(_ samples: [String]) -> Bool {
    let pair = Set(samples.map { $0.lowercased() })
    return flags.contains(pair)
  }

  private static let flags: Set<Set<String>> = [
    ["yes", "no"], ["y", "n"], ["true", "false"], ["0", "1"], ["t", "f"], ["on", "off"], ["ja", "nein"],
  ]

  static func isIDHeader(_ header: String) -> Bool {
    let name = HeaderSynonyms.normalise(header)
    return name.hasSuffix("id") || name.hasSuffix("number") || name.hasSuffix("no") || name == "key"
  }

  /// Whole numbers under such headers are codes, not quantities.
  private static func isCodeHeader(_ header: String) -> Bool {
    let name = HeaderSynonyms.normalise(header)
    return [
      "channel", "region", "country", "segment", "category", "type", "group", "cluster", "code", "store",
    ]
    .contains { name == $0 || name.hasSuffix($0) }
  }
}
