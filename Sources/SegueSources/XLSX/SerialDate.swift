internal import SegueCore

/// Excel's count of days as text: `2010-12-01 08:26:00`, and the day alone at midnight.
package struct SerialDate {
  package var startsIn1904: Bool

  package init(startsIn1904: Bool) { self.startsIn1904 = startsIn1904 }

  /// - Returns: nil for numbers that Excel itself shows as no date.
  package func text(_ serial: Double, _ meaning: NumberMeaning) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    // to the nearest second; half a millisecond of error is what doubles carry along
    let seconds = Int64((serial * 86_400).rounded())
    switch meaning {
    case .number: return nil
    case .duration: return SerialDate.clock(seconds)
    case .timeOfDay where seconds < 86_400: return SerialDate.clock(seconds)
    case .timeOfDay, .dateTime: break
    }
    let (count, time) = (Int(seconds / 86_400), seconds % 86_400)
    // 1970-01-01 is day 25,569, or 24,107 from 1904. Excel takes 1900 for a leap year: before its 29 February,
    // which is day 60, days are one less away.
    let origin = startsIn1904 ? 24_107 : count < 60 ? 25_568 : 25_569
    let day = CalendarDay(daysSinceEpoch: Int32(count - origin))
    return time == 0 ? day.description : "\(day) \(SerialDate.clock(time))"
  }

  private static func clock(_ seconds: Int64) -> String {
    let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
