/// Sums and counts per cluster over a chunk, from labels alone; its `labels` and `inertia` are empty.
///
/// Shapes: `points` n×d, `labels` n in `0..<clusterCount`; result sums k×d, counts k.
package func clusterSums(
  _ rows: Range<Int>, of points: PackedPoints, labels: [Int32], clusterCount k: Int
) -> ChunkAssignment {
  let d = points.columnCount
  var result = ChunkAssignment(
    labels: [], sums: [Double](repeating: 0, count: k * d), counts: [Int](repeating: 0, count: k), inertia: 0)
  unsafe points.lanes.withUnsafeBufferPointer { x in
    for row in rows {
      let label = Int(labels[row])
      result.counts[label] &+= 1
      for column in 0..<d {
        result.sums[label &* d &+ column] += unsafe x[column &* points.laneCount &+ row &>> 3][row & 7]
      }
    }
  }
  return result
}
