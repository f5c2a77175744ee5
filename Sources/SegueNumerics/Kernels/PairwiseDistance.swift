/// min(‖x − p‖², `bound`) for each row of the chunk, and their sum.
///
/// Shapes: `points` n×d, `position` d in the same centred coordinates, `bounds` |rows| or empty for
/// none. `rows` starts at a multiple of eight.
package func squaredDistances(
  _ rows: Range<Int>, of points: PackedPoints, to position: [Double], boundedBy bounds: [Double] = []
) -> (distances: [Double], sum: Double) {
  var distances = [Double](repeating: 0, count: rows.count)
  var sum = 0.0
  unsafe points.lanes.withUnsafeBufferPointer { x in
    for lane in rows.lowerBound / 8..<(rows.upperBound + 7) / 8 {
      var distance = SIMD8<Double>.zero
      for column in 0..<points.columnCount {
        let difference = unsafe x[column &* points.laneCount &+ lane] - position[column]
        distance += difference * difference
      }
      let first = lane &* 8 &- rows.lowerBound
      for slot in 0..<min(8, rows.count &- first) {
        var value = distance[slot]
        if !bounds.isEmpty { value = min(value, bounds[first &+ slot]) }
        distances[first &+ slot] = value
        sum += value
      }
    }
  }
  return (distances, sum)
}
