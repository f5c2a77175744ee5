package import SegueProfile
import SegueCore

/// The tree of segments: names on the left, and the further right two branches meet, the less alike they are.
package struct KinshipChart {
  private static let width = 460.0
  private static let names = 234.0
  private static let foot = 34.0
  package static let plannedFontSize = 15.0

  private let tree: Report.Kinship
  private let segments: [SegmentProfile]
  /// Few rows stand further apart, so that the picture keeps its proportions.
  private let rowHeight: Double

  /// Nil unless the tree joins three or more segments of the study.
  package init?(_ tree: Report.Kinship, segments: [SegmentProfile]) {
    let count = tree.segments.count
    guard count >= 3, tree.merges.count == count - 1, tree.order.sorted() == Array(0..<count),
      tree.segments.allSatisfy(segments.indices.contains),
      tree.merges.enumerated().allSatisfy({ index, merge in
        merge.height.isFinite && merge.height >= 0
          && [merge.first, merge.second].allSatisfy((0..<count + index).contains)
      })
    else { return nil }
    self.tree = tree
    self.segments = segments
    // Names of groups within groups are long, and two lines take 40.
    rowHeight = min(46, max(count > 12 ? 28 : 40, 276 / Double(count)))
  }

  /// The closest two, and what the last merge joins.
  package var sentence: String {
    func name(_ leaf: Int) -> String { "“\(segments[tree.segments[leaf]].segment.name)”" }
    var members = tree.segments.indices.map { [$0] }
    for merge in tree.merges { members.append(members[merge.first] + members[merge.second]) }
    let (closest, last) = (tree.merges[0], tree.merges[tree.merges.count - 1])
    let sides = [members[last.first], members[last.second]].sorted { $0.count < $1.count }
    let alike = "Most alike are \(name(closest.first)) and \(name(closest.second))"
    if Set(sides[0]) == [closest.first, closest.second] {
      return alike + "; together they differ most from the others."
    }
    let fewer = sides[0].sorted { tree.segments[$0] < tree.segments[$1] }.map(name).inWords
    return "\(alike); \(fewer) \(sides[0].count == 1 ? "differs" : "differ") most from the others."
  }

  package var svg: HTML {
    let count = tree.order.count
    let height = Double(count) * rowHeight + KinshipChart.foot
    let bottom = height - KinshipChart.foot
    return SVG.picture(
      width: KinshipChart.width, height: height, label: "Tree of the segments. \(sentence)",
      class: "chart kinship"
    ) {
      for (row, leaf) in tree.order.enumerated() { label(leaf, row) }
      branches
      SVG.line(KinshipChart.names, bottom + 6, KinshipChart.width - 8, bottom + 6, class: "grid")
      SVG.text(KinshipChart.names, bottom + 24, "alike", class: "axis")
      SVG.text(KinshipChart.width - 8, bottom + 24, "unlike", class: "axis", anchor: .end)
    }
  }

  private func label(_ leaf: Int, _ row: Int) -> [HTML] {
    let segment = tree.segments[leaf]
    let name = segments[segment].segment.name
    let y = (Double(row) + 0.5) * rowHeight
    let lines = TextFit.wrapped(
      name, to: KinshipChart.names - 30, lines: rowHeight < 40 ? 1 : 2, size: KinshipChart.plannedFontSize,
      isBold: true)
    let top = y + 5 - Double(lines.count - 1) * KinshipChart.plannedFontSize / 2
    return [
      SVG.rect(
        Box(x: 2, y: y - 6, width: 12, height: 12), radius: 3, class: "mark",
        fill: Palette.fill(segments[segment].segment))
    ]
      + lines.enumerated().map { line, text in
        SVG.text(22, top + Double(line) * KinshipChart.plannedFontSize, text, class: "name")
      }
  }

  private var branches: [HTML] {
    let reach = max(tree.merges.map(\.height).max() ?? 0, .leastNormalMagnitude)
    let room = KinshipChart.width - KinshipChart.names - 14
    var place = [(x: Double, y: Double)](repeating: (KinshipChart.names, 0), count: tree.segments.count)
    for (row, leaf) in tree.order.enumerated() {
      place[leaf].y = (Double(row) + 0.5) * rowHeight
    }
    var drawn: [HTML] = []
    for merge in tree.merges {
      let x = KinshipChart.names + merge.height / reach * room
      for node in [merge.first, merge.second] {
        drawn.append(
          SVG.path(
            "M\(SVG.number(place[node].x)) \(SVG.number(place[node].y))H\(SVG.number(x))", class: "branch",
            stroke: node < tree.segments.count ? Palette.fill(segments[tree.segments[node]].segment) : nil))
      }
      let (a, b) = (place[merge.first].y, place[merge.second].y)
      drawn.append(
        SVG.path("M\(SVG.number(x)) \(SVG.number(a))V\(SVG.number(b))", class: "branch join"))
      place.append((x, (a + b) / 2))
    }
    return drawn
  }
}
