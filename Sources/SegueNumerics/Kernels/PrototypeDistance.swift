/// What it costs a row to be with each of k prototypes, laid out so that four are computed at once.
package struct PrototypeTable: Sendable {
  package let k: Int
  let blocks: Int
  /// p × blocks: the means.
  let positions: [SIMD4<Double>]
  /// (levels + 2) × blocks: `gamma` where the level is not the mode; 0 for missing values, `gamma` for
  /// levels that no prototype can have.
  let penalties: [SIMD4<Double>]
  /// Infinite in lanes without a prototype.
  let base: [SIMD4<Double>]

  /// - Parameters:
  ///   - means: k×p.
  ///   - modes: k×q level numbers.
  package init(_ points: MixedRows, means: [Double], modes: [Int32], k: Int, gamma: Double) {
    let (p, q, blocks) = (points.numberCount, points.categoryCount, (k + 3) / 4)
    var positions = [SIMD4<Double>](repeating: .zero, count: p * blocks)
    var penalties = [SIMD4<Double>](
      repeating: .init(repeating: gamma), count: (points.levelCount + 2) * blocks)
    var base = [SIMD4<Double>](repeating: .init(repeating: .infinity), count: blocks)
    for block in 0..<blocks { penalties[points.levelCount * blocks + block] = .zero }
    for j in 0..<k {
      let (block, lane) = (j / 4, j % 4)
      base[block][lane] = 0
      for column in 0..<p { positions[column * blocks + block][lane] = means[j * p + column] }
      for column in 0..<q { penalties[Int(modes[j * q + column]) * blocks + block][lane] = 0 }
    }
    (self.k, self.blocks) = (k, blocks)
    (self.positions, self.penalties, self.base) = (positions, penalties, base)
  }
}

/// What one chunk of rows contributes to an iteration.
package struct PrototypeAssignment: Sendable {
  /// Cheapest prototype of each row of the chunk, ties to the lowest index.
  package var labels: [Int32]
  /// ‖x − c‖² + γ·mismatches of each row over what it holds, neither weighted nor scaled up.
  package var distances: [Double]
  /// Σ weight · distance.
  package var cost: Double
  package var sums: PrototypeSums
}

/// Weighted sums of numbers per cluster.
package struct PrototypeSums: Sendable {
  /// k×p: Σ weight · x over the values that are there.
  package var sums: [Double]
  /// k×p: Σ weight over the values that are there.
  package var observed: [Double]

  init(k: Int, numberCount: Int) {
    sums = [Double](repeating: 0, count: k * numberCount)
    observed = sums
  }
}

/// Assigns each row to its cheapest prototype and sums up the clusters.
///
/// Complexity: O(rows · k · (p + q)).
package func assignToPrototypes(
  _ rows: Range<Int>, of points: MixedRows, table: PrototypeTable
) -> PrototypeAssignment {
  let (p, q, blocks) = (points.numberCount, points.categoryCount, table.blocks)
  var labels = [Int32](repeating: 0, count: rows.count)
  var distances = [Double](repeating: 0, count: rows.count)
  var sums = PrototypeSums(k: table.k, numberCount: p)
  var cost = 0.0
  unsafe points.numbers.withUnsafeBufferPointer { x in
    unsafe points.levels.withUnsafeBufferPointer { l in
      unsafe table.positions.withUnsafeBufferPointer { c in
        unsafe table.penalties.withUnsafeBufferPointer { penalties in
          for row in rows {
            var cheapest = Double.infinity
            var label = 0
            for block in 0..<blocks {
              var distance = table.base[block]
              for column in 0..<p {
                let value = unsafe x[row &* p &+ column]
                if value != value { continue }
                let difference = unsafe c[column &* blocks &+ block] - value
                distance += difference * difference
              }
              for column in 0..<q {
                unsafe distance += penalties[Int(l[row &* q &+ column]) &* blocks &+ block]
              }
              let least = distance.min()
              if least < cheapest {
                cheapest = least
                var lane = 0
                while distance[lane] != least { lane &+= 1 }
                label = block &* 4 &+ lane
              }
            }
            let weight = points.weights[row]
            labels[row &- rows.lowerBound] = Int32(truncatingIfNeeded: label)
            distances[row &- rows.lowerBound] = cheapest
            cost += weight * cheapest
            for column in 0..<p {
              let value = unsafe x[row &* p &+ column]
              if value != value { continue }
              sums.sums[label &* p &+ column] += weight * value
              sums.observed[label &* p &+ column] += weight
            }
          }
        }
      }
    }
  }
  return PrototypeAssignment(labels: labels, distances: distances, cost: cost, sums: sums)
}

/// Sums per cluster from labels alone.
package func prototypeSums(
  _ rows: Range<Int>, of points: MixedRows, labels: [Int32], clusterCount k: Int
) -> PrototypeSums {
  let p = points.numberCount
  var sums = PrototypeSums(k: k, numberCount: p)
  unsafe points.numbers.withUnsafeBufferPointer { x in
    for row in rows {
      let (label, weight) = (Int(labels[row]), points.weights[row])
      for column in 0..<p {
        let value = unsafe x[row &* p &+ column]
        if value != value { continue }
        sums.sums[label &* p &+ column] += weight * value
        sums.observed[label &* p &+ column] += weight
      }
    }
  }
  return sums
}

/// min(scale · (‖x − p‖² + γ·mismatches), `bound`) of each row, and its weighted sum, for one prototype.
///
/// Shapes: `position` p, `modes` q, `bounds` |rows| or empty for none.
package func prototypeDistances(
  _ rows: Range<Int>, of points: MixedRows, to position: [Double], modes: [Int32], gamma: Double,
  boundedBy bounds: [Double] = []
) -> (distances: [Double], sum: Double) {
  let (p, q) = (points.numberCount, points.categoryCount)
  let missing = points.missingLevel
  var distances = [Double](repeating: 0, count: rows.count)
  var sum = 0.0
  unsafe points.numbers.withUnsafeBufferPointer { x in
    unsafe points.levels.withUnsafeBufferPointer { l in
      for row in rows {
        var distance = 0.0
        for column in 0..<p {
          let difference = unsafe x[row &* p &+ column] - position[column]
          if difference == difference { distance += difference * difference }
        }
        for column in 0..<q {
          let level = unsafe l[row &* q &+ column]
          if level != modes[column], level != missing { distance += gamma }
        }
        distance *= points.scales[row]
        if !bounds.isEmpty { distance = min(distance, bounds[row &- rows.lowerBound]) }
        distances[row &- rows.lowerBound] = distance
        sum += distance * points.weights[row]
      }
    }
  }
  return (distances, sum)
}
