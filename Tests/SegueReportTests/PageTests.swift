import SegueCore
import SegueProfile
import SegueReport
import Testing

@Suite("The page")
struct PageTests {
  /// The reports every promise must hold for.
  static let reports: [(name: String, report: Report)] = [
    ("full", SampleReport.full),
    ("without orders", SampleReport.report(SampleSegments.five, hasOrders: false)),
    ("without events", SampleReport.report(SampleSegments.five, hasEvents: false)),
    ("without feedback", SampleReport.report(SampleSegments.five, hasFeedback: false)),
    ("one segment", SampleReport.report([SampleSegments.five[0]])),
    ("twelve segments", SampleReport.report(Hostile.twelve)),
    ("suppressed group", SampleReport.report(SampleSegments.five, undescribed: [2])),
    ("unobserved stages", SampleReport.report(SampleSegments.five, unobserved: [0, 3, 5])),
    ("long names", SampleReport.report(Hostile.longNames)),
    ("hostile names", SampleReport.report(Hostile.names)),
    ("hostile names with value", ValueSectionTests.report(Hostile.names)),
    ("value without money", ValueSectionTests.report(SampleSegments.five, hasMoney: false, undescribed: [2])),
    ("value without errors", ValueSectionTests.report([SampleSegments.five[0]], hasErrors: false)),
    ("value without a test", ValueSectionTests.report(Hostile.twelve, hasHoldout: false)),
    (
      "nothing but segments",
      Report(
        title: "Bare", headline: "One segment.",
        study: SampleSegments.study([SampleSegments.profile(0, SampleSegments.five[0])]), version: "0")
    ),
  ]

  @Test("every tag is closed where it was opened", arguments: reports.indices)
  func balance(_ index: Int) {
    #expect(Markup(PageTests.reports[index].report.html()).imbalance == nil)
  }

  @Test("nothing is fetched: no address, no url(), no import, no script", arguments: reports.indices)
  func offline(_ index: Int) {
    let page = Markup(PageTests.reports[index].report.html())
    // What customer data says in words is text; what matters is what a browser would act on.
    let active = page.tags.flatMap { tag in
      [tag.name] + ["href", "src", "style", "fill", "d", "content"].compactMap(tag.attribute)
    }
    let acting = (active + [page.style]).joined(separator: " ").lowercased()
    for reference in ["http:", "https:", "//", "url(", "@import", "javascript:"] {
      let isThere = acting.contains(reference)
      #expect(!isThere, "\(reference)")
    }
    for name in ["script", "link", "iframe", "img", "object", "use", "image", "base"] {
      #expect(page.all(name).isEmpty, "\(name)")
    }
  }

  @Test("the data section shows how files match, poor matches marked, and what segments were formed on")
  func data() {
    let html = SampleReport.full.html()
    for text in [
      "How the files match", ">3,120<", ">1,218<", ">902<", "61,204 of orders, 12,077 of events",
      "poor match",
      "What the segments were formed on", "Left out: 5, with the reasons", "24, filled",
    ] {
      let isThere = html.contains(text)
      #expect(isThere, "\(text)")
    }
    #expect(html.split(separator: "poor match").count == 2)
    let bare = SampleReport.report(SampleSegments.five, hasEvents: false).html()
    let isMatched = bare.contains("How the files match")
    #expect(!isMatched)
  }

  @Test("the figures of every number tried are shown, the taken one and each index's own marked")
  func tried() throws {
    let html = SampleReport.full.html()
    for text in [
      "2 of 6 indices speak for 5", "<mark>0.480</mark>", "<mark>0.86</mark>", "<mark>0.390 ± 0.008</mark>",
      ">runner-up<", ">taken<", "Hopkins statistic 0.91 (p &lt; 0.001).", "gap of 1,000",
      "Which segments are alike",
    ] {
      let isThere = html.contains(text)
      #expect(isThere, "\(text)")
    }
    #expect(html.ranges(of: "<mark>").count == 5)
    #expect(html.ranges(of: "class=\"agrees\"").count == 2)
    var report = SampleReport.full
    report.scan?.verdict = .noClusters
    report.scan?.advice = "Cut by <thresholds>."
    report.scan?.votes = []
    let plain = report.html()
    let (advice, votes) = (plain.contains("Cut by &lt;thresholds&gt;."), plain.contains("indices speak"))
    #expect(advice && !votes)
    let two = SampleReport.report(Array(SampleSegments.five.prefix(2))).html()
    let isTree = two.contains("Which segments are alike")
    #expect(!isTree)
  }

