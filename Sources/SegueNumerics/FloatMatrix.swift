/// A dense table in single precision, row after row: half the memory of a ``Matrix``.
public struct FloatMatrix: Hashable, Sendable {
  public let rowCount: Int
  public let columnCount: Int
  /// `rowCount` × `columnCount` values, row-major.
  public var elements: [Float]

  /// - Precondition: `elements` holds exactly `rowCount` × `columnCount` values.
  public init(rowCount: Int, columnCount: Int, elements: [Float]) {
    precondition(rowCount >= 0 && columnCount >= 0, "a matrix has no negative side")
    precondition(elements.count == rowCount * columnCount, "a matrix holds rowCount × columnCount elements")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }
}

/// Rows in either precision, as they came.
package enum PointRows: Sendable {
  case doubles(Matrix)
  case floats(FloatMatrix)

  package var rowCount: Int {
    switch self {
    case .doubles(let matrix): matrix.rowCount
    case .floats(let matrix): matrix.rowCount
    }
  }

  package var columnCount: Int {
    switch self {
    case .doubles(let matrix): matrix.columnCount
    case .floats(let matrix): matrix.columnCount
    }
  }

  package subscript(row: Int, column: Int) -> Double {
    switch self {
    case .doubles(let matrix): matrix[row, column]
    case .floats(let matrix): Double(matrix.elements[row * matrix.columnCount + column])
    }
  }

  /// The given rows, in that order.
  package func selecting(rows: [Int]) -> PointRows {
    switch self {
    case .doubles(let matrix): return .doubles(matrix.selecting(rows: rows))
    case .floats(let matrix):
      let d = matrix.columnCount
      var chosen: [Float] = []
      chosen.reserveCapacity(rows.count * d)
      for row in rows { chosen += matrix.elements[row * d..<(row + 1) * d] }
      return .floats(FloatMatrix(rowCount: rows.count, columnCount: d, elements: chosen))
    }
  }
}
