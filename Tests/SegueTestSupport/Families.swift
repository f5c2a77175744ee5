package import SegueCore
package import SegueNumerics

/// Tables whose number of clusters is known, drawn anew for every seed: 300 to 2,000 rows, 2 to 20 columns,
/// 2 to 8 clusters or one cloud.
package enum Family: String, CaseIterable, Sendable {
  // Normal clusters. The centres of any two are at least 6 times the mean of their standard deviations
  // apart, so that a border halfway is 3 deviations from either.

  /// Of equal size and spread.
  case blobs
  /// The largest up to six times the smallest.
  case unequalSizes
  /// The widest up to three times the narrowest.
  case unequalVariances
  /// Unequal in size and spread.
  case unequal
  /// A fifth of the rows lie evenly in the box around the others.
  case noise
  /// Two clusters that differ in one column only; two to five others are normal.
  case oneColumn

  // One cloud.

  /// A cube.
  case uniform
  /// A box whose sides differ up to fivefold.
  case box
  /// Round.
  case normal
  /// Correlated columns, deviations along the axes up to fivefold.
  case correlated
  /// Columns of independent ln(counts), most of them 1: ties without groups.
  case counts
  /// Round, with heavy tails (Student's t, 4 degrees of freedom).
  case heavyTails
  /// Independent exponential columns.
  case skewed

  package static let clustered: [Family] = [
    .blobs, .unequalSizes, .unequalVariances, .unequal, .noise, .oneColumn,
  ]

  package struct Sample: Sendable {
    package var points: Matrix
    /// The number of clusters; 1 for one cloud.
    package var k: Int
    /// Per row, nil for noise.
    package var membership: [Int?]
  }

  package func sample(_ seed: Seed, separation: Double = 6) -> Sample {
    var generator = seed.generator(for: .testData, index: Self.allCases.firstIndex(of: self)!)
    let n = 300 + generator.index(below: 1_701)
    let d = 2 + generator.index(below: 19)
    guard Family.clustered.contains(self) else {
      return Sample(
        points: cloud(n, d, &generator), k: 1, membership: [Int?](repeating: 0, count: n))
    }
    if self == .oneColumn { return oneColumn(n, separation, &generator) }
    let k = 2 + generator.index(below: 7)
    let isUneven = self == .unequalSizes || self == .unequal
    let isSpread = self == .unequalVariances || self == .unequal
    let weights = (0..<k).map { _ in isUneven ? Elementary.exp(generator.unit() * Elementary.log(6)) : 1 }
    let deviations = (0..<k).map { _ in
      isSpread ? 0.6 * Elementary.exp(generator.unit() * Elementary.log(3)) : 1
    }
    let centers = Family.centers(d, deviations, separation, &generator)
    let noise = self == .noise ? n / 5 : 0
    let total = weights.reduce(0, +)
    var rows: [[Double]] = []
    var membership: [Int?] = []
    for j in 0..<k {
      let count = Int((Double(n - noise) * weights[j] / total).rounded())
      for _ in 0..<count {
        rows.append(centers[j].map { $0 + deviations[j] * generator.normal() })
        membership.append(j)
      }
    }
    let low = (0..<d).map { column in rows.map { $0[column] }.min()! }
    let high = (0..<d).map { column in rows.map { $0[column] }.max()! }
    for _ in 0..<noise {
      rows.append((0..<d).map { low[$0] + generator.unit() * (high[$0] - low[$0]) })
      membership.append(nil)
    }
    return Sample(points: Matrix(rows: rows), k: k, membership: membership)
  }

  /// Places at random, no two too close, in the smallest cube that takes them with some ease.
  private static func centers(
    _ d: Int, _ deviations: [Double], _ separation: Double, _ generator: inout RandomGenerator
  ) -> [[Double]] {
    var side = separation * deviations.max()!
    while true {
      for _ in 0..<50 {
        var centers: [[Double]] = []
        for deviation in deviations {
          let place = (0..<d).map { _ in generator.unit() * side }
          let isApart = zip(centers, deviations).allSatisfy { center, other in
            naiveSquaredDistance(center, place).squareRoot() >= separation * (deviation + other) / 2
          }
          guard isApart else { break }
          centers.append(place)
        }
        if centers.count == deviations.count { return centers }
      }
      side *= 1.05
    }
  }

  private func oneColumn(_ n: Int, _ separation: Double, _ generator: inout RandomGenerator) -> Sample {
    let k = 2
    let others = 2 + generator.index(below: 4)
    var rows: [[Double]] = []
    var membership: [Int?] = []
    for row in 0..<n {
      let j = row % k
      rows.append(
        [Double(j) * separation + generator.normal()] + (0..<others).map { _ in generator.normal() })
      membership.append(j)
    }
    return Sample(points: Matrix(rows: rows), k: k, membership: membership)
  }

  private func cloud(_ n: Int, _ d: Int, _ generator: inout RandomGenerator) -> Matrix {
    let sides = (0..<d).map { _ in self == .box || self == .correlated ? 1 + 4 * generator.unit() : 1 }
    // A random rotation is a product of plane rotations; a few of each axis are enough to mix columns.
    let turns = (0..<3 * d).map { _ in
      (generator.index(below: d), generator.index(below: d), generator.unit())
    }
    return Matrix(
      rows: (0..<n).map { _ in
        // Of four degrees of freedom: chi-square is minus twice the logarithm of two uniform draws.
        let chi = -2 * Elementary.log((1 - generator.unit()) * (1 - generator.unit()))
        var row = sides.map { side -> Double in
          switch self {
          case .uniform, .box: side * generator.unit()
          case .normal, .correlated: side * generator.normal()
          case .heavyTails: generator.normal() / (chi / 4).squareRoot()
          case .skewed: -Elementary.log(1 - generator.unit())
          default: Elementary.log((-Elementary.log(1 - generator.unit()) * 2).rounded(.down) + 1)
          }
        }
        if self == .correlated {
          for (a, b, share) in turns where a != b {
            let (x, y, cosine) = (row[a], row[b], 2 * share - 1)
            let sine = (1 - cosine * cosine).squareRoot()
            (row[a], row[b]) = (cosine * x - sine * y, sine * x + cosine * y)
          }
        }
        return row
      })
  }
}
