internal import CKernels
package import SegueCore

/// The squared distance of each row to the nearest of the positions seen so far: what seeding draws by.
///
/// In single precision, which draws do not mind; the same bits with every instruction set and number of threads.
@safe package final class NearestSoFar {
  package let points: PackedPoints
  /// Σ w·distance over all rows; infinite before the first position.
  package private(set) var potential = Double.infinity
  private let distances: AlignedBuffer<Float>
  /// Σ w·distance per block.
  private var blockSums: [Double] = []

  package init(_ points: PackedPoints) {
    self.points = points
    distances = AlignedBuffer(points.blockCount * PackedPoints.blockSize, repeating: .infinity)
  }

  /// What the potential would be with each of `rows` as the next position.
  package func potentials(adding rows: [Int]) -> [Double] {
    let sums = lower(by: rows, isKept: false)
    return rows.indices.map { candidate in
      stride(from: candidate, to: sums.count, by: rows.count).reduce(0) { $0 + sums[$1] }
    }
  }

  /// Makes rows the next positions.
  package func add(_ rows: [Int]) {
    blockSums = lower(by: rows, isKept: true)
    potential = blockSums.reduce(0, +)
  }

  /// A row drawn with probability proportional to its weighted distance; any if all are zero.
  package func draw(_ generator: inout RandomGenerator) -> Int {
    guard potential > 0, potential.isFinite else { return generator.index(below: points.rowCount) }
    var rest = generator.unit() * potential
    // Rounding can push the draw past the end; the last block with weight then takes it.
    var block = blockSums.lastIndex { $0 > 0 } ?? 0
    for (index, sum) in blockSums.enumerated() where sum > 0 {
      if rest < sum {
        block = index
        break
      }
      rest -= sum
    }
    let first = block * PackedPoints.blockSize
    var last = first
    for row in first..<min(points.rowCount, first + PackedPoints.blockSize) {
      let mass = points.weight(of: row) * Double(distances[row])
      guard mass > 0 else { continue }
      last = row
      if rest < mass { break }
      rest -= mass
    }
    return last
  }

  /// Each row with probability min(1, `factor` · w·distance / potential), ascending (Bahmani et al. 2012).
  package func drawEach(factor: Double, _ generator: inout RandomGenerator) -> [Int] {
    guard potential > 0, potential.isFinite else { return [] }
    var rows: [Int] = []
    for (block, sum) in blockSums.enumerated() where sum > 0 {
      let first = block * PackedPoints.blockSize
      for row in first..<min(points.rowCount, first + PackedPoints.blockSize) {
        let mass = points.weight(of: row) * Double(distances[row])
        if generator.unit() * potential < factor * mass { rows.append(row) }
      }
    }
    return rows
  }

  /// Per block and row of `rows`, Σ w·min(distance so far, distance to that row); if kept, per block what is left.
  private func lower(by rows: [Int], isKept: Bool) -> [Double] {
    let d = points.columnCount
    let sumsPerBlock = isKept ? 1 : rows.count
    let positions = rows.flatMap { row in (0..<d).map { Float(points[row, $0] * points.scale) } }
    let (weights, distances) = (points.weights ?? [], distances)
    let parts = points.withPoints { kernelPoints in
      points.chunks.parallelMap { range in
        let blocks = (range.count + PackedPoints.blockSize - 1) / PackedPoints.blockSize
        return unsafe [Double](unsafeUninitializedCapacity: blocks * sumsPerBlock) { sums, count in
          unsafe weights.withUnsafeBufferPointer { weights in
            unsafe segue_lower_distances(
              kernelPoints.pointer, weights.isEmpty ? nil : weights.baseAddress, positions, rows.count,
              range.lowerBound, range.upperBound, isKept ? 1 : 0, distances.base, sums.baseAddress!)
          }
          count = blocks * sumsPerBlock
        }
      }
    }
    return parts.count == 1 ? parts[0] : Array(parts.joined())
  }
}
