/// Rows of numbers and categories, row after row: what the kernels of k-prototypes read.
package struct MixedRows: Sendable {
  package let rowCount: Int
  package let numberCount: Int
  package let categoryCount: Int
  /// Levels of categorical column c are numbered `levelOffsets[c]..<levelOffsets[c + 1]`, and all
  /// of them together from 0 to below `levelCount`.
  package let levelOffsets: [Int]
  /// n×p; NaN where missing.
  package internal(set) var numbers: [Double]
  /// n×q level numbers; `missingLevel` where missing, `unknownLevel` where no level of the table.
  package let levels: [Int32]
  /// How often each row counts.
  package let weights: [Double]
  /// (p + q) / observed values of each row: what scales a distance over what is there up to a whole one.
  package let scales: [Double]

  package var levelCount: Int { levelOffsets[categoryCount] }
  package var missingLevel: Int32 { Int32(levelCount) }
  package var unknownLevel: Int32 { Int32(levelCount + 1) }
  package var chunks: Chunks { Chunks(rowCount: rowCount) }

  /// - Precondition: `numbers` n×p, `levels` n×q, `weights` n positive, and no row wholly missing.
  package init(numberCount: Int, levelOffsets: [Int], numbers: [Double], levels: [Int32], weights: [Double]) {
    let (n, p, q) = (weights.count, numberCount, levelOffsets.count - 1)
    precondition(numbers.count == n * p && levels.count == n * q, "mixed rows are equally long")
    let missing = Int32(levelOffsets[q])
    rowCount = n
    self.numberCount = p
    categoryCount = q
    self.levelOffsets = levelOffsets
    self.numbers = numbers
    self.levels = levels
    self.weights = weights
    scales = (0..<n).map { row in
      var observed = 0
      for column in 0..<p where !numbers[row &* p &+ column].isNaN { observed += 1 }
      for column in 0..<q where levels[row &* q &+ column] != missing { observed += 1 }
      return Double(p + q) / Double(max(1, observed))
    }
  }

  package func selecting(rows: [Int]) -> MixedRows {
    MixedRows(
      numberCount: numberCount, levelOffsets: levelOffsets,
      numbers: rows.flatMap { numbers[$0 * numberCount..<($0 + 1) * numberCount] },
      levels: rows.flatMap { levels[$0 * categoryCount..<($0 + 1) * categoryCount] },
      weights: rows.map { weights[$0] })
  }

  /// Equal rows folded into one that counts for all of them, in an order that depends on what the
  /// rows hold and not on how they came; and for each old row where it went.
  package func folded() -> (rows: MixedRows, place: [Int]) {
    let (p, q) = (numberCount, categoryCount)
    // Signed zeros are one number; NaN stands behind all others.
    let keys = numbers.map { $0.isNaN ? Double.infinity : $0 + 0 }
    var order = Array(0..<Int32(rowCount))
    var firsts: [Int] = []
    var place = [Int](repeating: 0, count: rowCount)
    var sums: [Double] = []
    unsafe keys.withUnsafeBufferPointer { x in
      unsafe levels.withUnsafeBufferPointer { l in
        /// Negative, zero or positive as row `a` stands before, with or behind row `b`.
        func compare(_ a: Int, _ b: Int) -> Int {
          for column in 0..<p {
            let (u, v) = unsafe (x[a &* p &+ column], x[b &* p &+ column])
            if u != v { return u < v ? -1 : 1 }
          }
          for column in 0..<q {
            let (u, v) = unsafe (l[a &* q &+ column], l[b &* q &+ column])
            if u != v { return u < v ? -1 : 1 }
          }
          return 0
        }
        order.sort { a, b in
          let sign = compare(Int(a), Int(b))
          if sign != 0 { return sign < 0 }
          // Weights are added in this order, so it must not depend on the rows' order either.
          return weights[Int(a)] != weights[Int(b)] ? weights[Int(a)] < weights[Int(b)] : a < b
        }
        for index in order {
          let row = Int(index)
          if let last = firsts.last, compare(last, row) == 0 {
            sums[sums.count - 1] += weights[row]
          } else {
            firsts.append(row)
            sums.append(weights[row])
          }
          place[row] = firsts.count - 1
        }
      }
    }
    let distinct = selecting(rows: firsts)
    return (
      MixedRows(
        numberCount: p, levelOffsets: levelOffsets, numbers: distinct.numbers, levels: distinct.levels,
        weights: sums), place
    )
  }

  /// Moves the numbers so that each column's weighted mean is 0, and returns what was subtracted:
  /// coordinates far from the origin cost digits when sums are taken.
  package mutating func center() -> [Double] {
    var center = [Double](repeating: 0, count: numberCount)
    for column in 0..<numberCount {
      for _ in 0..<2 {
        var (sum, weight) = (0.0, 0.0)
        for row in 0..<rowCount {
          let x = numbers[row &* numberCount &+ column]
          if x.isNaN { continue }
          sum += weights[row] * x
          weight += weights[row]
        }
        guard weight > 0 else { break }
        let shift = sum / weight
        center[column] += shift
        for row in 0..<rowCount { numbers[row &* numberCount &+ column] -= shift }
      }
    }
    return center
  }

  /// The rows with `center` taken from their numbers.
  package func shifted(by center: [Double]) -> MixedRows {
    var result = self
    for index in result.numbers.indices { result.numbers[index] -= center[index % numberCount] }
    return result
  }
}
