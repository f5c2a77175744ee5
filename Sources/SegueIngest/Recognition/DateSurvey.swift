internal import SegueCore

/// Which form of date a column's cells have.
struct DateSurvey: Equatable, Sendable {
  var yearFirst = 0
  var named = 0
  var numeric = 0
  var firstOver12 = 0
  var secondOver12 = 0
  /// Both numbers could be the month, and it matters which is.
  var open = 0
  var example: String?
  var compact = 0
  var epoch = 0
  var epochUnit: EpochUnit?
  /// Numbers that spreadsheets may mean as days.
  var serial = 0
  var zoned = 0
  var timed = 0
  var twoDigitYears = 0
  var separator: UInt8 = 0x2D
  /// The first written date as it stands.
  var first: String?
  /// Dates of no calendar, such as 30 February, and the first of them.
  var impossible = 0
  var impossibleExample: String?
  /// Days that programs write for an unknown one: 1900-01-01, 1970-01-01, 9999-12-31.
  var placeholders = 0
  /// Written days, with the first number read as the day, and as the month.
  private var dayFirst = DayRange()
  private var monthFirst = DayRange()
  private var compactDays = DayRange()
  private var epochDays = DayRange()

  /// Dates with marks between their numbers.
  var written: Int { yearFirst + named + numeric }

  /// Values in the leading form and forms that go with it; whole numbers count only if they are all there is.
  var count: Int {
    written > 0 ? written : max(compact, epoch)
  }

  mutating func take(_ parts: DateParts, _ cell: Span<UInt8>) {
    separator = parts.separator
    if first == nil { first = ByteText.sample(cell) }
    takeDay(parts, cell)
    if parts.zoneOffset != nil { zoned += 1 }
    if parts.hasTime { timed += 1 }
    if !parts.hasCentury { twoDigitYears += 1 }
    switch parts.layout {
    case .yearFirst: yearFirst += 1
    case .named: named += 1
    case .numeric:
      numeric += 1
      if parts.first > 12 { firstOver12 += 1 }
      if parts.second > 12 { secondOver12 += 1 }
      if parts.first <= 12, parts.second <= 12, parts.first != parts.second {
        open += 1
        if example == nil { example = ByteText.sample(cell) }
      }
    }
  }

  mutating func take(_ value: Int64, _ digits: Int) {
    if digits == 8 {
      guard let day = DateReader.compactDay(value) else { return }
      compact += 1
      compactDays.take(day)
    } else if let unit = EpochUnit(digits: digits) {
      epoch += 1
      epochUnit = unit
      epochDays.take(CalendarDay(daysSinceEpoch: Int32(value / unit.rawValue / 86_400)))
    }
  }

  private mutating func takeDay(_ parts: DateParts, _ cell: Span<UInt8>) {
    let one = DateReader.day(parts, .dayFirst)
    let other = parts.layout == .numeric ? DateReader.day(parts, .monthFirst) : one
    if let one { dayFirst.take(one) }
    if let other { monthFirst.take(other) }
    guard let day = one ?? other else {
      impossible += 1
      if impossibleExample == nil { impossibleExample = ByteText.sample(cell) }
      return
    }
    if parts.hasCentury, DateSurvey.placeholderDays.contains(day) { placeholders += 1 }
  }

  private static let placeholderDays = [(1900, 1, 1), (1970, 1, 1), (2999, 12, 31), (9999, 12, 31)].map {
    CalendarDay(year: $0, month: $1, day: $2)!
  }

  /// The first and the last day, in the zone they are written in; nil if there is none.
  func days(_ order: IngestOptions.DateOrder) -> ClosedRange<CalendarDay>? {
    if written > 0 { return (order == .monthFirst ? monthFirst : dayFirst).days }
    return (epoch > compact ? epochDays : compactDays).days
  }

  mutating func merge(_ later: DateSurvey) {
    if later.written > 0 { separator = later.separator }
    yearFirst += later.yearFirst
    named += later.named
    numeric += later.numeric
    firstOver12 += later.firstOver12
    secondOver12 += later.secondOver12
    open += later.open
    example = example ?? later.example
    compact += later.compact
    epoch += later.epoch
    epochUnit = later.epochUnit ?? epochUnit
    serial += later.serial
    zoned += later.zoned
    timed += later.timed
    twoDigitYears += later.twoDigitYears
    first = first ?? later.first
    impossible += later.impossible
    impossibleExample = impossibleExample ?? later.impossibleExample
    placeholders += later.placeholders
    dayFirst.merge(later.dayFirst)
    monthFirst.merge(later.monthFirst)
    compactDays.merge(later.compactDays)
    epochDays.merge(later.epochDays)
  }

  /// The order the column proves; `.auto` if it needs none; nil if it is open.
  var order: IngestOptions.DateOrder? {
    if firstOver12 > 0 || secondOver12 > 0 { return firstOver12 >= secondOver12 ? .dayFirst : .monthFirst }
    return open > 0 ? nil : .auto
  }

  /// For people: `DD/MM/YYYY`.
  func format(_ order: IngestOptions.DateOrder) -> String {
    let mark = String(Unicode.Scalar(separator))
    let year = twoDigitYears > 0 ? "YY" : "YYYY"
    if numeric > 0 {
      switch order {
      case .monthFirst: return ["MM", "DD", year].joined(separator: mark)
      case .yearFirst: return [year, "MM", "DD"].joined(separator: mark)
      case .dayFirst, .auto: return ["DD", "MM", year].joined(separator: mark)
      }
    }
    if yearFirst > 0 { return ["YYYY", "MM", "DD"].joined(separator: mark) }
    if named > 0 { return "D Mon YYYY" }
    if epoch > compact { return epochUnit?.name ?? "epoch seconds" }
    return "YYYYMMDD"
  }
}

/// The first and the last of some days.
private struct DayRange: Equatable {
  private var first = Int32.max
  private var last = Int32.min

  var days: ClosedRange<CalendarDay>? {
    first > last ? nil : CalendarDay(daysSinceEpoch: first)...CalendarDay(daysSinceEpoch: last)
  }

  mutating func take(_ day: CalendarDay) {
    first = min(first, day.daysSinceEpoch)
    last = max(last, day.daysSinceEpoch)
  }

  mutating func merge(_ other: DayRange) {
    first = min(first, other.first)
    last = max(last, other.last)
  }
}
