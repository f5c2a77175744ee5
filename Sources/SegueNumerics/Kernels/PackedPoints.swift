internal import CKernels
internal import SegueCore

/// Points as the kernels of k-means see them: the rows as they came, beside a copy in single precision.
///
/// The copy is centred, so that coordinates far from the origin do not cancel when squares are taken, and
/// scaled by a power of two, so that no square leaves its range. It only ever proposes: whatever it cannot
/// tell for certain is decided on the rows themselves, in double precision.
///
/// Memory: the rows are shared with the caller; the copy takes 4 bytes a value.
@safe package struct PackedPoints: Sendable {
  static let blockSize = 64

  package let rows: PointRows
  package let rowCount: Int
  package let columnCount: Int
  /// What is subtracted from each column.
  package let center: [Double]
  /// Per row; nil if all count alike.
  package let weights: [Double]?
  package let totalWeight: Double
  package let largestWeight: Double
  /// Σ w·‖x − center‖².
  package let totalSquares: Double

  let scale: Double
  let values: AlignedBuffer<Float>
  let radii: AlignedBuffer<Float>

  /// - Parameters:
  ///   - subset: which rows to take, in that order; all of them if nil.
  ///   - center: what to subtract; the weighted column means if nil.
  ///   - weights: of the rows taken, positive and finite.
  package init(
    _ points: Matrix, rows subset: [Int]? = nil, center: [Double]? = nil, weights: [Double]? = nil
  ) {
    self.init(.doubles(subset.map(points.selecting(rows:)) ?? points), center: center, weights: weights)
  }

  /// - Parameter ranges: of the rows with these weights, if the caller has them already.
  package init(
    _ rows: PointRows, center: [Double]? = nil, weights: [Double]? = nil, ranges: ColumnRanges? = nil
  ) {
    let (n, d) = (rows.rowCount, rows.columnCount)
    self.rows = rows
    (rowCount, columnCount) = (n, d)
    self.weights = weights
    totalWeight = weights?.reduce(0, +) ?? Double(n)
    largestWeight = weights?.max() ?? 1
    let moments = ranges ?? ColumnRanges(rows, weights: weights)
    let total = totalWeight
    let center = center ?? moments.sums.map { n > 0 ? $0 / total : 0 }
    self.center = center
    var reach = 0.0
    for t in 0..<d where n > 0 {
      reach = max(reach, moments.largest[t] - center[t], center[t] - moments.smallest[t])
    }
    // A power of two leaves every digit as it is.
    scale = reach > 0 && reach.isFinite ? 1 / reach.binade : 1
    let blocks = (n + PackedPoints.blockSize - 1) / PackedPoints.blockSize
    values = AlignedBuffer(blocks * PackedPoints.blockSize * d)
    radii = AlignedBuffer(blocks)
    totalSquares = PackedPoints.withRows(rows, center, weights, scale) { [values, radii] rows in
      Chunks(rowCount: n).parallelMap { range in
        unsafe segue_pack(rows.pointer, range.lowerBound, range.upperBound, values.base, radii.base)
      }.reduce(0, +)
    }
  }

  /// The given rows with their weights, in the same centred coordinates.
  package func selecting(rows chosen: [Int]) -> PackedPoints {
    PackedPoints(
      rows.selecting(rows: chosen), center: center, weights: weights.map { all in chosen.map { all[$0] } })
  }

  /// What squared distances are multiplied by in single precision.
  package var squaredScale: Double { scale * scale }

  package var chunks: Chunks { Chunks(rowCount: rowCount) }
  var blockCount: Int { radii.count }

  /// A centred coordinate.
  package subscript(row: Int, column: Int) -> Double { rows[row, column] - center[column] }

  package func weight(of row: Int) -> Double { weights?[row] ?? 1 }

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

  /// Positions moved into the coordinates of the packed points.
  package func centered(_ positions: Matrix) -> Matrix {
    var moved = positions
    for row in 0..<moved.rowCount {
      for column in 0..<columnCount { moved[row, column] -= center[column] }
    }
    return moved
  }

  // MARK: What kernels take

  /// Calls `body` with the rows as kernels take them; valid until it returns.
  func withRows<Value>(_ body: (KernelRows) throws -> Value) rethrows -> Value {
    try PackedPoints.withRows(rows, center, weights, scale, body)
  }

  func withPoints<Value>(_ body: (KernelPoints) throws -> Value) rethrows -> Value {
    let points = unsafe segue_points(values: values.base, radii: radii.base, columns: columnCount)
    return try unsafe withUnsafePointer(to: points) { try unsafe body(KernelPoints(pointer: $0)) }
  }

  private static func withRows<Value>(
    _ rows: PointRows, _ center: [Double], _ weights: [Double]?, _ scale: Double,
    _ body: (KernelRows) throws -> Value
  ) rethrows -> Value {
    try unsafe center.withUnsafeBufferPointer { center in
      try unsafe (weights ?? []).withUnsafeBufferPointer { weightValues in
        let weightBase = weights == nil ? nil : weightValues.baseAddress
        func call(_ doubles: UnsafePointer<Double>?, _ floats: UnsafePointer<Float>?) throws -> Value {
          let rows = unsafe segue_rows(
            doubles: doubles, floats: floats, center: center.baseAddress, weights: weightBase,
            columns: center.count, scale: scale)
          return try unsafe withUnsafePointer(to: rows) { try unsafe body(KernelRows(pointer: $0)) }
        }
        switch rows {
        case .doubles(let matrix):
          return try unsafe matrix.elements.withUnsafeBufferPointer { try unsafe call($0.baseAddress, nil) }
        case .floats(let matrix):
          return try unsafe matrix.elements.withUnsafeBufferPointer { try unsafe call(nil, $0.baseAddress) }
        }
      }
    }
  }
}

