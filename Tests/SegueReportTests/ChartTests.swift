import SegueCore
import SegueProfile
import SegueReport
import Testing

@Suite("Charts")
struct ChartTests {
  private static let frame = Box(x: 0, y: 0, width: 520, height: 360)

  @Test("map labels lie in the frame and on nothing else, for any centres", arguments: 0..<60)
  func labels(_ seed: Int) {
    var generator = Seed(UInt64(seed)).generator(for: .bootstrap, index: 0)
    func draw(_ range: Double) -> Double { Double(generator.next() >> 11) / Double(1 << 53) * range }
    let frame = Box(x: 30, y: 8, width: 482, height: 318)
    let count = 1 + seed % 12
    // Every third draw crowds all centres into a corner.
    let size = seed % 3 == 0 ? 0.15 : 1.0
    let marks = (0..<count).map { _ in
      (x: frame.x + 8 + draw((frame.width - 16) * size), y: frame.y + 8 + draw((frame.height - 16) * size))
    }
    let names = (0..<count).map { $0 % 4 == 3 ? Hostile.longNames[0].name : "Steady regulars, \($0)" }
    let placed = LabelPlacement(frame: frame, fontSize: 15, markRadius: 6.5).place(names, at: marks)
    #expect(placed.count == count)
    for (index, label) in placed.enumerated() {
      #expect(frame.contains(label.box))
      #expect(TextFit.width(label.text, size: 15, isBold: true) <= label.box.width + 0.001)
      for other in placed[(index + 1)...] { #expect(!label.box.overlaps(other.box)) }
      for mark in marks {
        #expect(!label.box.overlaps(Box(x: mark.x - 6, y: mark.y - 6, width: 12, height: 12)))
      }
    }
  }

  @Test("names in the RFM grid fit their cells, from two bins to nine", arguments: 2...9)
  func grid(_ bins: Int) {
    let grid = SampleReport.grid(bins: bins)
    let chart = RFMGridChart(grid)
    for cell in grid.cells {
      let box = chart.box(cell)
      #expect(ChartTests.frame.contains(box))
      let lines = chart.nameLines(cell)
      for line in lines { #expect(TextFit.width(line, size: RFMGridChart.nameSize) <= box.width - 14) }
      #expect(Double(lines.count) * 12 + 16 <= box.height)
    }
  }

  @Test("text is shortened at word ends, and within a word only if it has to be")
  func shortening() {
    #expect(TextFit.shortened("Potential loyalists", to: 500, size: 10) == "Potential loyalists")
    #expect(TextFit.shortened("Potential loyalists", to: 75, size: 10) == "Potential…")
    #expect(TextFit.shortened("Potential loyalists", to: 40, size: 10)?.hasSuffix("…") == true)
    #expect(TextFit.shortened("Potential loyalists", to: 40, size: 10, mayCutWords: false) == nil)
    #expect(TextFit.shortened("Potential", to: 3, size: 10) == nil)
    #expect(TextFit.wrapped("Can't lose them", to: 70, lines: 2, size: 10.5) == ["Can't lose", "them"])
    #expect(TextFit.wrapped("", to: 70, lines: 2, size: 10.5).isEmpty)
  }

  @Test("a stage without data is hatched, and nothing is drawn through it")
  func funnel() {
    let segment = SampleSegments.profile(1, SampleSegments.five[1])
    let svg = FunnelChart(SampleJourneys.map(segment, 1, unobserved: [2])).svg.markup()
    #expect(svg.ranges(of: "no data<").count == 1)
    #expect(svg.ranges(of: "class=\"hatch\"").count == 1)
    #expect(svg.ranges(of: "class=\"band").count == 5)
  }

  @Test("the emotion curve joins neighbours with answers only, and is absent without any")
  func emotion() throws {
    let segment = SampleSegments.profile(0, SampleSegments.five[0])
    let svg = try #require(EmotionChart(SampleJourneys.map(segment, 0)).svg).markup()
    // Answers at stages 0, 1, 2 and 4, 5: three joints.
    let curve = try #require(svg.firstRange(of: "class=\"curve\""))
    let data = svg[..<curve.lowerBound].split(separator: "<path d=\"").last ?? ""
    #expect(data.filter { $0 == "C" }.count == 3)
    #expect(svg.ranges(of: "no answers<").count == 1)
    #expect(EmotionChart(SampleJourneys.map(segment, 0, hasFeedback: false)).svg == nil)
  }

  @Test("the tree names every segment, meets once per merge and says which are alike")
  func kinship() throws {
    let segments = (0..<5).map { SampleSegments.profile($0, SampleSegments.five[$0]) }
    let chart = try #require(KinshipChart(SampleReport.kinship(5), segments: segments))
    let svg = chart.svg.markup()
    #expect(svg.ranges(of: "class=\"branch join\"").count == 4)
    // Two branches to each merge, the later ones from the merge before.
    #expect(svg.ranges(of: "class=\"branch\"").count == 8)
    for slot in 1...5 { #expect(svg.contains("stroke=\"var(--s\(slot))\"")) }
    let names = SampleSegments.five.map(\.name)
    #expect(
      chart.sentence
        == "Most alike are “\(names[0])” and “\(names[1])”; “\(names[4])” differs most from the others.")
    let pairs = Report.Kinship(
      segments: [4, 3, 2, 1], order: [0, 1, 2, 3],
      merges: [.init(2, 3, height: 1), .init(0, 1, height: 2), .init(4, 5, height: 9)])
    let even = try #require(KinshipChart(pairs, segments: segments)).sentence
    #expect(
      even == "Most alike are “\(names[2])” and “\(names[1])”; together they differ most from the others.")
  }

  @Test("a tree of two, or one that does not fit its segments, is not drawn")
  func oddTrees() {
    let segments = (0..<5).map { SampleSegments.profile($0, SampleSegments.five[$0]) }
    #expect(KinshipChart(SampleReport.kinship(2), segments: segments) == nil)
    #expect(KinshipChart(SampleReport.kinship(6), segments: segments) == nil)
    let changes: [(inout Report.Kinship) -> Void] = [
      { $0.merges[1].height = .nan }, { $0.merges[0].second = 7 }, { $0.order[0] = 1 },
      { $0.merges.removeLast() },
    ]
    for change in changes {
      var tree = SampleReport.kinship(5)
      change(&tree)
      #expect(KinshipChart(tree, segments: segments) == nil)
    }
  }

  @Test("charts of odd data hold only finite numbers")
  func oddData() {
    let rows = [Report.Scan.Row(k: 2), Report.Scan.Row(k: 3, silhouette: -0.4, minJaccard: .nan)]
    let scan = ScanChart(Report.Scan(rows: rows, chosen: 2, verdict: .noClusters, reason: ""))
    let map = Report.SegmentMap(
      points: [Report.SegmentMap.Point(.nan, 1, segment: 0), Report.SegmentMap.Point(1, 1, segment: 9)],
      centroids: [Report.SegmentMap.Point(1, 1, segment: 0)], horizontal: "", vertical: "")
    let profile = SampleSegments.profile(0, SampleSegments.five[0])
    for markup in [
      scan.svg.markup(), SegmentMapChart(map, segments: [profile]).svg.markup(),
      BarChart.bar(.nan, label: "x").markup(), BarChart.diverging(.infinity, label: "x").markup(),
      RFMGridChart(RFMGrid(bins: 3, recency: [], frequency: [], names: [])).svg.markup(),
    ] {
      #expect(!markup.contains("nan") && !markup.contains("inf"))
    }
  }
}
