/// The numbers of a date as they stand, before anyone says which is the day.
package struct DateParts {
  package enum Layout: UInt8, Sendable {
    /// Four digits first.
    case yearFirst
    /// Three numbers, the last of four digits or all of two.
    case numeric
    /// The month is a word, so nothing is open.
    case named
  }

  var layout: Layout
  var first: Int
  var second: Int
  var third: Int
  /// The year has four digits.
  var hasCentury: Bool
  var separator: UInt8
  var secondOfDay = 0
  var hasTime = false
  /// Seconds east of UTC, nil where the text names no zone.
  var zoneOffset: Int?

  /// Reads `2024-03-09`, `9/3/24 14:05`, `2024-03-09T14:05:07.123+02:00`, `3/9/2024 2:05 PM`, `9 Mar 2024`,
  /// `March 9th, 2024`, `9. März 2024`, `1er juin 2024`, `9 de marzo de 2024`.
  ///
  /// - Complexity: O(length), no allocation.
  package init?(_ text: Span<UInt8>) {
    guard text.count >= 6, text.count <= 48 else { return nil }
    if let parts = DateParts(plain: text) {
      self = parts
      return
    }
    var cursor = Cursor()
    if ByteText.isLetter(text[0]) {
      self.init(monthFirst: text, &cursor)
    } else {
      self.init(numberFirst: text, &cursor)
    }
    guard readTime(text, &cursor) else { return nil }
  }

  /// `2024-03-09`, `2024-03-09 14:05:07`: what most exports write, in places that are known beforehand.
  @inline(__always)
  private init?(plain text: Span<UInt8>) {
    guard text.count == 10 || text.count == 19, text[4] == 0x2D, text[7] == 0x2D else { return nil }
    var isDigits = true
    func number(_ places: Range<Int>) -> Int {
      var value = 0
      for place in places {
        if !ByteText.isDigit(text[place]) { isDigits = false }
        value = value &* 10 &+ Int(text[place] & 15)
      }
      return value
    }
    self.init(
      layout: .yearFirst, first: number(0..<4), second: number(5..<7), third: number(8..<10),
      hasCentury: true, separator: 0x2D)
    if text.count == 19 {
      guard text[10] == 0x20 || text[10] == 0x54, text[13] == 0x3A, text[16] == 0x3A else { return nil }
      let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
      guard hour <= 23, minute <= 59, second <= 60 else { return nil }
      secondOfDay = hour * 3_600 + minute * 60 + min(second, 59)
      hasTime = true
    }
    guard isDigits else { return nil }
  }

  private init?(numberFirst text: Span<UInt8>, _ cursor: inout Cursor) {
    guard let (a, digitsA) = cursor.number(text, max: 4), cursor.at < text.count else { return nil }
    let isOrdinal = cursor.skipOrdinal(text)
    guard cursor.at < text.count else { return nil }
    let separator = text[cursor.at]
    guard separator == 0x2D || separator == 0x2F || separator == 0x2E || separator == 0x20 else { return nil }
    cursor.at += 1
    if cursor.isBeforeWord(text) {
      cursor.skipBlanks(text)
      cursor.skipOf(text)
      guard digitsA > 0, let month = cursor.month(text) else { return nil }
      let isCutShort = cursor.skip(text, 0x2E, 0x2E)
      guard cursor.skip(text, separator, 0x20) || cursor.skip(text, 0x2C, 0x2C) || isCutShort else {
        return nil
      }
      cursor.skipBlanks(text)
      cursor.skipOf(text)
      guard let (year, digits) = cursor.number(text, max: 4), digits == 2 || digits == 4 else { return nil }
      self.init(
        layout: .named, first: year, second: month, third: a, hasCentury: digits == 4, separator: separator)
      return
    }
    guard !isOrdinal, separator != 0x20, let (b, digitsB) = cursor.number(text, max: 2), digitsB > 0 else {
      return nil
    }
    guard cursor.at < text.count, text[cursor.at] == separator else { return nil }
    cursor.at += 1
    guard let (c, digitsC) = cursor.number(text, max: 4) else { return nil }
    if digitsA == 4 {
      guard digitsC <= 2 else { return nil }
      self.init(layout: .yearFirst, first: a, second: b, third: c, hasCentury: true, separator: separator)
    } else {
      guard digitsA <= 2, digitsC == 4 || digitsC == 2 else { return nil }
      self.init(
        layout: .numeric, first: a, second: b, third: c, hasCentury: digitsC == 4, separator: separator)
    }
  }

  /// `Mar 9, 2024`, `Sept. 9th 2024`
  private init?(monthFirst text: Span<UInt8>, _ cursor: inout Cursor) {
    guard let month = cursor.month(text) else { return nil }
    let isCutShort = cursor.skip(text, 0x2E, 0x2E)
    guard cursor.skip(text, 0x20, 0x2D) || isCutShort else { return nil }
    cursor.skipBlanks(text)
    guard let (day, digits) = cursor.number(text, max: 2), digits > 0 else { return nil }
    _ = cursor.skipOrdinal(text)
    guard cursor.skip(text, 0x2C, 0x2D) || cursor.skip(text, 0x20, 0x20) else { return nil }
    cursor.skipBlanks(text)
    guard let (year, yearDigits) = cursor.number(text, max: 4), yearDigits == 4 else { return nil }
    self.init(layout: .named, first: year, second: month, third: day, hasCentury: true, separator: 0x20)
  }

  private init(
    layout: Layout, first: Int, second: Int, third: Int, hasCentury: Bool, separator: UInt8
  ) {
    self.layout = layout
    self.first = first
    self.second = second
    self.third = third
    self.hasCentury = hasCentury
    self.separator = separator
  }

  /// Whatever follows the date: nothing, or a time with perhaps AM or PM and a zone.
  private mutating func readTime(_ text: Span<UInt8>, _ cursor: inout Cursor) -> Bool {
    if cursor.at == text.count { return true }
    guard text[cursor.at] == 0x20 || text[cursor.at] == 0x54 || text[cursor.at] == 0x2C else { return false }
    cursor.at += 1
    while cursor.at < text.count, text[cursor.at] == 0x20 { cursor.at += 1 }
    guard let (hour, hourDigits) = cursor.number(text, max: 2), hourDigits > 0 else { return false }
    guard cursor.skip(text, 0x3A, 0x3A) else { return false }
    guard let (minute, minuteDigits) = cursor.number(text, max: 2), minuteDigits == 2 else { return false }
    var second = 0
    if cursor.skip(text, 0x3A, 0x3A) {
      guard let (value, digits) = cursor.number(text, max: 2), digits == 2 else { return false }
      second = value
      if cursor.skip(text, 0x2E, 0x2C) {
        guard cursor.skipDigits(text) else { return false }
      }
    }
    var clock = hour
    while cursor.at < text.count, text[cursor.at] == 0x20 { cursor.at += 1 }
    if cursor.isBeforeHalf(text) {
      guard hour >= 1, hour <= 12 else { return false }
      clock = hour % 12 + (text[cursor.at] | 0x20 == 0x70 ? 12 : 0)
      cursor.at += 2
      while cursor.at < text.count, text[cursor.at] == 0x20 { cursor.at += 1 }
    }
    guard clock <= 23, minute <= 59, second <= 60 else { return false }
    secondOfDay = clock * 3_600 + minute * 60 + min(second, 59)
    hasTime = true
    return readZone(text, &cursor)
  }

  private mutating func readZone(_ text: Span<UInt8>, _ cursor: inout Cursor) -> Bool {
    let rest = text.count - cursor.at
    if rest == 0 { return true }
    let byte = text[cursor.at]
    if rest == 1, byte == 0x5A || byte == 0x7A {
      zoneOffset = 0
      return true
    }
    if rest == 3, byte == 0x55 || byte == 0x47 {  // UTC, GMT
      zoneOffset = 0
      let (b, c) = (text[cursor.at + 1], text[cursor.at + 2])
      return byte == 0x55 ? b == 0x54 && c == 0x43 : b == 0x4D && c == 0x54
    }
    guard byte == 0x2B || byte == 0x2D else { return false }
    cursor.at += 1
    guard let hours = cursor.pair(text), hours <= 18 else { return false }
    var minutes = 0
    if cursor.at < text.count {
      _ = cursor.skip(text, 0x3A, 0x3A)
      guard let value = cursor.pair(text), value <= 59 else { return false }
      minutes = value
    }
    guard cursor.at == text.count else { return false }
    zoneOffset = (hours * 3_600 + minutes * 60) * (byte == 0x2D ? -1 : 1)
    return true
  }
}

