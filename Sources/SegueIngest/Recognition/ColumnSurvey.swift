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

  /// Takes the next cell, blanks trimmed, and says what it is.
  ///
  /// - Complexity: O(length), amortised.
  @discardableResult
  package mutating func take(_ cell: Span<UInt8>) -> CellVerdict {
    let verdict = CellVerdict(cell)
    if !cell.isEmpty {
      let isNew = !distinct.isFull && distinct.insert(InternedStrings.hash(cell))
      if isNew, samples.count < 12 { samples.append(ByteText.sample(cell)) }
      if verdict.marks.contains(.text), textExample == nil { textExample = ByteText.sample(cell) }
      if let reading = verdict.number { numbers.keepExamples(reading, cell) }
      if let reading = verdict.date { dates.keepExamples(reading, cell) }
    }
    count(verdict)
    return verdict
  }

  /// Takes the cell before once more.
  ///
  /// - Complexity: O(1).
  mutating func take(again verdict: CellVerdict) {
    if verdict.length > 0 { distinct.seeAgain() }
    count(verdict)
  }

  @inline(__always)
  private mutating func count(_ verdict: CellVerdict) {
    cells += 1
    if verdict.length == 0 {
      empty += 1
      return
    }
    totalLength += verdict.length
    if let reading = verdict.number { numbers.take(reading) }
    if let reading = verdict.date { dates.take(reading) }
    let marks = verdict.marks
    if marks.isEmpty { return }
    if marks.contains(.withLetters) { withLetters += 1 }
    if marks.contains(.digitID) { digitIDs += 1 }
    if marks.isDisjoint(with: [.null, .phone, .email, .address, .currencyCode, .cancellationID]) { return }
    if marks.contains(.null) { nulls += 1 }
    if marks.contains(.phone) { phones += 1 }
    if marks.contains(.email) { emails += 1 }
    if marks.contains(.address) { addresses += 1 }
    if marks.contains(.currencyCode) { currencyCodes += 1 }
    if marks.contains(.cancellationID) { cancellationIDs += 1 }
  }

  /// An empty survey for a later piece of the column, which need not find out again what is settled.
  var forLater: ColumnSurvey {
    var later = ColumnSurvey()
    if distinct.isFull { later.distinct = .idle }
    return later
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
