internal import SegueNumerics

/// A partition of distinct rows with its prototypes, in centred coordinates.
struct PrototypePartition: Sendable {
  let k: Int
  let levelOffsets: [Int]
  let numberCount: Int
  var labels: [Int32]
  /// Rows per cluster.
  var members: [Int]
  /// k×p, and the weight of the values they are means of. Where there is none, the mean of all rows: 0.
  var means: [Double]
  var observed: [Double]
  /// k × levels: weight of each level in each cluster.
  var histograms: [Double]
  /// k×q level numbers; ties go to the level that is more frequent in all rows.
  var modes: [Int32]
  /// k×q: weight of the mode, and of the level that comes next.
  var tops: [Double]
  var seconds: [Double]
  var cost: Double
  var history: [Double]

  var categoryCount: Int { levelOffsets.count - 1 }
  var levelCount: Int { levelOffsets[categoryCount] }

  /// No row is anywhere yet.
  init(_ points: MixedRows, k: Int) {
    let (p, q) = (points.numberCount, points.categoryCount)
    (self.k, levelOffsets, numberCount) = (k, points.levelOffsets, p)
    labels = []
    members = [Int](repeating: 0, count: k)
    means = [Double](repeating: 0, count: k * p)
    observed = means
    histograms = [Double](repeating: 0, count: k * points.levelCount)
    modes = (0..<k).flatMap { _ in points.levelOffsets[..<q].map { Int32($0) } }
    tops = [Double](repeating: 0, count: k * q)
    seconds = tops
    (cost, history) = (.infinity, [])
  }

  func table(_ points: MixedRows, gamma: Double) -> PrototypeTable {
    PrototypeTable(points, means: means, modes: modes, k: k, gamma: gamma)
  }

  func moveTable(_ points: MixedRows, gamma: Double) -> PrototypeMoveTable {
    PrototypeMoveTable(
      points, means: means, observed: observed, histograms: histograms, tops: tops, seconds: seconds, k: k,
      gamma: gamma)
  }

  /// Puts prototype `j` on a row; missing values become the mean and the mode of all rows.
  mutating func place(_ j: Int, on row: Int, of points: MixedRows) {
    let (p, q) = (numberCount, categoryCount)
    for column in 0..<p {
      let x = points.numbers[row * p + column]
      means[j * p + column] = x.isNaN ? 0 : x
    }
    for column in 0..<q {
      let level = points.levels[row * q + column]
      modes[j * q + column] = level < points.missingLevel ? level : Int32(levelOffsets[column])
    }
  }

  /// Takes over labels, counts what changed, and finds the modes. Means follow by ``setMeans(_:)``.
  mutating func relabel(_ new: [Int32], in points: MixedRows, fromScratch: Bool = false) {
    if fromScratch || labels.isEmpty {
      for j in 0..<k { members[j] = 0 }
      for index in histograms.indices { histograms[index] = 0 }
      for row in new.indices { count(row, in: Int(new[row]), of: points, times: 1) }
    } else {
      for row in new.indices where new[row] != labels[row] {
        count(row, in: Int(labels[row]), of: points, times: -1)
        count(row, in: Int(new[row]), of: points, times: 1)
      }
    }
    labels = new
    for j in 0..<k {
      for column in 0..<categoryCount { findMode(j, column) }
    }
  }

  mutating func setMeans(_ partials: [PrototypeSums]) {
    for index in means.indices {
      observed[index] = partials.reduce(0) { $0 + $1.observed[index] }
      means[index] = observed[index] > 0 ? partials.reduce(0) { $0 + $1.sums[index] } / observed[index] : 0
    }
  }

  /// Moves a row and shifts what it carried.
  mutating func move(_ row: Int, to target: Int, in points: MixedRows) {
    let (p, q, home, weight) = (numberCount, categoryCount, Int(labels[row]), points.weights[row])
    for column in 0..<p {
      let x = points.numbers[row * p + column]
      if x.isNaN { continue }
      shiftMean(home * p + column, by: x, weight: -weight)
      shiftMean(target * p + column, by: x, weight: weight)
    }
    count(row, in: home, of: points, times: -1)
    count(row, in: target, of: points, times: 1)
    for column in 0..<q where points.levels[row * q + column] < points.missingLevel {
      findMode(home, column)
      findMode(target, column)
    }
    labels[row] = Int32(target)
  }

  private mutating func shiftMean(_ index: Int, by x: Double, weight: Double) {
    let after = observed[index] + weight
    guard after > 1e-12 * observed[index] else {
      (observed[index], means[index]) = (0, 0)
      return
    }
    means[index] += (x - means[index]) * (weight / after)
    observed[index] = after
  }

  private mutating func count(_ row: Int, in j: Int, of points: MixedRows, times sign: Int) {
    members[j] &+= sign
    let (q, base) = (categoryCount, j &* levelCount)
    let weight = sign < 0 ? -points.weights[row] : points.weights[row]
    for column in 0..<q {
      let level = Int(points.levels[row &* q &+ column])
      if level < levelCount { histograms[base &+ level] += weight }
    }
  }

  private mutating func findMode(_ j: Int, _ column: Int) {
    let base = j * levelCount
    var (mode, top, second) = (levelOffsets[column], 0.0, 0.0)
    for level in levelOffsets[column]..<levelOffsets[column + 1] {
      let count = histograms[base &+ level]
      if count > top {
        (mode, second, top) = (level, top, count)
      } else if count > second {
        second = count
      }
    }
    let index = j * categoryCount + column
    (modes[index], tops[index], seconds[index]) = (Int32(mode), top, second)
  }

  /// Weight of the categories in a column that are not the mode of their cluster.
  func mismatches(in column: Int) -> Double {
    var total = 0.0
    for j in 0..<k {
      let mode = Int(modes[j * categoryCount + column])
      for level in levelOffsets[column]..<levelOffsets[column + 1] where level != mode {
        total += histograms[j * levelCount + level]
      }
    }
    return total
  }

  var mismatches: Double { (0..<categoryCount).reduce(0) { $0 + mismatches(in: $1) } }
}
