public import SegueCore

/// Calendar periods, where what counts is whether a customer bought in one at all.
public enum OrderPeriod: String, Sendable, Codable, CaseIterable {
  /// From Monday.
  case week
  case month
  case quarter
  case year

  /// Mean length, in days.
  public var days: Double {
    switch self {
    case .week: 7
    case .month: 365.2425 / 12
    case .quarter: 365.2425 / 4
    case .year: 365.2425
    }
  }

  /// Consecutive periods have consecutive numbers.
  public func index(of day: CalendarDay) -> Int {
    guard self != .week else {
      // 1970-01-01 was a Thursday.
      return Int((Double(day.daysSinceEpoch + 3) / 7).rounded(.down))
    }
    let (year, month, _) = day.civil
    switch self {
    case .year: return year
    case .quarter: return year * 4 + (month - 1) / 3
    default: return year * 12 + month - 1
    }
  }

  /// The last period that is over at the end of `day`.
  public func lastComplete(on day: CalendarDay) -> Int { index(of: day.adding(days: 1)) - 1 }
}

extension OrderPeriod {
  /// Days of a period where all are given the same length.
  public var evenDays: Int {
    switch self {
    case .week: 7
    case .month: 30
    case .quarter: 91
    case .year: 365
    }
  }

  /// The last day of the period with this number.
  public func lastDay(of index: Int) -> CalendarDay {
    func first(_ months: Int) -> CalendarDay {
      let year = (Double(months) / 12).rounded(.down)
      return CalendarDay(year: Int(year), month: months - Int(year) * 12 + 1, day: 1)!
    }
    let next =
      switch self {
      case .week: CalendarDay(daysSinceEpoch: Int32((index + 1) * 7 - 3))
      case .month: first(index + 1)
      case .quarter: first((index + 1) * 3)
      case .year: first((index + 1) * 12)
      }
    return next.adding(days: -1)
  }
}
