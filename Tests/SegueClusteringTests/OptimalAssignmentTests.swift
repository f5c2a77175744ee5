import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Optimal assignment")
struct OptimalAssignmentTests {
  /// Costs and the least sum, by linear_sum_assignment of SciPy 1.17.1.
  private static let published: [(costs: [[Double]], sum: Double)] = [
    (
      [
        [32, -12, 51],
        [-38, -32, 87],
        [-26, 43, 99],
      ], -7
    ),
    (
      [
        [-36, 79, 4, -41, -28],
        [61, 57, -33, 11, -27],
        [91, 58, -35, 94, -19],
        [7, 99, -35, 97, 99],
        [51, -38, 6, -39, 92],
      ], -134
    ),
    (
      [
        [-16, 24, 57, -14, 88, -20, 96],
        [28, 93, -4, -24, 98, 96, -2],
        [45, -26, 90, -34, 94, -35, 2],
        [77, 86, 59, 30, 69, 99, 66],
      ], -25
    ),
    (
      [
        [42, 26, 13, -4],
        [12, -30, 97, 26],
        [84, 76, 37, 64],
        [23, -32, -20, 81],
        [57, -8, 37, -12],
        [75, 57, -40, -31],
        [92, 96, 30, 37],
      ], -72
    ),
    (
      [
        [39, 77, 98, 66, -33, -27, 19, 71],
        [-34, -35, 29, 97, 64, 22, 48, 38],
        [-45, 68, 40, -7, -21, 76, -35, 5],
        [23, -17, 13, 51, 50, 77, -30, -8],
        [64, 52, 90, 21, -15, 60, 90, 21],
        [56, 41, 47, 9, -12, -29, -5, -12],
        [9, 9, -47, 74, -4, 17, 22, -49],
        [-13, 57, 86, 44, 94, 31, -18, 81],
      ], -194
    ),
    (
      [
        [-37, 66, 93, 50, 51, 52, 50, -24, 73, 52, -35, -2],
        [-33, 3, 62, -9, -22, 37, -37, -24, -50, 95, -12, 87],
        [-25, 43, -44, -32, 3, 46, -12, 14, 38, 43, 71, -19],
        [-21, 74, 69, 72, 73, 29, -29, -14, -24, 37, 17, 72],
        [-9, 82, -45, 2, 85, 42, -13, 89, -44, 85, 26, -27],
        [16, 82, 43, -8, 41, 7, 86, 88, 78, 34, 7, -1],
      ], -195
    ),
  ]

  private func sum(_ costs: Matrix, _ columns: [Int?]) -> Double {
    columns.indices.reduce(0) { sum, row in sum + (columns[row].map { costs[row, $0] } ?? 0) }
  }

  private func isMatching(_ columns: [Int?], _ costs: Matrix) -> Bool {
    let taken = columns.compactMap(\.self)
    return Set(taken).count == taken.count && taken.count == min(costs.rowCount, costs.columnCount)
      && taken.allSatisfy { (0..<costs.columnCount).contains($0) }
  }

  @Test("the least sums are those of SciPy", arguments: 0..<6)
  func reference(index: Int) {
    let (costs, least) = Self.published[index]
    let matrix = Matrix(rows: costs)
    let columns = OptimalAssignment.columns(minimizing: matrix)
    #expect(isMatching(columns, matrix))
    #expect(sum(matrix, columns) == least)
  }

  /// Tries every way.
  private func leastSum(_ costs: Matrix, _ row: Int = 0, _ taken: Set<Int> = []) -> Double {
    guard row < costs.rowCount else { return 0 }
    var least = Double.infinity
    if costs.rowCount - row > costs.columnCount - taken.count { least = leastSum(costs, row + 1, taken) }
    for column in 0..<costs.columnCount where !taken.contains(column) {
      least = min(least, costs[row, column] + leastSum(costs, row + 1, taken.union([column])))
    }
    return least
  }

  @Test("no other way is better, with many ties too", arguments: (0..<120).map { Seed(UInt64($0)) })
  func bruteForce(seed: Seed) {
    var generator = seed.generator(for: .testData)
    let (n, m) = (1 + generator.index(below: 6), 1 + generator.index(below: 6))
    let spread = 2 + generator.index(below: 30)
    let elements = (0..<(n * m)).map { _ in Double(generator.index(below: spread)) - 5 }
    let costs = Matrix(rowCount: n, columnCount: m, elements: elements)
    let columns = OptimalAssignment.columns(minimizing: costs)
    #expect(isMatching(columns, costs))
    #expect(sum(costs, columns) == leastSum(costs), "\(n)×\(m), seed \(seed)")
    #expect(columns == OptimalAssignment.columns(minimizing: costs))
  }

  @Test("where all costs are equal, rows take columns in their order")
  func ties() {
    let columns = OptimalAssignment.columns(minimizing: Matrix(rowCount: 4, columnCount: 6))
    #expect(columns == [0, 1, 2, 3])
  }
}
