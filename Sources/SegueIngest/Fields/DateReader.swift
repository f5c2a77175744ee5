internal import SegueCore

/// Whole numbers that are moments.
enum EpochUnit: Int64, Sendable {
  case seconds = 1
  case milliseconds = 1_000
  case microseconds = 1_000_000

  var name: String {
    switch self {
    case .seconds: "epoch seconds"
    case .milliseconds: "epoch milliseconds"
    case .microseconds: "epoch microseconds"
    }
  }

  /// By number of digits: years 2001…2286 have 10, 13 or 16.
  init?(digits: Int) {
    switch digits {
    case 10: self = .seconds
    case 13: self = .milliseconds
    case 16: self = .microseconds
    default: return nil
    }
  }
}

/// Reads the moments of one column, whose order of day and month is settled.
package struct DateReader {
  /// Which of three numbers is the day; `.auto` if the column needs no order.
  var order: IngestOptions.DateOrder
  /// Times without a zone are UTC because the header says so.
  var isUTC: Bool
  /// The column counts days as spreadsheets do.
  var isSerial: Bool
  var zone: ZoneClock

  init(order: IngestOptions.DateOrder, isUTC: Bool, isSerial: Bool, zone: ZoneClock) {
    self.order = order
    self.isUTC = isUTC
    self.isSerial = isSerial
    self.zone = zone
  }

  /// - Throws: ``SegueCore/SegueError`` `ingest.timeZone` if there is no such zone.
  package init(
    order: IngestOptions.DateOrder, isUTC: Bool = false, isSerial: Bool = false, timeZone: String = "UTC"
  ) throws {
    self.init(order: order, isUTC: isUTC, isSerial: isSerial, zone: try ZoneClock(timeZone))
  }

  /// Seconds of local time, nil if the text is no moment.
  @inline(__always)
  package mutating func read(_ text: Span<UInt8>) -> Int64? {
    if isSerial, let seconds = SerialDate.seconds(text) { return seconds }
    if let integer = DateReader.integer(text) { return moment(integer.value, digits: integer.digits) }
    guard let parts = DateParts(text), let day = DateReader.day(parts, order) else { return nil }
    let seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(parts.secondOfDay)
    if let offset = parts.zoneOffset { return zone.local(seconds - Int64(offset)) }
    return isUTC && parts.hasTime ? zone.local(seconds) : seconds
  }

  private mutating func moment(_ value: Int64, digits: Int) -> Int64? {
    if digits == 8 { return DateReader.compactDay(value).map { Int64($0.daysSinceEpoch) * 86_400 } }
    guard let unit = EpochUnit(digits: digits) else { return nil }
    return zone.local(value / unit.rawValue)
  }

  /// The value of a text of digits only, if it could be a moment; ten of them may have decimals,
  /// `1709993107.123`, which are dropped.
  static func integer(_ text: Span<UInt8>) -> (value: Int64, digits: Int)? {
    guard text.count >= 8, text.count <= 20 else { return nil }
    var value: Int64 = 0
    var digits = 0
    while digits < text.count, ByteText.isDigit(text[digits]) {
      guard digits < 16 else { return nil }
      value = value * 10 + Int64(text[digits] - 48)
      digits += 1
    }
    if digits == text.count { return (value, digits) }
    guard digits == 10, text[digits] == 0x2E, digits + 1 < text.count else { return nil }
    for index in digits + 1..<text.count where !ByteText.isDigit(text[index]) { return nil }
    return (value, digits)
  }

  /// `20240309`, between 1900 and 2199.
  static func compactDay(_ value: Int64) -> CalendarDay? {
    let year = Int(value / 10_000)
    guard (1900...2199).contains(year) else { return nil }
    return CalendarDay(year: year, month: Int(value / 100 % 100), day: Int(value % 100))
  }

  /// The day, nil if there is no such day in the calendar or years are out of reach.
  static func day(_ parts: DateParts, _ order: IngestOptions.DateOrder) -> CalendarDay? {
    switch parts.layout {
    case .yearFirst: return day(parts.first, parts.second, parts.third, true)
    case .named: return day(parts.first, parts.second, parts.third, parts.hasCentury)
    case .numeric:
      switch order {
      case .auto where parts.first == parts.second, .dayFirst:
        return day(parts.third, parts.second, parts.first, parts.hasCentury)
      case .monthFirst: return day(parts.third, parts.first, parts.second, parts.hasCentury)
      case .yearFirst:
        return parts.hasCentury ? nil : day(parts.first, parts.second, parts.third, false)
      case .auto: return nil
      }
    }
  }

  /// Two-digit years: 70…99 are 19xx, 00…69 are 20xx.
  private static func day(_ year: Int, _ month: Int, _ day: Int, _ hasCentury: Bool) -> CalendarDay? {
    let full = hasCentury ? year : year + (year < 70 ? 2_000 : 1_900)
    guard (1000...9999).contains(full) else { return nil }
    return CalendarDay(year: full, month: month, day: day)
  }
}
