/// A dense table of doubles, row after row.
///
/// Rows are observations and columns are variables everywhere in this package.
public struct Matrix: Hashable, Sendable {
  public let rowCount: Int
  public let columnCount: Int
  /// `rowCount` × `columnCount` values, row-major.
  public var elements: [Double]

  /// - Precondition: `elements` holds exactly `rowCount` × `columnCount` values.
  public init(rowCount: Int, columnCount: Int, elements: [Double]) {
    precondition(rowCount >= 0 && columnCount >= 0, "a matrix has no negative side")
    precondition(elements.count == rowCount * columnCount, "a matrix holds rowCount × columnCount elements")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  public init(rowCount: Int, columnCount: Int, repeating value: Double = 0) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      elements: [Double](repeating: value, count: rowCount * columnCount))
  }

  /// - Precondition: all rows have the same length.
  public init(rows: [[Double]]) {
    let columnCount = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columnCount }, "the rows of a matrix are equally long")
    self.init(rowCount: rows.count, columnCount: columnCount, elements: Array(rows.joined()))
  }

  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }

  /// A view of one row; its indices are those of `elements`, so use it as a sequence or make an array of it.
  public func row(_ index: Int) -> ArraySlice<Double> {
    elements[index * columnCount..<(index + 1) * columnCount]
  }

  public func column(_ index: Int) -> [Double] {
    (0..<rowCount).map { self[$0, index] }
  }

  /// The given rows, in that order; a row may be asked for more than once.
  public func selecting(rows: [Int]) -> Matrix {
    var chosen: [Double] = []
    chosen.reserveCapacity(rows.count * columnCount)
    for index in rows { chosen += row(index) }
    return Matrix(rowCount: rows.count, columnCount: columnCount, elements: chosen)
  }

  /// Row and column of the first NaN or infinity, reading row by row; nil if every value is finite.
  public var firstNonFinite: (row: Int, column: Int)? {
    guard let index = elements.firstIndex(where: { !$0.isFinite }) else { return nil }
    return (index / columnCount, index % columnCount)
  }
}

extension Matrix: Codable {
  private enum CodingKeys: String, CodingKey {
    case rowCount
    case columnCount
    case elements
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let rowCount = try container.decode(Int.self, forKey: .rowCount)
    let columnCount = try container.decode(Int.self, forKey: .columnCount)
    let elements = try container.decode([Double].self, forKey: .elements)
    let (count, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
    guard rowCount >= 0, columnCount >= 0, !overflow, elements.count == count else {
      throw DecodingError.dataCorruptedError(
        forKey: .elements, in: container,
        debugDescription: "\(elements.count) elements do not fill \(rowCount) rows of \(columnCount) columns")
    }
    self.init(rowCount: rowCount, columnCount: columnCount, elements: elements)
  }
}
