/// A day in the study's time zone, counted from 1970-01-01. No clock, no zone, no locale.
///
/// The civil conversions follow the proleptic Gregorian calendar (Hinnant, "chrono-compatible
/// low-level date algorithms", 2013) and hold for years −32,767…32,767.
public struct CalendarDay: Hashable, Comparable, Sendable {
  public var daysSinceEpoch: Int32

  public init(daysSinceEpoch: Int32) { self.daysSinceEpoch = daysSinceEpoch }

  /// Nil if there is no such day: month 13, 30 February.
  public init?(year: Int, month: Int, day: Int) {
    guard (-32_767...32_767).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= CalendarDay.length(ofMonth: month, year: year) else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSinceEpoch = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads `2024-03-09`, nothing else.
  public init?(iso text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-") else {
      return nil
    }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in digits[range] {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month 1…12, day 1…31.
  public var civil: (year: Int, month: Int, day: Int) {
    let z = Int(daysSinceEpoch) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// 0 = Monday … 6 = Sunday.
  public var weekday: Int {
    let remainder = (Int(daysSinceEpoch) + 3) % 7
    return remainder < 0 ? remainder + 7 : remainder
  }

  public func adding(days: Int) -> CalendarDay {
    CalendarDay(daysSinceEpoch: daysSinceEpoch + Int32(days))
  }

  /// Days from `self` to `other`; negative if `other` is earlier.
  public func days(until other: CalendarDay) -> Int {
    Int(other.daysSinceEpoch) - Int(daysSinceEpoch)
  }

  public static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }

  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDay: CustomStringConvertible, Codable {
  /// ISO 8601: `2024-03-09`.
  public var description: String {
    let (year, month, day) = civil
    func padded(_ n: Int, _ width: Int) -> String {
      let text = String(n)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// For people: `9 Mar 2024`.
  public var spelled: String {
    let (year, month, day) = civil
    return "\(day) \(CalendarDay.monthNames[month - 1]) \(year)"
  }

  public static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  public static let weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let day = CalendarDay(iso: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(text) is not a day (YYYY-MM-DD)")
    }
    self = day
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// A moment in the study's time zone, in seconds since 1970-01-01 00:00 of that zone.
///
/// Wall-clock time, so day, weekday and hour need no further conversion.
public struct LocalTime: Hashable, Comparable, Sendable {
  public var seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  public init(_ day: CalendarDay, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
  }

  public var day: CalendarDay {
    CalendarDay(daysSinceEpoch: Int32(truncatingIfNeeded: (seconds - secondOfDay) / 86_400))
  }

  public var hour: Int { Int(secondOfDay / 3_600) }

  private var secondOfDay: Int64 {
    let remainder = seconds % 86_400
    return remainder < 0 ? remainder + 86_400 : remainder
  }

  public static func < (a: LocalTime, b: LocalTime) -> Bool { a.seconds < b.seconds }
}