/// Carries rows into the closures that run in parallel.
@safe struct KernelRows: @unchecked Sendable {
  let pointer: UnsafePointer<segue_rows>
}

/// Carries points into the closures that run in parallel.
@safe struct KernelPoints: @unchecked Sendable {
  let pointer: UnsafePointer<segue_points>
}

/// Sum, smallest and largest value of each column, in one pass.
package struct ColumnRanges: Sendable {
  /// Squares of larger numbers leave the range of a double.
  package static let largestMagnitude = 1e150

  package private(set) var sums: [Double]
  package private(set) var smallest: [Double]
  package private(set) var largest: [Double]
  /// Whether every value is a number no larger than ``largestMagnitude``; if not, nothing else counts.
  package private(set) var isUsable = true

  package init(_ rows: PointRows, weights: [Double]? = nil) {
    let d = rows.columnCount
    sums = [Double](repeating: 0, count: d)
    smallest = [Double](repeating: .infinity, count: d)
    largest = [Double](repeating: -.infinity, count: d)
    guard d > 0 else { return }
    let center = [Double](repeating: 0, count: d)
    let parts = PackedPoints.ranges(rows, center, weights)
    for (isUsable, part) in parts {
      self.isUsable = self.isUsable && isUsable
      for t in 0..<d {
        sums[t] += part[t]
        smallest[t] = min(smallest[t], part[d + t])
        largest[t] = max(largest[t], part[2 * d + t])
      }
    }
  }
}

extension PackedPoints {
  /// Per chunk whether all is usable, and d sums, d smallest and d largest values.
  fileprivate static func ranges(
    _ rows: PointRows, _ center: [Double], _ weights: [Double]?
  ) -> [(Bool, [Double])] {
    let d = center.count
    return withRows(rows, center, weights, 1) { kernelRows in
      Chunks(rowCount: rows.rowCount).parallelMap { range in
        let scratch = AlignedBuffer<Double>(24 * d)
        var part = [Double](repeating: 0, count: 3 * d)
        let isUsable = unsafe part.withUnsafeMutableBufferPointer { part in
          unsafe segue_column_moments(
            kernelRows.pointer, range.lowerBound, range.upperBound, ColumnRanges.largestMagnitude,
            part.baseAddress!, part.baseAddress! + d, part.baseAddress! + 2 * d, scratch.base) != 0
        }
        return (isUsable, part)
      }
    }
  }
}