/// A place in a text and the small steps a date reader takes.
private struct Cursor {
  var at = 0

  /// Digits from here, and how many; nil if there are more than `max`.
  @inline(__always)
  mutating func number(_ text: Span<UInt8>, max: Int) -> (value: Int, digits: Int)? {
    var value = 0
    let start = at
    while at < text.count, ByteText.isDigit(text[at]) {
      guard at - start < max else { return nil }
      value = value * 10 + Int(text[at] - 48)
      at += 1
    }
    return (value, at - start)
  }

  /// Two digits, whatever follows.
  mutating func pair(_ text: Span<UInt8>) -> Int? {
    guard at + 1 < text.count, ByteText.isDigit(text[at]), ByteText.isDigit(text[at + 1]) else { return nil }
    at += 2
    return Int(text[at - 2] - 48) * 10 + Int(text[at - 1] - 48)
  }

  mutating func skip(_ text: Span<UInt8>, _ a: UInt8, _ b: UInt8) -> Bool {
    guard at < text.count, text[at] == a || text[at] == b else { return false }
    at += 1
    return true
  }

  mutating func skipDigits(_ text: Span<UInt8>) -> Bool {
    let start = at
    while at < text.count, ByteText.isDigit(text[at]) { at += 1 }
    return at > start
  }

