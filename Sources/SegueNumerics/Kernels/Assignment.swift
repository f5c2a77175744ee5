internal import CKernels
internal import SegueCore

/// Which cluster each row is in, and the sums that follow from it: the state of one descent.
///
/// Labels are those of exact arithmetic in double precision, ties to the lowest index, whatever the instruction
/// set and the number of threads: whole numbers of 16 bits propose, and rows whose two nearest centroids they cannot
/// tell apart for certain are measured in single precision, those left over in double. Sums are folded in the order
/// of the chunks.
///
/// One descent uses it at a time.
@safe package final class Assignment: @unchecked Sendable {
  /// The most clusters a label can tell apart.
  package static let clusterLimit = Int(UInt16.max) - 1

  package let points: PackedPoints
  package let k: Int
  /// Σ w·x per cluster in centred coordinates, k×d.
  package private(set) var sums: [Double]
  /// Σ w per cluster: the number of rows where all count alike.
  package private(set) var weights: [Double]
  /// Rows per cluster.
  package private(set) var counts: [Int]

  private let labels: AlignedBuffer<UInt16>
  /// What bounds need, once they pay.
  private var gaps: AlignedBuffer<Float>?
  private var drifts: [Double]
  private var measuredFrom: Matrix?
  private let workers: [Scratch]
  private var lastMoved: Int

  /// What a worker writes to: one list entry a row of a chunk, a block of points.
  private final class Scratch: Sendable {
    let whole: AlignedBuffer<segue_change>
    let picked: AlignedBuffer<segue_change>
    let floats: AlignedBuffer<Float>
    let doubles: AlignedBuffer<Double>

    init(rows: Int, columns: Int) {
      whole = AlignedBuffer(rows)
      picked = AlignedBuffer(rows)
      floats = AlignedBuffer(columns * 64)
      doubles = AlignedBuffer(columns * 8)
    }
  }

  /// - Parameter k: clusters, at most ``clusterLimit``. No row has a label yet.
  package init(_ points: PackedPoints, k: Int) {
    precondition(k <= Assignment.clusterLimit, "too many clusters for the labels")
    self.points = points
    self.k = k
    sums = [Double](repeating: 0, count: k * points.columnCount)
    weights = [Double](repeating: 0, count: k)
    counts = [Int](repeating: 0, count: k)
    labels = AlignedBuffer(points.blockCount * 64, repeating: UInt16(SEGUE_NO_LABEL))
    drifts = [Double](repeating: 0, count: k + 1)
    let chunks = points.chunks
    workers = (0..<max(1, min(Threads.count, chunks.count))).map { _ in
      Scratch(rows: min(points.rowCount, chunks.size), columns: points.columnCount)
    }
    lastMoved = points.rowCount
  }

  package subscript(row: Int) -> Int { Int(labels[row]) }

  /// Labels of all rows.
  package var allLabels: [Int32] { labels(numbered: (0..<Int32(k)).map { $0 }) }

  /// Labels of all rows, cluster j under the number `numbers[j]`.
  package func labels(numbered numbers: [Int32]) -> [Int32] {
    // One more for rows that have no label yet.
    let numbers = numbers + [-1]
    return unsafe [Int32](unsafeUninitializedCapacity: points.rowCount) { buffer, count in
      for row in 0..<points.rowCount {
        let label = unsafe min(Int(labels.base[row]), k)
        unsafe buffer.initializeElement(at: row, to: numbers[label])
      }
      count = points.rowCount
    }
  }

  /// The means of the clusters, k×d; an empty cluster keeps its place in `old`.
  package func means(keeping old: Matrix) -> Matrix {
    var means = old
    let d = points.columnCount
    for j in 0..<k where counts[j] > 0 {
      for column in 0..<d { means[j, column] = sums[j * d + column] / weights[j] }
    }
    return means
  }

  /// Σ w·‖x − mean‖² from the sums alone, exact to some 1e-15 of the spread of all points.
  package var inertiaOfMeans: Double {
    let d = points.columnCount
    var between = 0.0
    for j in 0..<k where counts[j] > 0 {
      let square = sums[j * d..<(j + 1) * d].reduce(0) { $0 + $1 * $1 }
      between += square / weights[j]
    }
    return max(0, points.totalSquares - between)
  }

  /// Assigns every row to the nearest of `centroids`, k×d in centred coordinates.
  ///
  /// - Returns: the number of rows whose label changed.
  /// - Complexity: O(n·k·d); where bounds pay (Hamerly 2010), O(d·k) per row that may have changed.
  @discardableResult
  package func update(to centroids: Matrix) -> Int {
    // Some fifty rows are in doubt for each that changes: bounds pay once those are few enough to be fetched.
    let limit = Int(segue_picked_limit(points.columnCount, k))
    if gaps == nil, lastMoved * 3_200 < points.rowCount * limit {
      gaps = AlignedBuffer(labels.count, repeating: -.infinity)
      measuredFrom = nil
      for j in drifts.indices { drifts[j] = 0 }
    }
    let moved = pass(centroids, margin: 0).moved
    lastMoved = moved
    return moved
  }

  /// As ``update(to:)``, and lists the rows whose move to another cluster would lower inertia, ascending.
  ///
  /// - Parameter centroids: the means of the clusters.
  package func updateAndFindMoves(_ centroids: Matrix) -> (moved: Int, improving: [Int]) {
    gaps = nil
    let lightest = weights.lazy.filter { $0 > 0 }.min() ?? 1
    // d_b²·n_b/(n_b + w) < d_a²·n_a/(n_a − w) needs d_b² − d_a² below this share of d_a² + d_b².
    let margin =
      lightest > points.largestWeight
      ? min(1, points.largestWeight / (lightest - points.largestWeight)) : 1
    return pass(centroids, margin: margin)
  }

  /// Puts a row into a cluster.
  package func move(_ row: Int, to target: Int) {
    let d = points.columnCount
    let (home, weight) = (self[row], points.weight(of: row))
    for column in 0..<d {
      let x = weight * points[row, column]
      sums[home * d + column] -= x
      sums[target * d + column] += x
    }
    weights[home] -= weight
    weights[target] += weight
    counts[home] -= 1
    counts[target] += 1
    clearIfEmpty(home)
    labels[row] = UInt16(target)
    gaps = nil
  }

  /// Sums and weights from the labels alone, so that nothing incremental lingers.
  package func recomputeSums() {
    let (d, k) = (points.columnCount, k)
    let labels = labels
    let parts = points.withRows { rows in
      points.chunks.parallelMap { range in
        let changes = AlignedBuffer<segue_change>(range.count)
        for row in range {
          unsafe changes.base[row - range.lowerBound] = segue_change(
            row: UInt32(row), from: UInt16(SEGUE_NO_LABEL), to: labels.base[row])
        }
        var list = unsafe segue_changes(
          whole: changes.base, picked: nil, whole_count: range.count, picked_count: 0, undecided: 0)
        return unsafe Assignment.totals(of: &list, rows, k: k, columns: d).totals
      }
    }
    for index in sums.indices { sums[index] = 0 }
    for j in 0..<k { (weights[j], counts[j]) = (0, 0) }
    fold(parts)
  }

  /// Σ w·‖x − c‖² over all rows, each to the centroid of its label; per cluster Σ w·‖x − c‖ as well.
  package func inertia(_ centroids: Matrix) -> (inertia: Double, spreads: [Double]) {
    let k = k
    let labels = labels
    let parts = points.withRows { rows in
      unsafe centroids.elements.withUnsafeBufferPointer { centroids in
        let centroids = unsafe Shared(base: centroids.baseAddress!)
        return points.chunks.parallelMap { range in
          var spreads = [Double](repeating: 0, count: k)
          let inertia = unsafe spreads.withUnsafeMutableBufferPointer { spreads in
            unsafe segue_inertia(
              rows.pointer, centroids.base, labels.base, range.lowerBound, range.upperBound,
              spreads.baseAddress!, nil)
          }
          return (inertia, spreads)
        }
      }
    }
    var (inertia, spreads) = (0.0, [Double](repeating: 0, count: k))
    for part in parts {
      inertia += part.0
      for j in 0..<k { spreads[j] += part.1[j] }
    }
    return (inertia, spreads)
  }

  /// ‖x − c‖² of every row to the centroid of its label.
  package func squaredDistances(_ centroids: Matrix) -> [Double] {
    let labels = labels
    let parts = points.withRows { rows in
      unsafe centroids.elements.withUnsafeBufferPointer { centroids in
        let centroids = unsafe Shared(base: centroids.baseAddress!)
        return points.chunks.parallelMap { range in
          unsafe [Double](unsafeUninitializedCapacity: range.count) { squares, count in
            _ = unsafe segue_inertia(
              rows.pointer, centroids.base, labels.base, range.lowerBound, range.upperBound, nil,
              squares.baseAddress!)
            count = range.count
          }
        }
      }
    }
    return parts.count == 1 ? parts[0] : Array(parts.joined())
  }

  // MARK: One pass

  private func pass(_ centroids: Matrix, margin: Double) -> (moved: Int, improving: [Int]) {
    if gaps != nil { addDrifts(centroids) }
    let scaled = ScaledCentroids(centroids, points, margin: margin)
    let driftFloats = drifts.map { Float($0 * points.scale * (1 + 2e-7)).nextUp }
    let (labels, gaps, weights, workers) = (labels, gaps, weights, workers)
    let parts: [(moved: Int, sums: [Double], improving: [Int])] = points.withRows { rows in
      points.withPoints { kernelPoints in
        scaled.withKernelCentroids { kernelCentroids in
          points.chunks.parallelMap(workers: workers.count) { worker, range in
            let scratch = workers[worker]
            return Assignment.assign(
              range, rows, kernelPoints, kernelCentroids, centroids, driftFloats, labels, gaps, weights,
              scratch)
          }
        }
      }
    }
    fold(parts.map(\.sums))
    return (parts.reduce(0) { $0 + $1.moved }, Array(parts.map(\.improving).joined()))
  }

  private static func assign(
    _ range: Range<Int>, _ rows: KernelRows, _ points: KernelPoints, _ scaled: KernelCentroids,
    _ centroids: Matrix, _ drifts: [Float], _ labels: AlignedBuffer<UInt16>, _ gaps: AlignedBuffer<Float>?,
    _ weights: [Double], _ scratch: Scratch
  ) -> (moved: Int, sums: [Double], improving: [Int]) {
    let (k, d) = (centroids.rowCount, centroids.columnCount)
    var changes = unsafe segue_changes(
      whole: scratch.whole.base, picked: scratch.picked.base, whole_count: 0, picked_count: 0, undecided: 0)
    unsafe segue_assign(
      rows.pointer, points.pointer, scaled.pointer, range.lowerBound, range.upperBound, labels.base,
      gaps?.base, drifts,
      scratch.floats.base, &changes)
    guard unsafe changes.whole_count + changes.picked_count > 0 else { return (0, [], []) }
    var improving: [Int] = []
    if unsafe scaled.pointer.pointee.margin > 0 {
      improving = unsafe improvingMoves(&changes, rows, centroids, weights, labels, scratch)
    } else if unsafe changes.undecided > 0 {
      unsafe segue_decide(
        rows.pointer, centroids.elements, k, &changes, scratch.doubles.base, labels.base, gaps?.base, drifts)
    }
    let (moved, totals) = unsafe totals(of: &changes, rows, k: k, columns: d)
    return (moved, totals, improving)
  }

  /// Sums, weights and numbers of rows that changes bring to each cluster, one after the other; and how many changed.
  private static func totals(
    of changes: inout segue_changes, _ rows: KernelRows, k: Int, columns d: Int
  ) -> (moved: Int, totals: [Double]) {
    let size = k * (d + 2)
    let copies = size <= 256 ? 4 : 1
    var totals = [Double](repeating: 0, count: copies * size)
    let moved = unsafe segue_apply(rows.pointer, &changes, k, copies, &totals)
    totals.removeLast((copies - 1) * size)
    return (moved, totals)
  }

  /// Leaves undecided rows where they are, and returns those that had better go elsewhere.
  private static func improvingMoves(
    _ changes: inout segue_changes, _ rows: KernelRows, _ centroids: Matrix, _ weights: [Double],
    _ labels: AlignedBuffer<UInt16>, _ scratch: Scratch
  ) -> [Int] {
    var listed: [UInt32] = []
    unsafe listed.reserveCapacity(changes.undecided)
    for index in unsafe 0..<changes.picked_count
    where unsafe changes.picked[index].to == UInt16(SEGUE_NO_LABEL) {
      unsafe changes.picked[index].to = changes.picked[index].from
      unsafe listed.append(changes.picked[index].row)
    }
    guard !listed.isEmpty else { return [] }
    let count = listed.count
    let kept = unsafe segue_improving_moves(
      rows.pointer, centroids.elements, weights, centroids.rowCount, labels.base, &listed, count,
      scratch.doubles.base)
    return listed.prefix(kept).map(Int.init)
  }

  /// How far each centroid went since rows were last measured, plus the farthest any other went.
  private func addDrifts(_ centroids: Matrix) {
    defer { measuredFrom = centroids }
    guard let old = measuredFrom else { return }
    let d = centroids.columnCount
    let distances = (0..<k).map { j in
      (0..<d).reduce(0) { sum, column in
        let difference = centroids[j, column] - old[j, column]
        return sum + difference * difference
      }.squareRoot() * (1 + 1e-12)
    }
    let farthest = distances.indices.max { distances[$0] < distances[$1] }!
    let second = distances.indices.lazy.filter { $0 != farthest }.map { distances[$0] }.max() ?? 0
    for j in 0..<k { drifts[j] += distances[j] + (j == farthest ? second : distances[farthest]) }
  }

  private func fold(_ parts: [[Double]]) {
    let size = sums.count
    for part in parts where !part.isEmpty {
      for index in 0..<size { sums[index] += part[index] }
      for j in 0..<k {
        weights[j] += part[size + j]
        counts[j] += Int(part[size + k + j])
      }
    }
    for j in 0..<k { clearIfEmpty(j) }
  }

  /// What rows leave behind by rounding must not pass for a mean.
  private func clearIfEmpty(_ j: Int) {
    guard counts[j] == 0 else { return }
    weights[j] = 0
    let d = points.columnCount
    for column in 0..<d { sums[j * d + column] = 0 }
  }
}

