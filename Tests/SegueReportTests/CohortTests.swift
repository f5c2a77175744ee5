import Foundation
import SegueCore
import SegueProfile
import SegueReport
import Testing

@Suite("Cohorts in the report")
struct CohortTests {
  private static func report(_ cohorts: Cohorts?, currency: String? = "GBP") -> Report {
    let profile = SampleSegments.profile(0, SampleSegments.five[0])
    var study = SampleSegments.study([profile])
    study.cohorts = cohorts
    study.purchases?.currency = currency
    return Report(title: "Shop", headline: "One segment.", study: study, version: "0")
  }

  /// From the section's tag to the next section's.
  private static func section(_ cohorts: Cohorts?, currency: String? = "GBP") -> String {
    let html = report(cohorts, currency: currency).html()
    guard let start = html.firstRange(of: "<section id=\"cohorts\""),
      let end = html[start.upperBound...].firstRange(of: "</section>")
    else { return "" }
    return String(html[start.lowerBound..<end.upperBound])
  }

  private static let samples: [(name: String, cohorts: Cohorts)] = [
    ("full", SampleCohorts.cohorts()),
    ("complete", SampleCohorts.cohorts(isIncomplete: false, hasOldCustomers: false)),
    ("two", SampleCohorts.cohorts([40, 50], hasOldCustomers: false)),
    ("one", SampleCohorts.cohorts([40], hasOldCustomers: false)),
    ("nobody again", SampleCohorts.cohorts(hasOldCustomers: false, gaps: 0, orderedAgain: 0)),
    ("too few", SampleCohorts.cohorts([4, 3], hasOldCustomers: false, curves: [], gaps: 0)),
    ("few came back", SampleCohorts.cohorts(hasOldCustomers: false, curves: [0.004], gaps: 0)),
    (
      "two years",
      SampleCohorts.cohorts([Int](repeating: 1_234_567, count: 25), hasOldCustomers: false)
    ),
  ]