  @Test("each feature shows its share of the distance, far values pulled in and what says the same twice")
  func preparation() {
    let html = SampleReport.full.html()
    for text in [
      "of the distance\"", ">20.0%<", "12 above 4,210", "Nearly the same thing counts twice", ">0.93<",
      ">-0.95<",
    ] {
      let isThere = html.contains(text)
      #expect(isThere, "\(text)")
    }
    var report = SampleReport.full
    report.formedOn = Report.FormedOn(
      used: [.init("orders", kind: "number", columns: 1, shape: "as it is", missing: "none")], note: "")
    let plain = report.html()
    for text in ["Share of the distance", "Pulled in", "counts twice"] {
      let isThere = plain.contains(text)
      #expect(!isThere, "\(text)")
    }
  }

  @Test("links lead to places on the page", arguments: reports.indices)
  func links(_ index: Int) {
    let page = Markup(PageTests.reports[index].report.html())
    let ids = page.tags.compactMap { $0.attribute("id") }
    #expect(Set(ids).count == ids.count)
    for link in page.all("a") {
      let target = link.attribute("href") ?? ""
      #expect(target.first == "#" && ids.contains(String(target.dropFirst())), "\(target)")
    }
  }

  @Test("every picture is one, and says what it shows", arguments: reports.indices)
  func pictures(_ index: Int) {
    let page = Markup(PageTests.reports[index].report.html())
    let pictures = page.tags.indices.filter { page.tags[$0].name == "svg" && !page.tags[$0].isClosing }
    #expect(!pictures.isEmpty)
    for position in pictures {
      #expect(page.tags[position].attribute("role") == "img")
      #expect(page.tags[position].attribute("aria-label")?.isEmpty == false)
      #expect(page.tags[position + 1].name == "title")
    }
  }

  @Test("headings go down one level at a time, from a single first", arguments: reports.indices)
  func headings(_ index: Int) {
    let levels = Markup(PageTests.reports[index].report.html()).headings
    #expect(levels.first == 1)
    #expect(levels.filter { $0 == 1 }.count == 1)
    for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
  }

  @Test("landmarks and language are there, and the chosen map needs no script")
  func structure() {
    let page = Markup(SampleReport.full.html())
    #expect(page.all("html").first?.attribute("lang") == "en")
    for landmark in ["nav", "main"] { #expect(page.all(landmark).count == 1) }
    let radios = page.all("input")
    #expect(radios.count == 5)
    #expect(radios.filter { $0.attribute("checked") != nil }.count == 1)
    #expect(page.all("label").compactMap { $0.attribute("for") } == radios.compactMap { $0.attribute("id") })
  }

  @Test("the same report gives the same bytes")
  func determinism() {
    #expect(
      SampleReport.report(SampleSegments.five).html() == SampleReport.report(SampleSegments.five).html())
  }

  @Test("columns and sections without data are left out")
  func absence() {
    let plain = SampleReport.report(SampleSegments.five, hasOrders: false, hasEvents: false).html()
    let full = SampleReport.full.html()
    for word in [
      ">Revenue<", "\"num\">Spend<", ">Bought again<", "RFM grid", "Journey maps", "href=\"#journeys\"",
    ] {
      let (isInPlain, isInFull) = (plain.contains(word), full.contains(word))
      #expect(!isInPlain && isInFull, "\(word)")
    }
  }

  @Test("a group too small to describe shows its name and no figure")
  func suppressed() {
    var figures = SampleSegments.five
    figures[2].customers = 7
    figures[2].recency = 333
    let html = SampleReport.report(figures, undescribed: [2]).html()
    let note = html.contains("Fewer than 10 customers: figures withheld")
    let (figure, recency) = (html.contains(">333 d<"), html.contains("333 days"))
    let dots = [2, 3].map { html.contains("class=\"dots\" fill=\"var(--s\($0))\"") }
    #expect(note && !figure && !recency)
    #expect(dots == [true, false])
  }

  @Test("a ledger that does not add up says so")
  func ledger() {
    var report = SampleReport.full
    let before = report.html().contains("add up to the rows in the files")
    report.ledger?.rowsUsed -= 1
    let after = report.html().contains("do not add up")
    #expect(before && after)
  }

  @Test("a continuum is called one at the top")
  func continuum() {
    var report = SampleReport.full
    let before = report.html().contains("divide a continuum")
    report.scan?.verdict = .noClusters
    let after = report.html().contains("divide a continuum")
    #expect(!before && after)
  }

  @Test("rows of persona cards have no holes", arguments: 1...13)
  func cardRows(_ count: Int) {
    let widths = (0..<count).map { ["third": 2, "half": 3, "whole": 6][Report.cardWidth($0, of: count)]! }
    var row = 0
    for width in widths {
      row += width
      #expect(row <= 6)
      if row == 6 { row = 0 }
    }
    #expect(row == 0)
  }
}
