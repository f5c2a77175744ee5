import SegueCore
import SegueProfile
import Testing

@Suite("The grid of recency and frequency")
struct RFMGridTests {
  @Test("every customer stands in one cell, shares sum to 1", arguments: 2...9)
  func partition(bins: Int) {
    var generator = Seed(UInt64(bins)).generator(for: .testData)
    let recency = (0..<500).map { _ in UInt8(1 + generator.index(below: bins)) }
    let frequency = (0..<500).map { _ in UInt8(1 + generator.index(below: bins)) }
    let grid = RFMGrid(
      bins: bins, recency: recency, frequency: frequency, names: recency.indices.map { "n\($0 % 3)" })
    #expect(grid.cells.count == bins * bins)
    #expect(grid.cells.reduce(0) { $0 + $1.customers } == 500)
    #expect((grid.cells.reduce(0) { $0 + $1.share } - 1).magnitude < 1e-12)
    for (index, cell) in grid.cells.enumerated() {
      #expect(index == (cell.frequency - 1) * bins + cell.recency - 1)
      #expect(
        cell.customers
          == recency.indices.filter {
            Int(recency[$0]) == cell.recency && Int(frequency[$0]) == cell.frequency
          }.count)
      #expect((cell.name == nil) == (cell.customers == 0))
    }
  }

  @Test("a cell carries its most frequent name, ties the first of the alphabet")
  func names() {
    let grid = RFMGrid(
      bins: 2, recency: [1, 1, 1, 2, 2], frequency: [1, 1, 1, 2, 2], names: ["b", "a", "b", "z", "y"])
    #expect(grid.cells[0].name == "b")
    #expect(grid.cells[3].name == "y")
    #expect(grid.cells[1].name == nil)
    #expect(RFMGrid(bins: 2, recency: [], frequency: [], names: []).cells.allSatisfy { $0.share == 0 })
  }
}
