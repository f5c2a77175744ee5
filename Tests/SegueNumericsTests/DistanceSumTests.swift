import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Sums of distances")
struct DistanceSumTests {
  @Test(
    "sums of distances equal the definition, for several groupings at once",
    arguments: [(1, 1), (37, 3), (70, 20)])
  func definition(rows: Int, columns: Int) {
    let points = Cloud.normal(rows: rows, columns: columns, seed: Seed(4))
    let groupings = [2, 5].map { k in (0..<rows).map { Int32($0 * 7 % k) } }
    let grouped = GroupedRows(points, groupings: groupings, groupCounts: [2, 5])
    let range = rows / 3..<rows
    let sums = grouped.distanceSums(from: range)
    #expect(sums.count == range.count * 7)
    for row in range {
      for (grouping, offset) in [(0, 0), (1, 2)] {
        for group in 0..<[2, 5][grouping] {
          let sum = (0..<rows).filter { groupings[grouping][$0] == group }.reduce(0) {
            $0 + naiveSquaredDistance(points.row(row), points.row($1)).squareRoot()
          }
          let found = sums[(row - range.lowerBound) * 7 + offset + group]
          #expect((found - sum).magnitude <= 1e-13 * sum)
        }
      }
    }
  }

  @Test("every instruction set gives the same bits")
  func instructionSets() {
    let points = Cloud.normal(rows: 203, columns: 7, seed: Seed(5))
    let grouped = GroupedRows(
      points, groupings: [(0..<203).map { Int32($0 % 3) }], groupCounts: [3])
    defer { InstructionSet.limit(2) }
    let all = [0, 1, 2].map { level -> [Double] in
      InstructionSet.limit(level)
      return grouped.distanceSums(from: 5..<203)
    }
    #expect(all[0] == all[1] && all[1] == all[2])
  }
}
