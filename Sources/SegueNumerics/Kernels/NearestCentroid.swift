internal import COpenBLAS

/// What one chunk of rows contributes to an iteration of Lloyd.
package struct ChunkAssignment: Sendable {
  /// Nearest centroid of each row of the chunk.
  package var labels: [Int32]
  /// k×d, row-major: sum of the rows of each cluster.
  package var sums: [Double]
  package var counts: [Int]
  /// Σ‖x − c‖² over the chunk.
  package var inertia: Double
}

/// Beyond this many columns BLAS computes the distances; below, a plain loop is faster.
private let directColumnLimit = 16

/// Shapes: `points` n×d, `centroids` k×d in the same centred coordinates; result labels |rows|,
/// sums k×d, counts k. `rows` starts at a multiple of eight. Ties go to the lowest index.
///
/// Up to 16 columns distances are summed directly; beyond, by ‖x‖² − 2x·c + ‖c‖², which is why
/// points come centred: far from the origin the expansion cancels digits.
package func assignNearest(
  _ rows: Range<Int>, of points: PackedPoints, to centroids: Matrix
) -> ChunkAssignment {
  let (d, k) = (points.columnCount, centroids.rowCount)
  var result = ChunkAssignment(
    labels: [Int32](repeating: 0, count: rows.count),
    sums: [Double](repeating: 0, count: k * d), counts: [Int](repeating: 0, count: k), inertia: 0)
  let expanded = d > directColumnLimit ? expandedDistances(rows, of: points, to: centroids) : nil
  let laneRange = rows.lowerBound / 8..<(rows.upperBound + 7) / 8
  let stride = laneRange.count
  unsafe points.lanes.withUnsafeBufferPointer { x in
    unsafe centroids.elements.withUnsafeBufferPointer { c in
      for lane in laneRange {
        var nearest = SIMD8<Double>(repeating: .infinity)
        var labels = SIMD8<Int64>.zero
        for j in 0..<k {
          var distance = SIMD8<Double>.zero
          if let expanded {
            distance = expanded[j &* stride &+ lane &- laneRange.lowerBound]
          } else {
            for column in 0..<d {
              let difference = unsafe x[column &* points.laneCount &+ lane] - c[j &* d &+ column]
              distance += difference * difference
            }
          }
          let closer = distance .< nearest
          nearest.replace(with: distance, where: closer)
          labels.replace(with: Int64(j), where: closer)
        }
        let first = lane &* 8
        for slot in 0..<min(8, rows.upperBound &- first) {
          let label = Int(labels[slot])
          result.labels[first &+ slot &- rows.lowerBound] = Int32(truncatingIfNeeded: label)
          result.counts[label] &+= 1
          result.inertia += nearest[slot]
          for column in 0..<d {
            result.sums[label &* d &+ column] += unsafe x[column &* points.laneCount &+ lane][slot]
          }
        }
      }
    }
  }
  return result
}

/// Squared distances of the lanes of `rows` to each centroid: k × lanes, never negative.
private func expandedDistances(
  _ rows: Range<Int>, of points: PackedPoints, to centroids: Matrix
) -> [SIMD8<Double>] {
  _ = BLAS.isSetUp
  let (d, k) = (points.columnCount, centroids.rowCount)
  let laneRange = rows.lowerBound / 8..<(rows.upperBound + 7) / 8
  let stride = laneRange.count
  var distances = [SIMD8<Double>](repeating: .zero, count: k * stride)
  unsafe points.lanes.withUnsafeBytes { x in
    unsafe centroids.elements.withUnsafeBufferPointer { c in
      unsafe distances.withUnsafeMutableBytes { products in
        unsafe cblas_dgemm(  // products = C · Xᵀ, k × rows
          CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(k), Int32(stride * 8), Int32(d), 1,
          c.baseAddress!, Int32(d),
          x.baseAddress!.assumingMemoryBound(to: Double.self) + laneRange.lowerBound * 8,
          Int32(points.laneCount * 8), 0,
          products.baseAddress!.assumingMemoryBound(to: Double.self), Int32(stride * 8))
      }
    }
  }
  var squares = [SIMD8<Double>](repeating: .zero, count: stride)
  for column in 0..<d {
    for lane in 0..<stride {
      let x = points.lanes[column &* points.laneCount &+ lane &+ laneRange.lowerBound]
      squares[lane] += x * x
    }
  }
  for j in 0..<k {
    let norm = centroids.row(j).reduce(0) { $0 + $1 * $1 }
    for lane in 0..<stride {
      let expansion = squares[lane] - 2 * distances[j &* stride &+ lane] + norm
      distances[j &* stride &+ lane] = pointwiseMax(expansion, .zero)
    }
  }
  return distances
}
