import SegueCore
import SegueFeatures
import Testing

@Suite("Files of segment tables")
struct SegmentTableFileTests {
  private func table(_ yaml: String) throws -> SegmentTable { try SegmentTable(yaml: yaml, file: "t.yaml") }

  private func problems(_ yaml: String) -> [Diagnostic] {
    let error = #expect(throws: SegueError.self) { try table(yaml) }
    #expect(error?.kind == .data)
    #expect(error?.diagnostics.allSatisfy { $0.location?.file == "t.yaml" } == true)
    return error?.diagnostics ?? []
  }

  @Test("codes and ranges name what they say")
  func reading() throws {
    let found = try table(
      """
      title: Two by two
      source: "the shop's own"
      bins: 2
      others: The rest
      segments:
        - name: Best
          codes: [222, 221]
          recency: 2
          frequency: 1
          monetary: any
        - {name: Middle, fm: 1.5}
      overlap: first
      """)
    #expect(found.title == "Two by two" && found.source == "the shop's own" && found.id == "t.yaml")
    #expect(found.bins == 2 && found.others == "The rest" && found.firstMatchWins)
    #expect(found.segments[0] == .init(name: "Best", codes: [211, 212, 221, 222], line: 6))
    #expect(found.segments[1].codes == [112, 121, 212, 221])
    #expect(
      found.lookup == ["The rest", "Middle", "Middle", "The rest", "Best", "Best", "Best", "Best"])
  }

  @Test("ranges of the mean of frequency and monetary may end at a half")
  func halves() throws {
    let found = try table("bins: 3\nsegments:\n  - {name: A, recency: 3, fm: 1.5-2}\n")
    #expect(found.segments[0].codes == [312, 313, 321, 322, 331])
  }

  @Test("a name that stands twice has the codes of both")
  func twice() throws {
    let found = try table(
      "bins: 2\nsegments:\n  - {name: A, codes: [111, 112]}\n  - {name: B, recency: 1}\n  - {name: A, recency: 2}\n"
        + "overlap: first\n")
    #expect(found.lint().isSound)
    #expect(found.lint().shares.map(\.name) == ["A", "B"] && found.lint().shares.map(\.codes) == [6, 2])
    #expect(found.lookup == ["A", "A", "B", "B", "A", "A", "A", "A"])
  }

  @Test("codes that two names claim are told, with who wins, unless that is meant")
  func overlaps() throws {
    let yaml =
      "bins: 2\nsegments:\n  - {name: A, recency: 1}\n  - {name: B, frequency: 1}\n  - {name: C, codes: [222, 221]}\n"
    let lint = try table(yaml).lint()
    let overlap = try #require(lint.overlaps.first)
    #expect(lint.overlaps.count == 1 && overlap.winner == "A" && overlap.loser == "B")
    #expect(overlap.line == 4 && overlap.codes == [111, 112])
    #expect(lint.diagnostics.map(\.code) == ["segments.overlap"])
    #expect(lint.diagnostics[0].message == "\"A\" and \"B\" share codes: 111 112")
    let error = #expect(throws: SegueError.self) { try table(yaml).checked() }
    #expect(error?.kind == .data)
    let meant = try table(yaml + "overlap: first\n").lint()
    #expect(meant.isSound && meant.overlaps == lint.overlaps)
  }

  @Test("a name that no code fits is told so")
  func impossible() throws {
    let lint = try table(
      "bins: 2\nsegments:\n  - {name: A, recency: any}\n  - {name: B, frequency: 1, monetary: 1, fm: 2}\n"
    ).lint()
    #expect(lint.deadNames.map(\.name) == ["B"] && lint.deadNames[0].takenBy.isEmpty)
    #expect(lint.diagnostics.map(\.message) == ["\"B\" can never be given: no code fits it"])
  }

  @Test("a long list of codes is told up to its fortieth")
  func longList() throws {
    let lint = try table("bins: 5\nsegments:\n  - {name: A, codes: [111]}\n").lint()
    #expect(lint.unnamed.count == 124)
    #expect(lint.diagnostics[0].message.hasPrefix("124 of 125 codes have no name: 112 113"))
    #expect(lint.diagnostics[0].message.hasSuffix(" and 84 more"))
  }

  @Test(
    "what is wrong in a file is told with its place and a way out",
    arguments: [
      ("bins: 5\nsegment: []\nsegments: [{name: A, recency: any}]", 2, 1, "did you mean segments?"),
      ("bins: 5\nsegments:\n  - name: A\n    recencies: any", 4, 5, "did you mean recency?"),
      ("bins: ten\nsegments: []", 1, 7, "say bins: 5"), ("bins: 10\nsegments: []", 1, 7, "say bins: 5"),
      ("title: x\nsegments: []", 1, 1, "say bins: 5"),
      ("bins: 5\nsegments: []", 2, 11, "print a table to start from: segue rfm --show standard"),
      ("bins: 5", 1, 1, "print a table to start from: segue rfm --show standard"),
      ("bins: 5\nsegments: [Champions]", 2, 12, "write - name: Champions, and its codes below"),
      (
        "bins: 5\nsegments:\n  - codes: [111]", 3, 5, "write name: and what customers of it are called"
      ),
      ("bins: 5\nsegments:\n  - name: ''\n    codes: [111]", 3, 11, "write name: and a text behind it"),
      (
        "bins: 5\nsegments:\n  - name: A", 3, 5, "give it codes: [555, 554], or a range such as recency: 4-5"
      ),
      ("bins: 5\nsegments:\n  - {name: A, codes: 555}", 3, 22, "write codes: [555, 554]"),
      (
        "bins: 4\nsegments:\n  - name: A\n    codes: [444, 544]", 4, 18,
        "a code is three scores from 1 to 4: recency, frequency, monetary, such as 431"
      ),
      (
        "bins: 5\nsegments:\n  - {name: A, recency: 0-2}", 3, 24,
        "say a score from 1 to 5, a range such as 4-5, or any"
      ),
      (
        "bins: 5\nsegments:\n  - {name: A, recency: 5-4}", 3, 24,
        "say a score from 1 to 5, a range such as 4-5, or any"
      ),
      (
        "bins: 5\nsegments:\n  - {name: A, recency: 3.5}", 3, 24,
        "say a score from 1 to 5, a range such as 4-5, or any"
      ),
      (
        "bins: 5\nsegments:\n  - {name: A, fm: 5.5}", 3, 19,
        "say a score from 1 to 5, a range such as 4.5-5, or any"
      ),
      (
        "bins: 5\nsegments:\n  - {name: A, recency: any}\noverlap: last", 4, 10,
        "say first, or leave it out"
      ),
    ])
  func mistakes(yaml: String, line: Int, column: Int, hint: String) throws {
    let found = problems(yaml)
    #expect(found.count == 1)
    #expect(found.first?.location == .init(file: "t.yaml", line: line, column: column))
    #expect(found.first?.hint == hint)
  }

  @Test(
    "what is no table, or no YAML, is said so",
    arguments: ["", "# nothing\n", "- a\n- b\n", "just words", "bins: [1,\n", "a: 1\nbins: 2\nbins: 3\n"])
  func notTable(yaml: String) {
    #expect(problems(yaml).map(\.code) == ["segments.yaml"])
  }

  @Test("all mistakes are told together, up to twenty")
  func together() {
    let lines = (0..<30).map { "  - {name: S\($0), codes: [\($0)]}" }
    #expect(problems("bins: 5\nsegments:\n" + lines.joined(separator: "\n")).count == 20)
    #expect(problems("bins: 5\ntitel: x\nsegments:\n  - {name: A, recency: 9}\n").count == 2)
  }

  @Test("the file of a built-in table reads back as the table", arguments: SegmentTable.all.map(\.id))
  func printed(id: String) throws {
    let bytes = try #require(SegmentTable.yaml(of: id))
    var again = try table(String(decoding: bytes, as: UTF8.self))
    again.id = id
    #expect(again == SegmentTable.named(id))
  }
}
