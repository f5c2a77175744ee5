/// Clusters on their way into a tree: weighted means in lanes of eight, merged two by two.
///
/// The cost of a merge is 2·wₐ·w_b / (wₐ + w_b) · ‖cₐ − c_b‖², twice what it adds to the inertia.
/// It has the same bits from either side, which nearest-neighbour chains rely on.
package struct ClusterPool: Sendable {
  package let slotCount: Int
  private let columnCount: Int
  private let laneCount: Int
  /// `columnCount` × `laneCount`; empty slots are at infinity in the first column.
  private var lanes: [SIMD8<Double>]
  private var weights: [SIMD8<Double>]

  /// - Parameters:
  ///   - points: m×d, d ≥ 1, finite, of a magnitude whose squares are finite: slot `i` holds row `i`.
  ///   - weights: m, positive.
  package init(_ points: Matrix, weights: [Double]) {
    precondition(points.columnCount > 0, "clusters need a column to be apart in")
    precondition(weights.count == points.rowCount, "each cluster has a weight")
    (slotCount, columnCount) = (points.rowCount, points.columnCount)
    laneCount = (slotCount + 7) / 8
    lanes = [SIMD8<Double>](repeating: .zero, count: columnCount * laneCount)
    self.weights = [SIMD8<Double>](repeating: .one, count: laneCount)
    for lane in 0..<laneCount { lanes[lane] = SIMD8(repeating: .infinity) }
    for slot in 0..<slotCount {
      self.weights[slot >> 3][slot & 7] = weights[slot]
      for column in 0..<columnCount {
        lanes[column * laneCount + slot >> 3][slot & 7] = points[slot, column]
      }
    }
  }

  /// The cheapest cluster to merge `slot` with, ties to the lowest slot; nil if there is no other.
  ///
  /// - Complexity: O(m·d), whatever has been merged.
  package func nearest(to slot: Int) -> (slot: Int, cost: Double)? {
    let own = position(slot)
    let weight = weights[slot >> 3][slot & 7]
    var cheapest = SIMD8<Double>(repeating: .infinity)
    var found = SIMD8<Int64>(repeating: -1)
    unsafe lanes.withUnsafeBufferPointer { x in
      unsafe weights.withUnsafeBufferPointer { w in
        for lane in 0..<laneCount {
          var distance = SIMD8<Double>.zero
          for column in 0..<columnCount {
            let difference = unsafe x[column &* laneCount &+ lane] - own[column]
            distance += difference * difference
          }
          var cost = unsafe distance * (2 * (w[lane] * weight) / (w[lane] + weight))
          if lane == slot &>> 3 { cost[slot & 7] = .infinity }
          let cheaper = cost .< cheapest
          cheapest.replace(with: cost, where: cheaper)
          found.replace(with: Int64(lane), where: cheaper)
        }
      }
    }
    var best: (slot: Int, cost: Double)?
    for offset in 0..<8 where found[offset] >= 0 {
      let candidate = (slot: Int(found[offset]) * 8 + offset, cost: cheapest[offset])
      guard let known = best else {
        best = candidate
        continue
      }
      if (candidate.cost, candidate.slot) < (known.cost, known.slot) { best = candidate }
    }
    return best
  }

  package func cost(_ a: Int, _ b: Int) -> Double {
    var distance = 0.0
    for column in 0..<columnCount {
      let difference = self[b, column] - self[a, column]
      distance += difference * difference
    }
    let (x, y) = (weights[a >> 3][a & 7], weights[b >> 3][b & 7])
    return distance * (2 * (x * y) / (x + y))
  }

  /// Puts both into `target` and empties `slot`.
  package mutating func merge(_ slot: Int, into target: Int) {
    let moving = weights[slot >> 3][slot & 7]
    let total = weights[target >> 3][target & 7] + moving
    for column in 0..<columnCount {
      let shift = (self[slot, column] - self[target, column]) * (moving / total)
      lanes[column * laneCount + target >> 3][target & 7] += shift
      lanes[column * laneCount + slot >> 3][slot & 7] = 0
    }
    weights[target >> 3][target & 7] = total
    weights[slot >> 3][slot & 7] = 1
    lanes[slot >> 3][slot & 7] = .infinity
  }

  private subscript(slot: Int, column: Int) -> Double {
    lanes[column * laneCount + slot >> 3][slot & 7]
  }

  private func position(_ slot: Int) -> [Double] {
    (0..<columnCount).map { self[slot, $0] }
  }
}
