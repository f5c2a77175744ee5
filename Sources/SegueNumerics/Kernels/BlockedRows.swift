internal import CKernels

/// A standardised copy of points in blocks of 64 rows, column by column within a block, with weights:
/// what the kernels of mixtures read. The last block is filled up with rows of weight zero.
package struct BlockedRows: Sendable {
  package static let blockSize = Int(SEGUE_BLOCK_ROWS)
  /// Farther than so many scales from the centre is as far as can be: squares stay in range.
  static let farthest = 1e100

  package let rowCount: Int
  package let columnCount: Int
  package let totalWeight: Double
  /// `columnCount` × 64 a block.
  let elements: [Double]
  /// 64 a block.
  let weights: [Double]

  /// - Parameters:
  ///   - points: n×d, finite.
  ///   - center, scale: d; a coordinate becomes (x − center) / scale.
  ///   - weights: n, or nil for ones.
  package init(_ points: Matrix, center: [Double], scale: [Double], weights: [Double]? = nil) {
    let (n, d, size) = (points.rowCount, points.columnCount, BlockedRows.blockSize)
    let padded = (n + size - 1) / size * size
    var elements = [Double](repeating: 0, count: padded * d)
    var blockWeights = [Double](repeating: 0, count: padded)
    unsafe elements.withUnsafeMutableBufferPointer { elements in
      unsafe points.elements.withUnsafeBufferPointer { x in
        for row in 0..<n {
          let base = (row / size) &* size &* d &+ row % size
          for column in 0..<d {
            let value = unsafe (x[row &* d &+ column] - center[column]) / scale[column]
            unsafe elements[base &+ column &* size] =
              max(-BlockedRows.farthest, min(BlockedRows.farthest, value))
          }
        }
      }
    }
    for row in 0..<n { blockWeights[row] = weights?[row] ?? 1 }
    rowCount = n
    columnCount = d
    totalWeight = blockWeights.reduce(0, +)
    self.elements = elements
    self.weights = blockWeights
  }

  package var chunks: Chunks { Chunks(rowCount: rowCount) }

  func blocks(of rows: Range<Int>) -> Range<Int> {
    rows.lowerBound / BlockedRows.blockSize..<(rows.upperBound + BlockedRows.blockSize - 1)
      / BlockedRows.blockSize
  }
}
