import SegueCore
import SegueJourney
import SegueProfile
import SegueReport
import Testing

@Suite("Markdown exports")
struct MarkdownTests {
  private static let money = MoneyText(currency: "GBP")

  @Test("a persona has its facts, traits, rule, sentences and their evidence")
  func personas() {
    let text = PersonaMarkdown.text(
      SampleReport.full.personas, title: "Online Retail", money: MarkdownTests.money)
    for part in [
      "# Personas: Online Retail", "## Champions", "**9.4%** of customers · **41.2%** of revenue",
      "`orders ≥ 9 and last order ≤ 31 days`: finds 93% of them, 96% right.",
      "- What would they miss if you were gone? *(ask)*", "| s1.frequency |",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test("every row of a table has as many cells as its header, whatever the names")
  func tables() {
    let report = SampleReport.report(Hostile.names)
    for text in [
      PersonaMarkdown.text(report.personas, title: Hostile.words[2], money: MarkdownTests.money),
      JourneyMarkdown.text(report.journeys, title: Hostile.words[3], money: MarkdownTests.money),
    ] {
      var cells: Int?
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.first == "|" else {
          cells = nil
          continue
        }
        let count = line.replacing("\\|", with: "").filter { $0 == "|" }.count
        #expect(count == cells ?? count, "\(line)")
        cells = count
      }
      #expect(text.ranges(of: "```").count.isMultiple(of: 2))
      #expect(!text.contains("<script"))
      #expect(!text.contains("](http://"))
    }
  }

  @Test("Mermaid scores come from answers where there are any, else from reach, and the text says which")
  func scores() {
    let profile = SampleSegments.profile(0, SampleSegments.five[0])
    let map = SampleJourneys.map(profile, 0, unobserved: [3])
    let block = MermaidJourney.block(map)
    #expect(block.contains("  section Awareness\n    NPS +31 of 212 answers: 4: Champions\n"))
    #expect(!block.contains("section Purchase"))
    let scale = MermaidJourney.scale(map)
    #expect(scale.contains("satisfied): Awareness, Consideration, Decision, Post-purchase, Loyalty."))
    #expect(scale.contains("No data, left out: Purchase."))
    let silent = SampleJourneys.map(profile, 0, hasFeedback: false)
    #expect(MermaidJourney.block(silent).contains("    71#37; get here: 4: Champions\n"))
    #expect(MermaidJourney.scale(silent).contains("how many get there"))
  }

  @Test("a stage without data is said to have none")
  func silence() {
    let profile = SampleSegments.profile(0, SampleSegments.five[0])
    let text = JourneyMarkdown.text(
      [SampleJourneys.map(profile, 0, unobserved: [3])], title: "x", money: MarkdownTests.money)
    #expect(text.contains("| **Get here** | 100%, all 100% | 86%, all 65% | 71%, all 45% | no data |"))
    #expect(text.contains("Not in the data *(ask)*"))
  }
}
