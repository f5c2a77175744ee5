import SegueNumerics
import Testing

@Suite("Matrix and quantiles")
struct MatrixAndQuantileTests {
  @Test("elements lie row after row")
  func layout() {
    var matrix = Matrix(rowCount: 2, columnCount: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    #expect(matrix.column(2) == [3, 6])
    #expect(matrix.selecting(rows: [1, 1, 0]).elements == [4, 5, 6, 4, 5, 6, 1, 2, 3])
    matrix[0, 1] = .nan
    #expect(matrix.firstNonFinite.map { [$0.row, $0.column] } == [0, 1])
  }

  @Test("quantiles are those of R's default type 7")
  func typeSeven() {
    // quantile(c(1, 3, 4, 8, 9, 20)) in R: 0% 1.00, 25% 3.25, 50% 6.00, 75% 8.75, 100% 20.00
    let values: [Double] = [9, 1, 20, 3, 8, 4]
    #expect(Quantiles.quantiles([0, 0.25, 0.5, 0.75, 1], of: values) == [1, 3.25, 6, 8.75, 20])
    #expect(Quantiles.median(of: values) == 6)
    #expect(Quantiles.quantile(0.3, ofSorted: [5]) == 5)
    #expect(Quantiles.quantile(0.5, of: []) == nil)
  }

  @Test("packed points give back what was packed, centred")
  func packing() {
    let points = Matrix(rows: (0..<11).map { [Double($0), Double($0 * $0)] })
    let packed = PackedPoints(points, rows: [10, 0, 3])
    #expect(packed.rowCount == 3)
    #expect(packed.center == [13.0 / 3, 109.0 / 3])
    #expect(packed.row(2) == [3 - packed.center[0], 9 - packed.center[1]])
    #expect(PackedPoints(points, center: [1, 2]).row(10) == [9, 98])
  }
}
