/// Mixed rows column by column, for distances from one row to all others.
package struct MixedColumns: Sendable {
  package let rowCount: Int
  let numberCount: Int
  let categoryCount: Int
  let missing: Int32
  /// p×n and q×n.
  let numbers: [Double]
  let levels: [Int32]
  let hasGaps: Bool

  package init(_ rows: MixedRows) {
    let (n, p, q) = (rows.rowCount, rows.numberCount, rows.categoryCount)
    (rowCount, numberCount, categoryCount, missing) = (n, p, q, rows.missingLevel)
    numbers = (0..<p).flatMap { column in (0..<n).map { rows.numbers[$0 &* p &+ column] } }
    levels = (0..<q).flatMap { column in (0..<n).map { rows.levels[$0 &* q &+ column] } }
    hasGaps = numbers.contains { $0.isNaN } || levels.contains(missing)
  }
}

/// √(‖x − y‖² + γ·mismatches) from row `row` to every row, scaled up to all columns; NaN where two
/// rows share no column.
///
/// Complexity: O(n·(p + q)).
package func mixedDistances(from row: Int, in columns: MixedColumns, gamma: Double) -> [Double] {
  let (n, p, q) = (columns.rowCount, columns.numberCount, columns.categoryCount)
  var distances = [Double](repeating: 0, count: n)
  var shared = [Double](repeating: columns.hasGaps ? 0 : Double(p + q), count: n)
  unsafe columns.numbers.withUnsafeBufferPointer { x in
    unsafe columns.levels.withUnsafeBufferPointer { l in
      for column in 0..<p {
        let base = column &* n
        let value = unsafe x[base &+ row]
        if value.isNaN { continue }
        if columns.hasGaps {
          for other in 0..<n {
            let difference = unsafe x[base &+ other] - value
            if difference.isNaN { continue }
            distances[other] += difference * difference
            shared[other] += 1
          }
        } else {
          for other in 0..<n {
            let difference = unsafe x[base &+ other] - value
            distances[other] += difference * difference
          }
        }
      }
      for column in 0..<q {
        let base = column &* n
        let level = unsafe l[base &+ row]
        if level == columns.missing { continue }
        if columns.hasGaps {
          for other in 0..<n {
            let met = unsafe l[base &+ other]
            if met == columns.missing { continue }
            if met != level { distances[other] += gamma }
            shared[other] += 1
          }
        } else {
          for other in 0..<n { unsafe distances[other] += l[base &+ other] == level ? 0 : gamma }
        }
      }
    }
  }
  let all = Double(p + q)
  for other in 0..<n { distances[other] = (distances[other] * (all / shared[other])).squareRoot() }
  return distances
}
