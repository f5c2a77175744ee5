/// What moving a row out of its cluster saves and into each other cluster costs, exactly.
package struct PrototypeMoveTable: Sendable {
  let k: Int
  let blocks: Int
  let gamma: Double
  /// p × blocks: means and the weight of the values they are of.
  let positions: [SIMD4<Double>]
  let observed: [SIMD4<Double>]
  /// (levels + 2) × blocks: by how much the level falls short of the most frequent one.
  let deficits: [SIMD4<Double>]
  /// (levels + 2) × k: by how much the level leads the next, 0 if it does not.
  let leads: [Double]
  let base: [SIMD4<Double>]

  /// - Parameters:
  ///   - means: k×p, and `observed` likewise.
  ///   - histograms: k × levels, weight of each level in each cluster.
  ///   - tops: k×q, weight of the most frequent level; `seconds` of the next.
  package init(
    _ points: MixedRows, means: [Double], observed: [Double], histograms: [Double], tops: [Double],
    seconds: [Double], k: Int, gamma: Double
  ) {
    let (p, q, blocks, levels) = (points.numberCount, points.categoryCount, (k + 3) / 4, points.levelCount)
    var positions = [SIMD4<Double>](repeating: .zero, count: p * blocks)
    var weights = positions
    var deficits = [SIMD4<Double>](repeating: .zero, count: (levels + 2) * blocks)
    var leads = [Double](repeating: .infinity, count: (levels + 2) * k)
    var base = [SIMD4<Double>](repeating: .init(repeating: .infinity), count: blocks)
    for j in 0..<k {
      let (block, lane) = (j / 4, j % 4)
      base[block][lane] = 0
      for column in 0..<p {
        positions[column * blocks + block][lane] = means[j * p + column]
        weights[column * blocks + block][lane] = observed[j * p + column]
      }
      for column in 0..<q {
        let (top, second) = (tops[j * q + column], seconds[j * q + column])
        for level in points.levelOffsets[column]..<points.levelOffsets[column + 1] {
          let count = histograms[j * levels + level]
          deficits[level * blocks + block][lane] = top - count
          leads[level * k + j] = count == top ? top - second : 0
        }
      }
    }
    (self.k, self.blocks, self.gamma, self.base) = (k, blocks, gamma, base)
    (self.positions, self.observed, self.deficits, self.leads) = (positions, weights, deficits, leads)
  }
}

/// The rows whose move to another cluster would lower the cost, ascending, and Σ weight·‖x − c‖² of all rows.
///
/// With w the weight of a row and n that of the values in a cluster, taking x out saves w·n/(n−w)·(x−c)²
/// per number and putting it in costs w·n/(n+w)·(x−c)² (Hartigan 1975). A category costs γ for each
/// row that has not the most frequent level: taking w rows out of a level that leads the next by g
/// saves γ·(w − min(w, g)), putting them into one that falls short of the top by g costs γ·min(w, g).
/// `members`: rows per cluster; the last row of a cluster never leaves it.
package func improvingPrototypeMoves(
  _ rows: Range<Int>, of points: MixedRows, labels: [Int32], members: [Int], table: PrototypeMoveTable
) -> (rows: [Int], numericCost: Double) {
  let (p, q, k, blocks) = (points.numberCount, points.categoryCount, table.k, table.blocks)
  var found: [Int] = []
  var numericCost = 0.0
  var factors = [SIMD4<Double>](repeating: .zero, count: p * blocks)
  var factorWeight = 0.0
  unsafe points.numbers.withUnsafeBufferPointer { x in
    unsafe points.levels.withUnsafeBufferPointer { l in
      for row in rows {
        let (home, weight) = (Int(labels[row]), points.weights[row])
        if weight != factorWeight {
          factorWeight = weight
          for index in factors.indices {
            factors[index] = weight * table.observed[index] / (table.observed[index] + weight)
          }
        }
        var saved = 0.0
        for column in 0..<p {
          let value = unsafe x[row &* p &+ column]
          if value != value { continue }
          let difference = table.positions[column &* blocks &+ home / 4][home % 4] - value
          numericCost += weight * difference * difference
          let n = table.observed[column &* blocks &+ home / 4][home % 4]
          saved += PrototypeMoves.leaving(n, weight) * (difference * difference)
        }
        for column in 0..<q {
          let lead = table.leads[unsafe Int(l[row &* q &+ column]) &* k &+ home]
          saved += table.gamma * (weight - min(weight, lead))
        }
        if members[home] < 2 { continue }
        saved *= PrototypeMoves.worthwhile
        for block in 0..<blocks {
          var cost = table.base[block]
          for column in 0..<p {
            let value = unsafe x[row &* p &+ column]
            if value != value { continue }
            let difference = table.positions[column &* blocks &+ block] - value
            cost += factors[column &* blocks &+ block] * (difference * difference)
          }
          for column in 0..<q {
            let deficit = table.deficits[unsafe Int(l[row &* q &+ column]) &* blocks &+ block]
            cost += table.gamma * pointwiseMin(deficit, SIMD4(repeating: weight))
          }
          if block == home / 4 { cost[home % 4] = .infinity }
          if cost.min() < saved {
            found.append(row)
            break
          }
        }
      }
    }
  }
  return (found, numericCost)
}

/// The factors by which a move changes the cost.
package enum PrototypeMoves {
  /// A gain must exceed rounding, or a move and its reverse could alternate for ever.
  package static let worthwhile = 1 - 1e-12

  /// `count`: weight of the cluster's values; 0 when nothing would be left.
  package static func leaving(_ count: Double, _ weight: Double) -> Double {
    let rest = count - weight
    return rest > 1e-12 * count ? weight * count / rest : 0
  }

  package static func entering(_ count: Double, _ weight: Double) -> Double {
    weight * count / (count + weight)
  }
}
