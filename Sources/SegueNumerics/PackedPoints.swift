/// A centred copy of points, column by column in lanes of eight rows: what distance kernels read.
///
/// Centring leaves distances alone and keeps digits: coordinates far from the origin cancel when
/// squares are taken. The last lane is padded with zeros, which kernels leave out of every sum.
package struct PackedPoints: Sendable {
  package static let laneWidth = 8

  package let rowCount: Int
  package let columnCount: Int
  /// What was subtracted from each column.
  package let center: [Double]
  package let laneCount: Int
  /// `columnCount` × `laneCount`; lane `l` of column `c` at `c * laneCount + l`.
  let lanes: [SIMD8<Double>]

  /// - Parameter rows: which rows to pack, in that order; all of them if nil.
  /// - Parameter center: what to subtract; the column means of the packed rows if nil.
  package init(_ points: Matrix, rows: [Int]? = nil, center: [Double]? = nil) {
    let selected = rows.map(points.selecting(rows:)) ?? points
    let center = center ?? columnMeans(selected)
    let (n, d) = (selected.rowCount, selected.columnCount)
    let laneCount = (n + PackedPoints.laneWidth - 1) / PackedPoints.laneWidth
    var lanes = [SIMD8<Double>](repeating: .zero, count: d * laneCount)
    for row in 0..<n {
      let (lane, slot) = (row >> 3, row & 7)
      for column in 0..<d {
        lanes[column * laneCount + lane][slot] = selected.elements[row * d + column] - center[column]
      }
    }
    self.rowCount = n
    self.columnCount = d
    self.center = center
    self.laneCount = laneCount
    self.lanes = lanes
  }

  package var chunks: Chunks { Chunks(rowCount: rowCount) }

  /// A centred coordinate.
  package subscript(row: Int, column: Int) -> Double {
    lanes[column * laneCount + row >> 3][row & 7]
  }

  /// Centred coordinates of one row.
  package func row(_ index: Int) -> [Double] {
    (0..<columnCount).map { self[index, $0] }
  }

  /// ‖x − p‖² of one row, with `p` centred likewise.
  package func squaredDistance(from row: Int, to position: ArraySlice<Double>) -> Double {
    var sum = 0.0
    var index = position.startIndex
    for column in 0..<columnCount {
      let difference = self[row, column] - position[index]
      sum += difference * difference
      index += 1
    }
    return sum
  }
}
