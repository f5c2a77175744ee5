package import SegueCore
package import SegueNumerics

/// Round clouds of unit variance with known membership, unequal in size, their centres at least
/// `separation` apart.
package struct Blobs: Sendable {
  package let points: Matrix
  package let labels: [Int32]

  package init(rows: Int, columns: Int, centers: Int, separation: Double = 6, seed: Seed) {
    var generator = seed.generator(for: .testData)
    var positions: [[Double]] = []
    while positions.count < centers {
      let candidate = (0..<columns).map { _ in (generator.unit() - 0.5) * separation * Double(centers) }
      let isApart = positions.allSatisfy { naiveSquaredDistance($0, candidate) >= separation * separation }
      if isApart { positions.append(candidate) }
    }
    let weights = (0..<centers).map { _ in 0.3 + generator.unit() }
    let total = weights.reduce(0, +)
    var elements: [Double] = []
    var labels: [Int32] = []
    for _ in 0..<rows {
      var rest = generator.unit() * total
      var center = 0
      while center < centers - 1, rest > weights[center] {
        rest -= weights[center]
        center += 1
      }
      labels.append(Int32(center))
      for column in 0..<columns { elements.append(positions[center][column] + generator.normal()) }
    }
    points = Matrix(rowCount: rows, columnCount: columns, elements: elements)
    self.labels = labels
  }
}

/// One cloud, no clusters.
package enum Cloud {
  package static func normal(rows: Int, columns: Int, seed: Seed) -> Matrix {
    var generator = seed.generator(for: .testData)
    return Matrix(
      rowCount: rows, columnCount: columns, elements: (0..<rows * columns).map { _ in generator.normal() })
  }

  package static func cube(rows: Int, columns: Int, seed: Seed) -> Matrix {
    var generator = seed.generator(for: .testData)
    return Matrix(
      rowCount: rows, columnCount: columns, elements: (0..<rows * columns).map { _ in generator.unit() })
  }
}