  /// AM or PM is next.
  func isBeforeHalf(_ text: Span<UInt8>) -> Bool {
    guard at + 1 < text.count, text[at + 1] | 0x20 == 0x6D else { return false }
    return text[at] | 0x20 == 0x61 || text[at] | 0x20 == 0x70
  }

  /// A letter is next, perhaps behind blanks.
  func isBeforeWord(_ text: Span<UInt8>) -> Bool {
    var ahead = self
    ahead.skipBlanks(text)
    return ahead.at < text.count && ByteText.isLetter(text[ahead.at])
  }

  mutating func skipBlanks(_ text: Span<UInt8>) {
    while at < text.count, text[at] == 0x20 { at += 1 }
  }

  /// The letters of `1st`, `2nd`, `3rd`, `4th`, `1er`.
  mutating func skipOrdinal(_ text: Span<UInt8>) -> Bool {
    guard at > 0, at + 2 < text.count, ByteText.isLetter(text[at]), !ByteText.isLetter(text[at + 2]) else {
      return false
    }
    switch (text[at] | 0x20, text[at + 1] | 0x20) {
    case (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64), (0x74, 0x68), (0x65, 0x72):
      at += 2
      return true
    default: return false
    }
  }

  /// The words of `9 de marzo del 2024`.
  mutating func skipOf(_ text: Span<UInt8>) {
    guard at + 3 < text.count, text[at] | 0x20 == 0x64, text[at + 1] | 0x20 == 0x65 else { return }
    var next = at + 2
    if text[next] | 0x20 == 0x6C { next += 1 }
    guard next < text.count, text[next] == 0x20 else { return }
    at = next
    skipBlanks(text)
  }

  /// A month's name: 1…12.
  mutating func month(_ text: Span<UInt8>) -> Int? {
    let start = at
    while at < text.count, ByteText.isLetter(text[at]) || text[at] >= 0x80 { at += 1 }
    return MonthNames.month(text.extracting(start..<at))
  }
}
