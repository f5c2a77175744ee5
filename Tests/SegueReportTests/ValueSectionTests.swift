import SegueCore
import SegueProfile
import SegueReport
import SegueValue
import Testing

@Suite("The value section")
struct ValueSectionTests {
  static func report(
    _ figures: [SampleSegments.Figures], hasMoney: Bool = true, hasHoldout: Bool = true,
    hasErrors: Bool = true, undescribed: Set<Int> = []
  ) -> Report {
    var report = SampleReport.report(figures, undescribed: undescribed)
    report.study = SampleValue.added(
      to: report.study, hasMoney: hasMoney, hasHoldout: hasHoldout, hasErrors: hasErrors)
    return report
  }

  /// From the section's heading to the next section.
  private func section(_ report: Report) throws -> String {
    let html = report.html()
    let start = try #require(html.firstRange(of: "<section id=\"value\"")).lowerBound
    return String(html[start..<(try #require(html[start...].firstRange(of: "</section>"))).lowerBound])
  }

  @Test("it says what is expected with intervals, of whom, and what the figures rest on")
  func content() throws {
    let text = try section(SampleReport.full).replacing("\u{A0}", with: " ")
    for words in [
      "£1.74 M", "expected in the next 365 days", "95% CI £1.62 M – £1.88 M", "9,120",
      "24%", "of customers hold 80% of the expected value", "64%",
      "of those who came back are still customers",
      "Champions", "discounted by 10% a year, 35% of it earned", "BG/NBD", "Gamma–Gamma", "0.2426",
      "-9,582.43",
      "with probability 1, by definition", "New customers of the held-out weeks are not in it.",
      "2 customers were refunded all that they paid.", "Customers who are yet to come are not in it.",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(SampleReport.full.html().contains("<a href=\"#value\">Value</a>"))
  }

  @Test("a test says in words what was foretold, what came and whether a simple rule would have done")
  func verdict() throws {
    let text = try section(SampleReport.full)
    #expect(
      text.contains(
        "Fitted to the first 26 weeks alone, the model expected 2,174 order days in the 26 weeks after them; there "
          + "were 2,301 (5.5% too few)."))
    #expect(
      text.contains("0.83 order days off on average; the rule that everybody keeps their pace was 1.12 off."))
    #expect(text.contains("The model errs less."))
    #expect(text.contains(">7 times or more<") && text.contains(">never<") && text.contains(">once<"))
    var report = SampleReport.full
    report.study.value?.holdout = SampleValue.holdout(naiveError: 0.8)
    let worse = try section(report)
    #expect(worse.contains("do not rely on the model for single customers here"))
    #expect(worse.contains("class=\"notice\"") && !text.contains("class=\"notice\""))
    report.study.value?.holdout = SampleValue.holdout(naiveError: 0.831)
    #expect(try section(report).contains("no better than the rule"))
  }

  @Test("what is not known is left out, and what is too small withheld")
  func absence() throws {
    let plain = SampleReport.report(SampleSegments.five).html()
    #expect(!plain.contains("id=\"value\"") && !plain.contains("href=\"#value\""))
    let poor = try section(
      ValueSectionTests.report(SampleSegments.five, hasMoney: false, hasHoldout: false, undescribed: [2]))
    for words in ["Value each", "hold 80%", "Did it foretell", "today’s worth"] {
      #expect(!poor.contains(words), "\(words)")
    }
    #expect(poor.contains("Orders expected") && poor.contains("too few customers came back and paid"))
    #expect(poor.ranges(of: "figures withheld").count == 1)
    let flat = try section(ValueSectionTests.report(SampleSegments.five, hasErrors: false))
    #expect(!flat.contains("95% CI") && flat.contains("not known") && flat.contains("not converged"))
  }

  @Test(
    "the tracking plot draws both curves and the split, whatever the span", arguments: [3, 52, 700, 5_000])
  func track(weeks: Int) throws {
    var holdout = SampleValue.holdout()
    holdout.track = (1...weeks).map { week in
      let time = Double(week)
      return Holdout.Track(time: time, actual: time * time, expected: time * time + 3)
    }
    holdout.calibrationEnd = weeks / 2
    let chart = try #require(TrackingChart(holdout, firstDay: CalendarDay(iso: "2010-12-01"), unitDays: 7))
    let svg = chart.svg.markup()
    for name in ["line actual", "line expected", "\"cut\""] { #expect(svg.contains(name), "\(name)") }
    let ticks = svg.ranges(of: "text-anchor=\"end\"").count
    #expect((3...8).contains(ticks), "\(ticks) ticks")
    for bad in ["nan", "inf"] { #expect(!svg.contains(bad)) }
  }

  @Test("there is no plot of nothing")
  func noTrack() {
    var holdout = SampleValue.holdout()
    holdout.track = []
    #expect(TrackingChart(holdout, firstDay: nil, unitDays: 7) == nil)
    holdout = SampleValue.holdout()
    holdout.calibrationEnd = 99
    #expect(TrackingChart(holdout, firstDay: nil, unitDays: 7) == nil)
    holdout = SampleValue.holdout()
    holdout.track[3].expected = .nan
    #expect(TrackingChart(holdout, firstDay: nil, unitDays: 7) == nil)
  }
}
