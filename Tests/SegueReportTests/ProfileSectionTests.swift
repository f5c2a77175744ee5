import SegueCore
import SegueProfile
import SegueReport
import Testing

@Suite("Times of orders and typical customers in the report")
struct ProfileSectionTests {
  /// The second segment orders on Tuesdays at nine more than at any other time; the last has too few orders.
  static let report: Report = {
    var report = SampleReport.full
    for index in report.study.segments.indices {
      let id = report.study.segments[index].segment.id
      report.study.segments[index].exemplars = ["a", "b", "c"].enumerated().map { place, letter in
        Exemplar(
          mark: "\(id)-\(letter)",
          values: [
            Exemplar.Value(
              name: "recencyDays", label: "days since last order", unit: .days, number: Double(9 + place)),
            Exemplar.Value(name: "monetary", label: "spend", unit: .money, number: 1_200),
            Exemplar.Value(name: "customer.household", label: "household", unit: .share, level: "flat_share"),
          ])
      }
      guard index < report.study.segments.count - 1 else { continue }
      var shares = [[Double]](repeating: [Double](repeating: 0, count: 24), count: 7)
      for day in 0..<7 {
        for hour in 0..<24 { shares[day][hour] = Double((day + 2) * hour) / 20_000 }
      }
      shares[1][9] = 0.05
      report.study.segments[index].weekHours = WeekHours(orders: 4_000, shares: shares)
    }
    return report
  }()

  /// A card up to its note.
  private func part(of html: String, _ id: String) -> String {
    guard let start = html.firstRange(of: "id=\"\(id)\"") else { return "" }
    let rest = html[start.upperBound...]
    return String(rest[..<(rest.firstRange(of: "class=\"note\"")?.lowerBound ?? rest.endIndex)])
  }

  @Test("every segment with enough orders has a week of hours, under one legend")
  func weeks() {
    let html = Self.report.html()
    #expect(Markup(html).imbalance == nil)
    let card = part(of: html, "week")
    let charts = card.split(separator: "<svg", omittingEmptySubsequences: false).dropFirst()
    #expect(charts.count == Self.report.study.segments.count - 1)
    for chart in charts {
      #expect(chart.split(separator: "<rect", omittingEmptySubsequences: false).count - 1 == 168)
      #expect(chart.contains("most on Tue at 09:00 (5.0%)"))
      #expect(chart.split(separator: "class=\"q q6\"", omittingEmptySubsequences: false).count - 1 == 1)
    }
    #expect(html.split(separator: "class=\"ramp\"", omittingEmptySubsequences: false).count == 2)
  }

  @Test("cells of the week lie side by side within the picture")
  func boxes() {
    for day in 0..<7 {
      for hour in 0..<24 {
        let box = WeekHourChart.box(day: day, hour: hour)
        #expect(box.x > 0 && box.right < WeekHourChart.width && box.bottom < WeekHourChart.height)
        if hour > 0 { #expect(WeekHourChart.box(day: day, hour: hour - 1).right <= box.x) }
        if day > 0 { #expect(WeekHourChart.box(day: day - 1, hour: hour).bottom <= box.y) }
      }
    }
  }

  @Test("typical customers have marks, rounded figures and words; a report without them has no card")
  func exemplars() {
    let card = part(of: Self.report.html(), "exemplars")
    for text in ["1-a", "1-c", "5-b", "Days since last order", "1,200", "household: flat share"] {
      #expect(card.contains(text), "\(text)")
    }
    let plain = SampleReport.full.html()
    #expect(!plain.contains("id=\"exemplars\"") && !plain.contains("id=\"week\""))
  }

  @Test("a segment too small to describe names the one its figures are counted with")
  func withheld() {
    var report = SampleReport.report(SampleSegments.five, undescribed: [4])
    #expect(report.html().contains("Fewer than 10 customers: figures withheld"))
    report.study.segments[3].includes = [report.study.segments[4].segment.id]
    #expect(report.html().contains("figures counted with those of Slipping spenders"))
  }
}
