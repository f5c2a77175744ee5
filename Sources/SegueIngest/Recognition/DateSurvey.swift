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

  /// What one cell says.
  struct Reading: Sendable {
    struct Marks: OptionSet, Sendable {
      var rawValue: UInt8

      static let zoned = Marks(rawValue: 1)
      static let timed = Marks(rawValue: 1 << 1)
      static let twoDigitYear = Marks(rawValue: 1 << 2)
      static let firstOver12 = Marks(rawValue: 1 << 3)
      static let secondOver12 = Marks(rawValue: 1 << 4)
      static let open = Marks(rawValue: 1 << 5)
      static let placeholder = Marks(rawValue: 1 << 6)
    }

    enum Form: UInt8, Sendable {
      case yearFirst, named, numeric
      /// Whole numbers: a day's digits, seconds or parts of them, days.
      case compact, epoch, serial
    }

    var form: Form
    var separator: UInt8 = 0
    var marks: Marks = []
    var unit: EpochUnit?
    /// Nil if no calendar has it.
    var day: CalendarDay?
    /// With the first number read as the month.
    var monthFirstDay: CalendarDay?

    static var serial: Reading { Reading(form: .serial) }

    private init(form: Form) { self.form = form }

    init(_ parts: DateParts) {
      switch parts.layout {
      case .yearFirst: form = .yearFirst
      case .named: form = .named
      case .numeric: form = .numeric
      }
      separator = parts.separator
      day = DateReader.day(parts, .dayFirst)
      monthFirstDay = form == .numeric ? DateReader.day(parts, .monthFirst) : day
      if parts.zoneOffset != nil { marks.insert(.zoned) }
      if parts.hasTime { marks.insert(.timed) }
      if !parts.hasCentury { marks.insert(.twoDigitYear) }
      if form == .numeric {
        if parts.first > 12 { marks.insert(.firstOver12) }
        if parts.second > 12 { marks.insert(.secondOver12) }
        if parts.first <= 12, parts.second <= 12, parts.first != parts.second { marks.insert(.open) }
      }
      if parts.hasCentury, let day = day ?? monthFirstDay, placeholderDays.contains(day) {
        marks.insert(.placeholder)
      }
    }

    /// A whole number; nil if it is no moment.
    init?(_ value: Int64, _ digits: Int) {
      if digits == 8 {
        guard let day = DateReader.compactDay(value) else { return nil }
        form = .compact
        self.day = day
      } else {
        guard let unit = EpochUnit(digits: digits) else { return nil }
        form = .epoch
        self.unit = unit
        day = CalendarDay(daysSinceEpoch: Int32(value / unit.rawValue / 86_400))
      }
    }

    var isWritten: Bool { form.rawValue <= Form.numeric.rawValue }
    var isImpossible: Bool { isWritten && day == nil && monthFirstDay == nil }
  }

  @inline(__always)
  mutating func take(_ reading: Reading) {
    switch reading.form {
    case .yearFirst: yearFirst += 1
    case .named: named += 1
    case .numeric: numeric += 1
    case .compact:
      compact += 1
      if let day = reading.day { compactDays.take(day) }
      return
    case .epoch:
      epoch += 1
      epochUnit = reading.unit
      if let day = reading.day { epochDays.take(day) }
      return
    case .serial:
      serial += 1
      return
    }
    separator = reading.separator
    if let day = reading.day { dayFirst.take(day) }
    if let day = reading.monthFirstDay { monthFirst.take(day) }
    if reading.isImpossible { impossible += 1 }
    count(reading.marks)
  }

  private mutating func count(_ marks: Reading.Marks) {
    if marks.isEmpty { return }
    if marks.contains(.zoned) { zoned += 1 }
    if marks.contains(.timed) { timed += 1 }
    if marks.contains(.twoDigitYear) { twoDigitYears += 1 }
    if marks.contains(.firstOver12) { firstOver12 += 1 }
    if marks.contains(.secondOver12) { secondOver12 += 1 }
    if marks.contains(.open) { open += 1 }
    if marks.contains(.placeholder) { placeholders += 1 }
  }

  @inline(__always)
  mutating func keepExamples(_ reading: Reading, _ cell: Span<UInt8>) {
    guard reading.isWritten else { return }
    if first == nil { first = ByteText.sample(cell) }
    if reading.marks.contains(.open), example == nil { example = ByteText.sample(cell) }
    if reading.isImpossible, impossibleExample == nil { impossibleExample = ByteText.sample(cell) }
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
    if mixesOrders { return nil }
    if firstOver12 > 0 || secondOver12 > 0 { return firstOver12 >= secondOver12 ? .dayFirst : .monthFirst }
    return open > 0 ? nil : .auto
  }

  /// Both orders occur too often for one to be slips: programs with different settings wrote the column.
  var mixesOrders: Bool {
    let fewer = min(firstOver12, secondOver12)
    return fewer >= 10 && fewer * 20 >= max(firstOver12, secondOver12)
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
