import SegueCore
import SegueProfile
import SegueReport
import Testing

@Suite("Lifecycle in the report")
struct LifecycleSectionTests {
  private let names = ["new", "active", "won back", "lapsing", "lapsed", "one-time"]

  private func stages(_ counts: [Int]) -> [LifecycleShare] {
    let total = counts.reduce(0, +)
    return zip(names, counts).map { name, count in
      LifecycleShare(
        stage: name, name: name, customers: count, share: Double(count) / Double(total),
        interval: Statistics.wilson(Double(count), of: Double(total)),
        revenue: count < 10 ? nil : Amount(tenThousandths: Int64(count) * 1_000_000),
        revenueShare: count < 10 ? nil : Double(count) / Double(total))
    }
  }

  private func report(typicalGap: Double?) -> Report {
    var report = SampleReport.full
    report.study.lifecycle = LifecycleTotals(
      typicalGap: typicalGap, customersWithGaps: 200, gapWeight: 3.4, new: 2, lapsing: 2, lapsed: 4,
      stages: stages([50, 120, 30, 60, 4, 136]))
    for index in report.study.segments.indices where report.study.segments[index].isDescribed {
      report.study.segments[index].lifecycle = stages([0, 30 + index, 0, 10, 0, 0])
    }
    report.groups = [
      Report.Group(name: "current customers", customers: 260, segments: 4, reason: "-", isMain: true),
      Report.Group(name: "one-time buyers", customers: 140, segments: 1, reason: "kept whole", isMain: false),
    ]
    return report
  }

  @Test("every segment has a row, every stage a column, and thresholds are said with their odds")
  func table() {
    let report = report(typicalGap: 41)
    let page = Markup(report.html())
    #expect(page.imbalance == nil)
    let rows = report.html().components(between: "<table class=\"lifecycle\">", and: "</table>")
    #expect(
      rows.split(separator: "<tr", omittingEmptySubsequences: false).count - 1 == report.study.segments.count
        + 3)
    for name in names { #expect(rows.contains(">\(name.prefix(1).uppercased())\(name.dropFirst())</th>")) }
    #expect(rows.contains("75.0%") && rows.contains("title=\"95% interval"))
    #expect(report.html().contains("one time in 4, longer than 4 one time in 16"))
    #expect(report.html().contains("the 41 days that are typical here"))
  }

  @Test("of fewer than ten customers no money is told")
  func withheld() {
    let rows = report(typicalGap: 41).html().components(between: ">Revenue</th><td", and: "</tr>")
    #expect(rows.split(separator: "–", omittingEmptySubsequences: false).count == 2)
  }

  @Test("where nobody came back a sentence stands for the table")
  func unknown() {
    let html = report(typicalGap: nil).html()
    #expect(!html.contains("<table class=\"lifecycle\">"))
    #expect(html.contains("too few orders to say who is new, active or lapsed"))
  }

  @Test("groups stand before the scan of the main one, which names it")
  func groups() {
    let html = report(typicalGap: 41).html()
    #expect(html.contains("Parted by lifecycle first") && html.contains("kept whole"))
    #expect(html.contains("segments of current customers</h3>"))
    #expect(!SampleReport.full.html().contains("Parted by lifecycle first"))
  }
}

extension String {
  /// What stands between the first of `start` and the next `end`; empty if either is missing.
  fileprivate func components(between start: String, and end: String) -> String {
    guard let from = firstRange(of: start)?.upperBound else { return "" }
    let rest = self[from...]
    return rest.firstRange(of: end).map { String(rest[..<$0.lowerBound]) } ?? ""
  }
}
