import SegueCore
import SegueProfile
import Testing

@Suite("The calendar of cohorts")
struct CohortCalendarTests {
  private static func calendar(_ first: String, _ through: String) -> CohortCalendar {
    CohortCalendar(from: CalendarDay(iso: first)!, through: CalendarDay(iso: through)!)
  }

  @Test(
    "the unit follows the span: at most 25 periods, at least 4 where days allow",
    arguments: [
      ("2024-01-01", "2024-01-01", .week, 1), ("2024-02-10", "2024-04-30", .week, 13),
      ("2024-02-28", "2024-05-01", .month, 4), ("2010-12-01", "2011-12-09", .month, 13),
      ("2024-01-15", "2026-01-14", .month, 25), ("2024-01-31", "2026-02-01", .quarter, 9),
      ("2010-01-01", "2016-03-31", .quarter, 25), ("2010-01-01", "2016-04-01", .year, 7),
      ("1991-06-01", "2015-06-01", .year, 25), ("1900-01-01", "2199-12-31", .decade, 30),
    ] as [(String, String, CohortPeriod, Int)])
  func unit(_ first: String, _ through: String, _ period: CohortPeriod, _ count: Int) {
    let calendar = CohortCalendarTests.calendar(first, through)
    #expect(calendar.period == period)
    #expect(calendar.count == count)
  }

  @Test(
    "the last period is incomplete unless the data reach its last day",
    arguments: [
      ("2023-09-01", "2024-02-28", true), ("2023-09-01", "2024-02-29", false),
      ("2023-09-01", "2024-03-01", true), ("2024-01-01", "2024-01-13", true),
      ("2024-01-01", "2024-01-14", false), ("2019-01-01", "2023-12-30", true),
      ("2019-01-01", "2023-12-31", false), ("2000-05-01", "2019-12-31", false),
    ])
  func completeness(_ first: String, _ through: String, _ isIncomplete: Bool) {
    let calendar = CohortCalendarTests.calendar(first, through)
    #expect(calendar.isLastIncomplete == isIncomplete)
    #expect(calendar.lastComplete == calendar.count - (isIncomplete ? 2 : 1))
  }

  @Test(
    "every day lies in the period that starts at or before it, and the next starts after it",
    arguments: [
      ("2024-01-31", "2024-03-02"), ("2023-12-15", "2024-05-20"), ("2020-02-29", "2023-07-07"),
      ("1999-12-31", "2016-01-01"), ("1905-01-01", "2024-01-01"),
    ])
  func places(_ first: String, _ through: String) {
    let calendar = CohortCalendarTests.calendar(first, through)
    for day in (CalendarDay(iso: first)!.daysSinceEpoch)...(CalendarDay(iso: through)!.daysSinceEpoch) {
      let day = CalendarDay(daysSinceEpoch: day)
      let place = calendar.place(day)
      #expect(calendar.starts[place] == calendar.period.start(of: day))
      #expect(calendar.starts[place] <= day)
      #expect(calendar.period.next(after: calendar.starts[place]) > day)
    }
    #expect(calendar.place(CalendarDay(iso: first)!.adding(days: -400)) == 0)
    #expect(calendar.place(CalendarDay(iso: through)!.adding(days: 400)) == calendar.count - 1)
  }

  @Test("periods have names that people use")
  func labels() {
    let day = CalendarDay(iso: "2024-08-15")!
    let labels = CohortPeriod.allCases.map { $0.label($0.start(of: day)) }
    #expect(labels == ["12 Aug 2024", "Aug 2024", "Q3 2024", "2024", "2020s"])
  }
}
