/// Texts that name a person outright, wherever they stand: as a product, a channel, an event, a level.
///
/// Columns of personal data are known by their header and are not kept. This is for the cell in a column of
/// something else: a voucher made out to an address, a campaign named after a telephone number.
package enum PersonalText {
  /// What such a level is called instead.
  package static let withheld = "(withheld)"

  /// Whether an e-mail address or a telephone number is in it.
  package static func isPersonal(_ text: String) -> Bool { hasAddress(text) || hasPhone(text) }

  /// Levels in which personal ones are one, and codes for them.
  ///
  /// - Parameter others: texts that are personal in this study, such as ids of customers.
  /// - Complexity: O(levels), and O(codes) where there is something to hide.
  package static func hide(
    _ names: [String], _ codes: [Int32], others: Set<String> = []
  ) -> (names: [String], codes: [Int32]) {
    var kept: [String] = []
    var place: Int32?
    var moved = [Int32](repeating: 0, count: names.count)
    for (code, name) in names.enumerated() {
      if isPersonal(name) || others.contains(name) {
        if place == nil {
          place = Int32(kept.count)
          kept.append(withheld)
        }
        moved[code] = place!
      } else {
        moved[code] = Int32(kept.count)
        kept.append(name)
      }
    }
    guard place != nil else { return (names, codes) }
    return (kept, codes.map { $0 < 0 ? $0 : moved[Int($0)] })
  }

  private static func hasAddress(_ text: String) -> Bool {
    guard text.contains("@") else { return false }
    return text.split { $0.isWhitespace || "<>()[],;:\"".contains($0) }.contains { word in
      guard let at = word.firstIndex(of: "@"), at > word.startIndex else { return false }
      let host = word[word.index(after: at)...]
      return host.dropFirst().dropLast().contains(".")
    }
  }

  /// Digits with what stands between those of a number: +44 20 7946 0958, (030) 901820, 555-123-4567.
  private static func hasPhone(_ text: String) -> Bool {
    let marks = Array(text.utf8)
    guard marks.count(where: isDigit) >= 7 else { return false }
    var start = 0
    while start < marks.count {
      guard isDigit(marks[start]) || "+(".utf8.contains(marks[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < marks.count, isDigit(marks[end]) || "+()- ".utf8.contains(marks[end]) { end += 1 }
      let next = end
      while end > start, marks[end - 1] == UInt8(ascii: " ") { end -= 1 }
      // Letters beside it make it a code: A0301234567.
      let isWord =
        (start > 0 && isLetter(marks[start - 1])) || (end < marks.count && isLetter(marks[end]))
      if !isWord, isPhone(marks[start..<end]) { return true }
      start = next
    }
    return false
  }

  private static func isPhone(_ run: ArraySlice<UInt8>) -> Bool {
    let digits = run.count(where: isDigit)
    guard (7...15).contains(digits), let first = run.first else { return false }
    if first == UInt8(ascii: "+") { return digits >= 8 }
    let groups = run.split { !isDigit($0) }.map(\.count)
    if groups == [3, 3, 4] { return true }
    // Dates have eight digits, articles twelve and more.
    return (first == UInt8(ascii: "0") || first == UInt8(ascii: "(")) && (9...11).contains(digits)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte >= 0x80
  }
}
