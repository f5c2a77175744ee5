import SegueReport
import Testing

@Suite("Escaping")
struct EscapingTests {
  @Test("text and attributes cannot become markup")
  func nodes() {
    let node = tag("p", ["title": "\"><script>'&"]) { "<b>&\"'" }
    #expect(
      node.markup() == "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&lt;b&gt;&amp;&quot;&#39;</p>")
  }

  @Test("characters that do not show or that turn the text around are dropped")
  func controls() {
    #expect(HTML.text("a\u{0}b\u{202E}c\nd").markup() == "abc d")
  }

  @Test("an attribute that is nil is left out, a shape closes itself, a void element stays open")
  func forms() {
    #expect(tag("i", ["class": nil, "id": "x"]).markup() == "<i id=\"x\"></i>")
    #expect(shape("circle", ["r": "2"]).markup() == "<circle r=\"2\"/>")
    #expect(tag("br").markup() == "<br>")
  }

  @Test("no name from data shows up raw anywhere in a report")
  func report() {
    let html = SampleReport.report(Hostile.names).html()
    for raw in ["<script", "<img", "\u{202E}"] {
      let isThere = html.contains(raw)
      #expect(!isThere, "\(raw)")
    }
    for escaped in ["&lt;script&gt;alert(1)&lt;", "O&#39;Brien &amp; Søn"] {
      let isThere = html.contains(escaped)
      #expect(isThere, "\(escaped)")
    }
  }

  @Test(
    "coordinates have one decimal at most",
    arguments: [
      (0, "0"), (-0.04, "0"), (12, "12"), (12.34, "12.3"), (-0.25, "-0.3"), (0.96, "1"), (.nan, "0"),
      (.infinity, "0"),
    ] as [(Double, String)])
  func numbers(_ value: Double, _ text: String) {
    #expect(SVG.number(value) == text)
  }

  @Test("figures stay with their units, and dots with what they follow")
  func typography() {
    #expect(Typography.kept("brings £67 k. Ask 3 d") == "brings £67\u{A0}k. Ask 3\u{A0}d")
    #expect(Typography.kept("Email 20% · Direct") == "Email 20%\u{A0}· Direct")
    #expect(Typography.kept("others (n = 87).") == "others (n\u{A0}=\u{A0}87).")
    #expect(Typography.kept("2024 kitchen") == "2024 kitchen")
  }

  @Test("Markdown keeps names as text on one line")
  func markdown() {
    #expect(
      Markdown.text("a|b`c`*d*_e_ [f](http://g)\n# h <i>")
        == "a\\|b\\`c\\`\\*d\\*\\_e\\_ \\[f\\](http&#58;//g) \\# h &lt;i&gt;")
    #expect(Markdown.text("- no list") == "\\- no list")
    #expect(Markdown.text("12. no list") == "12\\. no list")
    #expect(Markdown.cell("+62 points") == "+62 points")
    #expect(Markdown.code("a`b") == "`` a`b ``")
  }

  @Test("Mermaid names hold no character that its grammar reads")
  func mermaid() {
    #expect(MermaidJourney.name("a: b, c; #d") == "a#58; b#44; c#59; #35;d")
    #expect(MermaidJourney.name("\n") == "unnamed")
    for word in Hostile.words {
      let name = MermaidJourney.name(word)
      #expect(!name.contains { ":,`<>%\n\"{}".contains($0) })
    }
  }
}
