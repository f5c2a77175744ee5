import Foundation
import SegueCore
import SegueProfile
import SegueReport
import Testing

/// What a small report looked like when somebody last looked at it. `SEGUE_RECORD=1` writes it anew, and
/// such a run fails.
@Suite("Goldens")
struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")

  private static let small: Report = {
    let profile = SampleSegments.profile(3, SampleSegments.five[3])
    return Report(
      title: "Small shop", facts: ["707 customers"], headline: "One segment.", summary: "There is no second.",
      tiles: [Report.Tile("£1.12 M", "revenue")], study: SampleSegments.study([profile]),
      map: SampleReport.map(1, points: 3), personas: [SamplePersonas.persona(profile, 3)],
      journeys: [SampleJourneys.map(profile, 3, unobserved: [1])],
      ledger: Report.Ledger(
        rowsIn: 10, lines: [Report.Ledger.Line("No date", rows: 1, action: "left out")], rowsUsed: 9),
      version: "0", asOf: CalendarDay(iso: "2011-12-10"))
  }()

  @Test("a small report is what it was")
  func report() throws {
    // Without the style, which would drown every other change; a tag a line, so that diffs are short.
    let html = GoldenTests.small.html()
    let style = Markup(html).style
    try check(html.replacing(style, with: "").replacing("><", with: ">\n<"), "small-report.html")
  }

  @Test("its cohorts are what they were")
  func cohorts() throws {
    var report = GoldenTests.small
    report.study.cohorts = SampleCohorts.cohorts([120, 60, 70, 9, 55, 12])
    let html = report.html()
    let start = try #require(html.firstRange(of: "<section id=\"cohorts\""))
    let end = try #require(html.firstRange(of: "<section id=\"evidence\""))
    try check(
      String(html[start.lowerBound..<end.lowerBound]).replacing("><", with: ">\n<"), "small-cohorts.html")
  }

  @Test("its Markdown is what it was")
  func markdown() throws {
    let report = GoldenTests.small
    let money = MoneyText(currency: "GBP")
    try check(PersonaMarkdown.text(report.personas, title: report.title, money: money), "small-personas.md")
    try check(JourneyMarkdown.text(report.journeys, title: report.title, money: money), "small-journeys.md")
  }

  private func check(_ text: String, _ name: String) throws {
    let file = GoldenTests.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["SEGUE_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: GoldenTests.folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(name) was recorded; run again without SEGUE_RECORD")
      return
    }
    let golden = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let difference = zip(lines, golden).first { $0 != $1 }
    #expect(difference?.0 == difference?.1, "\(name)")
    #expect(lines.count == golden.count, "\(name)")
  }
}
