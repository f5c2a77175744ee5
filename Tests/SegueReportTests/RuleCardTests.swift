import SegueCore
import SegueProfile
import SegueReport
import Testing

@Suite("The card of the segments as rules")
struct RuleCardTests {
  /// 300 customers: who ordered often, who lives in Norway, and the others; 6 of a group too small.
  private static func report(country: String = "Norway") -> Report {
    var report = SampleReport.full
    let orders = (0..<306).map { Double(1 + $0 % 10) }
    let countries = (0..<306).map { Int32($0 / 100) }
    let labels = (0..<306).map { row -> Int32 in
      row >= 300 ? 3 : orders[row] >= 7 ? 0 : countries[row] == 1 ? 1 : 2
    }
    let attributes = [
      Attribute("orders", label: "orders", unit: .count, sources: [], values: .numbers(orders)),
      Attribute(
        "country", label: "country", unit: .share, sources: [],
        values: .levels(countries, names: ["Sweden", country, "Finland", "Iceland"])),
    ]
    let ids = report.study.segments.map(\.segment.id)
    report.study.ruleList = RuleFinder(attributes, labels: labels).list(ids: ids)
    return report
  }

  @Test("tells the rules in order, whom they decide, the default, and how far to trust them")
  func content() throws {
    let html = Self.report().html()
    #expect(Markup(html).imbalance == nil)
    for words in [
      "The segments as rules", "<code>orders ", "country is", "none of these", "the first rule that fits",
      "The list gives 100% of customers", "Found from two thirds of the customers",
      "Of each segment the list finds",
      "Not covered: 6 customers of segments too small to describe",
    ] {
      #expect(html.contains(words) || html.replacing("\u{A0}", with: " ").contains(words), "\(words)")
    }
    #expect(!SampleReport.full.html().contains("The segments as rules"))
  }

  @Test("names of categories cannot become markup")
  func escaping() {
    let html = Self.report(country: "<script>alert(1)</script>").html()
    #expect(!html.contains("<script") && html.contains("&lt;script&gt;"))
  }
}
