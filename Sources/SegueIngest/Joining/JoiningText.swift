internal import SegueCore

/// Joining in words.
enum JoiningText {
  /// Customers of a file of customers should have most buyers, while logs and surveys reach only some.
  private static let leastShare = 0.5
  private static let leastShareOfLog = 0.1

  static func isPoor(_ match: Joining.Match) -> Bool {
    let left = match.customersOnBoth + match.customersOnlyLeft
    let right = match.customersOnBoth + match.customersOnlyRight
    let isRegister = (match.left, match.right) == (.orders, .customers)
    return Double(match.customersOnBoth)
      < (isRegister ? leastShare : leastShareOfLog) * Double(min(left, right))
  }

  // MARK: Warnings

  static func warnings(_ joining: Joining, _ data: IngestedData) -> [String] {
    let base: TableKind = data.orders == nil ? .customers : .orders
    var found = joining.matches.filter { $0.isPoor && ($0.left == base || $0.right == base) }
      .map { warning($0, base, data) }
    if joining.spellings.shortened > 0 {
      found.append(
        "\(NumberText.count(joining.spellings.shortened, "customer id")) such as 1.23457E+12 lost digits in a "
          + "spreadsheet, and several customers may read as one: export the column as text.")
    }
    return found
  }

  private static func warning(_ match: Joining.Match, _ base: TableKind, _ data: IngestedData) -> String {
    let other = match.left == base ? match.right : match.left
    let only = other == match.left ? match.customersOnlyLeft : match.customersOnlyRight
    let (here, there) = (name(other, data), name(base, data))
    let advice =
      "If another column of \(here) holds the customer, say so: --column \(flagName(other, data))customer=HEADER."
    let shapes =
      "Ids look like \(shape(other, data)) in \(here) and like \(shape(base, data)) in \(there)."
    if match.customersOnBoth == 0 {
      return
        "None of the \(NumberText.integer(only)) customers of \(here) stands in \(there). \(shapes) \(advice)"
    }
    let all = match.customersOnBoth + only
    return
      "Only \(NumberText.integer(match.customersOnBoth)) of the \(NumberText.integer(all)) customers of \(here) "
      + "\(match.customersOnBoth == 1 ? "stands" : "stand") in \(there). \(shapes) \(advice)"
  }

  private static func files(_ kind: TableKind, _ data: IngestedData) -> [String] {
    data.ledger.files.filter { $0.kind == kind }.map { ColumnOverrides.lastComponent($0.file) }
  }

  private static func name(_ kind: TableKind, _ data: IngestedData) -> String {
    let files = files(kind, data)
    return files.count == 1 ? files[0] : "the \(kind.rawValue) files"
  }

  private static func flagName(_ kind: TableKind, _ data: IngestedData) -> String {
    let files = files(kind, data)
    return files.count == 1 ? "\(files[0]):" : ""
  }

  /// The most frequent pattern of a table's ids, without anything of the ids themselves: `A99999`.
  private static func shape(_ kind: TableKind, _ data: IngestedData) -> String {
    var counts: [String: Int] = [:]
    for id in Set(data.customers(of: kind)) {
      counts[data.customerIDs.withText(id) { pattern($0) }, default: 0] += 1
    }
    let most = counts.min { ($1.value, $0.key) < ($0.value, $1.key) }
    return most?.key ?? "nothing"
  }

  /// Digits as 9, letters as a and A, everything else that is no mark as x.
  static func pattern(_ id: Span<UInt8>) -> String {
    if CustomerSpelling(id).isAddress { return "an e-mail address" }
    var text = ""
    for index in id.indices.prefix(24) {
      switch id[index] {
      case 48...57: text += "9"
      case 65...90: text += "A"
      case 97...122: text += "a"
      case 0x20...0x7E: text += String(Unicode.Scalar(id[index]))
      default: text += "x"
      }
    }
    return text + (id.count > 24 ? "…" : "")
  }

  // MARK: Remarks

  static func remarks(_ joining: Joining) -> [String] {
    spellings(joining.spellings) + joining.detours.map(detour) + duplicates(joining.duplicates)
  }

  private static func spellings(_ spellings: Joining.Spellings) -> [String] {
    var found: [String] = []
    if spellings.ids > 0 {
      let causes = [
        (spellings.notation, "in blanks or notation"), (spellings.letterCase, "in case"),
        (spellings.leadingZeros, "in leading zeros"),
      ].filter { $0.0 > 0 }.map { "\(NumberText.integer($0.0)) \($0.1)" }
      found.append(
        "\(NumberText.count(spellings.customers, "customer")) \(spellings.customers == 1 ? "is" : "are") written in "
          + "several ways and \(spellings.customers == 1 ? "counts" : "count") once: "
          + "\(NumberText.count(spellings.ids, "further spelling")), differing \(causes.joined(separator: ", "))."
      )
    }
    if spellings.leftApart > 0 {
      found.append(
        "\(NumberText.integer(spellings.leftApart)) customer ids look like another but for case or leading zeros, and "
          + "were left apart because a file holds both.")
    }
    return found
  }

  private static func detour(_ detour: Joining.Detour) -> String {
    var text =
      "The \(detour.kind.rawValue) name customers by \"\(detour.column)\" of the customers file, not by its id: "
      + "\(NumberText.integer(detour.customersMatched)) matched"
    if detour.customersUnmatched > 0 { text += ", \(NumberText.integer(detour.customersUnmatched)) did not" }
    if detour.customersAmbiguous > 0 {
      text += " (\(NumberText.integer(detour.customersAmbiguous)) because several customers share it)"
    }
    return text + "."
  }

  private static func duplicates(_ duplicates: Joining.Duplicates) -> [String] {
    var found: [String] = []
    if duplicates.addresses > 0 {
      let who =
        "\(NumberText.integer(duplicates.customers)) customers share \(NumberText.integer(duplicates.addresses)) "
        + "e-mail address\(duplicates.addresses == 1 ? "" : "es")"
      found.append(
        duplicates.merged > 0
          ? "\(who) and were merged: \(NumberText.count(duplicates.merged, "id")) gave way to another."
          : "\(who) under different ids; --merge-customers email counts them as one.")
    }
    if duplicates.placeholders > 0 {
      found.append(
        "\(NumberText.count(duplicates.placeholders, "e-mail address")) of more than "
          + "\(Joining.Duplicates.mostSharing) customers \(duplicates.placeholders == 1 ? "is a placeholder" : "are placeholders") "
          + "and prove\(duplicates.placeholders == 1 ? "s" : "") nothing.")
    }
    return found
  }
}