/// Carries a pointer into the closures that run in parallel.
@safe private struct Shared<Element>: @unchecked Sendable {
  let base: UnsafePointer<Element>
}

/// Carries centroids into the closures that run in parallel.
@safe struct KernelCentroids: @unchecked Sendable {
  let pointer: UnsafePointer<segue_centroids>
}

/// Centroids as kernels take them: in single precision times −2, with their squared lengths, and in whole numbers.
struct ScaledCentroids {
  private var values: [Float]
  private var norms: [Float] = []
  private var wholes: [Int16]
  private var steps: [Float] = []
  private var lost = 0.0
  private let error: Float
  private let margin: Float

  /// - Parameter margin: rows are undecided too if their best squared distances differ by less than this share.
  init(_ centroids: Matrix, _ points: PackedPoints, margin: Double) {
    let (k, d) = (centroids.rowCount, centroids.columnCount)
    let width = (d + 1) / 2 * 2
    let scaled = centroids.elements.map { $0 * points.scale }
    values = scaled.map { Float(-2 * $0) }
    wholes = [Int16](repeating: 0, count: k * width)
    for j in 0..<k {
      let square = scaled[j * d..<(j + 1) * d].reduce(0) { $0 + $1 * $1 }
      norms.append(Float(square))
      let step = Float(square.squareRoot() / 32_000)
      steps.append(step)
      var rest = square
      if step.isNormal {
        rest = 0
        for column in 0..<d {
          let whole = (scaled[j * d + column] / Double(step)).rounded()
          wholes[j * width + column] = Int16(whole)
          let difference = scaled[j * d + column] - whole * Double(step)
          rest += difference * difference
        }
      }
      lost = max(lost, rest.squareRoot())
    }
    // d products and sums, and three roundings of what goes in; one more where products are not fused.
    error = Float(d + 6) * Float.ulpOfOne / 2
    self.margin = Float(margin)
  }

  func withKernelCentroids<Value>(_ body: (KernelCentroids) throws -> Value) rethrows -> Value {
    try unsafe values.withUnsafeBufferPointer { values in
      try unsafe norms.withUnsafeBufferPointer { norms in
        try unsafe wholes.withUnsafeBufferPointer { wholes in
          try unsafe steps.withUnsafeBufferPointer { steps in
            let centroids = unsafe segue_centroids(
              values: values.baseAddress, norms: norms.baseAddress, wholes: wholes.baseAddress,
              steps: steps.baseAddress, lost: Float(lost).nextUp, error: error, margin: margin,
              count: norms.count)
            return try unsafe withUnsafePointer(to: centroids) {
              try unsafe body(KernelCentroids(pointer: $0))
            }
          }
        }
      }
    }
  }
}
