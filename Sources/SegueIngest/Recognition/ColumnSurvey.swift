/// What one pass over a column's cells finds out; no cell is kept but a few samples.
///
/// Surveys of consecutive pieces merge into the survey of the whole, exactly.
package struct ColumnSurvey: Equatable, Sendable {
  var cells = 0
  var empty = 0
  var totalLength = 0
  var numbers = NumberSurvey()
  var dates = DateSurvey()
  var emails = 0
  var addresses = 0
  var withLetters = 0
  var currencyCodes = 0
  /// Words for "nothing": NULL, NaN, N/A.
  var nulls = 0
  /// A plus sign, then 8 to 15 digits with the usual marks between.
  var phones = 0
  /// Ids of digits only, and of a `C` before digits: cancellation invoices.
  var digitIDs = 0
  var cancellationIDs = 0
  var distinct = DistinctCounter()
  /// The first distinct values, at most twelve.
  var samples: [String] = []
  /// The first value that is neither number nor date.
  var textExample: String?

  package init() {}

  var filled: Int { cells - empty }
  /// Values that are neither numbers nor dates nor words for "nothing".
  var texts: Int { filled - nulls - numbers.count - dates.written }
  var numberShare: Double { share(numbers.count) }
  var dateShare: Double { isSerial ? 1 : share(dates.count) }
  /// Every value could be a day as spreadsheets count them; whether it is one, the header says.
  var isSerial: Bool { filled > 0 && dates.serial == filled }
  var emailShare: Double { share(emails) }
  /// Distinct values per value, 1 where no value repeats; measured before the counter is full.
  var uniqueness: Double { distinct.seen == 0 ? 0 : Double(distinct.count) / Double(distinct.seen) }

  private func share(_ count: Int) -> Double { filled == 0 ? 0 : Double(count) / Double(filled) }

  /// Takes the next cell, blanks trimmed.
  ///
  /// - Complexity: O(length), amortised.
  @inline(__always)
  package mutating func take(_ cell: Span<UInt8>) {
    cells += 1
    if cell.isEmpty {
      empty += 1
      return
    }
    totalLength += cell.count
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var digits = 0
    var letters = 0
    var ats = 0
    for index in cell.indices {
      let byte = cell[index]
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      if ByteText.isDigit(byte) { digits += 1 } else if ByteText.isLetter(byte) { letters += 1 }
      if byte == 0x40 { ats += 1 }
    }
    if distinct.insert(hash), samples.count < 12 { samples.append(ByteText.sample(cell)) }
    if letters > 0 { withLetters += 1 }
    if digits == 0 || !takeNumberOrDate(cell, digits) { takeText(cell, digits, letters) }
    if ats == 1 { takeAddress(cell) }
    if letters == 3, cell.count == 3 { currencyCodes += 1 }
    if digits == cell.count {
      digitIDs += 1
    } else if digits > 0, letters == 1, digits + 1 == cell.count, cell[0] == 0x43 {
      cancellationIDs += 1
    }
  }

  private mutating func takeNumberOrDate(_ cell: Span<UInt8>, _ digits: Int) -> Bool {
    if let (shape, core) = NumberShape.describe(cell) {
      numbers.take(shape, core, cell)
      if let integer = DateReader.integer(cell) {
        dates.take(integer.value, integer.digits)
      } else if SerialDate.seconds(cell) != nil {
        dates.serial += 1
      }
      if cell[0] == 0x2B, digits >= 8, digits <= 15 { phones += 1 }
      return true
    }
    guard let parts = DateParts(cell) else { return false }
    dates.take(parts, cell)
    return true
  }

  private mutating func takeText(_ cell: Span<UInt8>, _ digits: Int, _ letters: Int) {
    if cell.count <= 4, CustomerKey.isNull(cell) {
      nulls += 1
      return
    }
    if textExample == nil { textExample = ByteText.sample(cell) }
    guard letters == 0, digits >= 4 else { return }
    if digits < 13 { takeIP(cell) }
    if cell[0] == 0x2B, digits >= 8, digits <= 15 { phones += 1 }
  }

  /// Four numbers with points between.
  private mutating func takeIP(_ cell: Span<UInt8>) {
    var points = 0
    for index in cell.indices {
      if cell[index] == 0x2E { points += 1 } else if !ByteText.isDigit(cell[index]) { return }
    }
    if points == 3 { addresses += 1 }
  }

  private mutating func takeAddress(_ cell: Span<UInt8>) {
    var at = -1
    for index in cell.indices {
      if cell[index] == 0x40 { at = index }
      if cell[index] == 0x20 { return }
      if cell[index] == 0x2E, at > 0, index > at + 1, index + 1 < cell.count {
        emails += 1
        return
      }
    }
  }

  /// Adds the survey of the piece of the file that follows this one's: as if one survey had seen both.
  package mutating func merge(_ later: ColumnSurvey) {
    for index in later.samples.indices {
      let isNew = !distinct.contains(later.distinct.entries[index].hash)
      if isNew, samples.count < 12 { samples.append(later.samples[index]) }
    }
    cells += later.cells
    empty += later.empty
    totalLength += later.totalLength
    numbers.merge(later.numbers)
    dates.merge(later.dates)
    emails += later.emails
    addresses += later.addresses
    withLetters += later.withLetters
    currencyCodes += later.currencyCodes
    nulls += later.nulls
    phones += later.phones
    digitIDs += later.digitIDs
    cancellationIDs += later.cancellationIDs
    distinct.merge(later.distinct)
    textExample = textExample ?? later.textExample
  }
}
