/// What one cell of a column is, before it is counted.
///
/// Kept for the next row: a cell that repeats the one above it is what that one was.
package struct CellVerdict: Sendable {
  struct Marks: OptionSet, Sendable {
    var rawValue: UInt16

    static let withLetters = Marks(rawValue: 1)
    /// A word for "nothing".
    static let null = Marks(rawValue: 1 << 1)
    /// Neither number nor date nor such a word.
    static let text = Marks(rawValue: 1 << 2)
    static let phone = Marks(rawValue: 1 << 3)
    static let email = Marks(rawValue: 1 << 4)
    /// Four numbers with points between.
    static let address = Marks(rawValue: 1 << 5)
    static let currencyCode = Marks(rawValue: 1 << 6)
    static let digitID = Marks(rawValue: 1 << 7)
    static let cancellationID = Marks(rawValue: 1 << 8)
  }

  /// In bytes; 0 is an empty cell.
  var length: Int
  var marks: Marks = []
  var number: NumberSurvey.Reading?
  var date: DateSurvey.Reading?

  /// - Complexity: O(length), no allocation.
  init(_ cell: Span<UInt8>) {
    length = cell.count
    guard length > 0 else { return }
    var digits = 0
    var letters = 0
    for index in cell.indices {
      digits += ByteText.isDigit(cell[index]) ? 1 : 0
      letters += ByteText.isLetter(cell[index]) ? 1 : 0
    }
    if letters > 0 { marks.insert(.withLetters) }
    if digits == 0 || !readNumberOrDate(cell, digits, letters) { readText(cell, digits, letters) }
    if digits + letters < length {
      if CellVerdict.isEmail(cell) { marks.insert(.email) }
    } else if letters == 0 {
      marks.insert(.digitID)
    } else if letters == 3, length == 3 {
      marks.insert(.currencyCode)
    } else if letters == 1, digits > 0, cell[0] == 0x43 {
      marks.insert(.cancellationID)
    }
  }

  private mutating func readNumberOrDate(_ cell: Span<UInt8>, _ digits: Int, _ letters: Int) -> Bool {
    if letters == 0, digits + 2 >= length, let reading = NumberSurvey.Reading(simple: cell, digits) {
      number = reading
    } else {
      // no currency is one letter, and a date has marks between its numbers
      if letters == 1, digits + 1 == length { return false }
      guard CellVerdict.mayBeNumber(cell, letters), let (shape, core) = NumberShape.describe(cell) else {
        guard let parts = DateParts(cell) else { return false }
        date = DateSurvey.Reading(parts)
        return true
      }
      number = NumberSurvey.Reading(shape, core, cell)
      if cell[0] == 0x2B, digits >= 8, digits <= 15 { marks.insert(.phone) }
    }
    if let integer = DateReader.integer(cell) {
      date = DateSurvey.Reading(integer.value, integer.digits)
    } else if SerialDate.seconds(cell) != nil {
      date = .serial
    }
    return true
  }

  /// Signs and codes of currencies have up to three letters; crowns may stand beside a code, `kr 5 SEK`.
  private static func mayBeNumber(_ cell: Span<UInt8>, _ letters: Int) -> Bool {
    if letters <= 3 { return true }
    for index in cell.indices where cell[index] | 0x20 == 0x6B { return true }
    return false
  }

  private mutating func readText(_ cell: Span<UInt8>, _ digits: Int, _ letters: Int) {
    if length <= 4, CustomerKey.isNull(cell) {
      marks.insert(.null)
      return
    }
    marks.insert(.text)
    guard letters == 0, digits >= 4 else { return }
    if digits < 13, CellVerdict.isAddress(cell) { marks.insert(.address) }
    // a plus sign, then 8 to 15 digits with the usual marks between
    if cell[0] == 0x2B, digits >= 8, digits <= 15 { marks.insert(.phone) }
  }

  private static func isAddress(_ cell: Span<UInt8>) -> Bool {
    var points = 0
    for index in cell.indices {
      if cell[index] == 0x2E { points += 1 } else if !ByteText.isDigit(cell[index]) { return false }
    }
    return points == 3
  }

  /// One @, a point somewhere behind it, and no blank before that.
  private static func isEmail(_ cell: Span<UInt8>) -> Bool {
    var ats = 0
    for index in cell.indices { ats += cell[index] == 0x40 ? 1 : 0 }
    guard ats == 1 else { return false }
    var at = -1
    for index in cell.indices {
      if cell[index] == 0x40 { at = index }
      if cell[index] == 0x20 { return false }
      if cell[index] == 0x2E, at > 0, index > at + 1, index + 1 < cell.count { return true }
    }
    return false
  }
}
