/// The rows whose move to another cluster would lower inertia, ascending.
///
/// Shapes: `points` n×d, `labels` n, `centroids` k×d (the means of the clusters), `counts` k.
/// Taking x out of cluster a saves nₐ/(nₐ−1)·‖x−cₐ‖², putting it into b costs n_b/(n_b+1)·‖x−c_b‖²
/// (Hartigan 1975). The last row of a cluster never leaves it.
package func improvingMoves(
  _ rows: Range<Int>, of points: PackedPoints, labels: [Int32], centroids: Matrix, counts: [Int]
) -> [Int] {
  let (d, k) = (points.columnCount, centroids.rowCount)
  let leaving = counts.map(MoveWeights.leaving)
  let entering = counts.map(MoveWeights.entering)
  var found: [Int] = []
  unsafe points.lanes.withUnsafeBufferPointer { x in
    unsafe centroids.elements.withUnsafeBufferPointer { c in
      for lane in rows.lowerBound / 8..<(rows.upperBound + 7) / 8 {
        var cheapest = SIMD8<Double>(repeating: .infinity)
        var second = cheapest
        for j in 0..<k {
          var distance = SIMD8<Double>.zero
          for column in 0..<d {
            let difference = unsafe x[column &* points.laneCount &+ lane] - c[j &* d &+ column]
            distance += difference * difference
          }
          let cost = distance * entering[j]
          let closer = cost .< cheapest
          let loser = cost.replacing(with: cheapest, where: closer)
          second.replace(with: loser, where: loser .< second)
          cheapest.replace(with: cost, where: closer)
        }
        let first = lane &* 8
        for slot in 0..<min(8, rows.upperBound &- first) {
          let home = Int(labels[first &+ slot])
          var distance = 0.0
          for column in 0..<d {
            let difference = unsafe x[column &* points.laneCount &+ lane][slot] - c[home &* d &+ column]
            distance += difference * difference
          }
          // Same terms in the same order as above: the bits tell whether the cheapest is home itself.
          let atHome = distance * entering[home]
          let elsewhere = cheapest[slot] == atHome ? second[slot] : cheapest[slot]
          if elsewhere < distance * leaving[home] * MoveWeights.worthwhile { found.append(first &+ slot) }
        }
      }
    }
  }
  return found
}

/// The factors by which a single-point move changes inertia.
package enum MoveWeights {
  /// A gain must exceed rounding, or a move and its reverse could alternate for ever.
  package static let worthwhile = 1 - 1e-12

  package static func leaving(_ count: Int) -> Double {
    count > 1 ? Double(count) / Double(count - 1) : 0
  }

  package static func entering(_ count: Int) -> Double {
    Double(count) / Double(count + 1)
  }
}
