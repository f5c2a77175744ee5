import SegueCore
import SegueProfile
import SegueReport
import Testing

@Suite("The card of the back-test")
struct BacktestCardTests {
  /// Two hundred customers, of whom the first ones come back; groups of 100, 95 and 5.
  private static func sample(names: [String], later orders: (Int) -> Int32) throws -> Backtest {
    let indices = 0..<200
    let later = LaterPurchases(
      orders: indices.map(orders), revenue: indices.map { Int64(orders($0)) * Int64(100 + $0 % 7) * 10_000 })
    let labels = indices.map { Int32($0 < 100 ? 0 : $0 < 195 ? 1 : 2) }
    let figures = try BacktestFigures(
      [
        Ranking(.rfmScore, scores: indices.map { Double(200 - $0 / 10) }),
        Ranking(.rfmSegments, labels: labels, names: names, spent: labels.map { 9 - Double($0) }),
        Ranking(.frequency, scores: indices.map { Double(($0 * 37) % 11) }),
        Ranking(.recency, scores: indices.map { Double(200 - $0 / 10) }),
      ], later, earlierRevenue: indices.map { Int64(300 - $0) * 10_000 }, seed: Seed(0))
    return Backtest(
      cut: CalendarDay(iso: "2024-06-30")!, firstDay: CalendarDay(iso: "2023-06-01")!,
      lastDay: CalendarDay(iso: "2024-09-28")!, earlier: (orders: 700, revenue: Amount(40_000)), later,
      figures,
      newcomers: (customers: 12, revenue: Amount(900)),
      skipped: [Backtest.Skipped(.clv, "nobody came back")], remarks: [])
  }

  private static func report(_ backtest: Backtest) -> Report {
    var report = SampleReport.full
    report.backtest = backtest
    return report
  }

  private static func returning(_ customer: Int) -> Int32 { customer % 3 < 2 && customer < 120 ? 2 : 0 }

  @Test("says what was foretold, what each group did, what is withheld and what could not be tested")
  func content() throws {
    let backtest = try Self.sample(names: ["Regulars", "Others", "Few"], later: Self.returning)
    let html = Self.report(backtest).html()
    let markup = Markup(html)
    #expect(markup.imbalance == nil)
    for words in [
      "Does it predict?", "known on 30 Jun 2024", "What RFM segments did next", "Regulars", "too few to say",
      "Customer value (CLV) could not be tested: nobody came back.", "none told",
    ] {
      #expect(html.contains(words) || html.contains(words.replacing(" ", with: "\u{A0}")), "\(words)")
    }
    #expect(!SampleReport.full.html().contains("Does it predict?"))
  }

  @Test("names of groups cannot become markup")
  func escaping() throws {
    let backtest = try Self.sample(
      names: ["<script>alert(1)</script>", "O'Brien & Søn", "<img>"], later: Self.returning)
    let html = Self.report(backtest).html()
    #expect(!html.contains("<script") && !html.contains("<img"))
    #expect(html.contains("&lt;script&gt;"))
  }

  @Test("a future in which nobody buys has neither a chart nor figures, and still reads")
  func nothing() throws {
    let backtest = try Self.sample(names: ["a", "b", "c"]) { _ in 0 }
    #expect(GainsChart(backtest) == nil)
    let html = Self.report(backtest).html()
    #expect(Markup(html).imbalance == nil)
    #expect(html.contains("No method puts these customers in an order"))
    #expect(!html.lowercased().contains("nan<") && !html.contains("n/a"))
  }

  @Test("findings tell only what the intervals bear out")
  func findings() throws {
    let backtest = try Self.sample(names: ["Regulars", "Others", "Few"], later: Self.returning)
    let findings = backtest.findings.joined(separator: " ")
    #expect(findings.contains("Finds it less well than the RFM score: "))
    #expect(findings.contains("frequency alone"))
    for comparison in backtest.comparisons where comparison.measure == .gini && !comparison.isTold {
      #expect(comparison.difference.interval.map { $0.low <= 0 && $0.high >= 0 } ?? true)
    }
    let swapped = try #require(backtest.comparison(.frequency, .rfmScore, .gini))
    let straight = try #require(backtest.comparison(.rfmScore, .frequency, .gini))
    #expect(swapped.difference.value == -straight.difference.value && swapped.isTold == straight.isTold)
  }
}