  @Test("the page stays well-formed, with headings in order and pictures named", arguments: samples.indices)
  func wellFormed(_ index: Int) {
    let page = Markup(CohortTests.report(CohortTests.samples[index].cohorts).html())
    #expect(page.imbalance == nil)
    for (before, after) in zip(page.headings, page.headings.dropFirst()) { #expect(after <= before + 1) }
    for picture in page.all("svg") { #expect(picture.attribute("aria-label")?.isEmpty == false) }
    let text = page.text.replacing(page.style, with: "")
    for word in ["nan", "inf%", "n/a", "∞"] {
      let isThere = text.contains(word)
      #expect(!isThere, "\(word)")
    }
  }

  @Test("rows of a triangle are as wide as its head", arguments: samples.indices)
  func widths(_ index: Int) {
    let html = CohortTests.section(CohortTests.samples[index].cohorts)
    for table in html.split(separator: "<table class=\"heat").dropFirst() {
      let rows = table.prefix(upTo: table.firstRange(of: "</table>")!.lowerBound)
        .split(separator: "<tr").dropFirst()
      let widths = rows.map { row -> Int in
        let tags = Markup(String(row.prefix(upTo: row.firstRange(of: "</tr>")!.lowerBound))).tags
        return tags.filter { !$0.isClosing && ["td", "th"].contains($0.name) }
          .reduce(0) { $0 + (Int($1.attribute("colspan") ?? "1") ?? 1) }
      }
      // The second line of the head stands below two cells that reach down to it.
      #expect(Set(widths.enumerated().map { $0.offset == 1 ? $0.element + 2 : $0.element }).count == 1)
    }
  }

  @Test("cells hold figure, n and interval, and only those of the period that is not over are hatched")
  func cells() throws {
    let html = CohortTests.section(SampleCohorts.cohorts())
    let first =
      "title=\"First order Dec 2010, Jan 2011: 336 of 885 customers ordered, 38.0% (95% 35.0–41.0)\">38%<"
    #expect(html.contains(first))
    #expect(html.contains("Dec 2011 (not over): "))
    // Twelve of thirteen cohorts are shown, in two triangles, and one swatch in each legend.
    #expect(html.ranges(of: " part\"").count == 2 * 12 + 2)
    #expect(html.ranges(of: "Dec 2011 is not over: seen through 9 Dec 2011").count == 2)
    #expect(html.ranges(of: "Fewer than 10 customers: figures withheld").count == 2)
    let complete = CohortTests.section(CohortTests.samples[1].cohorts)
    let isHatched = complete.contains(" part\"") || complete.contains("not over")
    #expect(!isHatched)
  }

  @Test("findings are said in words with interval and n")
  func findings() {
    let html = CohortTests.section(SampleCohorts.cohorts())
      .replacing("\u{A0}", with: " ").replacing("\u{2060}", with: "")
    for text in [
      "In the month after the one of their first order, 23.5% of customers ordered again (95% 22.1–25.0, n = 3,200); "
        + "6 months after, 24.0% did (95% 22.6–25.5, n = 2,200).",
      "A customer brings £380 on average in the month of the first order (n = 3,400), and £920 by the end of the 6th "
        + "month after it (n = 2,200).",
      "41.6% order again within 90 days (95% 40.1–43.1, n = 4,338). Half have ordered again after 130 days (95% 121–141).",
      "Dec 2010 counts 885 new customers, 3.0 times as many as usual later.",
      "Without the customers of Dec 2010 it is 32.9% within 90 days (95% 31.4–34.4, n = 4,338).",
      "Half of the 9,000 gaps between orders are at most 31 days long, and half lie between 14 and 63 days "
        + "(2,790 customers).", "every cohort but Dec 2010 whose month",
    ] {
      let isThere = html.contains(text)
      #expect(isThere, "\(text)")
    }
    let slow = CohortTests.section(SampleCohorts.cohorts(hasOldCustomers: false, curves: [0.1]))

      .replacing("\u{A0}", with: " ").replacing("\u{2060}", with: "")
    let says = slow.contains("Fewer than half do within 372 days: 35.2% (95% 33.7–36.7).")
    #expect(says && !slow.contains("new customers,"))
  }

  @Test("the risk table shows share, interval and who was still waiting, for each order")
  func risks() {
    let html = CohortTests.section(SampleCohorts.cohorts())
    for text in [
      ">2nd order<", ">3rd order<", ">4th order<",
      "41.6%<small>40.1–43.1</small><small>3,100 waiting</small>",
      "<small>n = 3,438</small>",
    ] {
      let isThere = html.contains(text)
      #expect(isThere, "\(text)")
    }
    #expect(html.ranges(of: "class=\"line\"").count == 3 && html.ranges(of: "class=\"band\"").count == 1)
  }

  @Test("what the data cannot carry is said in words, without a triangle or a curve")
  func silence() {
    let nobody = CohortTests.section(CohortTests.samples[4].cohorts)
    let few = CohortTests.section(CohortTests.samples[5].cohorts)
    let one = CohortTests.section(CohortTests.samples[3].cohorts)
    let rare = CohortTests.section(CohortTests.samples[6].cohorts)
    #expect(nobody.contains("None of the 4,106 customers ordered on a second day"))
    #expect(few.contains("Fewer than 10 customers: figures withheld."))
    #expect(one.contains("All customers ordered first in the same month, Dec 2011"))
    #expect(rare.contains("Fewer than 10 customers came back"))
    for (html, pictures) in [(nobody, 0), (few, 0), (one, 2), (rare, 1)] {
      #expect(html.ranges(of: "<svg").count == pictures)
    }
    for html in [nobody, few, one] {
      let isTriangle = html.contains("class=\"heat")
      #expect(!isTriangle)
    }
  }

  @Test("a study without orders has no section, link or term of cohorts")
  func absence() {
    let (without, with) = (CohortTests.report(nil).html(), CohortTests.report(SampleCohorts.cohorts()).html())
    for text in ["id=\"cohorts\"", "href=\"#cohorts\"", "Cohort and retention"] {
      let (isWithout, isWith) = (without.contains(text), with.contains(text))
      #expect(!isWithout && isWith, "\(text)")
    }
  }

  @Test("labels and currencies cannot become markup")
  func escaping() throws {
    var cohorts = SampleCohorts.cohorts()
    for index in cohorts.cohorts.indices { cohorts.cohorts[index].label = "<b>\"&" }
    cohorts.oldCustomers?.label = "<i>'"
    let html = CohortTests.section(cohorts, currency: "<u>")
    for raw in ["<b>\"", "<i>'", "<u>"] {
      let isThere = html.contains(raw)
      #expect(!isThere, "\(raw)")
    }
    let isEscaped = html.contains("First order &lt;b&gt;&quot;&amp;, ") && html.contains("in &lt;u&gt;")
    #expect(isEscaped)
  }

  @Test("the curves stay in their frame, for any heights and lengths", arguments: 0..<20)
  func frame(_ seed: Int) {
    var generator = Seed(UInt64(seed)).generator(for: .testData)
    let heights = (0..<3).map { _ in Double(generator.index(below: 1_000)) / 1_000 }
    let chart = CohortRepeatChart(SampleCohorts.cohorts(curves: heights).repeats)
    let numbers = chart.svg.markup().matches(of: /(?:y|cy|y1|y2)="(-?[0-9.]+)"/).compactMap { Double($0.1) }
    #expect(numbers.count > 10 && numbers.allSatisfy { (0...330).contains($0) })
  }
}
