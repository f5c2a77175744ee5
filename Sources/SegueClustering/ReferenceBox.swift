internal import SegueCore
internal import SegueNumerics

/// The box around some points from which rows without structure are drawn.
public struct ReferenceBox: Sendable {
  /// Along which axes the box lies.
  public enum Orientation: String, Hashable, Sendable, Codable, CaseIterable {
    /// The columns.
    case columns
    /// The principal axes, so that the box follows an elongated cloud.
    case principalAxes
  }

  private let mean: [Double]
  /// Unit vectors, one a row.
  private let axes: Matrix
  private let bounds: [ClosedRange<Double>]

  init(around points: Matrix, _ orientation: Orientation) throws {
    let d = points.columnCount
    switch orientation {
    case .columns:
      mean = columnMeans(points)
      axes = Matrix(rows: (0..<d).map { axis in (0..<d).map { $0 == axis ? 1 : 0 } })
    case .principalAxes:
      let principal = try PrincipalAxes(points)
      (mean, axes) = (principal.mean, principal.loadings)
    }
    var (low, high) = ([Double](repeating: .infinity, count: d), [Double](repeating: -.infinity, count: d))
    for row in 0..<points.rowCount {
      for axis in 0..<d {
        var coordinate = 0.0
        for column in 0..<d { coordinate += (points[row, column] - mean[column]) * axes[axis, column] }
        low[axis] = min(low[axis], coordinate)
        high[axis] = max(high[axis], coordinate)
      }
    }
    bounds = zip(low, high).map { $0...$1 }
  }

  /// Rows drawn evenly from the box, in the columns of the points.
  func draw(_ rowCount: Int, _ generator: inout RandomGenerator) -> Matrix {
    var rows = Matrix(rowCount: rowCount, columnCount: mean.count)
    for row in 0..<rowCount {
      for column in mean.indices { rows[row, column] = mean[column] }
      for (axis, range) in bounds.enumerated() {
        let place = range.lowerBound + generator.unit() * (range.upperBound - range.lowerBound)
        for column in mean.indices { rows[row, column] += place * axes[axis, column] }
      }
    }
    return rows
  }
}
