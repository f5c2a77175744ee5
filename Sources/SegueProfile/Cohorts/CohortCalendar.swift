public import SegueCore

/// The unit that cohorts and their age are counted in.
public enum CohortPeriod: String, Sendable, Codable, CaseIterable {
  /// From Monday.
  case week
  case month
  case quarter
  case year
  case decade

  /// The first day of the period that a day lies in.
  package func start(of day: CalendarDay) -> CalendarDay {
    let (year, month, _) = day.civil
    return switch self {
    case .week: day.adding(days: -day.weekday)
    case .month: CohortPeriod.first(year, month)
    case .quarter: CohortPeriod.first(year, (month - 1) / 3 * 3 + 1)
    case .year: CohortPeriod.first(year, 1)
    case .decade: CohortPeriod.first(year - year % 10, 1)
    }
  }

  /// The first day of the period after the one that starts on a day.
  package func next(after start: CalendarDay) -> CalendarDay {
    // Long enough to leave the period, and too short to leave the next.
    let step =
      switch self {
      case .week: 7
      case .month: 31
      case .quarter: 93
      case .year: 366
      case .decade: 3_653
      }
    return self.start(of: start.adding(days: step))
  }

  /// `Mar 2024`, `Q1 2024`, `2024`, `2020s`; a week goes by its Monday, `4 Mar 2024`.
  public func label(_ start: CalendarDay) -> String {
    let (year, month, _) = start.civil
    return switch self {
    case .week: start.spelled
    case .month: "\(CalendarDay.monthNames[month - 1]) \(year)"
    case .quarter: "Q\((month - 1) / 3 + 1) \(year)"
    case .year: "\(year)"
    case .decade: "\(year)s"
    }
  }

  private static func first(_ year: Int, _ month: Int) -> CalendarDay {
    CalendarDay(year: year, month: month, day: 1)!
  }
}

/// The periods from the first order to the last day that was observed.
package struct CohortCalendar: Sendable {
  package let period: CohortPeriod
  /// First day of each period, ascending.
  package let starts: [CalendarDay]
  /// The last day whose orders are in the data.
  package let through: CalendarDay
  /// Whether the last period goes on after `through`.
  package let isLastIncomplete: Bool
  private let first: CalendarDay
  /// Position in `starts` of each day from `first` to `through`.
  private let places: [Int32]

  /// Months from 4 up to 25, two years and a month cut at either end; weeks for less, quarters, years and
  /// decades for more.
  package static let most = 25
  package static let fewest = 4

  /// - Parameter first: the day of the first order, not after `through`.
  package init(from first: CalendarDay, through: CalendarDay) {
    precondition(first <= through, "a calendar needs a day")
    let months = CohortCalendar.starts(.month, first, through)
    if months.count < CohortCalendar.fewest {
      period = .week
    } else {
      let units: [CohortPeriod] = [.month, .quarter, .year]
      period =
        units.first { CohortCalendar.starts($0, first, through).count <= CohortCalendar.most } ?? .decade
    }
    starts = CohortCalendar.starts(period, first, through)
    self.first = first
    self.through = through
    let next = period.next(after: starts[starts.count - 1])
    isLastIncomplete = through.adding(days: 1) < next
    var places: [Int32] = []
    places.reserveCapacity(first.days(until: through) + 1)
    for index in starts.indices {
      let start = max(first, starts[index])
      let end = index + 1 < starts.count ? starts[index + 1] : through.adding(days: 1)
      places += repeatElement(Int32(index), count: start.days(until: end))
    }
    self.places = places
  }

  package var count: Int { starts.count }

  /// Position of the last period that is over; −1 if none is.
  package var lastComplete: Int { isLastIncomplete ? count - 2 : count - 1 }

  /// Position of a day's period; days outside belong to the nearest.
  package func place(_ day: CalendarDay) -> Int {
    Int(places[min(max(first.days(until: day), 0), places.count - 1)])
  }

  private static func starts(
    _ period: CohortPeriod, _ first: CalendarDay, _ through: CalendarDay
  ) -> [CalendarDay] {
    var starts: [CalendarDay] = []
    var start = period.start(of: first)
    while start <= through {
      starts.append(start)
      start = period.next(after: start)
    }
    return starts
  }
}
