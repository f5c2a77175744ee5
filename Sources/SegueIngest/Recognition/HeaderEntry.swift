/// Names that stand for a role.
struct HeaderEntry {
  var role: ColumnRole
  var weight: Double
  var names: [String]
}

extension HeaderSynonyms {
  /// Reads lines of `role weight: names`; lines without a colon go on with the names, `#` starts a remark.
  static func entries(_ text: String) -> [HeaderEntry] {
    var entries: [HeaderEntry] = []
    for line in text.split(separator: "\n") where line.first != "#" {
      let halves = line.split(separator: ":", maxSplits: 1)
      if halves.count == 2 {
        let words = halves[0].split(separator: " ")
        guard words.count == 2, let role = ColumnRole(rawValue: String(words[0])),
          let weight = Double(words[1])
        else {
          preconditionFailure("\(line) names no role and weight")
        }
        entries.append(HeaderEntry(role: role, weight: weight, names: []))
      }
      entries[entries.count - 1].names += words(String(halves[halves.count - 1]))
    }
    return entries
  }
}

/// An export known by its headers.
struct KnownExport {
  var name: String
  var kind: TableKind
  /// All must be there; of the names in one entry, any.
  var signature: [[String]]
  /// Of several names with the same role the first that is there plays it.
  var roles: [(name: String, role: ColumnRole)]
  /// The status is a sales stage: only won deals are orders.
  var keepsWonOnly: Bool

  /// - Parameters:
  ///   - signature: normalised names with blanks between; `a|b` asks for one of the two.
  ///   - roles: `role: name name; role: name`, the preferred name first.
  init(
    _ name: String, _ kind: TableKind, _ signature: String, keepsWonOnly: Bool = false, _ roles: String
  ) {
    self.name = name
    self.kind = kind
    self.signature = signature.split(separator: " ").map { $0.split(separator: "|").map(String.init) }
    self.roles = roles.split(separator: ";").flatMap { entry -> [(String, ColumnRole)] in
      let words = entry.split { $0.isWhitespace || $0 == ":" }.map(String.init)
      guard let word = words.first, let role = ColumnRole(rawValue: word) else {
        preconditionFailure("\(entry) is no role with names")
      }
      return words.dropFirst().map { ($0, role) }
    }
    self.keepsWonOnly = keepsWonOnly
  }
}
