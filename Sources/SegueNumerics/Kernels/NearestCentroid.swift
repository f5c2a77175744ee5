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
  let laneRange = rows.lowerBound / 8..<(rows.upperBound + 7) / 8
  let stride = laneRange.count
  let expanded = d > directColumnLimit ? expandedDistances(rows, of: points, to: centroids) : []
  var labels = [Int32](repeating: 0, count: rows.count)
  var sums = [Double](repeating: 0, count: k * d)
  var counts = [Int](repeating: 0, count: k)
  var inertia = 0.0
  unsafe points.lanes.withUnsafeBufferPointer { x in
    unsafe centroids.elements.withUnsafeBufferPointer { c in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        for lane in laneRange {
          var nearest = SIMD8<Double>(repeating: .infinity)
          var label = SIMD8<Int64>.zero
          for j in 0..<k {
            var distance = SIMD8<Double>.zero
            if expanded.isEmpty {
              for column in 0..<d {
                let difference = unsafe x[column &* points.laneCount &+ lane] - c[j &* d &+ column]
                distance += difference * difference
              }
            } else {
              distance = expanded[j &* stride &+ lane &- laneRange.lowerBound]
            }
            let closer = distance .< nearest
            nearest.replace(with: distance, where: closer)
            label.replace(with: Int64(j), where: closer)
          }
          let first = lane &* 8
          for slot in 0..<min(8, rows.upperBound &- first) {
            let j = Int(label[slot])
            labels[first &+ slot &- rows.lowerBound] = Int32(truncatingIfNeeded: j)
            counts[j] &+= 1
            inertia += nearest[slot]
            for column in 0..<d {
              unsafe sums[j &* d &+ column] += x[column &* points.laneCount &+ lane][slot]
            }
          }
        }
      }
    }
  }
  return ChunkAssignment(labels: labels, sums: sums, counts: counts, inertia: inertia)
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
      var expansion = squares[lane] - 2 * distances[j &* stride &+ lane] + norm
      expansion.replace(with: 0, where: expansion .< 0)
      distances[j &* stride &+ lane] = expansion
    }
  }
  return distances
}
